import type { Graph, Tensor } from "../../../../plugins/classifiers/onnx/graph.ts";
import { floatTensor, GraphBuilder, int, ints, intTensor } from "../../../../plugins/classifiers/onnx/graph_builder.ts";
import { DataType } from "../../../../plugins/classifiers/onnx/tensors.ts";
import { Random } from "../../../../core/random.ts";

/** Side of the pictures that the tiny network takes, in pixels. */
export const SIDE = 9;

const CHANNELS = 4;
const OUTPUT_SIDE = (SIDE - 1) / 2;

/** How a file may present the same network. */
export interface TinyOptions {
  readonly layout?: "NCHW" | "NHWC";
  readonly batch?: number | string;
  readonly side?: number | string;
  readonly classes?: number;
  /** Element type of the input. Bytes run from 0 to 255. */
  readonly dataType?: number;
  /** Whether the first node of the network is a cast; it is where the input is no float32, by default. */
  readonly castsFirst?: boolean;
  /** Element type of the weights, and of all that is computed; float32 by default. */
  readonly arithmetic?: number;
  /** Shape of the output: [N, C], [N, C, 1, 1] or [N, 1, 1, C]. */
  readonly output?: "flat" | "channels first" | "channels last";
  /** What comes after the logits. */
  readonly end?:
    | "nothing"
    | "Softmax"
    | "LogSoftmax"
    | "Log of Softmax"
    | "Sigmoid"
    | "Softmax, Squeeze, Identity"
    | "Exp and Div"
    | "bare Exp";
  /** Whether the file says the sizes of its output. */
  readonly declares?: boolean;
  readonly opset?: number;
}

/**
 * A network in the smallest form that has all parts: a strided convolution, a sigmoid, the mean over the picture, and a layer to the classes.
 */
export function tinyNetwork(options: TinyOptions = {}): Graph {
  const { layout = "NCHW", batch = "batch", side = SIDE, classes = 5, dataType = DataType.float, output = "flat", end = "nothing" } =
    options;
  const { castsFirst = true, arithmetic = DataType.float, declares = true, opset = 17 } = options;
  const { kernel, bias, weights, offsets } = parameters(classes);
  const builder = new GraphBuilder();
  let value = builder.input("image", layout === "NCHW" ? [batch, 3, side, side] : [batch, side, side, 3], dataType);
  const cast = () => value = dataType === arithmetic ? value : builder.node("Cast", [value], { to: int(arithmetic) });
  const constant = (name: string, dims: readonly number[], values: ArrayLike<number>) =>
    builder.constant(name, storedTensor(arithmetic, dims, values));
  if (castsFirst) cast();
  if (layout === "NHWC") value = builder.node("Transpose", [value], { perm: ints(0, 3, 1, 2) });
  if (!castsFirst) cast();
  if (dataType === DataType.uint8) value = builder.node("Div", [value, constant("white", [], [255])]);
  value = builder.node("Conv", [
    value,
    constant("kernel", [CHANNELS, 3, 3, 3], kernel),
    constant("bias", [CHANNELS], bias),
  ], { strides: ints(2, 2) });
  value = builder.node("GlobalAveragePool", [builder.node("Sigmoid", [value])]);
  value = builder.node("Conv", [
    value,
    constant("weights", [classes, CHANNELS, 1, 1], weights),
    constant("offsets", [classes], offsets),
  ]);
  if (output === "flat") value = builder.node("Flatten", [value], { axis: int(1) });
  if (output === "channels last") value = builder.node("Transpose", [value], { perm: ints(0, 2, 3, 1) });
  const axis = output === "channels last" ? 3 : 1;
  value = ending(builder, value, end, axis);
  const ones = output === "flat" || end.includes("Squeeze") ? [] : [1, 1];
  const sizes = output === "channels last" ? [...ones, classes] : [classes, ...ones];
  builder.output(value, [batch, ...sizes.map((size) => declares ? size : "")], arithmetic);
  return { ...builder.build("tiny"), opset };
}

/** The logits of the tiny network for planar pictures [count x 3 x SIDE x SIDE], [count x classes], in plain loops of float64. */
export function tinyLogits(pictures: ArrayLike<number>, count: number, classes = 5): Float64Array {
  const { kernel, bias, weights, offsets } = parameters(classes);
  const logits = new Float64Array(count * classes);
  for (let picture = 0; picture < count; picture++) {
    for (let i = 0; i < classes; i++) logits[picture * classes + i] = offsets[i];
    for (let channel = 0; channel < CHANNELS; channel++) {
      let mean = 0;
      for (let y = 0; y < OUTPUT_SIDE; y++) {
        for (let x = 0; x < OUTPUT_SIDE; x++) {
          let sum = bias[channel];
          for (let tap = 0; tap < 27; tap++) {
            const [plane, dy, dx] = [Math.floor(tap / 9), Math.floor(tap / 3) % 3, tap % 3];
            sum += kernel[channel * 27 + tap] * pictures[((picture * 3 + plane) * SIDE + 2 * y + dy) * SIDE + 2 * x + dx];
          }
          mean += 1 / (1 + Math.exp(-sum)) / OUTPUT_SIDE ** 2;
        }
      }
      for (let i = 0; i < classes; i++) logits[picture * classes + i] += weights[i * CHANNELS + channel] * mean;
    }
  }
  return logits;
}

/** Softmax of the logits of one picture. */
export function tinyScores(logits: ArrayLike<number>): number[] {
  const exponentials = Array.from(logits, Math.exp);
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
}

/** Pictures of noise in [0, 1], [count x 3 x SIDE x SIDE]. */
export function tinyPictures(count: number): Float32Array {
  const random = new Random(3);
  return Float32Array.from({ length: count * 3 * SIDE * SIDE }, () => random.uniform());
}

function parameters(classes: number) {
  const random = new Random(11);
  // Eight digits, which numbers of all types hold.
  const normals = (count: number, scale: number) => {
    const digits = Uint32Array.from(
      new Uint32Array(Float32Array.from({ length: count }, () => scale * random.normal()).buffer),
      (bits) => bits & 0xffff0000,
    );
    return new Float32Array(digits.buffer);
  };
  return {
    kernel: normals(CHANNELS * 27, 0.8),
    bias: normals(CHANNELS, 0.5),
    weights: normals(classes * CHANNELS, 3),
    offsets: normals(classes, 0.5),
  };
}

/** A tensor of real numbers of any type. */
export function storedTensor(dataType: number, dims: readonly number[], values: ArrayLike<number>): Tensor {
  switch (dataType) {
    case DataType.double:
      return { dataType, dims, data: Float64Array.from(values) };
    case DataType.float16:
      return { dataType, dims, data: new Uint8Array(Float16Array.from(values).buffer) };
    case DataType.bfloat16:
      return { dataType, dims, data: upperHalves(values) };
    default:
      return floatTensor(dims, Float32Array.from(values));
  }
}

function upperHalves(values: ArrayLike<number>): Uint8Array {
  const halves = Uint16Array.from(new Uint32Array(Float32Array.from(values).buffer), (bits) => bits >>> 16);
  return new Uint8Array(halves.buffer);
}

function ending(builder: GraphBuilder, logits: string, end: NonNullable<TinyOptions["end"]>, axis: number): string {
  const softmax = (operator: string) => builder.node(operator, [logits], { axis: int(axis) });
  switch (end) {
    case "nothing":
      return logits;
    case "Softmax":
    case "LogSoftmax":
      return softmax(end);
    case "Log of Softmax":
      return builder.node("Log", [softmax("Softmax")]);
    case "Sigmoid":
      return builder.node("Sigmoid", [logits]);
    case "Softmax, Squeeze, Identity": {
      const others = [1, 2, 3].filter((other) => other !== axis);
      return builder.node("Identity", [builder.node("Squeeze", [softmax("Softmax"), builder.constant("axes", intTensor(others))])]);
    }
    case "Exp and Div": {
      const exponentials = builder.node("Exp", [logits]);
      const sum = builder.node("ReduceSum", [exponentials, builder.constant("axes", intTensor([axis]))], { keepdims: int(1) });
      return builder.node("Div", [exponentials, sum]);
    }
    case "bare Exp":
      return builder.node("Exp", [logits]);
  }
}
