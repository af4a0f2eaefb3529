import { assert, assertEquals, assertRejects } from "@std/assert";
import { sampleAdaptiveMap } from "../../core/adaptive_map.ts";
import { closedForm } from "../../core/closed_form.ts";
import { InputError } from "../../core/errors.ts";
import { interpolateMap } from "../../core/interpolated_map.ts";
import { createLattice, type Lattice, sampleMap } from "../../core/lattice_map.ts";
import { Random } from "../../core/random.ts";
import type { SemanticFunction } from "../../core/semantic_function.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";

const azimuth = { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 };
const elevation = { name: "elevation", unit: "degree", low: -10, high: 90 };
const space = new SemanticSpace([azimuth, elevation]);
const lattice = createLattice(space, { steps: [3, 3] });

function unitSpace(n: number): SemanticSpace {
  return new SemanticSpace(Array.from({ length: n }, (_, k) => ({ name: `u${k}`, unit: "unit", low: 0, high: 1 })));
}

/** High around azimuth 350, across the seam, falling off over some degrees. */
const sector = closedForm(space, ([u, v]) => {
  const distance = Math.min(Math.abs(u - 350), 360 - Math.abs(u - 350));
  return 0.9 / (1 + Math.exp((distance - 40) / 4)) * (v < 60 ? 1 : Math.exp(-(((v - 60) / 15) ** 2)));
});

async function errors(f: SemanticFunction, on: Lattice, scores: Float64Array): Promise<number[]> {
  const full = await sampleMap(f, on);
  return Array.from(full.scores, (score, i) => Math.abs(score - scores[i])).sort((one, other) => one - other);
}

Deno.test("sampleAdaptiveMap() draws the same picture with a fraction of the passes", async () => {
  const map = await sampleAdaptiveMap(sector, lattice, { tolerance: 0.05 });
  const sorted = await errors(sector, lattice, map.scores);
  assert(map.evaluations < 0.16 * lattice.size, `${map.evaluations} of ${lattice.size}`);
  assert(sorted[Math.floor(0.96 * lattice.size)] <= 0.05, `96 %: ${sorted[Math.floor(0.96 * lattice.size)]}`);
  assert(map.complete && map.check.withinTolerance >= 0.95);
  assertEquals(map.measured.reduce((sum, value) => sum + value, 0), map.evaluations);
});

Deno.test("sampleAdaptiveMap() keeps the scores that it measured, to the bit", async () => {
  const map = await sampleAdaptiveMap(sector, lattice, { tolerance: 0.05, batch: 17 });
  const full = await sampleMap(sector, lattice);
  map.measured.forEach((measured, i) => measured && assertEquals(map.scores[i], full.scores[i]));
  assertEquals(map.scores.filter(Number.isNaN).length, 0);
});

Deno.test("sampleAdaptiveMap() measures the same points whatever the batch, and others to check with another seed", async () => {
  const [one, other, seeded] = await Promise.all(
    [{ batch: 7 }, { batch: 10_000 }, { seed: 1 }].map((options) => sampleAdaptiveMap(sector, lattice, { tolerance: 0.05, ...options })),
  );
  assertEquals(one.measured, other.measured);
  assertEquals(one.scores, other.scores);
  assert(seeded.measured.some((value, i) => value !== one.measured[i]));
});

Deno.test("sampleAdaptiveMap() measures more where less error is tolerated, most where the map varies, on both sides of the seam", async () => {
  const coarse = await sampleAdaptiveMap(sector, lattice, { tolerance: 0.1 });
  const fine = await sampleAdaptiveMap(sector, lattice, { tolerance: 0.02 });
  assert(fine.evaluations > 1.3 * coarse.evaluations, `${coarse.evaluations} and ${fine.evaluations}`);
  const share = (low: number, high: number) => {
    const rows = Array.from(lattice.axes[0], (u, i) => [u, i]).filter(([u]) => u >= low && u < high).map(([, i]) => i);
    return rows.reduce((sum, i) => sum + fine.measured.subarray(i * 34, i * 34 + 20).reduce((a, b) => a + b, 0), 0) / (rows.length * 20);
  };
  for (const [low, high] of [[15, 45], [295, 325]]) {
    assert(share(low, high) > 3 * share(120, 240), `${share(low, high)} at the edge, ${share(120, 240)} on the plain`);
  }
});

Deno.test("sampleAdaptiveMap() follows an edge across the seam as it does elsewhere", async () => {
  const turned = (degrees: number) =>
    closedForm(space, ([u, v]) => {
      const distance = Math.hypot(((u - degrees + 540) % 360) - 180, v - 40);
      return 1 / (1 + Math.exp((distance - 25) / 3));
    });
  for (const center of [0, 180]) {
    const f = turned(center);
    const map = await sampleAdaptiveMap(f, lattice, { tolerance: 0.05 });
    const wrong = (await errors(f, lattice, map.scores)).filter((error) => error > 0.05).length;
    assert(wrong < 0.04 * lattice.size && map.evaluations < 0.16 * lattice.size, `${center}: ${wrong} wrong, ${map.evaluations} measured`);
  }
});

Deno.test("sampleAdaptiveMap() of a plane measures little beside the coarse lattice and the check, in one to four dimensions", async () => {
  for (const [counts, coarse] of [[[65], 12], [[33, 17], 35], [[33, 17, 9], 140], [[9, 9, 9, 9], 256]] as const) {
    const plane = closedForm(unitSpace(counts.length), (point) => 0.1 + point.reduce((sum, x, k) => sum + x * (0.3 - 0.1 * k), 0));
    const grid = createLattice(plane.space, { counts });
    const map = await sampleAdaptiveMap(plane, grid, { tolerance: 0.05 });
    assert(map.evaluations <= 1.3 * (coarse + map.check.points), `${counts}: ${map.evaluations}`);
    const sorted = await errors(plane, grid, map.scores);
    assert(sorted[Math.floor(0.9 * sorted.length)] < 0.01 && sorted.at(-1)! < 0.05, `${counts}: ${sorted.at(-1)}`);
  }
});

Deno.test("sampleAdaptiveMap() takes fewer points along an axis along which the map hardly varies", async () => {
  const f = closedForm(unitSpace(2), ([u, v]) => 0.5 + 0.3 * Math.sin(12 * u) + 0.02 * Math.sin(12 * v));
  const both = closedForm(unitSpace(2), ([u, v]) => 0.5 + 0.2 * Math.sin(12 * u) + 0.2 * Math.sin(12 * v));
  const grid = createLattice(f.space, { counts: [65, 65] });
  const [one, other] = await Promise.all([f, both].map((g) => sampleAdaptiveMap(g, grid, { tolerance: 0.02 })));
  assert(one.evaluations < 0.75 * other.evaluations, `${one.evaluations} and ${other.evaluations}`);
});

Deno.test("sampleAdaptiveMap() finds by its check that it missed what lies between its points, and measures on", async () => {
  const comb = closedForm(unitSpace(1), ([u]) => Math.round(u * 512) % 4 === 1 ? 1 : 0);
  const grid = createLattice(comb.space, { counts: [513] });
  const map = await sampleAdaptiveMap(comb, grid, { tolerance: 0.05 });
  const wrong = (await errors(comb, grid, map.scores)).filter((error) => error > 0.05).length;
  assert(wrong < 0.05 * grid.size, `${wrong} wrong of ${grid.size}`);
});

Deno.test("sampleAdaptiveMap() of noise keeps to the share that it is given and says how little it knows", async () => {
  const random = new Random(7);
  const noise = Float64Array.from({ length: lattice.size }, () => 0.5 + 0.1 * random.normal());
  const f = interpolateMap(space, lattice, noise);
  for (const share of [0.1, 0.3]) {
    const map = await sampleAdaptiveMap(f, lattice, { tolerance: 0.05, share });
    assert(Math.abs(map.evaluations - share * lattice.size) <= 1, `${map.evaluations}`);
    const left = noise.filter((score, i) => map.measured[i] === 0 && Math.abs(score - map.scores[i]) <= 0.05).length;
    const within = left / (lattice.size - map.evaluations);
    assert(within < 0.5 && Math.abs(map.check.withinTolerance - within) < 0.2, `${within} and ${map.check.withinTolerance}`);
    assert(map.surprises > 0.5 * map.evaluations, `${map.surprises}`);
    assert(map.complete);
  }
  const smooth = await sampleAdaptiveMap(sector, lattice, { tolerance: 0.05 });
  assert(smooth.surprises < 0.06 * lattice.size, `${smooth.surprises}`);
});

Deno.test("sampleAdaptiveMap() measures all of a small lattice, and of noise if it must", async () => {
  for (const counts of [[1], [2], [2, 3], [4, 1]]) {
    const f = closedForm(unitSpace(counts.length), ([u]) => u);
    const grid = createLattice(f.space, { counts });
    const map = await sampleAdaptiveMap(f, grid, { tolerance: 0.05 });
    assertEquals([map.evaluations, map.complete, map.check.withinTolerance], [grid.size, true, 1]);
  }
});

Deno.test("sampleAdaptiveMap() keeps what is done when it is aborted", async () => {
  const controller = new AbortController();
  const map = await sampleAdaptiveMap(sector, lattice, {
    tolerance: 0.05,
    batch: 50,
    signal: controller.signal,
    onProgress: (done) => done >= 200 && controller.abort(),
  });
  assertEquals(map.complete, false);
  assert(map.evaluations >= 200 && map.evaluations < 250, `${map.evaluations}`);
  const full = await sampleMap(sector, lattice);
  map.measured.forEach((measured, i) => measured && assertEquals(map.scores[i], full.scores[i]));
  assertEquals(map.scores.filter(Number.isNaN).length, 0, "the others are interpolated from what was measured");
});

Deno.test("sampleAdaptiveMap() refuses what makes no sense", async () => {
  await assertRejects(() => sampleAdaptiveMap(sector, lattice, { tolerance: 0 }), InputError, "Tolerance");
  await assertRejects(() => sampleAdaptiveMap(sector, lattice, { tolerance: 0.1, share: 0 }), InputError, "Share");
  const wide = unitSpace(5);
  const grid = createLattice(wide, { counts: [2, 2, 2, 2, 2] });
  await assertRejects(() => sampleAdaptiveMap(closedForm(wide, () => 1), grid, { tolerance: 0.1 }), InputError, "up to 4 parameters");
});
