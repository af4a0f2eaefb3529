import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { cornerBit, Orthotope } from "../../core/orthotope.ts";
import { projectBounds } from "../../core/projection.ts";
import { Random } from "../../core/random.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";

const circle = new SemanticSpace([
  { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
  { name: "elevation", unit: "degree", low: -10, high: 90 },
]);

Deno.test("Orthotope.corners() lists corner i by the bits of i, equation (5)", () => {
  const box = new Orthotope([1, 10, 100], [2, 20, 200]);
  assertEquals(box.corners().length, 24);
  assertEquals(box.corners().subarray(5 * 3, 6 * 3), Float64Array.of(2, 10, 200));
  assertEquals(box.corners().subarray(0, 6), Float64Array.of(1, 10, 100, 2, 10, 100));
  assertEquals([0, 1, 2].map((k) => cornerBit(k, 5)), [1, 0, 1]);
});

Deno.test("Orthotope knows its sides and volume", () => {
  const box = Orthotope.around([10, 20], 2);
  assertEquals(box.sides, Float64Array.of(4, 4));
  assertEquals(box.volume, 16);
  assertThrows(() => new Orthotope([1], [0]), RangeError, "must not exceed");
  assertThrows(() => new Orthotope([1], [2, 3]), RangeError, "same length");
});

Deno.test("Orthotope.contains() looks across the seam", () => {
  const box = new Orthotope([-20, 0], [40, 50]);
  assertEquals([[350, 10], [340, 0], [40, 50], [339, 10], [350, 51], [710, 10]].map((point) => box.contains(point, circle)), [
    true,
    true,
    true,
    false,
    false,
    true,
  ]);
});

Deno.test("Orthotope.overlap() of two boxes agrees with counting random points", () => {
  const random = new Random(7);
  for (let round = 0; round < 20; round++) {
    const draw = () => {
      const a = [random.uniform() * 720 - 360, random.uniform() * 60 - 10];
      return new Orthotope(a, [a[0] + random.uniform() * 360, a[1] + random.uniform() * 40]);
    };
    const [left, right] = [draw(), draw()];
    let both = 0, either = 0;
    for (let i = 0; i < 20000; i++) {
      const point = [random.uniform() * 360, random.uniform() * 100 - 10];
      const [inLeft, inRight] = [left.contains(point, circle), right.contains(point, circle)];
      both += Number(inLeft && inRight);
      either += Number(inLeft || inRight);
    }
    assertAlmostEquals(left.overlap(right, circle), both / either, 0.02);
    assertAlmostEquals(left.overlap(right, circle), right.overlap(left, circle), 1e-12);
  }
});

Deno.test("Orthotope.clippedVolume() leaves out what lies outside Omega, but not what lies beyond a seam", () => {
  assertEquals(new Orthotope([-50, 80], [50, 100]).clippedVolume(circle), 1000);
  assertEquals(new Orthotope([0, 95], [50, 100]).clippedVolume(circle), 0);
  assertEquals(new Orthotope([-300, -10], [300, 90]).clippedVolume(circle), 36000);
});

Deno.test("projectBounds() keeps boxes within Omega, within the period and above the smallest side", () => {
  const project = (a: number[], b: number[]) => {
    const bounds = { a: Float64Array.from(a), b: Float64Array.from(b) };
    projectBounds(bounds, { space: circle, minimumSide: 0.5 });
    return [Array.from(bounds.a), Array.from(bounds.b)];
  };
  assertEquals(project([-20, -30], [30, 120]), [[-20, -10], [30, 90]]);
  assertEquals(project([-300, 0], [300, 10]), [[-180, 0], [180, 10]]);
  assertEquals(project([10, 50], [9, 40]), [[9.25, 44.75], [9.75, 45.25]]);
  assertEquals(project([0, 95], [10, 99]), [[0, 89.5], [10, 90]]);
  assertEquals(project([0, -30], [10, -20]), [[0, -10], [10, -9.5]]);
  assertEquals(project([1000, 0], [1030, 10]), [[280, 0], [310, 10]]);
  assertEquals(project([-400, 0], [-380, 10]), [[320, 0], [340, 10]]);
  assertEquals(project([-40, 0], [-20, 10]), [[320, 0], [340, 10]]);
});
