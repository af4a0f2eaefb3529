import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { checkRegion } from "../../core/check.ts";
import { closedForm } from "../../core/closed_form.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";

const space = new SemanticSpace([
  { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
  { name: "elevation", unit: "degree", low: -10, high: 90 },
]);
/** Good from azimuth -30 to 30, across the seam. */
const sector = closedForm(space, ([azimuth]) => azimuth <= 30 || azimuth >= 330 ? 0.9 : 0.1);
const asked = { mean: 0.6, variance: 0.08, floor: 0.35, samples: 1000, confidence: 0.95, initialPoint: [0, 20] };
const box = (low: number, high: number) => ({ a: Float64Array.of(low, 0), b: Float64Array.of(high, 40) });

Deno.test("checkRegion() confirms a box that satisfies equation (2), across the seam", async () => {
  const check = await checkRegion(sector, box(-30, 30), asked);
  if (check === null) throw new Error("nothing was drawn");
  assertEquals([check.samples, check.holds, check.verdict, check.containsInitialPoint], [1000, true, "confirmed", true]);
  assertAlmostEquals(check.mean, 0.9, 1e-12);
  assertAlmostEquals(check.variance, 0, 1e-12);
  assertAlmostEquals(check.minimum, 0.9, 1e-12);
  assertEquals(check.badShare, 0);
  assert(check.badShareHigh > 0 && check.badShareHigh < 0.01);
});

Deno.test("checkRegion() refutes a box whose mean, or variance, or initial point is wrong", async () => {
  const mean = await checkRegion(sector, box(-30, 100), asked);
  assertEquals([mean?.holds, mean?.verdict], [false, "refuted"]);
  assert(mean!.meanLow < 0.1 + 0.8 * 60 / 130 && mean!.meanHigh > 0.1 + 0.8 * 60 / 130);
  // A share of 0.8 is good: the mean is 0.74, the variance 0.64 * 0.16 = 0.1024.
  const variance = await checkRegion(sector, box(-30, 45), { ...asked, samples: 4000 });
  assertEquals([variance?.holds, variance?.verdict], [false, "refuted"]);
  assertAlmostEquals(variance!.variance, 0.1024, 0.01);
  const outside = await checkRegion(sector, box(10, 30), asked);
  assertEquals([outside?.containsInitialPoint, outside?.holds, outside?.verdict], [false, false, "refuted"]);
});

Deno.test("checkRegion() refutes a box of which more is bad than may be, whatever its mean, and no other", async () => {
  // A share of 0.06 is bad: the mean is 0.852, the variance 0.036.
  const whole = box(-30, 30 + 60 * 0.06 / 0.94);
  const among = async (badShare?: number) =>
    await checkRegion(sector, whole, { ...asked, ...(badShare === undefined ? {} : { badShare }) });
  const any = await among(), few = await among(0.01), more = await among(0.08);
  assertEquals([any?.holds, any?.verdict, any?.thresholds.badShare], [true, "confirmed", undefined]);
  assertEquals([few?.holds, few?.verdict, few?.thresholds.badShare], [false, "refuted", 0.01]);
  assertEquals([more?.holds, more?.verdict], [true, "confirmed"]);
});

Deno.test("checkRegion() leaves open what its points cannot decide", async () => {
  // The mean is 0.62 where 0.6 is asked.
  const check = await checkRegion(sector, box(-30, 30 + 60 * 0.28 / 0.52), { ...asked, variance: 0.25, samples: 200 });
  assertEquals(check?.verdict, "open");
});

Deno.test("checkRegion() of an adversarial region speaks of 1 - f", async () => {
  const check = await checkRegion(sector, box(60, 300), { ...asked, target: "adversarial", initialPoint: [180, 20] });
  assertEquals(check?.verdict, "confirmed");
  assertAlmostEquals(check!.mean, 0.9, 1e-12);
});

Deno.test("checkRegion() is wrong no more often than its confidence says", async () => {
  // The box' mean is 0.599 where 0.6 is asked: to confirm it is an error.
  const limit = 30 + 60 * (0.9 - 0.599) / (0.599 - 0.1);
  let confirmed = 0;
  for (let seed = 0; seed < 300; seed++) {
    const check = await checkRegion(sector, box(-30, limit), { ...asked, variance: 0.25, confidence: 0.9, samples: 100, seed });
    if (check?.verdict === "confirmed") confirmed++;
  }
  assert(confirmed <= 30 + 3 * Math.sqrt(27), `${confirmed} of 300`);
});

Deno.test("checkRegion() refutes a box of which just so much is bad as may be no more often than its confidence says", async () => {
  const limit = 30 + 60 * 0.05 / 0.95;
  let refuted = 0;
  for (let seed = 0; seed < 300; seed++) {
    const check = await checkRegion(sector, box(-30, limit), { ...asked, badShare: 0.05, confidence: 0.9, samples: 100, seed });
    if (check?.verdict === "refuted") refuted++;
  }
  assert(refuted <= 30 + 3 * Math.sqrt(27), `${refuted} of 300`);
});

Deno.test("checkRegion() draws by its seed, in batches of any size", async () => {
  const options = { ...asked, samples: 100 };
  const check = await checkRegion(sector, box(-30, 60), { ...options, seed: 5 });
  assertEquals(await checkRegion(sector, box(-30, 60), { ...options, seed: 5, batch: 7 }), check);
  assert((await checkRegion(sector, box(-30, 60), { ...options, seed: 6 }))?.mean !== check?.mean);
});

Deno.test("checkRegion() speaks of what was drawn when it is aborted", async () => {
  const controller = new AbortController();
  let calls = 0;
  const counting = {
    space,
    evaluate: (points: Float64Array, signal?: AbortSignal) => {
      if (++calls === 3) controller.abort();
      return sector.evaluate(points, signal);
    },
  };
  const check = await checkRegion(counting, box(-30, 30), { ...asked, batch: 50, signal: controller.signal });
  assertEquals(check?.samples, 100);
  assertEquals(await checkRegion(sector, box(-30, 30), { ...asked, signal: AbortSignal.abort() }), null);
});
