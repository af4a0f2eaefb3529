import { InputError } from "../../../core/errors.ts";
import { product } from "../../../core/shape.ts";
import { classCount, declaresSizes, findActivation, findClassOutput } from "./class_output.ts";
import { decodeModel } from "./codec.ts";
import type { Graph } from "./graph.ts";
import { describeValue, findImageInput } from "./image_input.ts";
import { hoistConstants } from "./simplify.ts";

/** What an ONNX file holds, for people. */
export interface ModelFacts {
  /** The program that wrote it; "" where the file does not say. */
  readonly producer: string;
  readonly opset: number;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** How many numbers it stores in floating point: its weights. */
  readonly parameters: number;
  readonly nodes: number;
  /** How often it uses each operator, the most used first. */
  readonly operators: readonly (readonly [operator: string, count: number])[];
  /** What it is as an image classifier; or why it is none. */
  readonly classifier: ClassifierFacts | string;
}

/** What a file says of an image classifier. */
export interface ClassifierFacts {
  readonly layout: string;
  /** In pixels; "free" where the file does not say. */
  readonly width: number | "free";
  readonly height: number | "free";
  readonly batch: number | "free";
  /** "free" where only running it would tell. */
  readonly classes: number | "free";
  /** What its last layer makes of its logits; "none" where it gives the logits, as far as the graph shows. */
  readonly activation: string;
}

/** Element types that weights have. */
const WEIGHTS: readonly number[] = [1, 10, 11, 16];

/** What an ONNX file holds, without running it. @throws InputError where the bytes are no ONNX model. */
export function inspectModel(bytes: Uint8Array, name: string): ModelFacts {
  const model = decodeModel(bytes, name);
  const graph = hoistConstants(model);
  const counts = new Map<string, number>();
  for (const { operator, domain } of model.nodes) {
    const key = domain === "" ? operator : `${domain}.${operator}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let parameters = 0;
  for (const { dataType, dims } of graph.initializers.values()) {
    if (WEIGHTS.includes(dataType)) parameters += product(dims);
  }
  return {
    producer: model.producer ?? "",
    opset: model.opset,
    inputs: model.inputs.map(describeValue),
    outputs: model.outputs.map(describeValue),
    parameters,
    nodes: model.nodes.length,
    operators: [...counts].sort(([first, m], [second, n]) => n - m || (first < second ? -1 : 1)),
    classifier: classifierFacts(graph, name),
  };
}

function classifierFacts(graph: Graph, name: string): ClassifierFacts | string {
  try {
    const { layout, width = "free", height = "free", batch = "free" } = findImageInput(graph, name);
    if (!declaresSizes(graph)) {
      return { layout, width, height, batch, classes: "free", activation: activationOf(graph, graph.outputs[0].name) };
    }
    const output = findClassOutput(graph, name);
    return { layout, width, height, batch, classes: classCount(output), activation: activationOf(graph, output.value.name) };
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

function activationOf(graph: Graph, output: string): string {
  return findActivation(graph, output)?.activation ?? "none";
}
