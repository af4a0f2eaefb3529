import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import type { Normalization } from "../../../../core/classifier.ts";
import { InputError } from "../../../../core/errors.ts";
import { encodeModel } from "../../../../plugins/classifiers/onnx/codec.ts";
import type { Graph } from "../../../../plugins/classifiers/onnx/graph.ts";
import { onnx } from "../../../../plugins/classifiers/onnx/mod.ts";
import { DataType } from "../../../../plugins/classifiers/onnx/tensors.ts";
import { testClassifier } from "../conformance.ts";
import { tinyLogits, tinyNetwork, type TinyOptions, tinyPictures, tinyScores } from "./tiny_network.ts";

const IMAGENET: Normalization = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] };

interface Variant {
  readonly name: string;
  readonly options: TinyOptions;
  readonly normalization?: Normalization;
  /** Facts that must be told of it. */
  readonly facts: Record<string, string>;
}

/** The same network in every form in which files present it. */
const VARIANTS: readonly Variant[] = [
  { name: "plain", options: {}, facts: { layout: "NCHW", batch: "free", scores: "softmax of its logits", elementType: "float32" } },
  { name: "NHWC", options: { layout: "NHWC" }, facts: { layout: "NHWC" } },
  { name: "a batch of 1", options: { batch: 1 }, facts: { batch: "fixed in the file, freed" } },
  { name: "a batch of 4", options: { batch: 4 }, facts: { batch: "fixed in the file, freed" } },
  {
    name: "normalization",
    options: {},
    normalization: IMAGENET,
    facts: { normalization: "(x - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]" },
  },
  { name: "normalization and NHWC", options: { layout: "NHWC" }, normalization: IMAGENET, facts: { layout: "NHWC" } },
  { name: "Softmax", options: { end: "Softmax" }, facts: { scores: "softmax of what goes into its final Softmax" } },
  { name: "LogSoftmax", options: { end: "LogSoftmax" }, facts: { scores: "softmax of what goes into its final LogSoftmax" } },
  { name: "Log of Softmax", options: { end: "Log of Softmax" }, facts: { scores: "softmax of what goes into its final LogSoftmax" } },
  { name: "Sigmoid", options: { end: "Sigmoid" }, facts: { scores: "softmax of what goes into its final Sigmoid" } },
  {
    name: "Softmax behind carriers",
    options: { end: "Softmax, Squeeze, Identity", output: "channels first" },
    facts: { scores: "softmax of what goes into its final Softmax" },
  },
  { name: "a softmax of its own make", options: { end: "Exp and Div" }, facts: { scores: "probabilities as the network gives them" } },
  { name: "[N, C, 1, 1]", options: { output: "channels first" }, facts: { output: "Conv_output_1" } },
  { name: "[N, 1, 1, C] with Softmax", options: { output: "channels last", layout: "NHWC", end: "Softmax" }, facts: { layout: "NHWC" } },
  { name: "1001 classes", options: { classes: 1001 }, facts: { background: "class 0 of the file is dropped" } },
  {
    name: "1001 probabilities",
    options: { classes: 1001, end: "Exp and Div" },
    facts: { scores: "probabilities as the network gives them" },
  },
  { name: "1001 classes in operator set 9", options: { classes: 1001, opset: 9 }, facts: { background: "class 0 of the file is dropped" } },
  {
    name: "sizes that the file does not say",
    options: { declares: false, output: "channels first" },
    facts: { scores: "softmax of its logits" },
  },
  { name: "bytes", options: { dataType: DataType.uint8, layout: "NHWC" }, facts: { elementType: "uint8" } },
  {
    name: "bytes that are moved before they are cast",
    options: { dataType: DataType.uint8, layout: "NHWC", castsFirst: false },
    facts: { elementType: "uint8", gradients: "exact" },
  },
  {
    name: "float64 that is moved before it is cast",
    options: { dataType: DataType.double, castsFirst: false, layout: "NHWC" },
    facts: { elementType: "float64", gradients: "exact" },
  },
  { name: "float16", options: { dataType: DataType.float16 }, facts: { elementType: "float16", gradients: "exact" } },
  {
    name: "float16 throughout",
    options: { dataType: DataType.float16, arithmetic: DataType.float16 },
    facts: { elementType: "float16", gradients: "exact", arithmetic: "float32" },
  },
  {
    name: "float64 throughout",
    options: { dataType: DataType.double, arithmetic: DataType.double },
    facts: { elementType: "float64", gradients: "exact", arithmetic: "float32" },
  },
  {
    name: "bfloat16 behind a cast",
    options: { arithmetic: DataType.bfloat16 },
    facts: { elementType: "float32", gradients: "exact", arithmetic: "float32" },
  },
  {
    name: "bytes and float64",
    options: { dataType: DataType.uint8, layout: "NHWC", castsFirst: false, arithmetic: DataType.double },
    facts: { elementType: "uint8", gradients: "exact" },
  },
];

function load(graph: Graph, normalization?: Normalization) {
  const source = { name: "tiny.onnx", bytes: encodeModel(graph), threads: 1, provider: "cpu", gradients: true };
  return onnx.load(normalization === undefined ? source : { ...source, normalization });
}

for (const { name, options, normalization, facts } of VARIANTS) {
  testClassifier({ name: `onnx with ${name}`, load: () => load(tinyNetwork(options), normalization), gradients: true });

  Deno.test(`onnx with ${name} classify() is the network written out in loops`, async () => {
    const classifier = await load(tinyNetwork(options), normalization);
    const count = 3;
    const pictures = tinyPictures(count);
    const scores = await classifier.classify(pictures, count);
    const seen = Array.from(pictures, (value, i) => {
      const channel = Math.floor(i / (pictures.length / count / 3)) % 3;
      const { mean, deviation } = normalization ?? { mean: [0, 0, 0], deviation: [1, 1, 1] };
      return (value - mean[channel]) / deviation[channel];
    });
    const { classes = 5 } = options;
    const logits = tinyLogits(seen, count, classes);
    for (let picture = 0; picture < count; picture++) {
      const first = classes === 1001 ? 1 : 0;
      const expected = tinyScores(logits.subarray(picture * classes + first, (picture + 1) * classes));
      assertEquals(classifier.info.classes, expected.length);
      expected.forEach((score, i) => assertAlmostEquals(scores[picture * expected.length + i], score, 2e-6));
    }
    for (const [fact, value] of Object.entries(facts)) assertEquals(classifier.info.facts[fact], value);
    await classifier.dispose();
  });
}

Deno.test("onnx takes a usual size where the file leaves it free", async () => {
  const classifier = await load(tinyNetwork({ side: "side" }));
  assertEquals([classifier.info.width, classifier.info.height, classifier.info.facts.size], [224, 224, "free"]);
  await classifier.dispose();
});

Deno.test("onnx reads the same network from any element type of the file and version of the operator set", async () => {
  const pictures = tinyPictures(1);
  const plain = await load(tinyNetwork());
  const expected = (await plain.classify(pictures, 1)).slice();
  await plain.dispose();
  for (const opset of [7, 9, 11, 13, 15, 18, 21]) {
    const classifier = await load(tinyNetwork({ opset }), { mean: [0, 0, 0], deviation: [1, 1, 1] });
    (await classifier.classify(pictures, 1)).forEach((score, i) => assertAlmostEquals(score, expected[i], 1e-7));
    assertEquals(classifier.info.facts.opset, opset);
    await classifier.dispose();
  }
});

Deno.test("classify() of onnx refuses fewer values than pictures", async () => {
  const classifier = await load(tinyNetwork());
  await assertRejects(() => classifier.classify(tinyPictures(1), 2), RangeError, "Pictures must hold 2 x 3 x 9 x 9 values");
  await classifier.dispose();
});

Deno.test("classify() of onnx names the model where scores are not finite", async () => {
  // Past 88, exp is infinite in float32.
  const classifier = await load(tinyNetwork({ end: "bare Exp" }));
  await assertRejects(() => classifier.classify(tinyPictures(1).fill(NaN), 1), InputError, "Model tiny.onnx gives NaN or infinite scores");
  await classifier.dispose();
});

Deno.test("differentiate() of onnx is exact where the score is near 1", async () => {
  const graph = tinyNetwork();
  const offsets = graph.initializers.get("offsets")!;
  const data = (offsets.data as Float32Array).slice();
  data[2] += 18;
  const classifier = await load({ ...graph, initializers: new Map([...graph.initializers, ["offsets", { ...offsets, data }]]) });
  const picture = tinyPictures(1);
  const { scores, gradients } = await classifier.differentiate!(picture, 1, 2);
  const left = (values: ArrayLike<number>) => {
    const logits = tinyLogits(values, 1);
    logits[2] += 18;
    const exponentials = Array.from(logits, (value) => Math.exp(value - logits[2]));
    const others = exponentials.reduce((sum, value, i) => i === 2 ? sum : sum + value, 0);
    return others / (1 + others);
  };
  assertAlmostEquals(1 - scores[0], left(picture), 1e-3 * left(picture));
  for (const pixel of [0, 50, 120, 200]) {
    const moved = Array.from(picture);
    moved[pixel] += 1e-4;
    const above = left(moved);
    moved[pixel] -= 2e-4;
    const expected = (left(moved) - above) / 2e-4;
    assertAlmostEquals(gradients[pixel], expected, 1e-3 * Math.abs(expected) + 1e-12);
  }
  await classifier.dispose();
});
