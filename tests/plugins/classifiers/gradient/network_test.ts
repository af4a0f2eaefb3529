import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as ort from "onnxruntime-node";
import { InputError } from "../../../../core/errors.ts";
import { Random } from "../../../../core/random.ts";
import type { Graph } from "../../../../plugins/classifiers/onnx/graph.ts";
import { float, floatTensor, GraphBuilder, int, ints, intTensor } from "../../../../plugins/classifiers/onnx/graph_builder.ts";
import {
  differentiateGraph,
  exposeInitializers,
  withCrossEntropy,
  withSoftmax,
} from "../../../../plugins/classifiers/onnx/gradient/mod.ts";
import { relativeError, run } from "./harness.ts";
import { type Array64, size } from "./reference/array.ts";
import { evaluateGraph } from "./reference/graph.ts";

const random = new Random(3);
const numbers = (count: number, scale = 1) => Float32Array.from({ length: count }, () => scale * random.normal());
const tensorOf = ({ dims, data }: Array64) => new ort.Tensor("float32", Float32Array.from(data), [...dims]);
const array = (dims: readonly number[], scale = 1): Array64 => ({ dims, data: Float64Array.from(numbers(size(dims), scale)) });

/** Compares gradients of the sum of an output, weighted at random, with central differences of the float64 reference. */
async function check(graph: Graph, { output, wrt, feeds }: { output: string; wrt: string[]; feeds: Map<string, Array64> }): Promise<Graph> {
  const truth = evaluateGraph(graph, feeds).get(output)!;
  const weights: Array64 = { dims: truth.dims, data: Float64Array.from(numbers(truth.data.length)) };
  const differentiated = differentiateGraph(graph, { output, wrt });
  const tensors = new Map([...feeds].map(([name, value]) => [name, tensorOf(value)]));
  const results = await run(differentiated.graph, tensors.set(differentiated.upstream!, tensorOf(weights)));
  assert(relativeError(results[output].data as Float32Array, truth.data) < 1e-6, "forward");
  for (const [index, name] of wrt.entries()) {
    const stored = graph.initializers.get(name);
    const at: Array64 = feeds.get(name) ?? { dims: stored!.dims, data: Float64Array.from(stored!.data as Float32Array) };
    const expected = at.data.map((value, position) => {
      const [up, down] = [1e-5, -1e-5].map((shift) => {
        const moved = evaluateGraph(graph, new Map(feeds).set(name, { dims: at.dims, data: at.data.with(position, value + shift) }));
        return moved.get(output)!.data.reduce((sum, value, index) => sum + value * weights.data[index], 0);
      });
      return (up - down) / 2e-5;
    });
    const error = relativeError(results[differentiated.gradients[index]].data as Float32Array, expected);
    assert(error < 5e-6, `gradient for ${name}: relative error ${error}`);
  }
  return differentiated.graph;
}

/** Builds convolutions with random weights. */
function convolution(builder: GraphBuilder, input: string, dims: readonly number[], attributes = {}): string {
  const weights = builder.constant("weights", floatTensor(dims, numbers(size(dims), 0.5)));
  const bias = builder.constant("bias", floatTensor([dims[0]], numbers(dims[0], 0.5)));
  return builder.node("Conv", [input, weights, bias], { kernel_shape: ints(...dims.slice(2)), ...attributes });
}

Deno.test("differentiateGraph() adds up the gradients of a value that is used several times", async () => {
  const builder = new GraphBuilder();
  const x = builder.input("x", ["batch", 3]);
  const y = builder.node("Mul", [x, builder.node("Add", [x, builder.node("Exp", [x])])], {}, { outputs: ["y"] });
  builder.output(y, ["batch", 3]);
  await check(builder.build("sum"), { output: "y", wrt: ["x"], feeds: new Map([["x", array([2, 3])]]) });
});

Deno.test("differentiateGraph() goes through branches that are joined again, behind and before pooling", async () => {
  for (const pooled of [true, false]) {
    const builder = new GraphBuilder();
    let value = builder.node("Relu", [convolution(builder, builder.input("x", ["batch", 2, 6, 6]), [4, 2, 3, 3])]);
    const branches = [[3, 4, 1, 1], [2, 4, 1, 1]].map((dims) => builder.node("Relu", [convolution(builder, value, dims)]));
    value = builder.node("Concat", branches, { axis: int(1) });
    if (pooled) value = builder.node("MaxPool", [value], { kernel_shape: ints(3, 3), strides: ints(2, 2), pads: ints(1, 1, 1, 1) });
    const ends = [[2, 5, 1, 1], [2, 5, 2, 2]].map((dims) => builder.node("Flatten", [convolution(builder, value, dims)]));
    builder.output(builder.node("Concat", ends, { axis: int(1) }, { outputs: ["y"] }), []);
    const names = [...builder.build().initializers.keys()];
    await check(builder.build("branches"), { output: "y", wrt: ["x", ...names], feeds: new Map([["x", array([2, 2, 6, 6])]]) });
  }
});

Deno.test("differentiateGraph() keeps the mask of a rectifier that is used elsewhere than in pooling", async () => {
  const builder = new GraphBuilder();
  const x = builder.input("x", ["batch", 2, 4, 4]);
  const rectified = builder.node("Relu", [x]);
  const pooled = builder.node("MaxPool", [rectified], { kernel_shape: ints(2, 2), strides: ints(2, 2) });
  const mean = builder.node("GlobalAveragePool", [builder.node("Mul", [rectified, builder.node("Sigmoid", [x])])]);
  builder.output(builder.node("Add", [pooled, mean], {}, { outputs: ["y"] }), []);
  await check(builder.build("both"), { output: "y", wrt: ["x"], feeds: new Map([["x", array([2, 2, 4, 4])]]) });
});

Deno.test("differentiateGraph() folds shape arithmetic, dropout and batch normalization away", async () => {
  const builder = new GraphBuilder();
  const x = builder.input("x", ["batch", 2, 4, 4]);
  const statistics = [1, 0.2, 0.1, 1.5].map((mean) =>
    builder.constant("statistic", floatTensor([3], numbers(3, 0.1).map((value) => value + mean)))
  );
  const normalized = builder.node("BatchNormalization", [convolution(builder, x, [3, 2, 3, 3]), ...statistics], { epsilon: float(0.01) });
  const dropped = builder.node("Dropout", [normalized]);
  const constant = (...values: number[]) => builder.constant("integers", intTensor(values));
  const batch = builder.node("Gather", [builder.node("Shape", [dropped]), constant(0)], { axis: int(0) });
  const rest = builder.node("Concat", [batch, constant(-1)], { axis: int(0) });
  builder.output(builder.node("Reshape", [dropped, rest], {}, { outputs: ["y"] }), []);
  const graph = await check(builder.build("folded"), { output: "y", wrt: ["x"], feeds: new Map([["x", array([2, 2, 4, 4])]]) });
  const operators = new Set(graph.nodes.map(({ operator }) => operator));
  for (const gone of ["BatchNormalization", "Dropout", "Shape", "Gather", "Concat"]) assert(!operators.has(gone), `${gone} is left`);
});

Deno.test("differentiateGraph() makes padding with zeros part of what is behind it, and averages before channels are mixed", async () => {
  const builder = new GraphBuilder();
  const pad = (value: string, ...sizes: number[]) => builder.node("Pad", [value, builder.constant("pads", intTensor(sizes))]);
  let value = pad(builder.input("x", ["batch", 2, 6, 7]), 0, 0, 1, 0, 0, 0, 2, 1);
  value = builder.node("Relu", [convolution(builder, value, [4, 2, 3, 3], { pads: ints(0, 1, 0, 0) })]);
  const averaged = builder.node("AveragePool", [pad(value, 0, 0, 1, 1, 0, 0, 1, 1)], { kernel_shape: ints(3, 3) });
  const branches = [convolution(builder, averaged, [3, 4, 1, 1]), convolution(builder, value, [2, 4, 1, 1])];
  builder.output(builder.node("Concat", branches, { axis: int(1) }, { outputs: ["y"] }), []);
  const graph = await check(builder.build("padded"), { output: "y", wrt: ["x"], feeds: new Map([["x", array([2, 2, 6, 7])]]) });
  const operators = graph.nodes.map(({ operator }) => operator);
  assert(!operators.includes("Pad") && !operators.includes("Slice"), `${operators}`);
});

Deno.test("differentiateGraph() leaves padding that counts in another way", async () => {
  const lone: [what: string, operator: string, attributes: Parameters<GraphBuilder["node"]>[2], pads: number[], value: number][] = [
    ["not zero", "AveragePool", { kernel_shape: ints(2, 2) }, [0, 0, 1, 0, 0, 0, 0, 1], 1.5],
    ["of channels", "AveragePool", { kernel_shape: ints(2, 2) }, [0, 1, 0, 0, 0, 0, 1, 1], 0],
    ["a cut", "AveragePool", { kernel_shape: ints(2, 2) }, [0, 0, -1, 0, 0, 0, 0, 1], 0],
    ["besides uncounted padding", "AveragePool", { kernel_shape: ints(3, 3), pads: ints(1, 1, 1, 1) }, [0, 0, 1, 0, 0, 0, 0, 1], 0],
    ["before a ceiling", "AveragePool", { kernel_shape: ints(2, 2), strides: ints(2, 2), ceil_mode: int(1) }, [0, 0, 1, 0, 0, 0, 0, 1], 0],
    ["before a maximum", "MaxPool", { kernel_shape: ints(2, 2) }, [0, 0, 1, 0, 0, 0, 0, 1], 0],
  ];
  for (const [what, operator, attributes, pads, filling] of lone) {
    const builder = new GraphBuilder();
    const x = builder.input("x", ["batch", 2, 5, 5]);
    const padded = builder.node("Pad", [
      x,
      builder.constant("pads", intTensor(pads)),
      builder.constant("filling", floatTensor([], [filling])),
    ]);
    builder.output(builder.node(operator, [padded], attributes, { outputs: ["y"] }), []);
    const graph = await check(builder.build(what), { output: "y", wrt: ["x"], feeds: new Map([["x", array([2, 2, 5, 5])]]) });
    assert(graph.nodes.some((node) => node.operator === "Pad"), what);
  }
});

Deno.test("differentiateGraph() sends the gradient of tied maxima to the first, as the runtime's indices do", async () => {
  for (const [kernel, stride] of [[2, 2], [3, 2], [3, 1], [4, 2], [5, 1]]) {
    const builder = new GraphBuilder();
    const x = builder.input("x", ["batch", 1, 7, 7]);
    const attributes = { kernel_shape: ints(kernel, kernel), strides: ints(stride, stride), pads: ints(1, 1, 1, 1) };
    const [y, indices] = builder.nodes("MaxPool", [x], attributes, { outputs: ["y", "indices"] });
    builder.output(y, []);
    const plain = builder.build("ties");
    const steps = Float32Array.from({ length: 2 * 49 }, () => random.integer(3) - 1);
    const feeds = new Map([["x", new ort.Tensor("float32", steps, [2, 1, 7, 7])]]);
    const forward = await run({ ...plain, outputs: [{ name: y, dataType: 1, dims: [] }, { name: indices, dataType: 7, dims: [] }] }, feeds);
    const weights = numbers(forward.y.size);
    const expected = new Float64Array(steps.length);
    (forward.indices.data as BigInt64Array).forEach((position, index) => expected[Number(position)] += weights[index]);
    const graph = { ...plain, nodes: plain.nodes.map((node) => ({ ...node, outputs: ["y"] })) };
    const differentiated = differentiateGraph(graph, { output: "y", wrt: ["x"] });
    const results = await run(differentiated.graph, feeds.set("y_weights", new ort.Tensor("float32", weights, forward.y.dims)));
    assert(relativeError(results.x_gradient.data as Float32Array, expected) < 1e-6, `kernel ${kernel}, stride ${stride}`);
  }
});

Deno.test("differentiateGraph() keeps its precision where softmax saturates", async () => {
  const builder = new GraphBuilder();
  builder.output(builder.node("Identity", [builder.input("x", ["batch", 4])], {}, { outputs: ["logits"] }), ["batch", 4]);
  const { graph, upstream } = differentiateGraph(withSoftmax(builder.build("logits"), "logits"), {
    output: "scores",
    wrt: ["x"],
    upstream: "shared",
  });
  const logits = [20, 3, -2, 1];
  const x = new ort.Tensor("float32", logits, [1, 4]);
  const results = await run(graph, new Map([["x", x], [upstream!, new ort.Tensor("float32", [1, 0, 0, 0], [1, 4])]]));
  const total = logits.reduce((sum, value) => sum + Math.exp(value - 20), 0);
  const scores = logits.map((value) => Math.exp(value - 20) / total);
  const others = scores[1] + scores[2] + scores[3];
  const expected = [scores[0] * others, ...scores.slice(1).map((score) => -scores[0] * score)];
  assert(relativeError(results.x_gradient.data as Float32Array, expected) < 1e-6);
});

Deno.test("differentiateGraph() serves every class with one graph, the same for the whole batch", async () => {
  const builder = new GraphBuilder();
  const x = builder.input("x", ["batch", 2, 5, 5]);
  const features = builder.node("Flatten", [
    builder.node("GlobalAveragePool", [builder.node("Relu", [convolution(builder, x, [4, 2, 3, 3])])]),
  ]);
  builder.output(builder.node("Identity", [features], {}, { outputs: ["logits"] }), ["batch", 4]);
  const scored = withSoftmax(builder.build("classes"), "logits");
  const { graph, upstream } = differentiateGraph(scored, { output: "scores", wrt: ["x"], upstream: "shared" });
  const at = array([3, 2, 5, 5]);
  for (let category = 0; category < 4; category++) {
    const weights = new ort.Tensor("float32", Array.from({ length: 4 }, (_, index) => Number(index === category)), [1, 4]);
    const results = await run(graph, new Map([["x", tensorOf(at)], [upstream!, weights]]));
    const direction = numbers(at.data.length);
    const [up, down] = [1e-5, -1e-5].map((step) => {
      const data = at.data.map((value, index) => value + step * direction[index]);
      const { data: scores } = evaluateGraph(scored, new Map([["x", { dims: at.dims, data }]])).get("scores")!;
      return scores[category] + scores[4 + category] + scores[8 + category];
    });
    const slope = (results.x_gradient.data as Float32Array).reduce((sum, value, index) => sum + value * direction[index], 0);
    assertAlmostEquals(slope, (up - down) / 2e-5, 1e-6);
  }
});

Deno.test("withCrossEntropy() gives the loss whose gradients for weights train", async () => {
  const builder = new GraphBuilder();
  const x = builder.input("x", ["batch", 2, 6, 6]);
  const pooled = builder.node("MaxPool", [builder.node("Relu", [convolution(builder, x, [8, 2, 3, 3])])], {
    kernel_shape: ints(2, 2),
    strides: ints(2, 2),
  });
  const features = builder.node("Flatten", [
    builder.node("GlobalAveragePool", [builder.node("Relu", [convolution(builder, pooled, [5, 8, 2, 2])])]),
  ]);
  const matrix = builder.constant("matrix", floatTensor([3, 5], numbers(15)));
  builder.output(
    builder.node("Gemm", [features, matrix, builder.constant("offset", floatTensor([3], numbers(3)))], { transB: int(1) }, {
      outputs: ["logits"],
    }),
    ["batch", 3],
  );
  const stored = withCrossEntropy(builder.build("classifier"), { logits: "logits" });
  const names = [...builder.build().initializers.keys()];
  const targets: Array64 = { dims: [2, 3], data: Float64Array.from([1, 0, 0, 0.1, 0.1, 0.8]) };
  const feeds = new Map([["x", array([2, 2, 6, 6])], ["targets", targets]]);

  const logits = evaluateGraph(stored, feeds).get("logits")!.data;
  const losses = [0, 1].map((row) => {
    const total = Math.log([0, 1, 2].reduce((sum, index) => sum + Math.exp(logits[3 * row + index]), 0));
    return [0, 1, 2].reduce((sum, index) => sum + targets.data[3 * row + index] * (total - logits[3 * row + index]), 0);
  });
  assertAlmostEquals(evaluateGraph(stored, feeds).get("loss")!.data[0], (losses[0] + losses[1]) / 2, 1e-12);

  await check(stored, { output: "loss", wrt: names, feeds });
  const exposed = exposeInitializers(stored, names);
  for (const name of names) {
    const { dims, data } = stored.initializers.get(name)!;
    feeds.set(name, { dims, data: Float64Array.from(data as Float32Array) });
  }
  await check(exposed, { output: "loss", wrt: names, feeds });
  const whole = differentiateGraph(exposed, { output: "loss", wrt: names, upstream: "ones" });
  assertEquals(whole.upstream, undefined);
});

Deno.test("differentiateGraph() goes through batch statistics, as training with batch normalization needs", async () => {
  const builder = new GraphBuilder();
  const features = convolution(builder, builder.input("x", ["batch", 2, 4, 4]), [3, 2, 2, 2]);
  const mean = (value: string) => builder.node("ReduceMean", [value], { axes: ints(0, 2, 3) });
  const centered = builder.node("Sub", [features, mean(features)]);
  const raised = builder.node("Add", [
    mean(builder.node("Mul", [centered, centered])),
    builder.constant("epsilon", floatTensor([], [1e-3])),
  ]);
  const standard = builder.node("Div", [centered, builder.node("Sqrt", [raised])]);
  const scale = builder.constant("scale", floatTensor([3, 1, 1], numbers(3)));
  const shift = builder.constant("shift", floatTensor([3, 1, 1], numbers(3)));
  const shaped = builder.node("Relu", [builder.node("Add", [builder.node("Mul", [standard, scale]), shift])]);
  builder.output(builder.node("Flatten", [builder.node("GlobalAveragePool", [shaped])], {}, { outputs: ["y"] }), ["batch", 3]);
  const wrt = ["x", ...[...builder.build().initializers.keys()].filter((name) => name !== "epsilon" && !name.startsWith("bias"))];
  await check(builder.build("statistics"), { output: "y", wrt, feeds: new Map([["x", array([3, 2, 4, 4])]]) });
});

Deno.test("differentiateGraph() names the node and the operator that has no rule, and values that are not there", () => {
  const build = (operator: string, domain: string) => {
    const builder = new GraphBuilder();
    const x = builder.input("x", ["batch", 3]);
    builder.output(builder.node(operator, [x], {}, { outputs: ["y"], name: "odd", domain }), []);
    return builder.build("odd");
  };
  const options = { output: "y", wrt: ["x"] };
  assertThrows(() => differentiateGraph(build("Hardmax", ""), options), InputError, 'node "odd" (operator Hardmax)');
  assertThrows(() => differentiateGraph(build("Relu", "org.example"), options), InputError, "org.example");
  assertThrows(() => differentiateGraph(build("Relu", ""), { output: "z", wrt: ["x"] }), InputError, '"z"');
  assertThrows(() => differentiateGraph(build("Relu", ""), { output: "y", wrt: ["y"] }), InputError, '"y"');
  assertThrows(() => differentiateGraph({ ...build("Relu", ""), opset: 6 }, options), InputError, "from 7 to 21");
});

Deno.test("differentiateGraph() differentiates only what depends on the chosen inputs", async () => {
  const builder = new GraphBuilder();
  const [x, other] = [builder.input("x", ["batch", 3]), builder.input("other", ["batch", 3])];
  const untouched = builder.node("Hardmax", [other]);
  builder.output(builder.node("Mul", [x, untouched], {}, { outputs: ["y"] }), []);
  const { graph } = differentiateGraph(builder.build("partial"), { output: "y", wrt: ["x"] });
  const feeds = new Map([["x", array([1, 3])], ["other", { dims: [1, 3], data: Float64Array.from([0, 2, 1]) }], ["y_weights", {
    dims: [1, 3],
    data: Float64Array.from([1, 2, 3]),
  }]]);
  const results = await run(graph, new Map([...feeds].map(([name, value]) => [name, tensorOf(value)])));
  assertEquals([...results.x_gradient.data as Float32Array], [0, 2, 0]);
});
