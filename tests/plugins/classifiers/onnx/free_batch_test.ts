import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../../../../core/random.ts";
import { encodeModel } from "../../../../plugins/classifiers/onnx/codec.ts";
import type { Graph } from "../../../../plugins/classifiers/onnx/graph.ts";
import { float, floatTensor, GraphBuilder, int, ints, intTensor } from "../../../../plugins/classifiers/onnx/graph_builder.ts";
import { onnx } from "../../../../plugins/classifiers/onnx/mod.ts";
import { testClassifier } from "../conformance.ts";
import { runtime } from "../../../../plugins/classifiers/onnx/runtime.ts";

const SIDE = 8;
const WIDTH = 6;
const HEADS = 2;
const CLASSES = 5;

/** Builds a network whose shapes are written down for one batch size, as exporters that trace a program do. */
class Traced {
  readonly builder = new GraphBuilder();
  readonly batch: number;
  readonly #random = new Random(5);
  value: string;

  constructor(batch: number, declared: number | string) {
    this.batch = batch;
    this.value = this.builder.input("image", [declared, 3, SIDE, SIDE]);
  }

  weights(...dims: number[]): string {
    const length = dims.reduce((product, dim) => product * dim, 1);
    return this.builder.constant("weights", floatTensor(dims, Float32Array.from({ length }, () => this.#random.normal() * 0.7)));
  }

  node(operator: string, inputs: readonly string[], attributes: Parameters<GraphBuilder["node"]>[2] = {}): string {
    return this.builder.node(operator, inputs, attributes);
  }

  reshape(value: string, ...target: number[]): string {
    return this.node("Reshape", [value, this.builder.constant("target", intTensor(target))]);
  }

  transpose(value: string, ...perm: number[]): string {
    return this.node("Transpose", [value], { perm: ints(...perm) });
  }

  pick(value: string, index: number): string {
    const constant = this.builder.constant("index", { dataType: 7, dims: [], data: BigInt64Array.of(BigInt(index)) });
    return this.node("Gather", [value, constant], { axis: int(0) });
  }

  /** A class token, stored once a picture. */
  token(): string {
    const data = Array.from({ length: this.batch * WIDTH }, (_, i) => Math.cos(i % WIDTH));
    return this.builder.constant("token", floatTensor([this.batch, 1, WIDTH], data));
  }

  /** Patches of 4 x 4 pixels as tokens, [batch, 4, WIDTH]. */
  patches(): string {
    const patches = this.node("Conv", [this.value, this.weights(WIDTH, 3, 4, 4)], { strides: ints(4, 4) });
    return this.transpose(this.reshape(patches, this.batch, WIDTH, 4), 0, 2, 1);
  }

  /** The mean of tokens to logits. */
  finish(tokens: string): Graph {
    const mean = this.node("ReduceMean", [tokens], { axes: ints(1), keepdims: int(0) });
    const logits = this.node("Gemm", [mean, this.weights(WIDTH, CLASSES)]);
    this.builder.output(logits, [this.batch, CLASSES]);
    return this.builder.build("traced");
  }
}

/** Attention as vision transformers in PyTorch have it: a class token, one product for queries, keys and values. */
function batchFirst(batch: number, declared: number | string): Graph {
  const traced = new Traced(batch, declared);
  const size = WIDTH / HEADS;
  const tokens = traced.node("Concat", [traced.token(), traced.patches()], { axis: int(1) });
  const three = traced.node("MatMul", [tokens, traced.weights(WIDTH, 3 * WIDTH)]);
  const split = traced.transpose(traced.reshape(three, batch, 5, 3, HEADS, size), 2, 0, 3, 1, 4);
  const [query, key, value] = [0, 1, 2].map((index) => traced.pick(split, index));
  const weights = traced.node("Softmax", [traced.node("MatMul", [query, traced.transpose(key, 0, 1, 3, 2)])], { axis: int(-1) });
  const mixed = traced.transpose(traced.node("MatMul", [weights, value]), 0, 2, 1, 3);
  return traced.finish(traced.node("Add", [tokens, traced.reshape(mixed, batch, 5, WIDTH)]));
}

/** Attention as torch.nn.MultiheadAttention has it: tokens first, pictures and heads in one axis, tokens and pictures in one axis. */
function tokensFirst(batch: number, declared: number | string): Graph {
  const traced = new Traced(batch, declared);
  const size = WIDTH / HEADS;
  const tokens = traced.transpose(traced.patches(), 1, 0, 2);
  const heads = () => {
    const projected = traced.node("MatMul", [tokens, traced.weights(WIDTH, WIDTH)]);
    return traced.transpose(traced.reshape(projected, 4, batch * HEADS, size), 1, 0, 2);
  };
  const [query, key, value] = [heads(), heads(), heads()];
  const weights = traced.node("Softmax", [traced.node("MatMul", [query, traced.transpose(key, 0, 2, 1)])], { axis: int(-1) });
  const mixed = traced.reshape(traced.node("MatMul", [weights, value]), batch, HEADS, 4, size);
  const rows = traced.reshape(traced.transpose(mixed, 2, 0, 1, 3), 4 * batch, WIDTH);
  const projected = traced.reshape(traced.node("Gemm", [rows, traced.weights(WIDTH, WIDTH)]), 4, batch, WIDTH);
  return traced.finish(traced.transpose(traced.node("Add", [tokens, projected]), 1, 0, 2));
}

/** Windows of a picture as pictures of their own, as in a Swin transformer, with a mask a window. */
function windows(batch: number, declared: number | string): Graph {
  const traced = new Traced(batch, declared);
  const pixels = traced.transpose(traced.node("Conv", [traced.value, traced.weights(WIDTH, 3, 2, 2)], { strides: ints(2, 2) }), 0, 2, 3, 1);
  const parted = traced.transpose(traced.reshape(pixels, batch, 2, 2, 2, 2, WIDTH), 0, 1, 3, 2, 4, 5);
  const tokens = traced.reshape(parted, 4 * batch, 4, WIDTH);
  const products = traced.node("MatMul", [tokens, traced.transpose(tokens, 0, 2, 1)]);
  const masked = traced.node("Add", [traced.reshape(products, batch, 4, 4, 4), traced.weights(1, 4, 4, 4)]);
  const weights = traced.node("Softmax", [traced.reshape(masked, 4 * batch, 4, 4)], { axis: int(-1) });
  const mixed = traced.reshape(traced.node("MatMul", [weights, tokens]), batch, 2, 2, 2, 2, WIDTH);
  return traced.finish(traced.reshape(traced.transpose(mixed, 0, 1, 3, 2, 4, 5), batch, 16, WIDTH));
}

/** A class token that is expanded to the batch, a squeeze that puts the batch elsewhere, and a shape with a free part. */
function mixedShapes(batch: number, declared: number | string): Graph {
  const traced = new Traced(batch, declared);
  const token = traced.node("Expand", [traced.weights(1, 1, WIDTH), traced.builder.constant("target", intTensor([batch, 1, WIDTH]))]);
  const tokens = traced.node("Concat", [token, traced.patches()], { axis: int(1) });
  const more = traced.node("Unsqueeze", [tokens, traced.builder.constant("axes", intTensor([0]))]);
  const grown = traced.node("Expand", [more, traced.builder.constant("target", intTensor([2, batch, 5, WIDTH]))]);
  const scaled = traced.node("Mul", [traced.reshape(grown, 2, batch, -1), traced.weights(2, 1, 5 * WIDTH)]);
  const last = traced.node("Squeeze", [traced.pick(scaled, 1)]);
  const normal = traced.node("LeakyRelu", [traced.reshape(batch === 1 ? last : traced.pick(scaled, 1), batch, 5, WIDTH)], {
    alpha: float(0.1),
  });
  return traced.finish(normal);
}

/** Takes the first picture of a batch: no change of constants makes it take more. */
function firstOnly(batch: number, declared: number | string): Graph {
  const traced = new Traced(batch, declared);
  const first = traced.pick(traced.patches(), 0);
  const tokens = traced.reshape(first, 1, 4, WIDTH);
  return traced.finish(tokens);
}

const CASES = [
  { name: "batch-first attention", build: batchFirst },
  { name: "tokens-first attention", build: tokensFirst },
  { name: "windows", build: windows },
  { name: "expanded tokens", build: mixedShapes },
];

for (const { name, build } of CASES) {
  testClassifier({ name: `onnx with ${name} freed`, load: () => load(build(1, 1)), gradients: true });

  for (const { batch, declared } of [{ batch: 1, declared: 1 }, { batch: 3, declared: 3 }, { batch: 1, declared: "batch" }]) {
    Deno.test(`freeBatch() frees ${name} traced with a batch of ${batch}${declared === "batch" ? " that the file calls free" : ""}`, async () => {
      const classifier = await load(build(batch, declared));
      assertEquals(classifier.info.facts.batch, "fixed in the file, freed");
      await assertSame(build(1, 1), classifier);
      await classifier.dispose();
    });
  }
}

Deno.test("onnx goes picture by picture where a network takes one and cannot be changed", async () => {
  const classifier = await load(firstOnly(1, 1));
  assertEquals(classifier.info.facts.batch, "one by one");
  await assertSame(firstOnly(1, 1), classifier);
  const pictures = noise(3);
  const scores = (await classifier.classify(pictures, 3)).slice();
  const { scores: found, gradients } = await classifier.differentiate!(pictures, 3, 2);
  found.forEach((score, i) => assertAlmostEquals(score, scores[i * CLASSES + 2], 1e-6));
  const all = gradients.slice();
  const length = pictures.length / 3;
  const { gradients: alone } = await classifier.differentiate!(pictures.subarray(length, 2 * length), 1, 2);
  assert(alone.some((value) => value !== 0));
  assertEquals(all.subarray(length, 2 * length), alone);
  await classifier.dispose();
});

function load(graph: Graph) {
  return onnx.load({ name: "traced.onnx", bytes: encodeModel(graph), threads: 1, provider: "cpu", gradients: true });
}

function noise(count: number): Float32Array {
  const random = new Random(9);
  return Float32Array.from({ length: count * 3 * SIDE * SIDE }, () => random.uniform());
}

/** That a classifier scores several pictures as a bare session of the file for one picture scores each. */
async function assertSame(one: Graph, classifier: Awaited<ReturnType<typeof load>>): Promise<void> {
  const count = 4;
  const pictures = noise(count);
  const scores = await classifier.classify(pictures, count);
  const { InferenceSession, Tensor } = await runtime();
  const session = await InferenceSession.create(encodeModel(one));
  const length = pictures.length / count;
  for (let picture = 0; picture < count; picture++) {
    const part = pictures.slice(picture * length, (picture + 1) * length);
    const results = await session.run({ image: new Tensor("float32", part, [1, 3, SIDE, SIDE]) });
    const exponentials = Array.from(results[one.outputs[0].name].data as Float32Array, Math.exp);
    const sum = exponentials.reduce((total, value) => total + value, 0);
    exponentials.forEach((value, i) => assertAlmostEquals(scores[picture * CLASSES + i], value / sum, 1e-5));
  }
  await session.release();
}
