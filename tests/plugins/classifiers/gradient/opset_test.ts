import { assert, assertEquals } from "@std/assert";
import * as ort from "onnxruntime-node";
import { Random } from "../../../../core/random.ts";
import { differentiateGraph, upgradeGraph } from "../../../../plugins/classifiers/onnx/gradient/mod.ts";
import type { Graph } from "../../../../plugins/classifiers/onnx/graph.ts";
import { floatTensor, GraphBuilder, int, ints } from "../../../../plugins/classifiers/onnx/graph_builder.ts";
import { relativeError, run } from "./harness.ts";

/** A classifier written so that it is valid in every operator set from 7 to 21. */
function classifier(opset: number): Graph {
  const random = new Random(5);
  const builder = new GraphBuilder();
  const weights = (...dims: number[]) => {
    const length = dims.reduce((left, right) => left * right, 1);
    return builder.constant("weights", floatTensor(dims, Float32Array.from({ length }, () => 0.4 * random.normal())));
  };
  const half = builder.constant("half", floatTensor([4], new Float32Array(4).fill(0.5)));
  let value = builder.node("Conv", [builder.input("x", ["batch", 2, 8, 8]), weights(4, 2, 3, 3)], {
    auto_pad: { type: "string", value: "SAME_UPPER" },
  });
  value = builder.node("Relu", [builder.node("BatchNormalization", [value, half, weights(4), weights(4), half])]);
  value = builder.node("MaxPool", [value], { kernel_shape: ints(3, 3), strides: ints(2, 2), pads: ints(1, 1, 1, 1) });
  value = builder.node("AveragePool", [builder.node("Sigmoid", [value])], { kernel_shape: ints(2, 2), strides: ints(2, 2) });
  value = builder.node("Gemm", [builder.node("Flatten", [value], { axis: int(1) }), weights(16, 3), weights(3)]);
  builder.node("Softmax", [builder.node("Dropout", [value])], { axis: int(1) }, { outputs: ["scores"] });
  builder.output("scores", ["batch", 3]);
  return { ...builder.build("classifier"), opset };
}

Deno.test("differentiateGraph() gives the same gradient in every operator set from 7 to 21", async () => {
  const random = new Random(6);
  const x = new ort.Tensor("float32", Float32Array.from({ length: 2 * 2 * 64 }, () => random.normal()), [2, 2, 8, 8]);
  const weights = new ort.Tensor("float32", [0, 1, 0], [1, 3]);
  const gradients: Float32Array[] = [];
  for (let opset = 7; opset <= 21; opset++) {
    const { graph, upstream } = differentiateGraph(classifier(opset), { output: "scores", wrt: ["x"], upstream: "shared" });
    assertEquals(graph.opset, Math.max(opset, 18));
    const results = await run(graph, new Map([["x", x], [upstream!, weights]]));
    gradients.push(results.x_gradient.data as Float32Array);
  }
  assert(gradients[0].some((value) => value !== 0));
  for (const gradient of gradients) assert(relativeError(gradient, gradients[0]) < 1e-6);
});

Deno.test("upgradeGraph() leaves graphs of the working operator set and later ones as they are", () => {
  for (const opset of [18, 21]) assertEquals(upgradeGraph(classifier(opset)).nodes, classifier(opset).nodes);
});
