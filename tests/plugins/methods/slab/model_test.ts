import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../../../../core/random.ts";
import { SemanticSpace } from "../../../../core/semantic_space.ts";
import { Arena } from "../../../../plugins/methods/slab/by_model/arena.ts";
import { Evidence } from "../../../../plugins/methods/slab/evidence.ts";
import { PlaneSearch } from "../../../../plugins/methods/slab/by_model/plane_search.ts";
import { Field, Surrogate } from "../../../../plugins/methods/slab/by_model/surrogate.ts";

/** Solves a linear system by elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]]), n = rows.length;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const factor = rows[j][i] / rows[i][i];
      for (let k = i; k <= n; k++) rows[j][k] -= factor * rows[i][k];
    }
  }
  const solution = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    solution[i] = (rows[i][n] - rows[i].slice(i + 1, n).reduce((sum, value, k) => sum + value * solution[i + 1 + k], 0)) / rows[i][i];
  }
  return solution;
}

Deno.test("Field has the mean, variance and variance of sums of a Gaussian process, also once points were added and lengths fitted", () => {
  const random = new Random(5), periods = Float64Array.of(0, 2), nugget = 1e-3, prior = 1;
  const surrogate = new Surrogate(periods, Float64Array.of(0.4, 0.7));
  const points = Array.from({ length: 9 }, () => Float64Array.of(random.uniform(), 2 * random.uniform()));
  const scores = points.map(([x, y]) => 0.5 + 0.4 * Math.sin(5 * x + Math.PI * y));
  const places = Array.from({ length: 6 }, () => Float64Array.of(random.uniform(), 2 * random.uniform()));
  points.slice(0, 5).forEach((point, i) => surrogate.add(point, scores[i]));
  surrogate.fit();
  const field = new Field(surrogate, [0, 1].map((k) => Float64Array.from(places, (place) => place[k])));
  points.slice(5).forEach((point, i) => surrogate.add(point, scores[5 + i]));
  field.update();

  const covariance = (one: Float64Array, other: Float64Array) => {
    const [x, y] = [Math.abs(one[0] - other[0]), Math.abs(one[1] - other[1])];
    return Math.exp(-x / surrogate.lengths[0] - Math.min(y, 2 - y) / surrogate.lengths[1]);
  };
  const known = points.map((one, i) => points.map((other, j) => covariance(one, other) + (i === j ? nugget : 0)));
  const weights = solve(known, scores.map((score) => score - prior));
  const columns = places.map((place) => points.map((point) => covariance(point, place)));
  const explained = columns.map((column) => solve(known, column));
  const posterior = (i: number, j: number) =>
    covariance(places[i], places[j]) - columns[i].reduce((sum, value, k) => sum + value * explained[j][k], 0);
  places.forEach((_, i) => {
    assertAlmostEquals(field.mean[i], prior + columns[i].reduce((sum, value, k) => sum + value * weights[k], 0), 1e-9);
    assertAlmostEquals(field.variance[i], posterior(i, i), 1e-9);
  });
  const factors = places.map((_, i) => 0.3 + 0.1 * i);
  const ofSum = factors.reduce((sum, one, i) => sum + factors.reduce((inner, other, j) => inner + one * other * posterior(i, j), 0), 0);
  assertAlmostEquals(field.varianceOfSum(places.map((_, i) => i), (i) => factors[i]), ofSum, 1e-9);
});

Deno.test("Surrogate.fit() finds that scores change along one axis and not along the other", () => {
  const random = new Random(6);
  const surrogate = new Surrogate(new Float64Array(2), Float64Array.of(0.3, 0.3));
  for (let i = 0; i < 60; i++) {
    const point = Float64Array.of(random.uniform(), random.uniform());
    surrogate.add(point, 0.5 + 0.5 * Math.sin(12 * point[0]));
  }
  for (let round = 0; round < 4; round++) surrogate.fit();
  assert(surrogate.lengths[1] > 3 * surrogate.lengths[0], `lengths ${surrogate.lengths}`);
});

for (const period of [undefined, 1]) {
  Deno.test(`PlaneSearch finds the rectangle that a look at all of them finds, ${period === undefined ? "on a plane" : "around a ring"}`, () => {
    const space = new SemanticSpace([
      { name: "x", unit: "unit", low: 0, high: 1 },
      { name: "y", unit: "unit", low: 0, high: 1, ...(period === undefined ? {} : { period }) },
    ]);
    const evidence = new Evidence(space, Float64Array.of(0.4, 0.3));
    const random = new Random(7), bins = 24, stride = 3;
    const all = { low: Float64Array.of(-0.4, period === undefined ? -0.3 : 0), high: Float64Array.of(0.6, period === undefined ? 0.7 : 1) };
    const arena = new Arena(evidence, all, { margin: 0, count: 400, bins, random });
    const score = Float64Array.from({ length: arena.size }, (_, i) => {
      const [x, y] = arena.point(i);
      return Math.exp(-6 * (x - 0.1) ** 2) * (0.6 + 0.4 * Math.cos(2 * Math.PI * (y - 0.1)));
    });
    const belief = { score, square: score.map((value) => value * value), bad: score.map((value) => value < 0.35 ? 1 : 0) };
    for (
      const demands of [{ mean: 0.6, variance: 0.25, badShare: 1 }, { mean: 0.5, variance: 0.02, badShare: 1 }, {
        mean: 0,
        variance: 1,
        badShare: 0.02,
      }]
    ) {
      let best = 0;
      const [row, column] = arena.origin;
      for (let top = 0; top <= row; top += stride) {
        for (let bottom = top + stride; bottom <= bins; bottom += stride) {
          for (let left = period === undefined ? 0 : stride - bins; left <= column; left += stride) {
            for (let right = left + stride; right <= bins; right += stride) {
              if (bottom <= row || right <= column || right - left > bins) continue;
              const cells = { low: Int32Array.of(top, left), high: Int32Array.of(bottom, right) };
              const members = Array.from(arena.members(cells));
              const total = members.reduce((sum, i) => sum + arena.weights[i], 0);
              const average = (values: Float64Array) => members.reduce((sum, i) => sum + arena.weights[i] * values[i], 0) / total;
              const mean = average(score);
              const meets = members.length === 0 || mean >= demands.mean && average(belief.square) - mean * mean <= demands.variance &&
                  average(belief.bad) <= demands.badShare + 1e-9;
              if (meets) best = Math.max(best, (bottom - top) * (right - left));
            }
          }
        }
      }
      const found = new PlaneSearch(arena).largest(belief, demands, 0)!;
      assertEquals((found.high[0] - found.low[0]) * (found.high[1] - found.low[1]), best);
    }
  });
}
