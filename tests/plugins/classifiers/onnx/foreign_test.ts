import { assert, assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../../core/errors.ts";
import { encodeModel } from "../../../../plugins/classifiers/onnx/codec.ts";
import type { Graph, ValueInfo } from "../../../../plugins/classifiers/onnx/graph.ts";
import { floatTensor, GraphBuilder, int, ints, intTensor } from "../../../../plugins/classifiers/onnx/graph_builder.ts";
import { onnx } from "../../../../plugins/classifiers/onnx/mod.ts";
import { DataType } from "../../../../plugins/classifiers/onnx/tensors.ts";
import { tinyNetwork, tinyPictures } from "./tiny_network.ts";

const WANTED = "an image classifier takes pictures of three channels, [batch, 3, height, width] or [batch, height, width, 3]";

/** The tiny network with other values declared at its ends. */
function declaring({ inputs, outputs }: { inputs?: readonly ValueInfo[]; outputs?: readonly ValueInfo[] }): Graph {
  const graph = tinyNetwork();
  return { ...graph, inputs: inputs ?? graph.inputs, outputs: outputs ?? graph.outputs };
}

function value(name: string, dataType: number, ...dims: (number | string)[]): ValueInfo {
  return { name, dataType, dims };
}

const text = value("input_ids", DataType.int64, "batch", "sequence");
const mask = value("attention_mask", DataType.int64, "batch", "sequence");
const image = value("image", DataType.float, "batch", 3, 9, 9);

const FOREIGN: [name: string, graph: () => Graph, message: string][] = [
  [
    "a language model",
    () => declaring({ inputs: [text, mask] }),
    `Model foreign.onnx wants int64 "input_ids" [batch, sequence] and int64 "attention_mask" [batch, sequence]: ${WANTED}, as its only input`,
  ],
  ["whole numbers", () => declaring({ inputs: [text] }), `Model foreign.onnx wants int64 "input_ids" [batch, sequence]: ${WANTED}`],
  ["no input", () => declaring({ inputs: [] }), `Model foreign.onnx wants no input: ${WANTED}, as its only input`],
  [
    "a grayscale network",
    () => declaring({ inputs: [value("image", DataType.float, 1, 1, 28, 28)] }),
    `Model foreign.onnx wants float32 "image" [1, 1, 28, 28]: grayscale networks are not supported, ${WANTED}`,
  ],
  [
    "four channels",
    () => declaring({ inputs: [value("x", 1, 1, 4, 64, 64)] }),
    `Model foreign.onnx wants float32 "x" [1, 4, 64, 64]: ${WANTED}`,
  ],
  ["a picture without a batch", () => declaring({ inputs: [value("x", 1, 3, 64, 64)] }), `wants float32 "x" [3, 64, 64]: ${WANTED}`],
  ["features", () => declaring({ inputs: [value("x", 1, "", 2048)] }), `wants float32 "x" [?, 2048]: ${WANTED}`],
  [
    "pictures beyond all sizes",
    () => declaring({ inputs: [value("image", DataType.float, 1, 3, 1_000_000, 1_000_000)] }),
    "an input may hold at most 67108864 numbers",
  ],
  [
    "batches beyond all sizes",
    () => declaring({ inputs: [value("image", 1, 1e9, 3, 9, 9)] }),
    "an input may hold at most 67108864 numbers",
  ],
  [
    "classes beyond all numbers",
    () => declaring({ outputs: [value("out", 1, 1, 1e12)] }),
    "an image classifier has at most 1048576 classes",
  ],
  [
    "a detector",
    () => declaring({ outputs: [value("scores", 1, "batch", 100), value("boxes", 1, "batch", 100, 4), value("labels", 7, "batch", 100)] }),
    'Model foreign.onnx gives float32 "scores" [batch, 100] and float32 "boxes" [batch, 100, 4] and int64 "labels" [batch, 100]: it is a detector, ' +
    "an image classifier gives one score for each class, [batch, classes]",
  ],
  [
    "a detector with one output",
    () => declaring({ outputs: [value("output0", 1, 1, 84, 8400)] }),
    'Model foreign.onnx gives float32 "output0" [1, 84, 8400]: an image classifier gives one score for each of two or more classes, [batch, classes]',
  ],
  [
    "a segmentation",
    () => declaring({ outputs: [value("out", 1, 1, 21, 64, 64)] }),
    'gives float32 "out" [1, 21, 64, 64]: an image classifier gives',
  ],
  [
    "a single score",
    () => declaring({ outputs: [value("out", 1, "batch", 1)] }),
    'gives float32 "out" [batch, 1]: an image classifier gives',
  ],
  ["the class alone", () => declaring({ outputs: [value("class", 7, "batch")] }), 'gives int64 "class" [batch]: an image classifier gives'],
  ["no output", () => declaring({ outputs: [] }), "Model foreign.onnx gives nothing: an image classifier gives"],
  ["a picture of undeclared size", pictureToPicture, 'gives float32 "Relu_output" [1, 3, 224, 224]: an image classifier gives'],
  [
    "an operator set before all others",
    () => tinyNetwork({ opset: 6 }),
    "is written in operator set 6: export it with operator set 7 or later",
  ],
  ["an operator set of the future", () => tinyNetwork({ opset: 99 }), "Model foreign.onnx cannot run: "],
  [
    "an operator of its own",
    () => replacing("GlobalAveragePool", { operator: "Secret", domain: "com.example" }),
    "Model foreign.onnx cannot run: ",
  ],
  ["an operator that nobody knows", () => replacing("GlobalAveragePool", { operator: "Secret" }), "Model foreign.onnx cannot run: "],
  ["a value that nothing makes", () => replacing("GlobalAveragePool", { inputs: ["nowhere"] }), "Model foreign.onnx cannot run: "],
  ["shapes that do not fit", () => declaring({ inputs: [value("image", 1, 1, 3, 2, 2)] }), "Model foreign.onnx cannot run: "],
  ["an output that is not there", () => declaring({ outputs: [value("nowhere", 1, "batch", 5)] }), "Model foreign.onnx cannot run: "],
  ["scores by chance", byChance, "Model foreign.onnx gives a picture other scores in a batch than alone"],
];

for (const [name, graph, message] of FOREIGN) {
  Deno.test(`onnx refuses ${name} in one line`, async () => {
    const error = await assertRejects(() => load(graph()), InputError, message);
    assert(!error.message.includes("\n") && !error.message.endsWith("."), error.message);
  });
}

Deno.test("onnx names the providers that there are", async () => {
  await assertRejects(
    () => load(tinyNetwork(), "nonsense"),
    InputError,
    "Provider nonsense is not in this machine's ONNX Runtime: choose one of cpu",
  );
});

Deno.test("onnx picks the scores among several outputs and tells of the others", async () => {
  const graph = tinyNetwork();
  const builder = new GraphBuilder({ ...graph, outputs: [] });
  const features = builder.node("Relu", [graph.nodes.find(({ operator }) => operator === "GlobalAveragePool")!.outputs[0]]);
  const logits = builder.node("Identity", [graph.outputs[0].name], {}, { outputs: ["logits"] });
  const auxiliary = builder.node("Neg", [graph.outputs[0].name]);
  builder.output(features, ["batch", 4, 1, 1]);
  builder.output(auxiliary, ["batch", 5]);
  builder.output(logits, ["batch", 5]);
  const [several, alone] = [await load(builder.build()), await load(graph)];
  assertEquals(several.info.facts.output, "logits");
  assertEquals(several.info.facts.otherOutputs, "Relu_output, Neg_output");
  assertEquals(await several.classify(tinyPictures(1), 1), await alone.classify(tinyPictures(1), 1));
  await several.dispose();
  await alone.dispose();
});

Deno.test("onnx finds the one size that a network takes and does not say", async () => {
  const builder = new GraphBuilder();
  const pixels = builder.node("Flatten", [builder.input("image", ["n", 3, "h", "w"])], { axis: int(1) });
  const weights = Float32Array.from({ length: 3 * 64 * 64 * 2 }, (_, i) => Math.sin(i));
  builder.output(builder.node("Gemm", [pixels, builder.constant("w", floatTensor([3 * 64 * 64, 2], weights))]), ["n", 2]);
  const classifier = await load(builder.build("flat"));
  assertEquals([classifier.info.width, classifier.info.height, classifier.info.facts.size], [64, 64, "free"]);
  await classifier.dispose();
});

Deno.test("onnx goes picture by picture where pictures of a batch would change each other", async () => {
  const graph = tinyNetwork();
  const builder = new GraphBuilder({ ...graph, outputs: [] });
  const logits = graph.outputs[0].name;
  const mean = builder.node("ReduceMean", [logits], { axes: ints(0), keepdims: int(1) });
  builder.output(builder.node("Sub", [logits, builder.node("Mul", [mean, builder.constant("half", floatTensor([], [0.5]))])]), [
    "batch",
    5,
  ]);
  const classifier = await load(builder.build("mixing"));
  assertEquals(classifier.info.facts.batch, "one by one");
  const pictures = tinyPictures(2);
  const together = (await classifier.classify(pictures, 2)).slice();
  assertEquals(await classifier.classify(pictures.subarray(pictures.length / 2), 1), together.subarray(5));
  await classifier.dispose();
});

function load(graph: Graph, provider = "cpu") {
  return onnx.load({ name: "foreign.onnx", bytes: encodeModel(graph), threads: 1, provider, gradients: false });
}

function replacing(operator: string, change: Partial<Graph["nodes"][number]>): Graph {
  const graph = tinyNetwork();
  return { ...graph, nodes: graph.nodes.map((node) => node.operator === operator ? { ...node, ...change } : node) };
}

function pictureToPicture(): Graph {
  const builder = new GraphBuilder();
  builder.output(builder.node("Relu", [builder.input("image", [1, 3, 224, 224])]), []);
  return builder.build("picture");
}

function byChance(): Graph {
  const builder = new GraphBuilder();
  const mean = builder.node("GlobalAveragePool", [builder.input(image.name, image.dims)]);
  const flat = builder.node("Reshape", [mean, builder.constant("target", intTensor([0, -1]))]);
  builder.output(builder.node("Add", [flat, builder.node("RandomNormalLike", [flat])]), ["batch", 3]);
  return builder.build("chance");
}
