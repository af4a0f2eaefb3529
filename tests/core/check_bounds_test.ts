import { assert, assertEquals } from "@std/assert";
import { checkRegion } from "../../core/check.ts";
import { closedForm } from "../../core/closed_form.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";
import { meanLowerBound, meanUpperBound } from "../../core/statistics/mean_bound.ts";
import { shareUpperBound } from "../../core/statistics/share_bound.ts";
import { varianceUpperBound } from "../../core/statistics/variance_bound.ts";

const space = new SemanticSpace([{ name: "u", unit: "unit", low: 0, high: 1 }]);
/** A share of 0.2 is bad: the mean is 0.74. */
const f = closedForm(space, ([u]) => u < 0.2 ? 0.1 : 0.9);
const SHARE = 0.2, MEAN = 0.74;
const box = { a: Float64Array.of(0), b: Float64Array.of(1) };
const asked = { mean: 0.6, variance: 0.25, floor: 0.35, samples: 200, confidence: 0.9, initialPoint: [0.5] };

Deno.test("checkRegion() gives each side of the mean half of the error, and the other bounds all of it", async () => {
  const scores: number[] = [];
  const watched = {
    space,
    async evaluate(points: Float64Array) {
      const part = await f.evaluate(points);
      scores.push(...part);
      return part;
    },
  };
  const check = (await checkRegion(watched, box, { ...asked, batch: 80 }))!;
  const horizon = 200, error = 1 - 0.9;
  assertEquals(scores.length, 200);
  assertEquals(check.meanLow, meanLowerBound(scores, { error: error / 2, horizon }));
  assertEquals(check.meanHigh, meanUpperBound(scores, { error: error / 2, horizon }));
  assertEquals(check.varianceHigh, varianceUpperBound(Float64Array.from(scores), { error, horizon }));
  assertEquals(check.badShareHigh, shareUpperBound(scores.filter((score) => score < 0.35).length, 200, error));
});

Deno.test("checkRegion(): the mean lies between its bounds, and the bad share below its own, as often as the confidence says", async () => {
  const runs = 300, allowed = 0.1 * runs + 3 * Math.sqrt(0.09 * runs);
  let outside = 0, above = 0;
  for (let seed = 0; seed < runs; seed++) {
    const check = (await checkRegion(f, box, { ...asked, seed }))!;
    if (check.meanLow > MEAN || check.meanHigh < MEAN) outside++;
    if (check.badShareHigh < SHARE) above++;
  }
  assert(outside <= allowed && above <= allowed, `${outside} and ${above} of ${runs}`);
});
