/**
 * Region methods on stored maps, where the largest box that satisfies equation (2) can be looked up: how often a method's boxes satisfy it, how large
 * they are against that box, and how many points they cost.
 *
 * deno task bench bench/slab.ts MAPS_FOLDER [SEEDS] [METHOD,...]
 *
 * The folder holds .npy files of shape (classes, shapes, elevations, azimuths), elevations from -10 and azimuths from 0 in steps of 3 degrees.
 */
import { growRegions } from "../core/growth.ts";
import { interpolateMap } from "../core/interpolated_map.ts";
import { largestBox } from "../core/largest_box.ts";
import { createLattice } from "../core/lattice_map.ts";
import { decodeNpy } from "../core/npy.ts";
import type { Orthotope } from "../core/orthotope.ts";
import type { SemanticFunction } from "../core/semantic_function.ts";
import { SemanticSpace } from "../core/semantic_space.ts";
import { methods } from "../plugins/methods/mod.ts";
import { mean, median, printTable, quantile, share } from "./slab_table.ts";

const [folder, seedsText = "3", methodsText = "slab,naive,oir_b,oir_w"] = Deno.args;
if (folder === undefined) {
  console.error("usage: bench/slab.ts MAPS_FOLDER [SEEDS] [METHOD,...]");
  Deno.exit(2);
}

/** The paper's initial points, as elevation and azimuth, and what an initial point has to score to be looked at. */
const POINTS = [[30, 130], [20, 50], [15, 200], [50, 310]];
const LEAST_INITIAL_SCORE = 0.7;
/** What boxes are asked for. */
const DEMANDS = {
  "mean 0.6, variance 0.08, 1 % below 0.35": { mean: 0.6, variance: 0.08, floor: 0.35, badShare: 0.01 },
  "mean 0.6, variance 0.04": { mean: 0.6, variance: 0.04, floor: 0, badShare: 1 },
  "mean 0.6": { mean: 0.6, variance: 0.25, floor: 0, badShare: 1 },
};
const space = new SemanticSpace([
  { name: "elevation", unit: "degree", low: -10, high: 90 },
  { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
]);
const lattice = createLattice(space, { steps: [3, 3] });

interface Case {
  readonly f: SemanticFunction;
  readonly initialPoint: readonly number[];
}

async function readCases(): Promise<Case[]> {
  const cases: Case[] = [];
  for (const name of [...Deno.readDirSync(folder)].map((entry) => entry.name).filter((file) => file.endsWith(".npy")).sort()) {
    const { data, shape } = decodeNpy(Deno.readFileSync(`${folder}/${name}`), name);
    for (let map = 0; map < shape[0] * shape[1]; map++) {
      const f = interpolateMap(space, lattice, Array.from(data.subarray(map * lattice.size, (map + 1) * lattice.size), Number));
      const scores = await f.evaluate(Float64Array.from(POINTS.flat()));
      POINTS.forEach((initialPoint, i) => scores[i] >= LEAST_INITIAL_SCORE && cases.push({ f, initialPoint }));
    }
  }
  return cases;
}

/** Mean, variance and bad share of a box, on a fine grid. */
async function measure({ f }: Case, box: Orthotope, floor: number) {
  const side = 120;
  const unit = new Float64Array(2 * side * side);
  for (let i = 0; i < side * side; i++) unit.set([(Math.floor(i / side) + 0.5) / side, (i % side + 0.5) / side], 2 * i);
  const scores = Array.from(await f.evaluate(box.place(unit)));
  const average = mean(scores);
  return { mean: average, variance: mean(scores.map((x) => (x - average) ** 2)), bad: share(scores, (score) => score < floor) };
}

const cases = await readCases();
console.log(`${cases.length} initial points that score ${LEAST_INITIAL_SCORE} or more`);
for (const [title, demands] of Object.entries(DEMANDS)) {
  const rows: string[][] = [];
  const optima = await Promise.all(cases.map(({ f, initialPoint }) => largestBox(f, initialPoint, { ...demands, cells: [50, 120] })));
  for (const method of methods.filter(({ name }) => methodsText.split(",").includes(name))) {
    const results = { ratio: [] as number[], passes: [] as number[], holds: [] as number[], mean: [] as number[], bad: [] as number[] };
    const started = performance.now();
    for (const [i, at] of cases.entries()) {
      const optimum = optima[i];
      if (optimum === undefined) continue;
      const seeds = method.name === "slab" ? Number(seedsText) : 1;
      const options = method.name === "slab"
        ? { mean: demands.mean, variance: demands.variance, floor: demands.floor, bad: demands.badShare }
        : undefined;
      for (let seed = 0; seed < seeds; seed++) {
        const [region] = await growRegions(at.f, [{ method, target: "robust", initialPoint: at.initialPoint, options, seed }]);
        const found = await measure(at, region.box, 0.35);
        results.ratio.push(region.box.clippedVolume(space) / optimum.volume);
        results.passes.push(region.evaluations + region.gradientEvaluations);
        results.mean.push(found.mean >= demands.mean ? 1 : 0);
        results.holds.push(found.mean >= demands.mean && found.variance <= demands.variance ? 1 : 0);
        results.bad.push(found.bad);
      }
    }
    const milliseconds = (performance.now() - started) / results.ratio.length;
    rows.push([
      method.name,
      (100 * mean(results.mean)).toFixed(1),
      (100 * mean(results.holds)).toFixed(1),
      (100 * mean(results.bad)).toFixed(1),
      (100 * share(results.bad, (bad) => bad > 0.01)).toFixed(1),
      (100 * share(results.bad, (bad) => bad > 0.02)).toFixed(1),
      median(results.ratio).toFixed(2),
      mean(results.ratio).toFixed(2),
      quantile(results.ratio, 0.1).toFixed(2),
      String(median(results.passes)),
      String(quantile(results.passes, 0.9)),
      milliseconds.toFixed(0),
    ]);
  }
  const columns = "method,mean ok %,(2) ok %,below 0.35 %,>1% bad %,>2% bad %,volume/largest,average,10 %,passes,90 %,ms".split(",");
  printTable(title, columns, rows);
}
