import { assertAlmostEquals, assertEquals } from "@std/assert";
import { readThresholds } from "../../../../plugins/methods/slab/thresholds.ts";

const options = { mean: 0.6, variance: 0.08, floor: 0.35, bad: 0.01 };

Deno.test("readThresholds() takes what is asked as it is, whatever the initial score", () => {
  assertEquals(readThresholds({ ...options, relative: 0 }, 0.5), { mean: 0.6, variance: 0.08, floor: 0.35, badShare: 0.01 });
});

Deno.test("readThresholds() of shares of the initial score: scores go with it, their variance with its square, the bad share with nothing", () => {
  const { mean, variance, floor, badShare } = readThresholds({ ...options, relative: 1 }, 0.5);
  assertAlmostEquals(mean, 0.3, 1e-12);
  assertAlmostEquals(variance, 0.02, 1e-12);
  assertAlmostEquals(floor, 0.175, 1e-12);
  assertEquals(badShare, 0.01);
});
