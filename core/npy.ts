import { InputError } from "./errors.ts";
import { product } from "./shape.ts";

/** An array read from a NumPy file. */
export interface NumpyArray {
  /** Length of each axis; empty for a single number. */
  readonly shape: readonly number[];
  /** Values in row-major (C) order: Float32Array where the file holds float32, Float64Array for every other number. */
  readonly data: Float32Array | Float64Array;
}

/** An array to be written: numbers keep the type of their typed array, strings become fixed-width Unicode. */
export interface NumpyContent {
  /** Length of each axis; empty for a single number. */
  readonly shape: readonly number[];
  /** Values in row-major (C) order. */
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array | readonly string[];
}

/** Longest header that is read, in bytes: NumPy's own limit. */
const LONGEST_HEADER = 10_000;

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** NumPy pads headers so that values start at a multiple of this, in bytes. */
const ALIGNMENT = 64;

type ReadValue = (view: DataView, offset: number, littleEndian: boolean) => number;

const READERS: Readonly<Record<string, ReadValue>> = {
  f4: (view, offset, little) => view.getFloat32(offset, little),
  f8: (view, offset, little) => view.getFloat64(offset, little),
  i1: (view, offset) => view.getInt8(offset),
  i2: (view, offset, little) => view.getInt16(offset, little),
  i4: (view, offset, little) => view.getInt32(offset, little),
  i8: (view, offset, little) => Number(view.getBigInt64(offset, little)),
  u1: (view, offset) => view.getUint8(offset),
  u2: (view, offset, little) => view.getUint16(offset, little),
  u4: (view, offset, little) => view.getUint32(offset, little),
  u8: (view, offset, little) => Number(view.getBigUint64(offset, little)),
  b1: (view, offset) => view.getUint8(offset),
};

/**
 * Reads a NumPy `.npy` file of numbers, of either byte order and memory order.
 *
 * @param name What to call the file in messages.
 * @throws InputError where it is no such file, holds something else than numbers, or declares another number of values than it has.
 */
export function decodeNpy(bytes: Uint8Array, name = "A NumPy file"): NumpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { header, start } = readHeader(bytes, view, name);
  const type = /'descr'\s*:\s*'([<>|=]?)([a-z]\d)'/.exec(header);
  const fortran = /'fortran_order'\s*:\s*(True|False)/.exec(header);
  const tuple = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(header);
  const read = type === null ? undefined : READERS[type[2]];
  if (type === null || read === undefined || fortran === null || tuple === null) {
    throw new InputError(`${name} must hold an array of real numbers: its header is ${JSON.stringify(header.trim().slice(0, 120))}`);
  }
  const shape = (tuple[1].match(/\d+/g) ?? []).map(Number);
  const count = product(shape);
  const size = Number(type[2][1]);
  // Compared before anything is allocated: a header alone cannot ask for memory.
  if (count * size !== bytes.length - start) {
    throw new InputError(
      `${name} is damaged: its header declares ${count} values of ${size} bytes, but ${bytes.length - start} bytes follow it`,
    );
  }
  const little = type[1] !== ">";
  const data = type[2] === "f4" ? new Float32Array(count) : new Float64Array(count);
  for (let i = 0; i < count; i++) data[i] = read(view, start + i * size, little);
  return { shape, data: fortran[1] === "True" ? toRowMajor(data, shape) : data };
}

/** Writes a NumPy `.npy` file, version 1.0. @throws RangeError where the shape does not fit the number of values. */
export function encodeNpy({ shape, data }: NumpyContent): Uint8Array<ArrayBuffer> {
  const count = product(shape);
  if (count !== data.length) throw new RangeError(`Shape must hold ${data.length} values: current shape is (${shape.join(", ")})`);
  const { type, values } = encodeValues(data);
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const preamble = MAGIC.length + 4;
  const start = Math.ceil((preamble + dictionary.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(start + values.length);
  bytes.set(MAGIC);
  bytes.set([1, 0, (start - preamble) & 0xff, (start - preamble) >>> 8], MAGIC.length);
  bytes.set(new TextEncoder().encode(dictionary.padEnd(start - preamble - 1) + "\n"), preamble);
  bytes.set(values, start);
  return bytes;
}

function readHeader(bytes: Uint8Array, view: DataView, name: string): { header: string; start: number } {
  if (bytes.length < 10 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new InputError(`${name} must be a NumPy .npy file: it does not start as one`);
  }
  const wide = bytes[6] >= 2;
  if (bytes[6] > 3 || (wide && bytes.length < 12)) {
    throw new InputError(`${name} must be of .npy version 1, 2 or 3: current version is ${bytes[6]}.${bytes[7]}`);
  }
  const first = wide ? 12 : 10;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  if (length > LONGEST_HEADER || first + length > bytes.length) {
    throw new InputError(`${name} is damaged: its header of ${length} bytes is longer than it may be`);
  }
  return { header: new TextDecoder().decode(bytes.subarray(first, first + length)), start: first + length };
}

/** The type code and the bytes of values, little-endian as every platform that runs this is. */
function encodeValues(data: NumpyContent["data"]): { type: string; values: Uint8Array } {
  if (!ArrayBuffer.isView(data)) return encodeText(data);
  const values = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof Float32Array) return { type: "<f4", values };
  if (data instanceof Float64Array) return { type: "<f8", values };
  if (data instanceof Int32Array) return { type: "<i4", values };
  return { type: "|u1", values };
}

/** Strings as NumPy keeps them: one UTF-32 code a character, padded with zeros to the longest. */
function encodeText(strings: readonly string[]): { type: string; values: Uint8Array } {
  const codes = strings.map((text) => Array.from(text, (character) => character.codePointAt(0) ?? 0));
  const width = Math.max(1, ...codes.map((row) => row.length));
  const values = new Uint32Array(strings.length * width);
  codes.forEach((row, i) => values.set(row, i * width));
  return { type: `<U${width}`, values: new Uint8Array(values.buffer) };
}

/** Values in column-major (Fortran) order brought into row-major order. */
function toRowMajor<Values extends Float32Array | Float64Array>(data: Values, shape: readonly number[]): Values {
  const result = data.slice() as Values;
  const index = new Array<number>(shape.length).fill(0);
  for (const value of data) {
    result[index.reduce((offset, position, axis) => offset * shape[axis] + position, 0)] = value;
    for (let axis = 0; axis < shape.length && ++index[axis] === shape[axis]; axis++) index[axis] = 0;
  }
  return result;
}
