import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../../core/errors.ts";
import { encodeModel } from "../../../../plugins/classifiers/onnx/codec.ts";
import { inspectModel } from "../../../../plugins/classifiers/onnx/inspect.ts";
import { tinyNetwork } from "./tiny_network.ts";

Deno.test("inspectModel() tells what a file holds", () => {
  const bytes = encodeModel({ ...tinyNetwork({ batch: 1, layout: "NHWC", end: "Softmax", classes: 1001 }), producer: "pytorch 2.6" });
  assertEquals(inspectModel(bytes, "tiny.onnx"), {
    producer: "pytorch 2.6",
    opset: 17,
    inputs: ['float32 "image" [1, 9, 9, 3]'],
    outputs: ['float32 "Softmax_output" [1, 1001]'],
    parameters: 4 * 27 + 4 + 1001 * 4 + 1001,
    nodes: 7,
    operators: [["Conv", 2], ["Flatten", 1], ["GlobalAveragePool", 1], ["Sigmoid", 1], ["Softmax", 1], ["Transpose", 1]],
    classifier: { layout: "NHWC", width: 9, height: 9, batch: 1, classes: 1000, activation: "Softmax" },
  });
});

Deno.test("inspectModel() leaves open what only running a network would tell", () => {
  const { classifier } = inspectModel(encodeModel(tinyNetwork({ side: "side", declares: false })), "tiny.onnx");
  assertEquals(classifier, { layout: "NCHW", width: "free", height: "free", batch: "free", classes: "free", activation: "none" });
});

Deno.test("inspectModel() says why a network is no image classifier", () => {
  const graph = { ...tinyNetwork(), inputs: [{ name: "input_ids", dataType: 7, dims: ["batch", "sequence"] }] };
  assertEquals(
    inspectModel(encodeModel(graph), "text.onnx").classifier,
    'Model text.onnx wants int64 "input_ids" [batch, sequence]: an image classifier takes pictures of three channels, ' +
      "[batch, 3, height, width] or [batch, height, width, 3]",
  );
});

Deno.test("inspectModel() refuses what is no ONNX file", () => {
  assertThrows(() => inspectModel(new TextEncoder().encode("hello"), "hello.onnx"), InputError, "Model hello.onnx is no ONNX file");
});
