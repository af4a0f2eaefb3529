import { assert, assertEquals } from "@std/assert";
import * as ort from "onnxruntime-node";
import { decodeModel } from "../../../../plugins/classifiers/onnx/codec.ts";
import { differentiateGraph } from "../../../../plugins/classifiers/onnx/gradient/mod.ts";
import { relativeError, run } from "./harness.ts";

/** A small exported network, with what PyTorch's autograd gives in float64. Written by bench/torch/fixtures.py. */
interface Exported {
  readonly opset: number;
  readonly dims: readonly number[];
  readonly input: readonly number[];
  readonly weights: readonly number[];
  readonly output: readonly number[];
  readonly gradient: readonly number[];
}

const folder = new URL("../../../../fixtures/onnx_gradient/", import.meta.url);
const names = [...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith(".onnx")).map(({ name }) => name.replace(".onnx", ""))
  .sort();

for (const name of names) {
  Deno.test(`differentiateGraph() agrees with PyTorch's autograd on an exported network: ${name.replaceAll("_", " ")}`, async () => {
    const expected: Exported = JSON.parse(await Deno.readTextFile(new URL(`${name}.json`, folder)));
    const model = decodeModel(await Deno.readFile(new URL(`${name}.onnx`, folder)), name);
    assertEquals(model.opset, expected.opset);
    const { graph, upstream, gradients } = differentiateGraph(model, { output: "output", wrt: ["input"] });
    const batch = expected.dims[0];
    const results = await run(
      graph,
      new Map([
        ["input", new ort.Tensor("float32", Float32Array.from(expected.input), [...expected.dims])],
        [upstream!, new ort.Tensor("float32", Float32Array.from(expected.weights), [batch, expected.weights.length / batch])],
      ]),
    );
    assert(relativeError(results.output.data as Float32Array, expected.output) < 2e-6, "outputs");
    assert(relativeError(results[gradients[0]].data as Float32Array, expected.gradient) < 5e-6, "gradients");
    const computed = graph.nodes.filter(({ operator, inputs }) => operator === "Reshape" && !graph.initializers.has(inputs[1]));
    assertEquals(computed.map((node) => node.name), [], "shape arithmetic is left");
  });
}
