import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { closedForm } from "../../../../core/closed_form.ts";
import { InputError } from "../../../../core/errors.ts";
import { type GrownRegion, growRegions } from "../../../../core/growth.ts";
import type { RegionMethod } from "../../../../core/region_method.ts";
import { SemanticSpace } from "../../../../core/semantic_space.ts";
import { slab } from "../../../../plugins/methods/slab/slab.ts";

/** An axis of a unit each time ten times as coarse as the last: the plateau is a half of each. */
function plateau(n: number) {
  const scales = Array.from({ length: n }, (_, k) => 10 ** (k % 3));
  const space = new SemanticSpace(scales.map((scale, k) => ({ name: `u${k}`, unit: "unit", low: 0, high: scale })));
  const f = closedForm(space, (u) => u.every((value, k) => value >= 0.25 * scales[k] && value <= 0.75 * scales[k]) ? 0.9 : 0.1);
  return { f, scales, initialPoint: scales.map((scale) => 0.4 * scale) };
}

async function grow(n: number, share?: number): Promise<{ region: GrownRegion; off: number }> {
  const { f, scales, initialPoint } = plateau(n);
  const resolution = share === undefined ? undefined : scales.map((scale) => share * scale);
  const [region] = await growRegions(f, [{ method: slab, target: "robust", initialPoint, resolution }]);
  const faces = scales.flatMap((scale, k) => [region.box.a[k] / scale - 0.25, region.box.b[k] / scale - 0.75]);
  return { region, off: Math.max(...faces.map(Math.abs)) };
}

for (const n of [2, 3, 7]) {
  Deno.test(`slab, ${n} parameters: a coarser resolution takes fewer points, and faces lie within it`, async () => {
    const fine = await grow(n), coarse = await grow(n, 0.1);
    assertLess(fine.off, 0.03);
    assertLess(coarse.off, 0.1);
    assertLess(coarse.region.evaluations, 0.9 * fine.region.evaluations);
  });
}

Deno.test("slab: a resolution of nothing is none", async () => {
  const none = await grow(2), zero = await grow(2, 0);
  assertEquals(zero.region.box, none.region.box);
  assertEquals(zero.region.evaluations, none.region.evaluations);
});

Deno.test("a resolution is one number for all parameters or one each, and not below 0", async () => {
  const { f, initialPoint } = plateau(3);
  const seen: Float64Array[] = [];
  const method: RegionMethod = {
    ...slab,
    grow(problem) {
      seen.push(problem.resolution!);
      return slab.grow(problem);
    },
  };
  const grown = (resolution: number[]) => growRegions(f, [{ method, target: "robust", initialPoint, resolution }]);
  await grown([0.5]);
  await grown([0.5, 1, 2]);
  assertEquals(seen, [Float64Array.of(0.5, 0.5, 0.5), Float64Array.of(0.5, 1, 2)]);
  const few = await assertRejects(() => grown([0.5, 1]), InputError);
  assert(few.message.includes("3 (u0, u1, u2)"));
  const below = await assertRejects(() => grown([0.5, -1, 2]), InputError);
  assert(below.message.includes('"u1" must be at least 0'));
});
