/** The typed arrays that cross, by the name under which they do. */
const ARRAYS = { Float64Array, Float32Array, Uint32Array, Uint8Array } as const;

type ArrayName = keyof typeof ARRAYS;

/** Key of an object that stands for what JSON cannot say: a typed array, or a number that is not finite. */
const MARK = "$";

const ALIGNMENT = 8;

/**
 * Plain values as bytes: the length of a JSON text, the text, then the typed arrays in it, each at a multiple of 8 bytes. Objects must be plain, and
 * fields that are undefined are left out.
 *
 * @throws TypeError for what is not plain data.
 */
export function encodeValue(value: unknown): Uint8Array<ArrayBuffer> {
  const arrays: { readonly bytes: Uint8Array; readonly offset: number }[] = [];
  let end = 0;
  const plain = (item: unknown): unknown => {
    if (typeof item === "number" && (!Number.isFinite(item) || Object.is(item, -0))) {
      return { [MARK]: Object.is(item, -0) ? "-0" : `${item}` };
    }
    if (typeof item === "function" || typeof item === "symbol" || typeof item === "bigint") {
      throw new TypeError(`A ${typeof item} is no data`);
    }
    if (typeof item !== "object" || item === null) return item;
    if (Array.isArray(item)) return item.map((element) => element === undefined ? null : plain(element));
    if (ArrayBuffer.isView(item)) {
      const name = Object.prototype.toString.call(item).slice("[object ".length, -1);
      if (!Object.hasOwn(ARRAYS, name)) throw new TypeError(`A ${name} cannot cross between processes`);
      const { length } = item as unknown as Float64Array;
      const offset = end;
      arrays.push({ bytes: new Uint8Array(item.buffer, item.byteOffset, item.byteLength), offset });
      end = aligned(end + item.byteLength);
      return { [MARK]: name, offset, length };
    }
    if (Object.hasOwn(item, MARK)) throw new TypeError(`A field must not be named "${MARK}"`);
    return Object.fromEntries(Object.entries(item).filter(([, field]) => field !== undefined).map(([key, field]) => [key, plain(field)]));
  };
  const text = new TextEncoder().encode(JSON.stringify(plain(value)) ?? "null");
  const start = aligned(4 + text.length);
  const bytes = new Uint8Array(start + end);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  for (const array of arrays) bytes.set(array.bytes, start + array.offset);
  return bytes;
}

/**
 * The value of some bytes; typed arrays in it are views of them.
 *
 * @param bytes Must start at the beginning of their buffer.
 * @throws SyntaxError, RangeError or TypeError where they are not what {@linkcode encodeValue} gives.
 */
export function decodeValue(bytes: Uint8Array<ArrayBuffer>): unknown {
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const start = aligned(4 + length);
  if (start > bytes.length) throw new RangeError("A message is shorter than it says");
  return revived(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(4, 4 + length))), bytes.buffer, start);
}

function revived(item: unknown, buffer: ArrayBuffer, start: number): unknown {
  if (typeof item !== "object" || item === null) return item;
  if (Array.isArray(item)) return item.map((element) => revived(element, buffer, start));
  if (!Object.hasOwn(item, MARK)) {
    if (Object.hasOwn(item, "__proto__")) throw new TypeError('A field must not be named "__proto__"');
    return Object.fromEntries(Object.entries(item).map(([key, field]) => [key, revived(field, buffer, start)]));
  }
  const { [MARK]: name, offset, length } = item as { [MARK]: unknown; offset: unknown; length: unknown };
  if (name === "NaN" || name === "Infinity" || name === "-Infinity" || name === "-0") return Number(name);
  if (
    typeof name !== "string" || !Object.hasOwn(ARRAYS, name) || typeof offset !== "number" || !(offset >= 0) || typeof length !== "number"
  ) {
    throw new TypeError("A message holds what is no value");
  }
  // Offsets and lengths that are broken or beyond the end, and negative lengths, are refused by the constructor.
  return new ARRAYS[name as ArrayName](buffer, start + offset, length);
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}
