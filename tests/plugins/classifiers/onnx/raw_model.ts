import protobuf from "protobufjs";

/** A node that other fields may be added to. */
export const node = { op_type: "Relu", input: ["x"], output: ["y"] };

/** The format as its own documentation has it: written apart from the code under test. */
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
export function rawModel({ attribute = [], ...graph }: Record<string, unknown>): Uint8Array {
  const message = { ir_version: 8, opset_import: [{ version: 17 }], graph: { node: [{ ...node, attribute }], ...graph } };
  return SCHEMA.encode(SCHEMA.fromObject(message)).finish();
}

/** y = x + 10 if c, else x - 12, where the branches take x from around them. */
export function withBranches(): Uint8Array {
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
