import { assertEquals } from "@std/assert";
import { decodeModel, encodeModel } from "../../../../plugins/classifiers/onnx/codec.ts";
import type { Graph, Node, Tensor } from "../../../../plugins/classifiers/onnx/graph.ts";
import { float, floats, floatTensor, GraphBuilder, int, ints, string, tensor } from "../../../../plugins/classifiers/onnx/graph_builder.ts";
import { runtime } from "../../../../plugins/classifiers/onnx/runtime.ts";
import { rawModel, withBranches } from "./raw_model.ts";
import { tinyNetwork } from "./tiny_network.ts";

const MODELS = new URL("../../../../../shared/models/", import.meta.url);

for (const file of ["squeezenet1_1.onnx", "mobilenet_v1_0.5_160.onnx", "mobilenet_v2_1.0_224.onnx"]) {
  const absent = !exists(new URL(file, MODELS));
  Deno.test({
    name: `encodeModel() of decodeModel() computes what ${file} does${absent ? " (skipped: its file is not here)" : ""}`,
    ignore: absent,
    fn: async () => {
      const bytes = Deno.readFileSync(new URL(file, MODELS));
      const graph = decodeModel(bytes, file);
      const side = Number(graph.inputs[0].dims[2]);
      const { InferenceSession, Tensor } = await runtime();
      const input = new Tensor("float32", Float32Array.from({ length: 3 * side ** 2 }, (_, i) => 0.5 + 0.5 * Math.sin(i)), [
        1,
        3,
        side,
        side,
      ]);
      const results = [];
      for (const content of [bytes, encodeModel(graph)]) {
        const session = await InferenceSession.create(content);
        results.push((await session.run({ input })).logits.data);
        await session.release();
      }
      assertEquals(results[1], results[0]);
    },
  });
}

Deno.test("decodeModel() of encodeModel() is the same graph, and its bytes are the same", () => {
  const graph = everything();
  const bytes = encodeModel(graph);
  const again = decodeModel(bytes, "all.onnx");
  assertEquals(again, { ...graph, producer: "orthotope" });
  assertEquals(encodeModel(again), bytes);
});

Deno.test("decodeModel() reads tensors from the field of their type as from raw bytes", () => {
  const tensors: [dataType: number, field: string, values: unknown[], expected: Tensor["data"]][] = [
    [1, "float_data", [1.5, -2], Float32Array.of(1.5, -2)],
    [2, "int32_data", [1, 255], Uint8Array.of(1, 255)],
    [3, "int32_data", [-1, 127], Int8Array.of(-1, 127)],
    [4, "int32_data", [1, 65535], Uint16Array.of(1, 65535)],
    [5, "int32_data", [-1, 300], Int16Array.of(-1, 300)],
    [6, "int32_data", [-1, 70000], Int32Array.of(-1, 70000)],
    [7, "int64_data", [-1, 2 ** 40], BigInt64Array.of(-1n, 2n ** 40n)],
    [9, "int32_data", [1, 0], Uint8Array.of(1, 0)],
    [10, "int32_data", [0x3c00, 0xbc00], Uint8Array.of(0, 0x3c, 0, 0xbc)],
    [11, "double_data", [1.5, -2], Float64Array.of(1.5, -2)],
    [12, "uint64_data", [1, 2 ** 31], Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 128)],
  ];
  for (const [data_type, field, values, expected] of tensors) {
    const graph = decodeModel(rawModel({ initializer: [{ name: "w", dims: [2], data_type, [field]: values }] }), "typed.onnx");
    assertEquals(graph.initializers.get("w"), { dataType: data_type, dims: [2], data: expected });
  }
});

Deno.test("decodeModel() shares the file's bytes where they are aligned, and its tensors are right where they are not", () => {
  const data = Float32Array.from({ length: 100 }, (_, i) => i);
  const builder = new GraphBuilder();
  builder.output(builder.node("Add", [builder.input("x", [100]), builder.constant("w", floatTensor([100], data))]), [100]);
  const bytes = encodeModel(builder.build("shared"));
  const shared = [0, 1, 2, 3].filter((shift) => {
    const moved = new Uint8Array(bytes.length + 8).subarray(shift, shift + bytes.length);
    moved.set(bytes);
    const decoded = decodeModel(moved, "shifted.onnx").initializers.get("w")!.data;
    assertEquals(decoded, data);
    return decoded.buffer === moved.buffer;
  });
  assertEquals(shared.length, 1);
});

Deno.test("decodeModel() infers the type of attributes that say none, as old files do", () => {
  const attribute = [{ name: "a", i: 3 }, { name: "b", f: 0.5 }, { name: "c", s: new TextEncoder().encode("x") }, {
    name: "d",
    ints: [1, 2],
  }];
  const graph = decodeModel(rawModel({ attribute }), "old.onnx");
  assertEquals([...graph.nodes[0].attributes], [["a", int(3)], ["b", float(0.5)], ["c", string("x")], ["d", ints(1, 2)]]);
});

Deno.test("decodeModel() keeps sub-graphs, and they compute the same after encodeModel()", async () => {
  const bytes = withBranches();
  const graph = decodeModel(bytes, "branches.onnx");
  assertEquals(graph.nodes.find(({ operator }) => operator === "If")?.attributes.get("then_branch")?.type, "raw");
  const { InferenceSession, Tensor } = await runtime();
  for (const content of [bytes, encodeModel(graph)]) {
    const session = await InferenceSession.create(content);
    for (const [condition, expected] of [[1, 12], [0, -10]]) {
      const { y } = await session.run({ c: new Tensor("bool", [condition === 1], []), x: new Tensor("float32", [2], [1]) });
      assertEquals(y.data[0], expected);
    }
    await session.release();
  }
});

Deno.test("decodeModel() sorts nodes that are not in the order of computation", () => {
  const graph = tinyNetwork();
  const reversed = encodeModel({ ...graph, nodes: graph.nodes.toReversed() });
  assertEquals(decodeModel(reversed, "reversed.onnx").nodes, graph.nodes);
});

Deno.test("decodeModel() takes a graph of 20,000 nodes in a row", () => {
  const builder = new GraphBuilder();
  let value = builder.input("x", [1]);
  for (let i = 0; i < 20_000; i++) value = builder.node("Relu", [value]);
  builder.output(value, [1]);
  const graph = builder.build("deep");
  const reversed = encodeModel({ ...graph, nodes: graph.nodes.toReversed() });
  assertEquals(decodeModel(reversed, "deep.onnx").nodes.length, 20_000);
});

/** A graph with every kind of attribute and tensor, also such as no network has. */
function everything(): Graph {
  const attributes: Node["attributes"] = new Map([
    ["int", int(-3)],
    ["end", int(2 ** 63)],
    ["least", int(-(2 ** 63))],
    ["float", float(0.5)],
    ["string", string("größer")],
    ["ints", ints(1, -2, 2 ** 63)],
    ["no ints", ints()],
    ["floats", floats(0.5, -0.25)],
    ["strings", { type: "strings", value: ["a", ""] }],
    ["tensor", tensor(floatTensor([2], [1, 2]))],
  ]);
  const tensors: [string, Tensor][] = [
    ["scalar", floatTensor([], [1])],
    ["empty", floatTensor([0, 3], [])],
    ["int64", { dataType: 7, dims: [1], data: BigInt64Array.of(-(2n ** 63n)) }],
    ["float64", { dataType: 11, dims: [1], data: Float64Array.of(Math.PI) }],
    ["float16", { dataType: 10, dims: [3], data: Uint8Array.of(1, 2, 3, 4, 5, 6) }],
    ["int4", { dataType: 22, dims: [3], data: Uint8Array.of(1, 2) }],
    ["int32", { dataType: 6, dims: [1, 1], data: Int32Array.of(-5) }],
  ];
  return {
    name: "everything",
    opset: 17,
    otherOpsets: new Map([["com.microsoft", 1]]),
    irVersion: 8,
    nodes: [{ name: "n", operator: "Op", domain: "com.microsoft", inputs: ["x", "", "scalar"], outputs: ["y", ""], attributes }],
    inputs: [{ name: "x", dataType: 1, dims: ["batch", 3, "", 7] }],
    outputs: [{ name: "y", dataType: 16, dims: [] }, { name: "z", dataType: 0, dims: [] }],
    initializers: new Map(tensors),
    functions: [Uint8Array.of(10, 1, 65)],
  };
}

function exists(url: URL): boolean {
  try {
    return Deno.statSync(url).isFile;
  } catch {
    return false;
  }
}
