import { assert, assertAlmostEquals } from "@std/assert";
import { Kriging } from "../../core/kriging.ts";
import { Random } from "../../core/random.ts";

Deno.test("Kriging gives back a plane, in one to four dimensions", () => {
  const random = new Random(3);
  for (const n of [1, 2, 3, 4]) {
    const kriging = new Kriging(n, 16);
    for (let trial = 0; trial < 20; trial++) {
      // Neighbors on both sides of the place along every axis, and others.
      const offsets = Float64Array.from({ length: 16 * n }, (_, i) => {
        const axis = Math.floor(i / n);
        return axis < 2 * n ? (axis >> 1 === i % n ? (axis % 2 === 0 ? 1 : -1) * (1 + random.uniform()) : 0) : 3 * random.normal();
      });
      const slope = Array.from({ length: n }, () => random.normal());
      const values = Float64Array.from({ length: 16 }, (_, i) => slope.reduce((sum, s, k) => sum + s * offsets[i * n + k], 0.4));
      assertAlmostEquals(kriging.estimate(offsets, values, 16).value, 0.4, 1e-4);
    }
  }
});

Deno.test("Kriging between two points of a line is the straight line, and the spread that of a random walk between them", () => {
  const { value, spread } = new Kriging(1, 2).estimate([-1, 3], [0.2, 1], 2);
  assertAlmostEquals(value, 0.4, 1e-6);
  // Squared differences equal to the distance are twice a variance: 2 * 1 * 3 / 4.
  assertAlmostEquals(spread ** 2, 2 * 1 * 3 / (1 + 3), 1e-6);
});

Deno.test("Kriging lets neighbors that lie together share their weight, and keeps within their values", () => {
  const kriging = new Kriging(2, 12);
  const pile = [[1, 0], [1, 0.01], [1, -0.01], [1, 0.02], [1, -0.02]];
  const offsets = [[-1, 0], [0, 1], [0, -1], ...pile].flat();
  const { value } = kriging.estimate(offsets, [1, 0.5, 0.5, 0, 0, 0, 0, 0], 8);
  assertAlmostEquals(value, 0.5, 0.03);
  const random = new Random(5);
  for (let trial = 0; trial < 50; trial++) {
    const noise = Float64Array.from({ length: 12 }, () => random.integer(2));
    const estimate = kriging.estimate(Float64Array.from({ length: 24 }, () => random.normal()), noise, 12);
    assert(estimate.value >= 0 && estimate.value <= 1 && estimate.spread > 0);
  }
});

Deno.test("Kriging says that it knows less of what lies farther away", () => {
  const kriging = new Kriging(2, 4);
  const ring = (radius: number) => [[radius, 0], [-radius, 0], [0, radius], [0, -radius]].flat();
  const spread = (radius: number) => kriging.estimate(ring(radius), [0, 0, 1, 1], 4).spread;
  assertAlmostEquals(spread(4) / spread(1), 2, 1e-3);
});
