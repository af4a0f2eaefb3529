/**
 * The region method `slab` on closed forms whose largest box is known, in two to 32 dimensions: volume over the largest, bad share, and points.
 *
 * deno task bench bench/slab_closed_forms.ts [SEEDS] [DIMENSIONS,...]
 */
import { closedForm } from "../core/closed_form.ts";
import { growRegions } from "../core/growth.ts";
import type { Orthotope } from "../core/orthotope.ts";
import { Random } from "../core/random.ts";
import { SemanticSpace } from "../core/semantic_space.ts";
import { slab } from "../plugins/methods/slab/slab.ts";
import { mean, median, printTable, quantile, share } from "./slab_table.ts";

const [seedsText = "5", dimensionsText = "2,3,4,7,10,16,32"] = Deno.args;
const GOOD = 0.9, BAD = 0.1, FLOOR = 0.35;

/** A function of the unit cube, a point in it, and the volume of the largest box around the point without bad points. */
interface Form {
  readonly score: (point: Float64Array) => number;
  readonly initialPoint: readonly number[];
  readonly largest: number;
  /** Of the method, where the box is not held by bad points. */
  readonly options?: Readonly<Record<string, number>>;
}

/** Sides of a box in the unit cube: a third of the axes in full, the others from 15 to 75 % of it; and a point well inside. */
function drawBox(n: number, random: Random): { low: number[]; high: number[]; point: number[] } {
  const box = { low: [] as number[], high: [] as number[], point: [] as number[] };
  for (let k = 0; k < n; k++) {
    const side = random.uniform() < 1 / 3 ? 1 : 0.15 + 0.6 * random.uniform();
    const low = random.uniform() * (1 - side);
    box.low.push(low);
    box.high.push(low + side);
    box.point.push(low + side * (0.2 + 0.6 * random.uniform()));
  }
  return box;
}

function inside(point: Float64Array, low: readonly number[], high: readonly number[]): boolean {
  for (let k = 0; k < point.length; k++) if (point[k] < low[k] || point[k] > high[k]) return false;
  return true;
}

function volume(low: readonly number[], high: readonly number[]): number {
  return low.reduce((product, value, k) => product * (high[k] - value), 1);
}

/** A number in [-1, 1] that depends on a point and nothing else. */
function hash(point: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < point.length; k++) sum += Math.sin(point[k] * 7919.3 + k * 104.7) * 43758.5453;
  return 2 * (sum - Math.floor(sum)) - 1;
}

const FORMS: Record<string, (n: number, random: Random) => Form> = {
  "box plateau": (n, random) => {
    const { low, high, point } = drawBox(n, random);
    return { score: (u) => inside(u, low, high) ? GOOD : BAD, initialPoint: point, largest: volume(low, high) };
  },
  "noisy plateau": (n, random) => {
    const { low, high, point } = drawBox(n, random);
    return { score: (u) => (inside(u, low, high) ? 0.8 : 0.15) + 0.15 * hash(u), initialPoint: point, largest: volume(low, high) };
  },
  "ellipsoid": (n, random) => {
    const axes = Array.from({ length: n }, () => 0.2 + 0.25 * random.uniform());
    // Half a percent of the largest box may lie outside: its half sides are h times the axes, where the sum of squares of n uniform numbers in
    // [0, 1] exceeds 1/h^2 with that probability.
    const sums = Array.from({ length: 40_000 }, () => Array.from({ length: n }, () => random.uniform() ** 2).reduce((a, b) => a + b, 0));
    const half = Math.min(1, 1 / Math.sqrt(quantile(sums, 0.995)));
    return {
      score: (u) => u.reduce((sum, x, k) => sum + ((x - 0.5) / axes[k]) ** 2, 0) <= 1 ? GOOD : BAD,
      initialPoint: axes.map(() => 0.5),
      largest: axes.reduce((product, axis) => product * 2 * half * axis, 1),
    };
  },
  "smooth bump": (n, random) => {
    const deviations = Array.from({ length: n }, () => 0.1 + 0.2 * random.uniform());
    // The mean of a product of bells over a box is the product of their means; at the optimum, all sides are the same number of deviations.
    const meanOf = (half: number) => midpoints(2000).reduce((sum, x) => sum + Math.exp(-((half * x) ** 2) / 2), 0) / 2000;
    let low = 0, high = 5;
    while (high - low > 1e-6) {
      const half = (low + high) / 2;
      if (meanOf(half) ** n >= 0.6) low = half;
      else high = half;
    }
    return {
      score: (u) => Math.exp(-u.reduce((sum, x, k) => sum + ((x - 0.5) / deviations[k]) ** 2, 0) / 2),
      initialPoint: deviations.map(() => 0.5),
      largest: deviations.reduce((product, deviation) => product * 2 * low * deviation, 1),
      options: { floor: 0, variance: 0.25 },
    };
  },
  "plateau with a hole": (n, random) => {
    const { low, high } = drawBox(n, random);
    const at = (k: number, part: number) => low[k] + part * (high[k] - low[k]);
    // From 60 to 80 % of the first two sides, through all others; u0 at 30 %: one side has to end at 60 %.
    const hole = (u: Float64Array) => [0, 1].every((k) => u[k] > at(k, 0.6) && u[k] < at(k, 0.8));
    return {
      score: (u) => inside(u, low, high) && !hole(u) ? GOOD : BAD,
      initialPoint: low.map((_, k) => at(k, 0.3)),
      largest: 0.6 * volume(low, high),
    };
  },
  "thin ridge": (n, random) => {
    const center = 0.2 + 0.6 * random.uniform(), width = 0.02;
    return {
      score: ([x]) => Math.abs(x - center) <= width / 2 ? GOOD : BAD,
      initialPoint: [center, ...Array.from({ length: n - 1 }, () => random.uniform())],
      largest: width,
    };
  },
};

/** The middles of some equal parts of [0, 1]. */
function midpoints(count: number): number[] {
  return Array.from({ length: count }, (_, i) => (i + 0.5) / count);
}

/** Mean score of a box, and the share of it that is bad, of random points. */
function measure(box: Orthotope, { score }: Form): { mean: number; bad: number } {
  const n = box.dimensions, random = new Random(1);
  const points = box.place(new Float64Array(4000 * n).map(() => random.uniform()));
  const scores = Array.from({ length: 4000 }, (_, i) => score(points.subarray(i * n, (i + 1) * n)));
  return { mean: mean(scores), bad: share(scores, (value) => value < FLOOR) };
}

for (const [name, draw] of Object.entries(FORMS)) {
  const rows: string[][] = [];
  for (const n of dimensionsText.split(",").map(Number)) {
    const space = new SemanticSpace(Array.from({ length: n }, (_, k) => ({ name: `u${k}`, unit: "unit", low: 0, high: 1 })));
    const ratios: number[] = [], means: number[] = [], bads: number[] = [], passes: number[] = [], rounds: number[] = [];
    const started = performance.now();
    for (let seed = 0; seed < Number(seedsText); seed++) {
      const form = draw(n, new Random(n, seed));
      const f = closedForm(space, form.score);
      const [region] = await growRegions(f, [{
        method: slab,
        target: "robust",
        initialPoint: form.initialPoint,
        options: form.options,
        seed,
      }]);
      ratios.push(Math.exp(Array.from(region.box.sides).reduce((sum, side) => sum + Math.log(side), 0) - Math.log(form.largest)));
      const measured = measure(region.box, form);
      means.push(measured.mean);
      bads.push(measured.bad);
      passes.push(region.evaluations);
      rounds.push(region.steps);
    }
    rows.push([
      String(n),
      median(ratios).toFixed(2),
      Math.min(...ratios).toFixed(2),
      mean(means).toFixed(2),
      Math.min(...means).toFixed(2),
      (100 * mean(bads)).toFixed(2),
      (100 * Math.max(...bads)).toFixed(2),
      String(median(passes)),
      (median(passes) / n).toFixed(0),
      String(median(rounds)),
      ((performance.now() - started) / ratios.length).toFixed(0),
    ]);
  }
  printTable(name, ["n", "volume/largest", "least", "mean", "least", "bad %", "most", "passes", "a parameter", "rounds", "ms"], rows);
}
