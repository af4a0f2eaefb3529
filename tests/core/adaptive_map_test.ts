import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { sampleAdaptiveMap } from "../../core/adaptive_map.ts";
import { closedForm } from "../../core/closed_form.ts";
import { InputError } from "../../core/errors.ts";
import { createLattice, type Lattice, sampleMap } from "../../core/lattice_map.ts";
import type { SemanticFunction } from "../../core/semantic_function.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";

const azimuth = { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 };
const elevation = { name: "elevation", unit: "degree", low: -10, high: 90 };
const space = new SemanticSpace([azimuth, elevation]);
const lattice = createLattice(space, { steps: [3, 3] });

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
  assert(map.evaluations < 0.25 * lattice.size, `${map.evaluations} of ${lattice.size}`);
  assert(sorted[Math.floor(0.97 * lattice.size)] <= 0.05, `97 %: ${sorted[Math.floor(0.97 * lattice.size)]}`);
  assert(map.complete && map.check.withinTolerance >= 0.9);
  assertEquals(map.measured.reduce((sum, value) => sum + value, 0), map.evaluations);
});

Deno.test("sampleAdaptiveMap() keeps the scores that it measured, to the bit", async () => {
  const map = await sampleAdaptiveMap(sector, lattice, { tolerance: 0.05, batch: 17 });
  const full = await sampleMap(sector, lattice);
  map.measured.forEach((measured, i) => measured && assertEquals(map.scores[i], full.scores[i]));
  assertEquals(map.scores.filter(Number.isNaN).length, 0);
});

Deno.test("sampleAdaptiveMap() measures more where less error is tolerated, most where the map bends", async () => {
  const coarse = await sampleAdaptiveMap(sector, lattice, { tolerance: 0.1 });
  const fine = await sampleAdaptiveMap(sector, lattice, { tolerance: 0.01 });
  assert(fine.evaluations > 1.3 * coarse.evaluations, `${coarse.evaluations} and ${fine.evaluations}`);
  const share = (low: number, high: number) => {
    const rows = Array.from(lattice.axes[0], (u, i) => [u, i]).filter(([u]) => u >= low && u < high).map(([, i]) => i);
    return rows.reduce((sum, i) => sum + fine.measured.subarray(i * 34, i * 34 + 20).reduce((a, b) => a + b, 0), 0) / (rows.length * 20);
  };
  assert(share(15, 45) > 2 * share(120, 240), `${share(15, 45)} at the edge, ${share(120, 240)} on the plain`);
});

Deno.test("sampleAdaptiveMap() of a multilinear function is exact, in one to three dimensions", async () => {
  for (const n of [1, 2, 3]) {
    const unit = new SemanticSpace(Array.from({ length: n }, (_, k) => ({ name: `u${k}`, unit: "unit", low: 0, high: 1 })));
    const plane = closedForm(unit, (point) => 0.1 + point.reduce((product, x) => product * (0.4 + 0.5 * x), 1));
    const grid = createLattice(unit, { counts: [33, 12, 9].slice(0, n) });
    const map = await sampleAdaptiveMap(plane, grid, { tolerance: 0.05 });
    const sorted = await errors(plane, grid, map.scores);
    assertAlmostEquals(sorted.at(-1)!, 0, 1e-12);
    assert(map.evaluations < grid.size);
    assertAlmostEquals(map.check.maximumError, 0, 1e-12);
  }
});

Deno.test("sampleAdaptiveMap() says by its check that it missed a needle that lies between its points", async () => {
  const line = new SemanticSpace([{ name: "u", unit: "unit", low: 0, high: 1 }]);
  const comb = closedForm(line, ([u]) => Math.round(u * 512) % 4 === 1 ? 1 : 0);
  const grid = createLattice(line, { counts: [513] });
  const map = await sampleAdaptiveMap(comb, grid, { tolerance: 0.05 });
  assert(map.check.withinTolerance < 1 && map.check.maximumError === 1, JSON.stringify(map.check));
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
  assert(map.scores.filter((score) => !Number.isNaN(score)).length >= map.evaluations);
});

Deno.test("sampleAdaptiveMap() refuses what makes no sense", async () => {
  await assertRejects(() => sampleAdaptiveMap(sector, lattice, { tolerance: 0 }), InputError, "Tolerance");
  const wide = new SemanticSpace(Array.from({ length: 5 }, (_, k) => ({ name: `u${k}`, unit: "unit", low: 0, high: 1 })));
  const grid = createLattice(wide, { counts: [2, 2, 2, 2, 2] });
  await assertRejects(() => sampleAdaptiveMap(closedForm(wide, () => 1), grid, { tolerance: 0.1 }), InputError, "up to 4 parameters");
});
