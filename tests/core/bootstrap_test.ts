import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { percentileInterval, quantile, resamples } from "../../core/bootstrap.ts";
import { Random } from "../../core/random.ts";

Deno.test("resamples() draws as many units of each stratum, and occasions, as there are, and the same again from the same seed", () => {
  const design = { units: [4, 1, 7], occasions: 3 };
  const drawn = (seed: number) => Array.from(resamples(design, { replicates: 50, seed }), (sample) => structuredClone(sample));
  const samples = drawn(5);
  const sum = (counts: Float64Array) => counts.reduce((total, count) => total + count, 0);
  for (const { units, occasions } of samples) assertEquals([...units.map(sum), sum(occasions)], [4, 1, 7, 3]);
  assertEquals(drawn(5), samples);
  assert(JSON.stringify(drawn(6)) !== JSON.stringify(samples));
});

Deno.test("resamples() gives means the variance that theory says: of units, and of units crossed with occasions", () => {
  const replicates = 4000;
  const random = new Random(1);
  const [shapes, points] = [12, 5];
  const unitEffects = Float64Array.from({ length: shapes }, () => random.normal());
  const occasionEffects = Float64Array.from({ length: points }, () => 2 * random.normal());
  const varianceOf = (values: ArrayLike<number>) => {
    const mean = Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
    return Array.from(values).reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  };
  const means = Array.from(resamples({ units: [shapes], occasions: points }, { replicates, seed: 3 }), ({ units: [counts], occasions }) => {
    let sum = 0;
    for (let i = 0; i < shapes; i++) {
      for (let k = 0; k < points; k++) sum += counts[i] * occasions[k] * (unitEffects[i] + occasionEffects[k]);
    }
    return sum / (shapes * points);
  });
  // The mean of a sample with replacement has the variance of the values over their number; the two effects are drawn independently.
  const expected = varianceOf(unitEffects) / shapes + varianceOf(occasionEffects) / points;
  assertAlmostEquals(varianceOf(means) / expected, 1, 0.08);
});

Deno.test("quantile() and percentileInterval() agree with closed forms, and leave NaN out", () => {
  const values = Array.from({ length: 101 }, (_, i) => (i * 37) % 101);
  const [low, high] = percentileInterval([...values, NaN], 0.9);
  assertAlmostEquals(low, 5, 1e-12);
  assertAlmostEquals(high, 95, 1e-12);
  assertEquals(quantile([1, 2], 0.25), 1.25);
  assertEquals(quantile([4], 0.9), 4);
  assertEquals(percentileInterval([NaN], 0.95), [NaN, NaN]);
});
