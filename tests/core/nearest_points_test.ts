import { assert, assertEquals } from "@std/assert";
import { around, NearestPoints } from "../../core/nearest_points.ts";
import { Random } from "../../core/random.ts";

Deno.test("NearestPoints finds what looking at all points finds, in one to four dimensions, across seams, ties by index", () => {
  const random = new Random(1);
  for (const periods of [[Infinity], [20], [20, Infinity], [12, 12], [9, Infinity, 7, Infinity]]) {
    const n = periods.length;
    // Whole numbers, so that many points are equally far.
    const points = Float64Array.from({ length: 150 * n }, (_, i) => random.integer(Math.min(periods[i % n], 15)));
    const tree = new NearestPoints(points, periods);
    const indices = new Int32Array(7), distances = new Float64Array(7);
    for (let trial = 0; trial < 40; trial++) {
      const place = Float64Array.from(periods, (period) => random.integer(Math.min(period, 15)));
      const without = random.integer(150);
      const all = Array.from({ length: 150 }, (_, index) => ({
        index,
        distance: Math.sqrt(periods.reduce((sum, period, k) => sum + around(place[k] - points[index * n + k], period) ** 2, 0)),
      })).filter(({ index }) => index !== without).sort((one, other) => one.distance - other.distance || one.index - other.index);
      assertEquals(tree.find(place, indices, distances, without), 7);
      assertEquals(Array.from(indices), all.slice(0, 7).map(({ index }) => index));
      assertEquals(Array.from(distances), all.slice(0, 7).map(({ distance }) => distance));
    }
  }
});

Deno.test("NearestPoints takes the short way round a period", () => {
  const tree = new NearestPoints(Float64Array.of(1, 40, 80), [100]);
  const indices = new Int32Array(2);
  tree.find([97], indices, new Float64Array(2));
  assertEquals(Array.from(indices), [0, 2]);
  assertEquals(around(97 - 1, 100), -4);
});

Deno.test("NearestPoints finds fewer where there are fewer", () => {
  const indices = new Int32Array(4), distances = new Float64Array(4);
  assertEquals(new NearestPoints(new Float64Array(0), [Infinity, Infinity]).find([0, 0], indices, distances), 0);
  assertEquals(new NearestPoints(Float64Array.of(1, 1, 2, 2), [Infinity, Infinity]).find([0, 0], indices, distances, 0), 1);
  assert(indices[0] === 1);
});
