import { assert, assertAlmostEquals } from "@std/assert";
import { methodOptions } from "../../../core/method_options.ts";
import { corners } from "../../../core/orthotope.ts";
import { Random } from "../../../core/random.ts";
import type { GrowthProblem, RegionMethod, TraceRow } from "../../../core/region_method.ts";
import { SemanticSpace } from "../../../core/semantic_space.ts";
import { naive } from "../../../plugins/methods/naive.ts";
import { oirB } from "../../../plugins/methods/oir_b.ts";
import { oirW } from "../../../plugins/methods/oir_w.ts";
import { trapezoid } from "../../../plugins/methods/trapezoid.ts";

/**
 * Each method against the loss that it descends, computed from integrals of f and differentiated numerically. f is multilinear: for these the
 * corner rule of the derivation is exact, and the integral over a box is its volume times f at its center.
 */
interface Multilinear {
  value(point: ArrayLike<number>): number;
  slope(point: ArrayLike<number>, axis: number): number;
}

const ALPHA = 0.2, BETA = 0.07, LAMBDA = 0.3;

function multilinear(n: number, seed: number): Multilinear {
  const random = new Random(seed);
  const coefficients = Array.from({ length: 2 ** n }, () => 1.5 * (random.uniform() - 0.5) / 2 ** n);
  const sum = (point: ArrayLike<number>, skipped: number) =>
    coefficients.reduce((total, coefficient, term) => {
      let product = coefficient;
      for (let k = 0; k < n; k++) if (k !== skipped && (term >>> k) & 1) product *= point[k];
      return skipped >= 0 && !((term >>> skipped) & 1) ? total : total + product;
    }, 0);
  return { value: (point) => 0.5 + sum(point, -1), slope: (point, axis) => sum(point, axis) };
}

function volume(a: readonly number[], b: readonly number[]): number {
  return a.reduce((product, low, i) => product * (b[i] - low), 1);
}

function integral(f: Multilinear, a: readonly number[], b: readonly number[]): number {
  return volume(a, b) * f.value(a.map((low, i) => (low + b[i]) / 2));
}

function outerIntegral(f: Multilinear, a: readonly number[], b: readonly number[], alpha: number): number {
  const reach = a.map((low, i) => alpha / 2 * (b[i] - low));
  return integral(f, a.map((low, i) => low - reach[i]), b.map((high, i) => high + reach[i]));
}

function squaredSides(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, low, i) => sum + (b[i] - low) ** 2, 0);
}

type Loss = (f: Multilinear, a: readonly number[], b: readonly number[]) => number;

const METHODS: readonly [method: RegionMethod, options: Record<string, number>, loss: Loss][] = [
  [naive, { lambda: LAMBDA }, (f, a, b) => -integral(f, a, b) + LAMBDA / 2 * squaredSides(a, b)],
  [oirB, { alpha: ALPHA }, (f, a, b) => outerIntegral(f, a, b, ALPHA) - 2 * integral(f, a, b)],
  [oirW, { beta: BETA }, (f, a, b) => {
    const alpha = 1e-5;
    return BETA / alpha * outerIntegral(f, a, b, alpha) - (1 + BETA / alpha) * integral(f, a, b);
  }],
  [trapezoid, { lambda: LAMBDA }, (f, a, b) => {
    const points = corners(Float64Array.from(a), Float64Array.from(b));
    const scores = Array.from({ length: 2 ** a.length }, (_, i) => f.value(points.subarray(i * a.length, (i + 1) * a.length)));
    return -volume(a, b) / 2 ** a.length * scores.reduce((sum, score) => sum + score, 0) + LAMBDA / 2 * squaredSides(a, b);
  }],
];

function numericGradient(loss: Loss, f: Multilinear, bounds: readonly number[]): number[] {
  const n = bounds.length / 2;
  const at = (moved: readonly number[]) => loss(f, moved.slice(0, n), moved.slice(n));
  const step = 1e-3;
  return bounds.map((value, i) => (at(bounds.with(i, value + step)) - at(bounds.with(i, value - step))) / (2 * step));
}

/** Answers a growth for some steps, by hand: scores need not lie in [0, 1] here. Returns its trace. */
function drive(method: RegionMethod, f: Multilinear, problem: Omit<GrowthProblem, "trace">): TraceRow[] {
  const trace: TraceRow[] = [];
  const growth = method.grow({ ...problem, trace: (row) => trace.push(row) });
  const n = problem.space.dimensions;
  for (let request = growth.next(); !request.done;) {
    const { points } = request.value;
    const rows = Array.from({ length: points.length / n }, (_, i) => points.subarray(i * n, (i + 1) * n));
    request = growth.next({
      scores: Float64Array.from(rows, (point) => f.value(point)),
      gradients: Float64Array.from(rows.flatMap((point) => Array.from(point, (_, k) => f.slope(point, k)))),
    });
  }
  return trace;
}

for (const [method, options, loss] of METHODS) {
  for (const n of [1, 2, 3, 4]) {
    Deno.test(`${method.name} descends the loss of its derivation, differentiated numerically, for n = ${n}`, () => {
      const f = multilinear(n, 11 * n);
      // The first box is a cube cut by the lower border of Omega, so its sides differ; bounds that a step leaves at the border are not compared.
      const lows = Array.from({ length: n }, (_, k) => 0.3 * k - 0.4);
      const eta = 0.1;
      const trace = drive(method, f, {
        space: new SemanticSpace(Array.from({ length: n }, (_, k) => ({ name: `u${k}`, unit: "unit", low: lows[k], high: 9 }))),
        initialPoint: Float64Array.from({ length: n }, (_, k) => 0.2 * k),
        options: methodOptions(method, { eta, steps: 12, epsilon: 0.4, tolerance: 0, ...options }),
        seed: 0,
      });
      let unlike = 0, compared = 0;
      for (let step = 0; step + 1 < trace.length; step++) {
        const [before, after] = [trace[step], trace[step + 1]].map(({ a, b }) => [...a, ...b]);
        const expected = numericGradient(loss, f, before);
        before.forEach((bound, i) => {
          if (i < n && after[i] === lows[i]) return;
          assertAlmostEquals((bound - after[i]) / eta, expected[i], 1e-4 * Math.max(0.1, Math.abs(expected[i])));
          compared++;
        });
        unlike = Math.max(unlike, Math.abs(before[n] - before[0] - (before[2 * n - 1] - before[n - 1])));
      }
      assert(compared >= 12 * n, `${compared} bounds were compared`);
      if (n > 1) assert(unlike > 0.05, `the sides should differ: they do by ${unlike}`);
    });
  }
}
