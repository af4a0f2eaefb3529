import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { closedForm } from "../../../../core/closed_form.ts";
import { InputError } from "../../../../core/errors.ts";
import { type GrownRegion, growRegions } from "../../../../core/growth.ts";
import { Random } from "../../../../core/random.ts";
import { type Axis, SemanticSpace } from "../../../../core/semantic_space.ts";
import { slab } from "../../../../plugins/methods/slab/slab.ts";

/** A function of the unit cube, an initial point, and the log volume of the largest box around it that meets the demands. */
interface Form {
  readonly score: (u: Float64Array) => number;
  readonly initialPoint: readonly number[];
  readonly logVolume: number;
  readonly options?: Record<string, number>;
  readonly periods?: boolean;
}

const GOOD = 0.9, BAD = 0.1;
const sumOfLogs = (sides: ArrayLike<number>) => Array.from(sides).reduce((sum, side) => sum + Math.log(side), 0);

function spaceOf({ initialPoint, periods = false }: Form): SemanticSpace {
  const axes = initialPoint.map((_, k): Axis => ({ name: `u${k}`, unit: "unit", low: 0, high: 1, ...(periods ? { period: 1 } : {}) }));
  return new SemanticSpace(axes);
}

async function grow(form: Form, seed = 0): Promise<GrownRegion> {
  const { score, initialPoint, options } = form;
  const f = closedForm(spaceOf(form), score);
  const [region] = await growRegions(f, [{ method: slab, target: "robust", initialPoint, options, seed }]);
  return region;
}

/** Mean score of a region, and share of it below the floor, of points that the method has not seen. */
function measure({ box }: GrownRegion, score: Form["score"]): { readonly mean: number; readonly bad: number } {
  const n = box.dimensions, count = 4000, random = new Random(99);
  const points = box.place(new Float64Array(count * n).map(() => random.uniform()));
  const scores = Array.from({ length: count }, (_, i) => score(points.slice(i * n, (i + 1) * n).map((value) => value - Math.floor(value))));
  return { mean: scores.reduce((sum, value) => sum + value, 0) / count, bad: scores.filter((value) => value < 0.35).length / count };
}

/** A box in the cube by a rule of thumb that gives all sorts of sides, every third from end to end. */
function boxOf(n: number): { readonly low: number[]; readonly high: number[] } {
  const low = Array.from({ length: n }, (_, k) => k % 3 === 2 ? 0 : 0.05 + 0.03 * (k % 7));
  return { low, high: low.map((value, k) => k % 3 === 2 ? 1 : value + 0.3 + 0.04 * (k % 5)) };
}

function plateau(n: number): Form {
  const { low, high } = boxOf(n);
  return {
    score: (u) => u.every((x, k) => x >= low[k] && x <= high[k]) ? GOOD : BAD,
    initialPoint: low.map((value, k) => value + (0.3 + 0.1 * (k % 4)) * (high[k] - value)),
    logVolume: sumOfLogs(high.map((value, k) => value - low[k])),
  };
}

function withHole(n: number): Form {
  const { low, high } = boxOf(n), whole = plateau(n);
  const at = (k: number, share: number) => low[k] + share * (high[k] - low[k]);
  return {
    score: (u) => [0, 1].every((k) => u[k] > at(k, 0.6) && u[k] < at(k, 0.8)) ? BAD : whole.score(u),
    initialPoint: low.map((_, k) => at(k, 0.3)),
    // One of two sides has to end where the hole begins.
    logVolume: whole.logVolume + Math.log(0.6),
  };
}

function ridge(n: number): Form {
  return {
    score: (u) => Math.abs(u[0] - 0.4) <= 0.01 ? GOOD : BAD,
    initialPoint: Array.from({ length: n }, (_, k) => k === 0 ? 0.4 : 0.1 + 0.8 * ((k * 0.37) % 1)),
    logVolume: Math.log(0.02),
  };
}

const FORMS = { "a plateau": plateau, "a plateau with a hole": withHole, "a thin ridge": ridge };

for (const [name, form] of Object.entries(FORMS)) {
  for (const n of [2, 3, 5, 10, 32]) {
    Deno.test(`slab finds the largest box of ${name}, n = ${n}`, async () => {
      const drawn = form(n);
      const region = await grow(drawn);
      const ratio = Math.exp(sumOfLogs(region.box.sides) - drawn.logVolume);
      assert(ratio > 0.85 && ratio < 1.05, `${ratio} of the largest box`);
      assertLess(measure(region, drawn.score).bad, 0.015);
      assert(region.box.contains(Float64Array.from(drawn.initialPoint), spaceOf(drawn)));
      assertLess(region.evaluations, 200 * n + 1);
    });
  }
}

Deno.test("slab gives faces one level where the mean is what holds them: bells of different widths, n = 2, 3, 7", async () => {
  for (const n of [2, 3, 7]) {
    const widths = Array.from({ length: n }, (_, k) => 0.1 + 0.04 * (k % 4));
    const score = (u: Float64Array) => Math.exp(-u.reduce((sum, x, k) => sum + ((x - 0.5) / widths[k]) ** 2, 0) / 2);
    const region = await grow({ score, initialPoint: widths.map(() => 0.5), logVolume: 0, options: { floor: 0, variance: 0.25 } });
    assert(measure(region, score).mean > 0.59);
    // The best box is as many deviations wide along every axis, by symmetry: mean 0.6 ** (1 / n) along each.
    const half = halfWidth(0.6 ** (1 / n));
    const ratio = Math.exp(sumOfLogs(region.box.sides) - sumOfLogs(widths.map((width) => 2 * half * width)));
    assert(ratio > 0.4 && ratio < 1.1, `n = ${n}: ${ratio} of the largest box`);
  }
});

/** Deviations from the middle at which the mean of a bell is a given one. */
function halfWidth(mean: number): number {
  let half = 0, sum = 0, count = 0;
  while (count === 0 || sum / count >= mean) {
    sum += Math.exp(-(half ** 2) / 2);
    count++;
    half += 1e-4;
  }
  return half;
}

Deno.test("slab finds a large box in an ellipse whose rim is a step, whatever the seed", async () => {
  // Half a percent of the box of half sides 0.731 times the axes lies outside; 1 % may.
  const axes = [0.22, 0.4], largest = sumOfLogs(axes.map((axis) => 2 * 0.731 * axis));
  const score = (u: Float64Array) => ((u[0] - 0.5) / axes[0]) ** 2 + ((u[1] - 0.5) / axes[1]) ** 2 <= 1 ? GOOD : BAD;
  for (let seed = 0; seed < 12; seed++) {
    const region = await grow({ score, initialPoint: [0.5, 0.5], logVolume: largest }, seed);
    const ratio = Math.exp(sumOfLogs(region.box.sides) - largest), { bad } = measure(region, score);
    assert(ratio > 0.6, `seed ${seed}: ${ratio} of the largest box`);
    assertLess(bad, 0.03);
    assertLess(region.evaluations, 321);
  }
});

Deno.test("slab returns no box that failed its test: an ellipsoid, n = 2 to 32, whose corners are bad", async () => {
  for (const n of [2, 4, 10, 32]) {
    const axes = Array.from({ length: n }, (_, k) => 0.2 + 0.05 * (k % 5));
    const score = (u: Float64Array) => u.reduce((sum, x, k) => sum + ((x - 0.5) / axes[k]) ** 2, 0) <= 1 ? GOOD : BAD;
    for (const seed of [0, 1]) {
      const region = await grow({ score, initialPoint: axes.map(() => 0.5), logVolume: 0 }, seed);
      const { bad } = measure(region, score);
      assertLess(bad, 0.03, `n = ${n}, seed ${seed}: ${bad} is bad`);
      assert(region.stopped !== "refuted");
    }
  }
});

Deno.test("slab says where its points did not suffice, and returns u0 alone", async () => {
  const region = await grow({ ...plateau(10), options: { evaluations: 150 } });
  assertEquals(region.stopped, "out of points");
  assertLess(Math.max(...region.box.sides), 1e-5);
});

Deno.test("slab scores no more points than it may, returns no box that it has not tested, and refuses fewer than it begins with", async () => {
  for (const n of [1, 2, 4, 7]) {
    for (const evaluations of [1 + 10 * n, 12 * n, 20 * n, 30 * n, 60 * n]) {
      const { region, test } = await grow({ ...plateau(n), options: { evaluations } }).then((region) => ({
        region,
        test: region.facts.test as { samples: number } | undefined,
      }));
      assert(region.evaluations <= evaluations, `${region.evaluations} of ${evaluations}`);
      if (test === undefined) assertEquals(region.stopped, "out of points");
      else assert(test.samples > 0, `n = ${n}, ${evaluations}`);
    }
  }
  await assertRejects(() => grow({ ...plateau(2), options: { evaluations: 20 } }), InputError, "21 evaluations");
});

Deno.test("slab returns u0 alone where no box around it reaches the mean", async () => {
  // It scores above the floor, but less than is asked for, and everything around it less than that.
  const score = (u: Float64Array) => 0.55 - 0.2 * Math.hypot(u[0] - 0.5, u[1] - 0.5);
  const region = await grow({ score, initialPoint: [0.5, 0.5], logVolume: 0 });
  assertEquals(region.stopped, "out of points");
  assertLess(Math.max(...region.box.sides), 1e-5);
});

Deno.test("slab goes around a ring of which all is good, and no farther", async () => {
  for (const n of [2, 3]) {
    const region = await grow({ score: (u) => u[1] < 0.5 ? GOOD : BAD, initialPoint: Array(n).fill(0.25), logVolume: 0, periods: true });
    assert(region.box.sides[0] > 0.97 && region.box.sides[0] <= 1, `side ${region.box.sides[0]}`);
    assert(region.box.sides[1] > 0.45 && region.box.sides[1] < 0.52, `side ${region.box.sides[1]}`);
  }
});

Deno.test("slab takes thresholds as shares of what the initial point scores", async () => {
  const half = plateau(3);
  const dim = { ...half, score: (u: Float64Array) => half.score(u) / 3 };
  assertLess((await grow(dim)).box.sides[0], 1e-5);
  const region = await grow({ ...dim, options: { relative: 1 } });
  assert(Math.exp(sumOfLogs(region.box.sides) - dim.logVolume) > 0.85);
});
