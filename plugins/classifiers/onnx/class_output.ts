import { InputError } from "../../../core/errors.ts";
import type { Graph, Node, ValueInfo } from "./graph.ts";
import { describeValue } from "./image_input.ts";
import { producersOf } from "./producers.ts";
import { DataType } from "./tensors.ts";

/** The values in which a network scores its classes. */
export interface ClassOutput {
  readonly value: ValueInfo;
  /** How many numbers a picture gives. */
  readonly size: number;
}

/** Beyond it a declared size is a mistake, or an attack on the memory. */
const MOST_CLASSES = 2 ** 20;

const FLOATS: readonly number[] = [DataType.float, DataType.float16, DataType.double, DataType.bfloat16];
const SCORES_NAME = /logit|prob|score|class|softmax|pred|label/i;
const DETECTOR_NAME = /box|detection|mask|landmark|keypoint/i;

/** Whether the file says the size of every output that may score classes. */
export function declaresSizes(graph: Graph): boolean {
  return graph.outputs.every(({ dataType, dims }) => !FLOATS.includes(dataType) || (dims.length > 0 && dims.slice(1).every(isNumber)));
}

/**
 * The output that scores classes: [batch, classes], also with further axes of size 1. Of several (auxiliary heads, features) the first whose name
 * speaks of scores, else the first.
 *
 * @throws InputError that says what the network gives instead.
 */
export function findClassOutput(graph: Graph, name: string): ClassOutput {
  const gives = `Model ${name} gives ${graph.outputs.map(describeValue).join(" and ") || "nothing"}`;
  const boxes = graph.outputs.length > 1 &&
    graph.outputs.some((output) => DETECTOR_NAME.test(output.name) || (output.dims.length === 3 && output.dims[2] === 4));
  if (boxes) throw new InputError(`${gives}: it is a detector, an image classifier gives one score for each class, [batch, classes]`);
  const candidates = graph.outputs.filter((output) => FLOATS.includes(output.dataType) && classesOf(output) >= 2);
  const value = candidates.find((output) => SCORES_NAME.test(output.name)) ?? candidates[0];
  if (value === undefined) {
    throw new InputError(`${gives}: an image classifier gives one score for each of two or more classes, [batch, classes]`);
  }
  const size = classesOf(value);
  if (size > MOST_CLASSES) throw new InputError(`${gives}: an image classifier has at most ${MOST_CLASSES} classes`);
  return { value, size };
}

/** How many outputs a network has that was trained on ImageNet's 1000 classes and a class 0 of everything else. */
const WITH_BACKGROUND = 1001;

/** How many classes are left of an output without the background class. */
export function classCount({ size }: ClassOutput): number {
  return size === WITH_BACKGROUND ? size - 1 : size;
}

/** How many classes an output scores; NaN where it has another form. */
function classesOf({ dims }: ValueInfo): number {
  const sizes = dims.slice(1);
  if (sizes.length === 0 || !sizes.every(isNumber)) return NaN;
  const large = sizes.filter((size) => size > 1);
  return large.length === 1 ? large[0] : NaN;
}

function isNumber(dim: number | string): dim is number {
  return typeof dim === "number";
}

/** What turns logits into what a network gives. */
export type Activation = "Softmax" | "LogSoftmax" | "Sigmoid";

/** An activation at the end of a network. */
export interface FinalActivation {
  readonly activation: Activation;
  /** What goes into it: the logits. */
  readonly before: string;
  /** What comes out of it. */
  readonly after: string;
}

/** Operators that move or copy numbers and change none. */
const CARRIERS: readonly string[] = ["Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Cast", "Dropout"];

/** The activation that an output comes from, directly or through nodes that only carry; undefined where there is none. */
export function findActivation(graph: Graph, output: string): FinalActivation | undefined {
  const producers = producersOf(graph.nodes);
  const producerOf = (value: string) => {
    const node = producers.get(value);
    return node?.domain === "" ? node : undefined;
  };
  let node = producerOf(output);
  while (node !== undefined && CARRIERS.includes(node.operator)) node = producerOf(node.inputs[0]);
  if (node === undefined) return undefined;
  const after = node.outputs[0];
  const logarithm = node.operator === "Log";
  if (logarithm) node = producerOf(node.inputs[0]);
  const before = node?.inputs[0];
  if (node === undefined || before === undefined || isOverBatch(node)) return undefined;
  switch (node.operator) {
    case "Softmax":
      return { activation: logarithm ? "LogSoftmax" : "Softmax", before, after };
    case "LogSoftmax":
    case "Sigmoid":
      return logarithm ? undefined : { activation: node.operator, before, after };
    default:
      return undefined;
  }
}

function isOverBatch(node: Node): boolean {
  const axis = node.attributes.get("axis");
  return axis?.type === "int" && axis.value === 0;
}
