import protobuf from "protobufjs";

/**
 * The part of onnx.proto that models use. Sub-graphs, local functions and sparse tensors are `bytes` here (the same on the wire): nothing reads
 * them, and so they come back out as they went in. Fields that are not named are dropped.
 */
const SCHEMA = `
syntax = "proto2";
message Model {
  optional int64 ir_version = 1;
  optional string producer_name = 2;
  optional string producer_version = 3;
  optional Graph graph = 7;
  repeated OperatorSet opset_import = 8;
  repeated bytes functions = 25;
}
message OperatorSet {
  optional string domain = 1;
  optional int64 version = 2;
}
message Graph {
  repeated Node node = 1;
  optional string name = 2;
  repeated Tensor initializer = 5;
  repeated Value input = 11;
  repeated Value output = 12;
  repeated bytes sparse_initializer = 15;
}
message Node {
  repeated string input = 1;
  repeated string output = 2;
  optional string name = 3;
  optional string op_type = 4;
  repeated Attribute attribute = 5;
  optional string domain = 7;
  optional string overload = 8;
}
message Attribute {
  optional string name = 1;
  optional float f = 2;
  optional int64 i = 3;
  optional bytes s = 4;
  optional Tensor t = 5;
  optional bytes g = 6;
  repeated float floats = 7;
  repeated int64 ints = 8;
  repeated bytes strings = 9;
  repeated bytes tensors = 10;
  repeated bytes graphs = 11;
  optional bytes tp = 14;
  repeated bytes type_protos = 15;
  optional int32 type = 20;
  optional string ref_attr_name = 21;
  optional bytes sparse_tensor = 22;
  repeated bytes sparse_tensors = 23;
}
message Tensor {
  repeated int64 dims = 1;
  optional int32 data_type = 2;
  repeated float float_data = 4 [packed = true];
  repeated int32 int32_data = 5 [packed = true];
  repeated bytes string_data = 6;
  repeated int64 int64_data = 7 [packed = true];
  optional string name = 8;
  optional bytes raw_data = 9;
  repeated double double_data = 10 [packed = true];
  repeated uint64 uint64_data = 11 [packed = true];
  repeated bytes external_data = 13;
  optional int32 data_location = 14;
}
message Value {
  optional string name = 1;
  optional Type type = 2;
}
message Type {
  optional TensorType tensor_type = 1;
}
message TensorType {
  optional int32 elem_type = 1;
  optional Shape shape = 2;
}
message Shape {
  repeated Dimension dim = 1;
}
message Dimension {
  optional int64 dim_value = 1;
  optional string dim_param = 2;
}
`;

/** A 64-bit whole number as protobufjs reads it. */
export type Long = protobuf.Long;
/** What protobufjs takes where it writes a 64-bit whole number. */
export type LongLike = number | Long;

/** onnx.ModelProto. See {@linkcode own} on fields that may be absent. */
export interface ModelMessage {
  ir_version?: LongLike;
  producer_name?: string;
  producer_version?: string;
  graph?: GraphMessage;
  opset_import: { domain?: string; version?: LongLike }[];
  functions?: Uint8Array[];
}

/** onnx.GraphProto. */
export interface GraphMessage {
  name?: string;
  node: NodeMessage[];
  initializer: TensorMessage[];
  input: ValueMessage[];
  output: ValueMessage[];
  sparse_initializer?: Uint8Array[];
}

/** onnx.NodeProto. */
export interface NodeMessage {
  name?: string;
  op_type?: string;
  domain?: string;
  overload?: string;
  input: string[];
  output: string[];
  attribute: AttributeMessage[];
}

/** onnx.AttributeProto. */
export interface AttributeMessage {
  name?: string;
  type?: number;
  f?: number;
  i?: LongLike;
  s?: Uint8Array;
  t?: TensorMessage;
  g?: Uint8Array;
  floats?: number[];
  ints?: LongLike[];
  strings?: Uint8Array[];
}

/** onnx.TensorProto. */
export interface TensorMessage {
  name?: string;
  dims: LongLike[];
  data_type?: number;
  raw_data?: Uint8Array;
  float_data?: number[];
  int32_data?: number[];
  int64_data?: Long[];
  double_data?: number[];
  uint64_data?: Long[];
  string_data?: Uint8Array[];
  external_data?: Uint8Array[];
  data_location?: number;
}

/** onnx.ValueInfoProto. */
export interface ValueMessage {
  name?: string;
  type?: {
    tensor_type?: { elem_type?: number; shape?: { dim: { dim_value?: LongLike; dim_param?: string }[] } };
  };
}

const MAX_INT64 = 2n ** 63n - 1n;

const model = protobuf.parse(SCHEMA, { keepCase: true }).root.lookupType("Model");

/** The message in `bytes`, with byte fields as views of them. Throws what protobufjs throws where they are no such message. */
export function decodeMessage(bytes: Uint8Array): ModelMessage {
  // A plain view: protobufjs would treat a Buffer apart.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return model.decode(plain) as unknown as ModelMessage;
}

/** A field that the file has: where it has none, protobufjs shows a default that cannot be told from a value. */
export function own<Message extends object, Key extends keyof Message>(message: Message, key: Key): Message[Key] | undefined {
  return Object.hasOwn(message, key) ? message[key] : undefined;
}

/** The bytes of a message. */
export function encodeMessage(message: ModelMessage): Uint8Array {
  return model.encode(message).finish();
}

/** A whole number for the wire: beyond int64, the nearest int64 (exporters write 2^63 - 1 for "to the end", which float64 rounds up). */
export function toLong(value: number): LongLike {
  if (Number.isSafeInteger(value)) return value;
  const whole = BigInt(Math.min(Math.max(value, -(2 ** 63)), 2 ** 63));
  const bits = whole > MAX_INT64 ? MAX_INT64 : whole;
  return { low: Number(BigInt.asIntN(32, bits)), high: Number(BigInt.asIntN(32, bits >> 32n)), unsigned: false };
}
