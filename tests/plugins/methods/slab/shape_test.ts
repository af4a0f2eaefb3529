import { assert, assertAlmostEquals, assertLess } from "@std/assert";
import { closedForm } from "../../../../core/closed_form.ts";
import { growRegions } from "../../../../core/growth.ts";
import { Random } from "../../../../core/random.ts";
import { SemanticSpace } from "../../../../core/semantic_space.ts";
import { AdditiveModel } from "../../../../plugins/methods/slab/by_slabs/additive_model.ts";
import { bestShape } from "../../../../plugins/methods/slab/by_slabs/best_shape.ts";
import { slab } from "../../../../plugins/methods/slab/slab.ts";

const filled = (n: number, value: number) => new Float64Array(n).fill(value);
const logVolume = ({ low, high }: { low: Float64Array; high: Float64Array }) =>
  low.reduce((sum, value, k) => sum + Math.log(high[k] - value), 0);

/** The mean over a box of constant + sum of slope x + curvature x^2, by Simpson's rule, which is exact for parabolas. */
function meanSum({ weights }: AdditiveModel, { low, high }: { low: Float64Array; high: Float64Array }): number {
  return low.reduce((sum, l, k) => {
    const parabola = (x: number) => weights[1 + 2 * k] * x + weights[2 + 2 * k] * x * x;
    return sum + (parabola(l) + 4 * parabola((l + high[k]) / 2) + parabola(high[k])) / 6;
  }, weights[0]);
}

Deno.test("bestShape() is as many half axes wide along every axis of an ellipsoid about u0", () => {
  const axes = [0.5, 1, 2, 3], model = new AdditiveModel(4);
  model.weights.set([1, ...axes.flatMap((axis) => [0, -1 / axis ** 2])]);
  const start = { low: filled(4, -0.4), high: filled(4, 0.4) };
  const box = bestShape(model, start, { low: filled(4, -9), high: filled(4, 9) });
  axes.forEach((axis, k) => {
    assertAlmostEquals(box.high[k] / axis, box.high[0] / axes[0], 1e-4);
    assertAlmostEquals(box.low[k], -box.high[k], 1e-4);
  });
  assertAlmostEquals(meanSum(model, box), meanSum(model, start), 1e-5);
});

Deno.test("bestShape() of any parabolas is no smaller than boxes nearby of the same level, and keeps to its limits", () => {
  const random = new Random(3), n = 5, model = new AdditiveModel(n);
  model.weights.set([1, ...Array.from({ length: n }, () => [random.uniform() - 0.5, -0.5 - random.uniform()]).flat()]);
  const limits = { low: filled(n, -0.3), high: Float64Array.from([0.2, 5, 5, 5, 5]) };
  const start = { low: filled(n, -0.2), high: filled(n, 0.2) };
  const box = bestShape(model, start, limits), level = meanSum(model, box);
  assertAlmostEquals(level, meanSum(model, start), 1e-5);
  assert(box.low.every((value) => value >= -0.3) && box.high[0] <= 0.2);
  assert(logVolume(box) > logVolume(start) + 0.1);
  let compared = 0;
  for (let trial = 0; trial < 20_000; trial++) {
    const near = {
      low: box.low.map((value) => Math.max(-0.3, value * (0.97 + 0.06 * random.uniform()))),
      high: box.high.map((value, k) => Math.min(limits.high[k], value * (0.97 + 0.06 * random.uniform()))),
    };
    if (meanSum(model, near) < level) continue;
    compared++;
    assertLess(logVolume(near), logVolume(box) + 1e-4);
  }
  assert(compared > 1000);
});

Deno.test("AdditiveModel finds the border of an ellipsoid off the middle, and one lapse in fifty does not bend it", () => {
  const axes = [0.7, 1, 1.4], center = [0.2, -0.1, 0.3], random = new Random(5);
  for (const lapses of [0, 0.02]) {
    const offsets = Array.from({ length: 600 }, () => Float64Array.from(axes, (axis) => 1.6 * axis * (2 * random.uniform() - 1)));
    const inside = (u: Float64Array) => u.reduce((sum, x, k) => sum + ((x - center[k]) / axes[k]) ** 2, 0) <= 1;
    const model = new AdditiveModel(3);
    model.fit(offsets, offsets.map((u) => inside(u) === random.uniform() >= lapses ? 1 : 0));
    const { weights } = model;
    axes.forEach((axis, k) => {
      const curvature = weights[2 + 2 * k];
      assertAlmostEquals(-weights[1 + 2 * k] / (2 * curvature), center[k], 0.1);
      assertAlmostEquals(Math.sqrt(weights[2] / curvature) * axes[0], axis, 0.15);
    });
    const fresh = Array.from({ length: 2000 }, () => Float64Array.from(axes, (axis) => 1.6 * axis * (2 * random.uniform() - 1)));
    assertLess(fresh.filter((u) => model.sum(u) > 0 !== inside(u)).length, 2000 * 0.03);
  }
});

for (const n of [3, 4, 6, 12, 24]) {
  Deno.test(`slab finds a large box in an ellipsoid whose rim is a step, n = ${n}`, async () => {
    const axes = Array.from({ length: n }, (_, k) => 0.2 + 0.06 * (k % 5)), random = new Random(n);
    // A box of half sides h times the axes has what exceeds 1 / h^2 of the sums of n squares outside: half a percent; 1 % may be.
    const sums = Array.from({ length: 20_000 }, () => axes.reduce((sum) => sum + random.uniform() ** 2, 0)).sort((a, b) => a - b);
    const half = Math.min(1, 1 / Math.sqrt(sums[19_900]));
    const largest = axes.reduce((sum, axis) => sum + Math.log(Math.min(1, 2 * half * axis)), 0);
    const score = (u: Float64Array) => u.reduce((sum, x, k) => sum + ((x - 0.5) / axes[k]) ** 2, 0) <= 1 ? 0.9 : 0.1;
    const space = new SemanticSpace(axes.map((_, k) => ({ name: `u${k}`, unit: "unit", low: 0, high: 1 })));
    const ratios: number[] = [];
    for (const seed of [0, 1, 2]) {
      const [region] = await growRegions(closedForm(space, score), [{
        method: slab,
        target: "robust",
        initialPoint: axes.map(() => 0.5),
        seed,
      }]);
      ratios.push(Math.exp(region.box.sides.reduce((sum, side) => sum + Math.log(side), 0) - largest));
      const points = region.box.place(new Float64Array(4000 * n).map(() => random.uniform()));
      const bad = Array.from({ length: 4000 }, (_, i) => score(points.subarray(i * n, (i + 1) * n))).filter((value) => value < 0.35);
      assertLess(bad.length / 4000, 0.02);
      assertLess(region.evaluations, 200 * n + 1);
    }
    ratios.sort((one, other) => one - other);
    assert(ratios[0] > 0.5 && ratios[1] > 0.7, `${ratios.map((ratio) => ratio.toFixed(2))} of the largest box`);
  });
}
