import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { encodeModel } from "../../../../plugins/classifiers/onnx/codec.ts";
import type { Graph, Tensor } from "../../../../plugins/classifiers/onnx/graph.ts";
import { floatTensor, GraphBuilder, int, ints, intTensor, string } from "../../../../plugins/classifiers/onnx/graph_builder.ts";
import { inFloat32 } from "../../../../plugins/classifiers/onnx/in_float32.ts";
import { onnx } from "../../../../plugins/classifiers/onnx/mod.ts";
import { DataType } from "../../../../plugins/classifiers/onnx/tensors.ts";
import { testClassifier } from "../conformance.ts";
import { SIDE, storedTensor, tinyLogits, tinyNetwork, tinyPictures, tinyScores } from "./tiny_network.ts";

type Front = (builder: GraphBuilder, bytes: string) => string;
/** What comes to the network from channel, row and column of its input, as a value of a picture. */
type Seen = (value: (channel: number, row: number, column: number) => number) => typeof value;

const bytesTensor = (dims: readonly number[], ...values: number[]): Tensor => ({
  dataType: DataType.uint8,
  dims,
  data: Uint8Array.from(values),
});
const list = (builder: GraphBuilder, ...values: number[]) => builder.constant("list", intTensor(values));
const cast = (builder: GraphBuilder, value: string, to: number) => builder.node("Cast", [value], { to: int(to) });

/** What networks do with bytes before they cast them. */
const FRONTS: readonly { readonly name: string; readonly front: Front; readonly seen: Seen }[] = [
  {
    name: "channels in another order, and an axis more for a while",
    front: (builder, bytes) => {
      const wide = builder.node("Unsqueeze", [bytes, list(builder, 1)]);
      const turned = builder.node("Gather", [wide, list(builder, 2, 1, 0)], { axis: int(2) });
      return builder.node("Squeeze", [turned, list(builder, 1)]);
    },
    seen: (value) => (channel, row, column) => value(2 - channel, row, column),
  },
  {
    name: "a border of a stored value",
    front: (builder, bytes) => {
      const filling = builder.constant("filling", bytesTensor([], 51));
      const padded = builder.node("Pad", [bytes, list(builder, 0, 0, 1, 2, 0, 0, 0, 0), filling]);
      return builder.node("Slice", [padded, list(builder, 0, 0), list(builder, SIDE, SIDE), list(builder, 2, 3)]);
    },
    seen: (value) => (channel, row, column) => row < 1 || column < 2 ? 0.2 : value(channel, row - 1, column - 2),
  },
  {
    name: "parts that are joined, and the larger of two",
    front: (builder, bytes) => {
      const [left, right] = builder.nodes("Split", [bytes, list(builder, 4, 5)], { axis: int(3) }, { outputs: 2 });
      const least = builder.constant("least", bytesTensor([1, 3, 1, 1], 51, 102, 0));
      return builder.node("Concat", [right, builder.node("Max", [left, least])], { axis: int(3) });
    },
    seen: (value) => (channel, row, column) =>
      column < 5 ? value(channel, row, column + 4) : Math.max(value(channel, row, column - 5), [0.2, 0.4, 0][channel]),
  },
  {
    name: "wider whole numbers",
    front: (builder, bytes) => {
      const whole = cast(builder, bytes, DataType.int32);
      const most = builder.constant("most", { dataType: DataType.int32, dims: [], data: Int32Array.of(153) });
      const shape = builder.node("Shape", [whole]);
      return builder.node("Reshape", [builder.node("Min", [whole, most]), shape]);
    },
    seen: (value) => (channel, row, column) => Math.min(value(channel, row, column), 0.6),
  },
];

for (const { name, front, seen } of FRONTS) {
  const graph = behind(front);
  testClassifier({ name: `onnx with bytes and ${name}`, load: () => load(graph), gradients: true });

  Deno.test(`differentiate() of onnx with bytes and ${name} agrees with central differences of loops`, async () => {
    const classifier = await load(graph);
    const picture = tinyPictures(1);
    const plane = (values: ArrayLike<number>) => {
      const value = seen((channel, row, column) => values[(channel * SIDE + row) * SIDE + column]);
      return Float64Array.from(values, (_, i) => value(Math.floor(i / SIDE ** 2), Math.floor(i / SIDE) % SIDE, i % SIDE));
    };
    await checkGradient(classifier, picture, (values) => tinyScores(tinyLogits(plane(values), 1)));
    await classifier.dispose();
  });
}

for (const [name, graph] of [["its last layer", doubleEnd()], ["its normalization", doubleStart()]] as const) {
  testClassifier({ name: `onnx with float64 in ${name}`, load: () => load(graph), gradients: true });

  Deno.test(`onnx with float64 in ${name} keeps it, and agrees with central differences of loops`, async () => {
    const classifier = await load(graph);
    assertEquals([classifier.info.facts.arithmetic, classifier.info.facts.gradients], [undefined, "exact"]);
    await checkGradient(classifier, tinyPictures(1), (values) => tinyScores(tinyLogits(values, 1)));
    await classifier.dispose();
  });
}

/** What computes with bytes, and what is told of it. */
const OBSTACLES: readonly (readonly [name: string, front: Front, told: string])[] = [
  [
    "resampled",
    (builder, bytes) =>
      builder.node("Resize", [bytes, "", "", list(builder, 1, 3, SIDE, SIDE)], { mode: string("linear") }, { name: "resampling" }),
    'node "resampling" (operator Resize) computes with uint8',
  ],
  [
    "divided",
    (builder, bytes) => {
      const two = builder.constant("two", { dataType: DataType.int32, dims: [], data: Int32Array.of(2) });
      return builder.node("Div", [cast(builder, bytes, DataType.int32), two], {}, { name: "halving" });
    },
    'node "halving" (operator Div) computes with int32',
  ],
  [
    "looked up",
    (builder, bytes) => {
      const table = builder.constant("table", floatTensor([256], Float32Array.from({ length: 256 }, (_, i) => Math.sqrt(255 * i))));
      return builder.node("Gather", [table, cast(builder, bytes, DataType.int64)], {}, { name: "curve" });
    },
    'node "curve" (operator Gather) computes with int64',
  ],
  [
    "rounded",
    (builder, bytes) => cast(builder, cast(builder, bytes, DataType.float), DataType.uint8),
    'node "Cast_1" (operator Cast) makes uint8 of it',
  ],
];

for (const [name, front, told] of OBSTACLES) {
  Deno.test(`onnx tells which operator cuts off the gradient of bytes that are ${name}`, async () => {
    const classifier = await load(behind(front));
    assertEquals(classifier.differentiate, undefined);
    const reason = String(classifier.info.facts.gradients);
    assert(reason.startsWith("none: ") && reason.endsWith(told), reason);
    await classifier.dispose();
  });
}

Deno.test("inFloat32() keeps finite numbers finite and what is not zero so, and leaves graphs without other types alone", () => {
  assertEquals(inFloat32(tinyNetwork()), tinyNetwork());
  const plain = tinyNetwork();
  assert(inFloat32(plain) === plain);
  const values = [1e300, -1e300, 1e-300, Infinity, 0, 0.1];
  const builder = new GraphBuilder();
  builder.constant("double", storedTensor(DataType.double, [6], values));
  builder.constant("half", storedTensor(DataType.float16, [2], [-1.5, 65504]));
  builder.constant("brain", storedTensor(DataType.bfloat16, [2], [-1.5, 2 ** 100]));
  const { initializers } = inFloat32(builder.build());
  const [largest, least] = [3.4028234663852886e38, 2 ** -126];
  assertEquals([...initializers.get("double")!.data], [largest, -largest, least, Infinity, 0, Math.fround(0.1)]);
  assertEquals([...initializers.get("half")!.data], [-1.5, 65504]);
  assertEquals([...initializers.get("brain")!.data], [-1.5, 2 ** 100]);
});

function load(graph: Graph) {
  return onnx.load({ name: "typed.onnx", bytes: encodeModel(graph), threads: 1, provider: "cpu", gradients: true });
}

/** Compares the gradient with central differences of a function in float64. */
async function checkGradient(
  classifier: Awaited<ReturnType<typeof load>>,
  picture: Float32Array,
  scoresOf: (values: ArrayLike<number>) => readonly number[],
): Promise<void> {
  const expected = scoresOf(picture);
  (await classifier.classify(picture, 1)).forEach((score, i) => assertAlmostEquals(score, expected[i], 2e-6));
  const { gradients } = await classifier.differentiate!(picture, 1, 2);
  const scale = gradients.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  assert(scale > 0);
  gradients.forEach((gradient, pixel) => {
    const [up, down] = [1e-5, -1e-5].map((step) => scoresOf(Float64Array.from(picture).with(pixel, picture[pixel] + step))[2]);
    assertAlmostEquals(gradient, (up - down) / 2e-5, 1e-5 * scale);
  });
}

/** The tiny network behind something that takes and gives planes of bytes, or of whole numbers. */
function behind(front: Front): Graph {
  const graph = tinyNetwork();
  const builder = new GraphBuilder({ ...graph, inputs: [] }, []);
  const bytes = front(builder, builder.input("bytes", ["batch", 3, SIDE, SIDE], DataType.uint8));
  const white = builder.constant("white", floatTensor([], [255]));
  builder.node("Div", [cast(builder, bytes, DataType.float), white], {}, { outputs: [graph.inputs[0].name] });
  for (const node of graph.nodes) builder.add(node);
  return builder.build("bytes");
}

/** The tiny network with the product of its last layer in float64. */
function doubleEnd(): Graph {
  const graph = tinyNetwork();
  const pooled = graph.nodes.findIndex(({ operator }) => operator === "GlobalAveragePool");
  const builder = new GraphBuilder({ ...graph, outputs: [] }, graph.nodes.slice(0, pooled + 1));
  const [weights, offsets] = ["weights", "offsets"].map((name) => graph.initializers.get(name)!);
  const features = cast(builder, builder.node("Flatten", [graph.nodes[pooled].outputs[0]], { axis: int(1) }), DataType.double);
  const matrix = builder.constant("matrix", storedTensor(DataType.double, weights.dims.slice(0, 2), weights.data as Float32Array));
  const shift = builder.constant("shift", storedTensor(DataType.double, offsets.dims, offsets.data as Float32Array));
  builder.output(builder.node("Gemm", [features, matrix, shift], { transB: int(1) }), ["batch", 5], DataType.double);
  return builder.build("double");
}

/** The tiny network for bytes, with a normalization in float64 that undoes itself. */
function doubleStart(): Graph {
  const graph = tinyNetwork();
  const builder = new GraphBuilder({ ...graph, inputs: [] }, []);
  const stored = (...values: number[]) => builder.constant("stored", storedTensor(DataType.double, [values.length, 1, 1], values));
  const pixels = builder.input("bytes", ["batch", SIDE, SIDE, 3], DataType.uint8);
  const double = cast(builder, builder.node("Transpose", [pixels], { perm: ints(0, 3, 1, 2) }), DataType.double);
  const normal = builder.node("Div", [builder.node("Sub", [double, stored(123.7, 116.3, 103.5)]), stored(58.4, 57.1, 57.4)]);
  const back = builder.node("Add", [builder.node("Mul", [normal, stored(58.4, 57.1, 57.4)]), stored(123.7, 116.3, 103.5)]);
  const unit = builder.node("Div", [back, stored(255)]);
  builder.node("Cast", [unit], { to: int(DataType.float) }, { outputs: [graph.inputs[0].name] });
  for (const node of graph.nodes) builder.add(node);
  return builder.build("double");
}
