import { InputError } from "../../../core/errors.ts";
import type { Tensor } from "./graph.ts";
import { own, type TensorMessage } from "./schema.ts";

/** Element types by ONNX's number. */
export const DataType = {
  float: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  double: 11,
  bfloat16: 16,
} as const;

/** Names and bits of the element types by ONNX's number. */
const TYPES: Readonly<Record<number, readonly [name: string, bits: number]>> = {
  1: ["float32", 32],
  2: ["uint8", 8],
  3: ["int8", 8],
  4: ["uint16", 16],
  5: ["int16", 16],
  6: ["int32", 32],
  7: ["int64", 64],
  8: ["string", 0],
  9: ["bool", 8],
  10: ["float16", 16],
  11: ["float64", 64],
  12: ["uint32", 32],
  13: ["uint64", 64],
  14: ["complex64", 64],
  15: ["complex128", 128],
  16: ["bfloat16", 16],
  17: ["float8e4m3fn", 8],
  18: ["float8e4m3fnuz", 8],
  19: ["float8e5m2", 8],
  20: ["float8e5m2fnuz", 8],
  21: ["uint4", 4],
  22: ["int4", 4],
  23: ["float4e2m1", 4],
  24: ["float8e8m0", 8],
};

const VIEWS = {
  1: Float32Array,
  2: Uint8Array,
  3: Int8Array,
  4: Uint16Array,
  5: Int16Array,
  6: Int32Array,
  7: BigInt64Array,
  9: Uint8Array,
  11: Float64Array,
} as const;

/** What people call an element type. */
export function dataTypeName(dataType: number): string {
  return TYPES[dataType]?.[0] ?? `type ${dataType}`;
}

/** How many elements dimensions hold; NaN where one is no size, or the product is beyond 2^53. */
export function elementCount(dims: readonly number[]): number {
  let count = 1;
  for (const dim of dims) count *= Number.isSafeInteger(dim) && dim >= 0 ? dim : NaN;
  return count <= Number.MAX_SAFE_INTEGER ? count : NaN;
}

/**
 * The tensor of a message: a view of its bytes where they are aligned, a copy where not, never larger than what the file holds.
 *
 * @throws InputError where its data are outside the file, are strings, or do not fill its shape.
 */
export function decodeTensor(message: TensorMessage, model: string): Tensor {
  const dataType = message.data_type ?? 0;
  const dims = message.dims.map(Number);
  const what = `Tensor "${message.name ?? ""}" of model ${model}`;
  if (message.data_location === 1) {
    throw new InputError(`${what} keeps its data in another file: save the model in one file, without external data`);
  }
  if (TYPES[dataType] === undefined || dataType === DataType.string) {
    throw new InputError(`${what} must hold numbers: its element type is ${dataTypeName(dataType)}`);
  }
  const raw = own(message, "raw_data");
  const data = raw === undefined ? typedData(message, dataType) : viewOf(raw, dataType);
  const count = elementCount(dims);
  const bytes = Math.ceil((count * TYPES[dataType][1]) / 8);
  if (data?.byteLength !== bytes) {
    throw new InputError(`${what} must hold ${bytes} bytes for its shape [${dims}]: it holds ${data?.byteLength ?? "a broken number of"}`);
  }
  return { dataType, dims, data };
}

/** The message of a tensor, its data as raw bytes. */
export function encodeTensor(tensor: Tensor, name?: string): TensorMessage {
  const { buffer, byteOffset, byteLength } = tensor.data;
  const raw_data = new Uint8Array(buffer, byteOffset, byteLength);
  return { ...(name === undefined ? {} : { name }), dims: [...tensor.dims], data_type: tensor.dataType, raw_data };
}

function viewOf(bytes: Uint8Array, dataType: number): Tensor["data"] | undefined {
  const View = VIEWS[dataType as keyof typeof VIEWS] ?? Uint8Array;
  const size = View.BYTES_PER_ELEMENT;
  if (bytes.byteLength % size !== 0) return undefined;
  const aligned = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  return new View(aligned.buffer as ArrayBuffer, aligned.byteOffset, aligned.byteLength / size);
}

/** Data in the field of their type. Small integers, booleans and the bits of 16-bit floats are in int32_data. */
function typedData(message: TensorMessage, dataType: number): Tensor["data"] {
  switch (dataType) {
    case 1:
    case 14:
      return sameBytes(Float32Array.from(message.float_data ?? []), dataType);
    case 11:
    case 15:
      return sameBytes(Float64Array.from(message.double_data ?? []), dataType);
    case 7:
      return BigInt64Array.from(message.int64_data ?? [], (value) => BigInt(value.toString()));
    case 12:
      return sameBytes(Uint32Array.from(message.uint64_data ?? [], Number), dataType);
    case 13:
      return sameBytes(BigUint64Array.from(message.uint64_data ?? [], (value) => BigInt(value.toString())), dataType);
    case 6:
      return Int32Array.from(message.int32_data ?? []);
    case 4:
      return Uint16Array.from(message.int32_data ?? []);
    case 5:
      return Int16Array.from(message.int32_data ?? []);
    case 3:
      return Int8Array.from(message.int32_data ?? []);
    case 10:
    case 16:
      return sameBytes(Uint16Array.from(message.int32_data ?? []), dataType);
    default:
      return Uint8Array.from(message.int32_data ?? []);
  }
}

/** The same array where a view of its type exists, else its bytes. */
function sameBytes(data: ArrayBufferView<ArrayBuffer>, dataType: number): Tensor["data"] {
  return viewOf(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), dataType) as Tensor["data"];
}
