import { assertEquals } from "@std/assert";
import { encodeModel } from "../../../../plugins/classifiers/onnx/codec.ts";
import { floatTensor, GraphBuilder } from "../../../../plugins/classifiers/onnx/graph_builder.ts";
import { runtime } from "../../../../plugins/classifiers/onnx/runtime.ts";
import { tinyNetwork, tinyPictures } from "./tiny_network.ts";

Deno.test("GraphBuilder goes on from a graph with names that are free", async () => {
  const graph = tinyNetwork();
  const builder = new GraphBuilder({ ...graph, outputs: [] });
  const doubled = builder.node("Mul", [graph.outputs[0].name, builder.constant("weights", floatTensor([], [2]))], {}, { name: "Conv" });
  builder.output(doubled, ["batch", 5]);
  const names = builder.build().nodes.flatMap(({ outputs }) => outputs);
  assertEquals(new Set(names).size, names.length);
  const { InferenceSession, Tensor } = await runtime();
  const results = [];
  for (const content of [graph, builder.build()]) {
    const session = await InferenceSession.create(encodeModel(content));
    const { [content.outputs[0].name]: result } = await session.run({ image: new Tensor("float32", tinyPictures(1), [1, 3, 9, 9]) });
    results.push(result.data as Float32Array);
    await session.release();
  }
  assertEquals(results[1], results[0].map((value) => 2 * value));
});
