import { assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { InputError } from "../../core/errors.ts";
import { decodeNpy, encodeNpy } from "../../core/npy.ts";

/** Mean of this map as NumPy gives it in float64. */
const PAPER_MEAN = 0.056418295424266865;
const PAPER_MAP = new URL("../../../shared/paper/maps/AlexNet.npy", import.meta.url);

/** A file written by hand: version 1.0 with the header as it is given. */
function handWritten(header: string, values: Uint8Array, version = 1): Uint8Array {
  const text = new TextEncoder().encode(header + "\n");
  const length = version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return Uint8Array.from([0x93, ...new TextEncoder().encode("NUMPY"), version, 0, ...length, ...text, ...values]);
}

function fileExists(url: URL): boolean {
  try {
    return Deno.statSync(url).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

Deno.test("decodeNpy() reads a file written by hand, of each byte order", () => {
  const little = handWritten("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", Uint8Array.of(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0));
  assertEquals(decodeNpy(little), { shape: [2], data: Float32Array.of(1, -2) });
  const big = handWritten("{'descr': '>i2', 'fortran_order': False, 'shape': (2, 1)}", Uint8Array.of(0x01, 0x00, 0xff, 0xff), 2);
  assertEquals(decodeNpy(big), { shape: [2, 1], data: Float64Array.of(256, -1) });
});

Deno.test("decodeNpy() brings Fortran order into row-major order", () => {
  const header = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }";
  assertEquals(decodeNpy(handWritten(header, Uint8Array.of(0, 3, 1, 4, 2, 5))).data, Float64Array.of(0, 1, 2, 3, 4, 5));
});

Deno.test("decodeNpy() gives back what encodeNpy() was given", () => {
  const data = Float64Array.of(0.1, -0, Infinity, 1e-310, 5, NaN);
  assertEquals(decodeNpy(encodeNpy({ shape: [2, 3], data })), { shape: [2, 3], data });
  assertEquals(decodeNpy(encodeNpy({ shape: [], data: Float32Array.of(7) })), { shape: [], data: Float32Array.of(7) });
  assertEquals(decodeNpy(encodeNpy({ shape: [0, 4], data: new Int32Array() })), { shape: [0, 4], data: new Float64Array() });
});

Deno.test("encodeNpy() starts values at a multiple of 64 bytes and ends the header with a newline", () => {
  const bytes = encodeNpy({ shape: [3], data: Uint8Array.of(1, 2, 3) });
  assertEquals(bytes.length % 64, 3);
  assertEquals(bytes[bytes.length - 4], 10);
  assertEquals(Array.from(bytes.subarray(-3)), [1, 2, 3]);
});

Deno.test("encodeNpy() writes strings as UTF-32 of the longest", () => {
  const bytes = encodeNpy({ shape: [2], data: ["é", "ab"] });
  assertStringIncludes(new TextDecoder().decode(bytes.subarray(0, 64)), "'<U2'");
  assertEquals(Array.from(new Uint32Array(bytes.slice(-16).buffer)), [0xe9, 0, 0x61, 0x62]);
});

Deno.test("encodeNpy() refuses a shape that does not fit", () => {
  assertThrows(() => encodeNpy({ shape: [2, 2], data: new Float32Array(3) }), RangeError, "must hold 3 values");
});

Deno.test("decodeNpy() refuses damaged and foreign files with one line that names them", () => {
  const header = (descr: string, shape: string) => `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }`;
  const cases: [Uint8Array, string][] = [
    [new Uint8Array(), "does not start as one"],
    [new TextEncoder().encode("PK\x03\x04 something else"), "does not start as one"],
    [encodeNpy({ shape: [4], data: new Float32Array(4) }).subarray(0, -1), "declares 4 values of 4 bytes, but 15 bytes follow"],
    [handWritten(header("'<f8'", "(1000000000000, 1000000000000)"), new Uint8Array(8)), "1e+24 values"],
    [handWritten(header("'|O'", "(1,)"), new Uint8Array(8)), "array of real numbers"],
    [handWritten(header("[('x', '<f4')]", "(1,)"), new Uint8Array(4)), "array of real numbers"],
    [handWritten(header("'<f4'", "(-1,)"), new Uint8Array(4)), "array of real numbers"],
    [handWritten("", new Uint8Array(4), 9), "current version is 9.0"],
    [encodeNpy({ shape: [4], data: new Float32Array(4) }).subarray(0, 40), "longer than it may be"],
  ];
  for (const [bytes, message] of cases) {
    const error = assertThrows(() => decodeNpy(bytes, 'Map "m.npy"'), InputError, message);
    assertStringIncludes(error.message, 'Map "m.npy"');
    assertEquals(error.message.includes("\n"), false);
  }
});

const present = fileExists(PAPER_MAP);
Deno.test({
  name: `decodeNpy() reads a map of the paper's authors${present ? "" : " (skipped: ../shared/paper is absent)"}`,
  ignore: !present,
  fn() {
    const { shape, data } = decodeNpy(Deno.readFileSync(PAPER_MAP));
    assertEquals(shape, [10, 10, 34, 120]);
    assertEquals(data instanceof Float32Array, true);
    let sum = 0;
    for (const score of data) sum += score;
    assertAlmostEquals(sum / data.length, PAPER_MEAN, 1e-9);
  },
});
