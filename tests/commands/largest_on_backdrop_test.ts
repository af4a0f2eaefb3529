import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { largestOnBackdrop } from "../../commands/largest_on_backdrop.ts";
import { closedForm } from "../../core/closed_form.ts";
import { type GrownRegion, growRegions } from "../../core/growth.ts";
import type { Target } from "../../core/record.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";
import { naive } from "../../plugins/methods/naive.ts";

const space = new SemanticSpace([
  { name: "x", unit: "unit", low: 0, high: 1 },
  { name: "y", unit: "unit", low: 0, high: 1, period: 1 },
]);
const DEMANDS = { mean: 0.6, variance: 0.08, floor: 0.35, badShare: 0.01 };

/** A box grown by a single step, so that it is a cube of side 0.2 around its initial point. */
async function grown(initialPoint: readonly number[], target: Target): Promise<GrownRegion> {
  const options = { steps: 1, eta: 1e-9, epsilon: 0.1 };
  const [region] = await growRegions(closedForm(space, () => 0.5), [{ method: naive, target, initialPoint, options }]);
  return region;
}

/** Good for x in [0.2, 0.7] and y in [0.8, 1.2], across the seam. */
function plateau(x: number, y: number): number {
  return x > 0.2 && x < 0.7 && (y > 0.8 || y < 0.2) ? 1 : 0;
}

const COUNT = 50;
const centers = Array.from({ length: COUNT }, (_, i) => (i + 0.5) / COUNT);
const backdrop = {
  slices: [{
    axes: [0, 1],
    values: [centers, centers],
    scores: centers.flatMap((x) => centers.map((y) => plateau(x, y))),
    through: [0.5, 0.5],
  }],
};

Deno.test("largestOnBackdrop() compares a region with the largest box of the figure's map, across the seam", async () => {
  const [largest] = (await largestOnBackdrop([await grown([0.5, 0], "robust")], backdrop, { space, demands: [DEMANDS] }))!;
  assertAlmostEquals(largest!.volume, 0.5 * 0.4, 0.025);
  assertAlmostEquals(largest!.share, 0.04 / largest!.volume, 1e-6);
});

Deno.test("largestOnBackdrop() looks for the worst where a region is adversarial, and says null where no box meets the demands", async () => {
  const regions = [await grown([0.5, 0.5], "adversarial"), await grown([0.5, 0.5], "robust")];
  const [adversarial, none] = (await largestOnBackdrop(regions, backdrop, { space, demands: [DEMANDS, DEMANDS] }))!;
  assertAlmostEquals(adversarial!.volume, 0.6, 0.04);
  assertEquals(none, null);
});

Deno.test("largestOnBackdrop() has the demands on each region", async () => {
  const regions = [await grown([0.5, 0], "robust"), await grown([0.5, 0], "robust")];
  const [strict, lax] = (await largestOnBackdrop(regions, backdrop, { space, demands: [DEMANDS, { ...DEMANDS, badShare: 0.3 }] }))!;
  assert(lax!.volume > 1.05 * strict!.volume, `${lax!.volume}, ${strict!.volume}`);
});

Deno.test("largestOnBackdrop() says nothing without a map", async () => {
  assertEquals(await largestOnBackdrop([await grown([0.5, 0], "robust")], null, { space, demands: [DEMANDS] }), undefined);
});
