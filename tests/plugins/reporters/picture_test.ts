import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { derivativeLimit, drawSheet, encodeDerivativePng, encodePng } from "../../../plugins/reporters/picture.ts";
import { decodePng } from "./drawings.ts";

/** A planar picture from a function of place and channel. */
function picture(width: number, height: number, value: (x: number, y: number, channel: number) => number): Float32Array {
  return Float32Array.from(
    { length: 3 * width * height },
    (_, i) => value(i % width, Math.floor(i / width) % height, Math.floor(i / (width * height))),
  );
}

Deno.test("encodePng() keeps every pixel to 8 bits, clamped", async () => {
  const [width, height] = [37, 23];
  const noise = picture(width, height, (x, y, channel) => Math.sin(12.9898 * x + 78.233 * y + 37 * channel) * 0.7 + 0.5);
  const pixels = await decodePng(encodePng(noise, { width, height }));
  assertEquals([pixels.width, pixels.height], [width, height]);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const wanted = [0, 1, 2].map((channel) => Math.round(255 * Math.min(Math.max(noise[(channel * height + y) * width + x], 0), 1)));
      assertEquals(pixels.at(x, y), wanted);
    }
  }
});

Deno.test("encodePng() repeats pixels, and even pictures take few bytes", async () => {
  const small = picture(3, 2, (x, y) => (x + 3 * y) / 5);
  const pixels = await decodePng(encodePng(small, { width: 3, height: 2, scale: 4 }));
  assertEquals([pixels.width, pixels.height], [12, 8]);
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 12; x++) assertEquals(pixels.at(x, y)[1], 51 * ((x >> 2) + 3 * (y >> 2)));
  }
  assert(encodePng(picture(224, 224, (x) => x / 224), { width: 224, height: 224 }).length < 2000);
});

Deno.test("encodePng() refuses a picture of another size, and takes NaN for black", async () => {
  assertThrows(() => encodePng(new Float32Array(5), { width: 2, height: 1 }), RangeError, "must hold 6 values: current length is 5");
  assertEquals((await decodePng(encodePng(Float32Array.of(NaN, NaN, NaN), { width: 1, height: 1 }))).at(0, 0), [0, 0, 0]);
});

Deno.test("encodeDerivativePng() is white at zero, blue below, red above, and the same size has the same strength", async () => {
  const derivative = picture(5, 1, (x) => [-2, -1, 0, 1, 2][x]);
  const pixels = await decodePng(encodeDerivativePng(derivative, { width: 5, height: 1, limit: 2 }));
  const [low, lower, zero, higher, high] = [0, 1, 2, 3, 4].map((x) => pixels.at(x, 0));
  assert(zero.every((value) => value > 245));
  assert(low[2] > low[0] + 100 && lower[2] > lower[0] + 40, "blue");
  assert(high[0] > high[2] + 100 && higher[0] > higher[2] + 40, "red");
  const strength = (color: number[]) => Math.max(...color.map((value, channel) => zero[channel] - value));
  assertAlmostEquals(strength(lower) / strength(low), 0.5, 0.02);
  assertAlmostEquals(strength(higher) / strength(high), 0.5, 0.02);
  const beyond = await decodePng(encodeDerivativePng(derivative, { width: 5, height: 1, limit: 1 }));
  assertEquals(beyond.at(0, 0), beyond.at(1, 0), "clamped at the limit");
});

Deno.test("derivativeLimit() is not set by a few outliers, nor by what does not change", () => {
  const derivative = picture(100, 20, (x, y) => y === 0 && x === 0 ? 1e6 : y < 10 ? 0 : (x - 50) / 50);
  assertAlmostEquals(derivativeLimit(derivative), 1, 0.05);
  assertEquals(derivativeLimit(new Float32Array(12)), 0);
});

Deno.test("drawSheet() lays pictures out in rows, as sharp as they are, with room for captions", async () => {
  const [width, height] = [8, 8];
  const pictures = new Float32Array(5 * 3 * width * height);
  for (let i = 0; i < 5; i++) pictures.fill((i + 1) / 5, i * 192, (i + 1) * 192);
  const captions = Array.from({ length: 5 }, (_, i) => `azimuth ${30 * i}°  a class with a very long name indeed 0.5`);
  const sheet = { width, height, columns: 2, rows: 2, captions };
  const pixels = await decodePng(await drawSheet(pictures, sheet));
  const grays = new Map<number, number>();
  for (let y = 0; y < pixels.height; y++) {
    for (let x = 0; x < pixels.width; x++) {
      const [red, green, blue] = pixels.at(x, y);
      if (red === green && green === blue) grays.set(red, (grays.get(red) ?? 0) + 1);
    }
  }
  const areas = [51, 102, 153, 204].map((gray) => grays.get(gray) ?? 0);
  assertEquals(new Set(areas).size, 1, "four pictures of one size");
  assertEquals(Math.sqrt(areas[0]) % (2 * width), 0, "each pixel repeated a whole number of times");
  assert((grays.get(255) ?? 0) > areas[0], "the page is white, and the fifth picture is left out");
  assertEquals(await drawSheet(pictures, sheet), await drawSheet(pictures, sheet));
});

Deno.test("drawSheet() draws a heading above the pictures, wrapped, and captions of as many lines as they may have", async () => {
  const pictures = new Float32Array(3 * 64).fill(0.4);
  const sheet = { width: 8, height: 8, columns: 1, rows: 1, captions: ["azimuth 30°, elevation 20°, distance 3.5, light elevation 45°"] };
  const heightOf = async (more: Partial<Parameters<typeof drawSheet>[1]>) =>
    (await decodePng(await drawSheet(pictures, { ...sheet, ...more }))).height / 2;
  const plain = await heightOf({});
  assertEquals(await heightOf({ lines: 4 }) - plain, 2 * 18, "two lines more");
  assertEquals(await heightOf({ heading: ["Title"] }) - plain, 24 + 12);
  assertEquals(await heightOf({ heading: ["Title", "below it"] }) - plain, 2 * 24 + 12);
  assert(await heightOf({ heading: ["A title that is wider than its picture"] }) - plain > 24 + 12);
});
