import { assertEquals, assertThrows } from "@std/assert";
import { decodeValue, encodeValue } from "../../../../workers/sandbox/child/values.ts";

Deno.test("encodeValue() and decodeValue() keep plain data, typed arrays and numbers that JSON cannot say", () => {
  const all = Float64Array.of(1, NaN, -Infinity, -0, 1e-300);
  const shared: Float32Array = new Float32Array(new SharedArrayBuffer(8));
  shared.set([0.5, 2]);
  const value = {
    text: 'a "b" \n ü',
    list: [1, null, true, [], {}],
    numbers: [NaN, Infinity, -Infinity, -0, 0.1],
    deep: { arrays: [all, all.subarray(1, 3), shared, Uint32Array.of(2 ** 32 - 1), Uint8Array.of(1, 2, 3), new Float64Array(0)] },
  };
  const decoded = decodeValue(encodeValue(value)) as typeof value;
  const own = value.deep.arrays.map((array) => array === shared ? Float32Array.of(0.5, 2) : array);
  assertEquals(decoded, { ...value, deep: { arrays: own } });
  assertEquals(Object.is(decoded.numbers[3], -0), true);
  assertEquals(decodeValue(encodeValue(undefined)), null);
  assertEquals(decodeValue(encodeValue({ a: undefined, b: [undefined] })), { b: [null] });
});

Deno.test("encodeValue() refuses what is no plain data", () => {
  for (const value of [() => {}, Symbol("a"), 3n, { f() {} }, new Int8Array(1), { $: 1 }]) {
    assertThrows(() => encodeValue([value]), TypeError);
  }
});

/** A message of a text and some bytes after it. */
function message(text: string, bytes = 0): Uint8Array<ArrayBuffer> {
  const encoded = new TextEncoder().encode(text);
  const whole = new Uint8Array(Math.ceil((4 + encoded.length) / 8) * 8 + bytes);
  new DataView(whole.buffer).setUint32(0, encoded.length, true);
  whole.set(encoded, 4);
  return whole;
}

for (
  const text of [
    "{",
    '{"__proto__": 1}',
    '{"a": {"__proto__": {"b": 1}}}',
    '{"$": "Float64Array", "offset": 0, "length": 3}',
    '{"$": "Float64Array", "offset": -8, "length": 1}',
    '{"$": "Float64Array", "offset": 4, "length": 1}',
    '{"$": "Float64Array", "offset": 0, "length": -1}',
    '{"$": "Float64Array", "offset": 0, "length": 1e300}',
    '{"$": "Float64Array"}',
    '{"$": "Function", "offset": 0, "length": 1}',
    '{"$": "constructor", "offset": 0, "length": 1}',
    '{"$": 3}',
  ]
) {
  Deno.test(`decodeValue() refuses ${text}`, () => {
    assertThrows(() => decodeValue(message(text, 16)));
  });
}

Deno.test("decodeValue() refuses messages that are shorter than they say, and no text", () => {
  assertThrows(() => decodeValue(new Uint8Array(3)), RangeError);
  assertThrows(() => decodeValue(message("[1, 2, 3]").slice(0, 8)), RangeError);
  const broken = message('"abc"');
  broken[6] = 0xff;
  assertThrows(() => decodeValue(broken), TypeError);
});
