import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { checkRegion } from "../../core/check.ts";
import { globalAdversarialRegions } from "../../core/global_regions.ts";
import { interpolateMap } from "../../core/interpolated_map.ts";
import { createLattice, latticePoints } from "../../core/lattice_map.ts";
import { Orthotope } from "../../core/orthotope.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";
import type { RegionMethod } from "../../core/region_method.ts";
import { expanding } from "./expanding_method.ts";

const space = new SemanticSpace([
  { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
  { name: "elevation", unit: "degree", low: -10, high: 90 },
]);
const lattice = createLattice(space, { steps: [6, 5] });
/** Sure of itself but in two boxes: one small, one large across the seam. */
const scores = Float64Array.from({ length: lattice.size }, (_, i) => {
  const [azimuth, elevation] = latticePoints(lattice, i, i + 1);
  const small = azimuth >= 120 && azimuth <= 168 && elevation >= 10 && elevation <= 45;
  const large = (azimuth >= 300 || azimuth <= 48) && elevation >= 0 && elevation <= 60;
  return small || large ? 0.05 : 0.95;
});
const map = { space, lattice, scores };
const options = {
  method: expanding,
  mean: 0.6,
  variance: 0.08,
  floor: 0.35,
  samples: 200,
  confidence: 0.95,
  count: 4,
  seed: 1,
  networks: [scores],
};

Deno.test("globalAdversarialRegions() finds the low boxes of a map, the largest first, and checks them", async () => {
  const regions = await globalAdversarialRegions(map, options);
  assertEquals(regions.length, 2);
  const [large, small] = regions;
  for (const { check, target, volume, volumeRatio } of [large, small]) {
    assertEquals([target, check?.holds, check?.containsInitialPoint], ["adversarial", true, true]);
    assertAlmostEquals(volumeRatio, volume / 36000, 1e-12);
    assert(check!.mean > 0.9, `${check!.mean}`);
  }
  assertAlmostEquals(large.volume, 108 * 60, 0.2 * 108 * 60);
  assertAlmostEquals(small.volume, 48 * 35, 0.2 * 48 * 35);
  assert(regions.every(({ volume }, i) => i === 0 || volume <= regions[i - 1].volume));
  assertEquals(await globalAdversarialRegions(map, options), regions, "the same again");
});

Deno.test("globalAdversarialRegions() covers a low part of another form with boxes that say different things", async () => {
  // An L: a wall at the left and a floor below it.
  const form = Float64Array.from({ length: lattice.size }, (_, i) => {
    const [azimuth, elevation] = latticePoints(lattice, i, i + 1);
    return (azimuth >= 60 && azimuth <= 120) || (azimuth >= 60 && azimuth <= 300 && elevation <= 20) ? 0.05 : 0.95;
  });
  const regions = await globalAdversarialRegions({ ...map, scores: form }, options);
  assert(regions.length >= 2);
  const boxes = regions.map(({ a, b }) => new Orthotope(a, b));
  boxes.forEach((box, i) => {
    for (const larger of boxes.slice(0, i)) assert(larger.intersectionVolume(box, space) <= box.volume / 2);
  });
  const low = Array.from(form, (_, i) => latticePoints(lattice, i, i + 1)).filter((_, i) => form[i] < 0.5);
  const covered = low.filter((point) => boxes.some((box) => box.contains(point, space)));
  assert(covered.length > 0.7 * low.length, `${covered.length} of ${low.length}`);
});

Deno.test("globalAdversarialRegions() drops a box that lies in a larger one which is found later", async () => {
  let growths = 0;
  /** Boxes of a fixed size about their points: the first one small. */
  const fixed: RegionMethod = {
    ...expanding,
    // deno-lint-ignore require-yield
    *grow({ initialPoint }) {
      const side = growths++ === 0 ? 8 : 20;
      return { box: { a: initialPoint.map((x) => x - side / 2), b: initialPoint.map((x) => x + side / 2) }, steps: 0, stopped: "steps" };
    },
  };
  const regions = await globalAdversarialRegions(map, { ...options, method: fixed });
  assert(growths > regions.length && regions.length > 0);
  for (const { volume } of regions) assertAlmostEquals(volume, 400, 1e-9);
});

Deno.test("globalAdversarialRegions() checks each region with points of its own seed", async () => {
  const regions = await globalAdversarialRegions(map, options);
  const f = interpolateMap(space, lattice, scores);
  for (const [i, { a, b, initialPoint, check }] of regions.entries()) {
    const box = { a: Float64Array.from(a), b: Float64Array.from(b) };
    assertEquals(check, await checkRegion(f, box, { ...options, target: "adversarial", initialPoint, seed: options.seed + i }));
  }
});

Deno.test("globalAdversarialRegions() finds nothing where nothing is low", async () => {
  assertEquals(await globalAdversarialRegions({ ...map, scores: scores.map(() => 0.5) }, options), []);
});

Deno.test("globalAdversarialRegions() says what the averaged maps are inside, of the points of the check, and without one too", async () => {
  const networks = [scores.map((score) => score / 2), scores.map((score, i) => 1.5 * score + (i % 7 - 3) / 100)];
  const mean = scores.map((_, i) => (networks[0][i] + networks[1][i]) / 2);
  for (const samples of [200, 0]) {
    const regions = await globalAdversarialRegions({ ...map, scores: mean }, { ...options, networks, samples });
    assertEquals(regions.length, 2);
    for (const { networkMeans: [first, second], check } of regions) {
      if (check === null) assertAlmostEquals(first, second / 3, 0.005);
      else assertAlmostEquals((first + second) / 2, 1 - check.mean, 1e-12);
    }
    assertEquals(regions[0].check === null, samples === 0);
  }
});
