import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../../../core/random.ts";
import { atLeast, shareLowerBound, shareUpperBound } from "../../../core/statistics/share_bound.ts";

Deno.test("atLeast() is the sum of binomial terms, also of many trials", () => {
  for (const [total, probability] of [[1, 0.3], [7, 0.01], [25, 0.5], [60, 0.97]]) {
    let choose = 1, below = 0;
    for (let k = 0; k <= total; k++) {
      assertAlmostEquals(atLeast(k, total, probability), 1 - below, 1e-12);
      below += choose * probability ** k * (1 - probability) ** (total - k);
      choose *= (total - k) / (k + 1);
    }
  }
  // A million trials are near a normal distribution, half a step to the side: 1 - Phi(1.6448536) is 0.05.
  const total = 1e6, deviation = Math.sqrt(total * 0.1 * 0.9);
  assertAlmostEquals(atLeast(Math.round(total * 0.1 + 1.6448536 * deviation + 0.5), total, 0.1), 0.05, 3e-4);
});

Deno.test("shareLowerBound() and shareUpperBound() are those of Clopper and Pearson's tables", () => {
  // Two-sided, 95 %: 10 of 100 give 0.0490 to 0.1762, 1 of 20 gives 0.0013 to 0.2487.
  assertAlmostEquals(shareLowerBound(10, 100, 0.025), 0.0490, 5e-5);
  assertAlmostEquals(shareUpperBound(10, 100, 0.025), 0.1762, 5e-5);
  assertAlmostEquals(shareLowerBound(1, 20, 0.025), 0.0013, 5e-5);
  assertAlmostEquals(shareUpperBound(1, 20, 0.025), 0.2487, 5e-5);
  // None of n: 1 - error^(1/n).
  assertAlmostEquals(shareUpperBound(0, 256, 0.05), 1 - 0.05 ** (1 / 256), 1e-12);
  assertEquals([shareLowerBound(0, 9, 0.05), shareUpperBound(9, 9, 0.05)], [0, 1]);
});

Deno.test("shareLowerBound() and shareUpperBound() are wrong no more often than they may be", () => {
  const random = new Random(3), share = 0.02, total = 200, rounds = 2000;
  let above = 0, below = 0;
  for (let round = 0; round < rounds; round++) {
    let count = 0;
    for (let i = 0; i < total; i++) if (random.uniform() < share) count++;
    if (shareLowerBound(count, total, 0.05) > share) above++;
    if (shareUpperBound(count, total, 0.05) < share) below++;
  }
  const most = 0.05 * rounds + 3 * Math.sqrt(0.05 * rounds);
  assert(above <= most && below <= most, `${above} and ${below} of ${rounds}`);
});
