import { assert, assertAlmostEquals } from "@std/assert";
import { Random } from "../../../core/random.ts";
import { meanLowerBound, MeanTest, meanUpperBound } from "../../../core/statistics/mean_bound.ts";

/** Variables in [0, 1] of known mean. */
const VARIABLES: Record<string, { mean: number; draw: (random: Random) => number }> = {
  "fair coin": { mean: 0.5, draw: (random) => random.uniform() < 0.5 ? 1 : 0 },
  "rare success": { mean: 0.03, draw: (random) => random.uniform() < 0.03 ? 1 : 0 },
  "rare failure": { mean: 0.97, draw: (random) => random.uniform() < 0.97 ? 1 : 0 },
  "uniform": { mean: 0.5, draw: (random) => random.uniform() },
  "square of uniform": { mean: 1 / 3, draw: (random) => random.uniform() ** 2 },
};

for (const [name, { mean, draw }] of Object.entries(VARIABLES)) {
  Deno.test(`meanLowerBound(), meanUpperBound() cover the mean of a ${name} as often as stated`, () => {
    const random = new Random(11, mean * 1000);
    const trials = 600, error = 0.1;
    let below = 0, above = 0;
    for (let trial = 0; trial < trials; trial++) {
      const values = Float64Array.from({ length: 80 }, () => draw(random));
      if (meanLowerBound(values, { error, horizon: 80 }) > mean) below++;
      if (meanUpperBound(values, { error, horizon: 80 }) < mean) above++;
    }
    // Three standard deviations of a binomial count above the stated error.
    const most = trials * error + 3 * Math.sqrt(trials * error * (1 - error));
    assert(below <= most && above <= most, `wrong ${below} and ${above} times of ${trials}`);
  });
}

Deno.test("MeanTest, looked at after every value, refutes a true hypothesis no more often than stated", () => {
  const random = new Random(12);
  const trials = 600, error = 0.1;
  let wrong = 0;
  for (let trial = 0; trial < trials; trial++) {
    const test = new MeanTest({ atMost: 0.5 }, { error, horizon: 50 });
    for (let i = 0; i < 300 && !test.refuted; i++) test.observe(random.uniform() < 0.5 ? 1 : 0);
    if (test.refuted) wrong++;
  }
  assert(wrong <= trials * error + 3 * Math.sqrt(trials * error * (1 - error)), `wrong ${wrong} times`);
  assert(wrong > 0, "a test that never refutes is no test");
});

Deno.test("MeanTest refutes false hypotheses from both sides, sooner where they are plainer", () => {
  const needed = (hypothesis: { atMost: number } | { atLeast: number }, value: number): number => {
    const test = new MeanTest(hypothesis, { error: 0.01, horizon: 64 });
    for (let count = 1; count <= 10_000; count++) {
      test.observe(value);
      if (test.refuted) return count;
    }
    return Infinity;
  };
  assert(needed({ atMost: 0.6 }, 0.95) <= 20);
  assert(needed({ atLeast: 0.6 }, 0.05) <= 20);
  assert(needed({ atMost: 0.6 }, 0.65) > needed({ atMost: 0.6 }, 0.75));
  assert(needed({ atMost: 0.6 }, 0.6) === Infinity);
  assert(needed({ atLeast: 0.6 }, 0.6) === Infinity);
});

Deno.test("meanLowerBound() of constant values follows from its stakes in closed form", () => {
  // For so short a horizon every stake is at its largest, so the capital is (1 + 0.75 (1/m - 1))^count.
  const count = 50, error = 0.05;
  const expected = 0.75 / (error ** (-1 / count) - 1 + 0.75);
  assertAlmostEquals(meanLowerBound(new Float64Array(count).fill(1), { error, horizon: 10 }), expected, 1e-9);
  assertAlmostEquals(meanUpperBound(new Float64Array(count), { error, horizon: 10 }), 1 - expected, 1e-9);
});

Deno.test("meanLowerBound() nears the mean as the square root of the number of values", () => {
  const random = new Random(13);
  const gap = (count: number): number => {
    const values = Float64Array.from({ length: count }, () => random.uniform());
    return values.reduce((sum, value) => sum + value, 0) / count - meanLowerBound(values, { error: 0.05, horizon: count });
  };
  const [few, many] = [gap(400), gap(40_000)];
  assert(few / many > 6 && few / many < 16, `${few} and ${many}`);
  // The width of a normal approximation is a floor that a bound without assumptions stays near.
  assert(many < 1.6 * Math.sqrt(2 * Math.log(1 / 0.05) / 12 / 40_000), `${many}`);
});

Deno.test("meanLowerBound() of no values says nothing", () => {
  assertAlmostEquals(meanLowerBound([], { error: 0.05, horizon: 10 }), 0, 1e-9);
  assertAlmostEquals(meanUpperBound([], { error: 0.05, horizon: 10 }), 1, 1e-9);
});
