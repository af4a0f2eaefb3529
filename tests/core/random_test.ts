import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { Random } from "../../core/random.ts";

Deno.test("Random gives the same numbers for the same seed, and others for another", () => {
  const draw = (...seed: number[]) => {
    const random = new Random(...seed);
    return Array.from({ length: 5 }, () => random.uniform());
  };
  assertEquals(draw(1, 2), draw(1, 2));
  assertNotEquals(draw(1, 2), draw(2, 1));
  assertNotEquals(draw(0), draw(2 ** 33));
});

Deno.test("Random.uniform() and Random.normal() have the moments of their distributions", () => {
  const random = new Random(3);
  const moments = (next: () => number, count = 200_000) => {
    const values = Float64Array.from({ length: count }, next);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count];
  };
  const [mean, variance] = moments(() => random.uniform());
  assertAlmostEquals(mean, 0.5, 0.003);
  assertAlmostEquals(variance, 1 / 12, 0.001);
  const [normalMean, normalVariance] = moments(() => random.normal());
  assertAlmostEquals(normalMean, 0, 0.01);
  assertAlmostEquals(normalVariance, 1, 0.02);
});

Deno.test("Random.sample() draws each number at most once, all evenly, and no more than there are", () => {
  const random = new Random(9);
  const counts = new Array(10).fill(0);
  for (let i = 0; i < 10_000; i++) {
    const drawn = random.sample(10, 3);
    assertEquals(new Set(drawn).size, 3);
    for (const number of drawn) counts[number]++;
  }
  assert(counts.every((count) => Math.abs(count - 3000) < 200), counts.join());
  assertEquals(random.sample(4, 9).sort(), [0, 1, 2, 3]);
});

Deno.test("Random.integer() covers its range evenly", () => {
  const random = new Random(5);
  const counts = new Array(7).fill(0);
  for (let i = 0; i < 70_000; i++) counts[random.integer(7)]++;
  assert(counts.every((count) => Math.abs(count - 10_000) < 500), counts.join());
});
