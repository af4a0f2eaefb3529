import { InputError } from "../../../core/errors.ts";
import type { Graph, Node, ValueInfo } from "./graph.ts";
import { DataType, dataTypeName } from "./tensors.ts";

/** Order of the axes of a picture in memory. */
export type Layout = "NCHW" | "NHWC";

/** What a network takes. */
export interface ImageInput {
  readonly name: string;
  readonly dataType: number;
  readonly layout: Layout;
  /** In pixels; absent where the network takes any. */
  readonly width?: number;
  readonly height?: number;
  /** How many pictures it takes at once; absent where it says any number. */
  readonly batch?: number;
}

/** The most numbers that an input may hold: beyond it a declared size is a mistake, or an attack on the memory. */
const MOST_NUMBERS = 2 ** 26;

const WANTED = "an image classifier takes pictures of three channels, [batch, 3, height, width] or [batch, height, width, 3]";

const NUMBERS: readonly number[] = [DataType.float, DataType.float16, DataType.double, DataType.uint8];

/**
 * The one input of a network that takes pictures.
 *
 * @throws InputError that says what the network wants instead.
 */
export function findImageInput(graph: Graph, name: string): ImageInput {
  const [input, ...others] = graph.inputs;
  const wants = `Model ${name} wants ${graph.inputs.map(describeValue).join(" and ") || "no input"}`;
  const refuse = (why: string) => new InputError(`${wants}: ${why}`);
  if (input === undefined || others.length > 0) throw refuse(`${WANTED}, as its only input`);
  if (input.dims.length !== 4 || !NUMBERS.includes(input.dataType)) throw refuse(WANTED);
  const layout = layoutOf(input, graph.nodes);
  const [batch, channels, height, width] = layout === "NCHW" ? input.dims : [0, 3, 1, 2].map((axis) => input.dims[axis]);
  if (channels === 1) throw refuse(`grayscale networks are not supported, ${WANTED}`);
  if (channels !== 3 && typeof channels === "number") throw refuse(WANTED);
  const numbers = [batch, height, width].reduce<number>((product, dim) => product * (typeof dim === "number" ? dim : 1), 3);
  if (numbers > MOST_NUMBERS) throw refuse(`an input may hold at most ${MOST_NUMBERS} numbers`);
  return {
    name: input.name,
    dataType: input.dataType,
    layout,
    ...(typeof batch === "number" ? { batch } : {}),
    ...(typeof height === "number" ? { height } : {}),
    ...(typeof width === "number" ? { width } : {}),
  };
}

/** An input or output for people: `float32 "input" [batch, 3, 224, 224]`. */
export function describeValue({ name, dataType, dims }: ValueInfo): string {
  return `${dataTypeName(dataType)} "${name}" [${dims.map((dim) => dim === "" ? "?" : dim).join(", ")}]`;
}

/** Three channels tell the layout; where they are free, what the network does first with its input does. */
function layoutOf({ name, dims }: ValueInfo, nodes: readonly Node[]): Layout {
  if (dims[1] === 3) return "NCHW";
  if (dims[3] === 3) return "NHWC";
  if (typeof dims[1] === "number") return "NCHW";
  if (typeof dims[3] === "number") return "NHWC";
  const toChannelsFirst = nodes.some((node) => {
    const perm = node.attributes.get("perm");
    return node.operator === "Transpose" && node.inputs[0] === name && perm?.type === "ints" && perm.value.join() === "0,3,1,2";
  });
  return toChannelsFirst ? "NHWC" : "NCHW";
}
