/**
 * Maps that are measured in part against whole ones: the share of the points that is measured, and how the others are told, beside every second point
 * along each axis with the others interpolated multilinearly. Whole maps are looked up, so nothing is rendered.
 *
 * deno task bench bench/adaptive_maps.ts FOLDER[,FOLDER...] [TOLERANCE] [SHARE]
 *
 * A folder holds .npy files of shape (..., elevations, azimuths), elevations from -10 and azimuths from 0 in steps of 3 degrees, or is the run folder
 * of a map, or holds such folders.
 */
import { sampleAdaptiveMap } from "../core/adaptive_map.ts";
import { interpolateMap } from "../core/interpolated_map.ts";
import { createLattice, type Lattice, latticeOf, latticePoints } from "../core/lattice_map.ts";
import { decodeNpy } from "../core/npy.ts";
import type { MapRecord } from "../core/record.ts";
import { SemanticSpace } from "../core/semantic_space.ts";
import { mean, median, printTable, quantile } from "./slab_table.ts";

const [foldersText, toleranceText = "0.05", shareText = "1"] = Deno.args;
if (foldersText === undefined) {
  console.error("usage: bench/adaptive_maps.ts FOLDER[,FOLDER...] [TOLERANCE] [SHARE]");
  Deno.exit(2);
}
const tolerance = Number(toleranceText), share = Number(shareText);

interface WholeMap {
  readonly space: SemanticSpace;
  readonly lattice: Lattice;
  readonly scores: Float64Array;
}

function* readMaps(path: string): Generator<{ readonly name: string; readonly maps: readonly WholeMap[] }> {
  for (const entry of [...Deno.readDirSync(path)].sort((one, other) => one.name < other.name ? -1 : 1)) {
    const inside = `${path}/${entry.name}`;
    if (entry.isDirectory) yield* readMaps(inside);
    else if (entry.name.endsWith(".npy")) yield { name: entry.name, maps: mapsOfArray(inside) };
    else if (entry.name === "record.json") {
      const record: MapRecord = JSON.parse(Deno.readTextFileSync(inside));
      if (record.command === "map" && record.complete && record.adaptive === undefined) {
        const lattice = latticeOf(record.axes.map(({ values }) => Float64Array.from(values)));
        const maps = [{ space: new SemanticSpace(record.run.space), lattice, scores: Float64Array.from(record.scores) }];
        yield { name: path.slice(path.lastIndexOf("/") + 1), maps };
      }
    }
  }
}

function mapsOfArray(path: string): WholeMap[] {
  const { data } = decodeNpy(Deno.readFileSync(path), path);
  const space = new SemanticSpace([
    { name: "elevation", unit: "degree", low: -10, high: 90 },
    { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
  ]);
  const lattice = createLattice(space, { steps: [3, 3] });
  return Array.from({ length: data.length / lattice.size }, (_, map) => {
    return { space, lattice, scores: Float64Array.from(data.subarray(map * lattice.size, (map + 1) * lattice.size)) };
  });
}

/** Which share of a map's points a partial one measures, and its errors at the others. */
interface Part {
  readonly passes: number;
  readonly errors: readonly number[];
}

async function adaptivePart({ space, lattice, scores }: WholeMap): Promise<Part> {
  const f = interpolateMap(space, lattice, scores);
  const part = await sampleAdaptiveMap(f, lattice, { tolerance, share });
  const errors = Array.from(scores, (score, i) => Math.abs(score - part.scores[i])).filter((_, i) => part.measured[i] === 0);
  return { passes: part.evaluations / lattice.size, errors };
}

async function regularPart({ space, lattice, scores }: WholeMap): Promise<Part> {
  const isKept = lattice.axes.map((values, k) => (i: number) => i % 2 === 0 || (!space.isPeriodic(k) && i === values.length - 1));
  const kept = latticeOf(lattice.axes.map((values, k) => values.filter((_, i) => isKept[k](i))));
  const whole = interpolateMap(space, lattice, scores);
  const some = interpolateMap(space, kept, await whole.evaluate(latticePoints(kept)));
  const told = await some.evaluate(latticePoints(lattice));
  const left = (index: number) => {
    for (let k = lattice.shape.length - 1; k >= 0; k--) {
      if (!isKept[k](index % lattice.shape[k])) return true;
      index = Math.floor(index / lattice.shape[k]);
    }
    return false;
  };
  return {
    passes: kept.size / lattice.size,
    errors: Array.from(scores, (score, i) => Math.abs(score - told[i])).filter((_, i) => left(i)),
  };
}

function describe(name: string, parts: readonly Part[]): string[] {
  const passes = parts.map((part) => part.passes);
  const within = parts.map(({ errors }) => errors.length === 0 ? 1 : errors.filter((error) => error <= tolerance).length / errors.length);
  const percent = (value: number) => (100 * value).toFixed(1);
  return [
    name,
    String(parts.length),
    ...[mean(passes), median(passes), quantile(passes, 0.9)].map(percent),
    ...[mean(within), quantile(within, 0)].map(percent),
    percent(mean(parts.map((part, i) => 1 - (1 - within[i]) * (1 - part.passes)))),
    mean(parts.map(({ errors }) => errors.length === 0 ? 0 : mean(errors))).toFixed(4),
    mean(parts.map(({ errors }) => Math.max(0, ...errors))).toFixed(3),
  ];
}

const rows: Record<"adaptive" | "regular", string[][]> = { adaptive: [], regular: [] };
for (const { name, maps } of foldersText.split(",").flatMap((folder) => [...readMaps(folder)])) {
  const adaptive: Part[] = [], regular: Part[] = [];
  for (const map of maps) {
    adaptive.push(await adaptivePart(map));
    regular.push(await regularPart(map));
  }
  rows.adaptive.push(describe(name, adaptive));
  rows.regular.push(describe(name, regular));
}
const columns = "map,maps,passes %,median,90 %,others within %,lowest,all within %,mean error,largest".split(",");
printTable(`--tolerance ${tolerance}${share < 1 ? ` --share ${share}` : ""}`, columns, rows.adaptive);
printTable("every second point along each axis", columns, rows.regular);
