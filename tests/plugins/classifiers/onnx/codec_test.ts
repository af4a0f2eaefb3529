import { assert, assertEquals, assertThrows } from "@std/assert";
import protobuf from "protobufjs";
import { InputError } from "../../../../core/errors.ts";
import { decodeModel, encodeModel } from "../../../../plugins/classifiers/onnx/codec.ts";
import type { Graph, Node, Tensor } from "../../../../plugins/classifiers/onnx/graph.ts";
import { float, floats, floatTensor, GraphBuilder, int, ints, string, tensor } from "../../../../plugins/classifiers/onnx/graph_builder.ts";
import { runtime } from "../../../../plugins/classifiers/onnx/runtime.ts";
import { tinyNetwork, tinyPictures } from "./tiny_network.ts";

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

const node = { op_type: "Relu", input: ["x"], output: ["y"] };
const encoder = new TextEncoder();

const DAMAGED: [name: string, bytes: () => Uint8Array, message: string][] = [
  ["nothing", () => new Uint8Array(0), "Model bad.onnx is empty: give an ONNX file"],
  ["text", () => encoder.encode("Not Found\n".repeat(50)), "Model bad.onnx is no ONNX file, or a damaged one"],
  [
    "a zip",
    () => Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, ...new Array(100).fill(7)),
    "Model bad.onnx is no ONNX file, or a damaged one",
  ],
  ["zeros", () => new Uint8Array(1000), "Model bad.onnx is no ONNX file, or a damaged one"],
  [
    "a Git LFS pointer",
    () => encoder.encode("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"),
    "Model bad.onnx is no ONNX file",
  ],
  ["a graph without nodes", () => rawModel({ node: [] }), "Model bad.onnx is no ONNX file, or a damaged one"],
  ["a loop of nodes", () => rawModel({ node: [{ ...node, input: ["y"] }] }), 'its node "" depends on itself'],
  [
    "data in another file",
    () => rawModel({ initializer: [{ name: "w", dims: [2], data_type: 1, data_location: 1, external_data: [new Uint8Array(2)] }] }),
    'Tensor "w" of model bad.onnx keeps its data in another file: save the model in one file, without external data',
  ],
  [
    "a huge shape",
    () => rawModel({ initializer: [{ name: "w", dims: [1e9, 1e6], data_type: 1, raw_data: new Uint8Array(8) }] }),
    'Tensor "w" of model bad.onnx must hold 4000000000000000 bytes for its shape [1000000000,1000000]: it holds 8',
  ],
  ["a shape beyond all numbers", () => rawModel({ initializer: [{ name: "w", dims: [1e15, 1e15], data_type: 1 }] }), "it holds 0"],
  [
    "a negative shape",
    () => rawModel({ initializer: [{ name: "w", dims: [-2], data_type: 1, raw_data: new Uint8Array(8) }] }),
    "it holds 8",
  ],
  [
    "half a number",
    () => rawModel({ initializer: [{ name: "w", dims: [2], data_type: 1, raw_data: new Uint8Array(7) }] }),
    "a broken number of",
  ],
  [
    "a tensor of words",
    () => rawModel({ initializer: [{ name: "w", dims: [1], data_type: 8, string_data: [encoder.encode("a")] }] }),
    "must hold numbers",
  ],
  [
    "a tensor of an unknown type",
    () => rawModel({ initializer: [{ name: "w", dims: [1], data_type: 77 }] }),
    "its element type is type 77",
  ],
  ["sparse weights", () => rawModel({ sparse_initializer: [new Uint8Array(2)] }), "keeps weights as sparse tensors"],
];

for (const [name, bytes, message] of DAMAGED) {
  Deno.test(`decodeModel() refuses ${name} in one line`, () => {
    const error = assertThrows(() => decodeModel(bytes(), "bad.onnx"), InputError, message);
    assert(!/[\n.]$|\n/.test(error.message), error.message);
  });
}

Deno.test("decodeModel() refuses a model that is cut off anywhere, in one line", () => {
  const bytes = encodeModel(tinyNetwork());
  for (let length = 0; length < bytes.length - 8; length += 7) {
    const error = assertThrows(() => decodeModel(bytes.slice(0, length), "cut.onnx"), InputError, "cut.onnx");
    assert(!error.message.includes("\n"));
  }
});

Deno.test("decodeModel() throws nothing but InputError for bytes that were changed", () => {
  const bytes = encodeModel(tinyNetwork());
  for (let i = 0; i < bytes.length; i += 3) {
    const changed = bytes.slice();
    changed[i] ^= 1 << (i % 8);
    try {
      decodeModel(changed, "changed.onnx");
    } catch (error) {
      assert(error instanceof InputError, `byte ${i}: ${error}`);
    }
  }
});

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

const SCHEMA = protobuf.parse(
  `syntax = "proto2";
  message Model { optional int64 ir_version = 1; optional Graph graph = 7; repeated OperatorSet opset_import = 8; }
  message OperatorSet { optional string domain = 1; optional int64 version = 2; }
  message Graph {
    repeated Node node = 1; optional string name = 2; repeated Tensor initializer = 5; repeated Value input = 11; repeated Value output = 12;
    repeated bytes sparse_initializer = 15;
  }
  message Node { repeated string input = 1; repeated string output = 2; optional string op_type = 4; repeated Attribute attribute = 5; }
  message Attribute {
    optional string name = 1; optional float f = 2; optional int64 i = 3; optional bytes s = 4; optional Graph g = 6; repeated int64 ints = 8;
    optional int32 type = 20;
  }
  message Tensor {
    repeated int64 dims = 1; optional int32 data_type = 2; repeated float float_data = 4; repeated int32 int32_data = 5; repeated bytes string_data = 6;
    repeated int64 int64_data = 7; optional string name = 8; optional bytes raw_data = 9; repeated double double_data = 10;
    repeated uint64 uint64_data = 11; repeated bytes external_data = 13; optional int32 data_location = 14;
  }
  message Value { optional string name = 1; optional Type type = 2; }
  message Type { optional TensorType tensor_type = 1; }
  message TensorType { optional int32 elem_type = 1; optional Shape shape = 2; }
  message Shape { repeated Dimension dim = 1; }
  message Dimension { optional int64 dim_value = 1; optional string dim_param = 2; }`,
  { keepCase: true },
).root.lookupType("Model");

/** A model as another program writes it, with fields of choice. */
function rawModel({ attribute = [], ...graph }: Record<string, unknown>): Uint8Array {
  const message = { ir_version: 8, opset_import: [{ version: 17 }], graph: { node: [{ ...node, attribute }], ...graph } };
  return SCHEMA.encode(SCHEMA.fromObject(message)).finish();
}

/** y = x + 10 if c, else x - 12, where the branches take x from around them. */
function withBranches(): Uint8Array {
  const value = (name: string, elem_type: number, ...dims: number[]) => ({
    name,
    type: { tensor_type: { elem_type, shape: { dim: dims.map((dim_value) => ({ dim_value })) } } },
  });
  const branch = (operator: string, amount: number) => ({
    name: operator,
    node: [{ op_type: operator, input: ["x", "amount"], output: ["result"] }],
    initializer: [{ name: "amount", dims: [1], data_type: 1, float_data: [amount] }],
    output: [value("result", 1, 1)],
  });
  const branches = [{ name: "then_branch", type: 5, g: branch("Add", 10) }, { name: "else_branch", type: 5, g: branch("Sub", 12) }];
  return rawModel({
    name: "branches",
    node: [{ op_type: "If", input: ["c"], output: ["y"], attribute: branches }],
    input: [value("c", 9), value("x", 1, 1)],
    output: [value("y", 1, 1)],
  });
}

function exists(url: URL): boolean {
  try {
    return Deno.statSync(url).isFile;
  } catch {
    return false;
  }
}
