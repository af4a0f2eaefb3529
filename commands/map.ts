import { InputError } from "../core/errors.ts";
import { type AdaptiveMapOptions, FAITHFUL, sampleAdaptiveMap } from "../core/adaptive_map.ts";
import { withFunctionDifferences } from "../core/function_differences.ts";
import { createLattice, type Lattice, type LatticeDensity, sampleMap } from "../core/lattice_map.ts";
import type { MapRecord, Trap } from "../core/record.ts";
import type { SemanticFunction } from "../core/semantic_function.ts";
import type { SemanticSpace } from "../core/semantic_space.ts";
import { DEFAULTS } from "../core/defaults.ts";
import { mapTraps } from "../core/traps.ts";
import { AUTO } from "../plugins/classifiers/provider.ts";
import { counted } from "../plugins/reporters/figures/words.ts";
import { openFunction } from "../workers/open_function.ts";
import { writeFiles } from "./files.ts";
import { flag, number, numbers, type OptionValues } from "./options.ts";
import { parseSceneSpace } from "./parameter_options.ts";
import { drawTraps } from "./point_pictures.ts";
import { Progress } from "./progress.ts";
import { openRegistry } from "./registry.ts";
import { type CommandContext, type ExitStatus, functionSetup, unlessFailed, writeRun } from "./run.ts";
import { SHARED_OPTIONS } from "./shared_options.ts";

/** Options of `map`. */
export const options = {
  ...SHARED_OPTIONS,
  step: numbers("STEP[,STEP...]", "distance between samples, for all parameters or one each (default 3 degrees, else a 30th of the range)"),
  counts: numbers("N,N,...", "number of samples along each parameter, in place of --step"),
  gradient: { ...SHARED_OPTIONS.gradient, description: "also stores the gradient of the score at every point, and draws it as arrows" },
  tolerance: number("X", "samples only where the score varies: error of an interpolated score that is tolerated, as 0.05", {
    low: 1e-6,
    high: 0.999999,
  }),
  share: number(
    "X",
    "largest share of the points that --tolerance measures, every sixth along each parameter and some to check besides (default 1)",
    {
      low: 1e-6,
      high: 1,
    },
  ),
  confident: number("X", `traps are looked for where the score is at least this (default ${DEFAULTS.mean})`, { low: 0, high: 1 }),
  floor: number("X", `a trap falls below this somewhere (default ${DEFAULTS.floor})`, { low: 0, high: 1 }),
  npz: flag("also writes map.npz for NumPy"),
};

/** Samples a semantic map and writes it. */
export async function run(given: OptionValues<typeof options>, { signal, fail, stop }: CommandContext): Promise<ExitStatus> {
  const progress = new Progress({ quiet: given.quiet === true });
  await using plugins = await openRegistry(given);
  const scenes = parseSceneSpace(given.parameters ?? DEFAULTS.parameters, given.set, plugins.registry);
  if (given.tolerance !== undefined && given.gradient !== undefined) {
    throw new InputError("--tolerance leaves points out and --gradient wants all of them: give one of them");
  }
  if (given.share !== undefined && given.tolerance === undefined) {
    throw new InputError("--share limits what --tolerance measures: give both");
  }
  const lattice = createLattice(scenes.space, density(given, scenes.space));
  await using opened = await openFunction(functionSetup(given, { plugins, scenes, gradients: given.gradient !== undefined, stop }));
  const { head } = opened;
  if (given.provider === AUTO) progress.say(`Networks run on ${head.classifier.facts.provider}`);
  const f = given.gradient !== undefined && opened.f.differentiate === undefined ? withFunctionDifferences(opened.f) : opened.f;
  progress.start(`${head.class.label} ${lattice.shape.join(" x ")}`, "pictures");
  const onProgress = (done: number, total: number) => progress.update(done, total);
  const { scores, gradients, evaluations, complete, adaptive } = given.tolerance === undefined
    ? { ...await sampleMap(f, lattice, { signal, gradients: given.gradient !== undefined, onProgress }), adaptive: undefined }
    : await sampleWhereItVaries(f, lattice, { tolerance: given.tolerance, share: given.share, seed: head.seed, signal, onProgress });
  progress.end();
  if (evaluations === 0) {
    progress.say("Nothing was scored, so nothing is written");
    return 130;
  }
  const thresholds = { confident: given.confident ?? DEFAULTS.mean, floor: given.floor ?? DEFAULTS.floor };
  const traps = mapTraps({ space: scenes.space, lattice, scores }, thresholds);
  const record: MapRecord = {
    command: "map",
    run: head,
    axes: head.space.map(({ name, unit }, i) => ({ name, unit, values: Array.from(lattice.axes[i]) })),
    shape: lattice.shape,
    scores: Array.from(scores),
    ...(gradients === undefined ? {} : { gradients: { source: f.gradientSource ?? "exact", values: Array.from(gradients) } }),
    ...(adaptive === undefined ? {} : { adaptive }),
    evaluations,
    complete,
    summary: summarize(scores),
    traps,
  };
  const reporters = ["json", "png", "svg", ...(given.npz ? ["npz"] : [])];
  const folder = await writeRun(record, { plugins, options: given, progress, fail, reporters });
  const { registry } = plugins;
  await writeFiles(folder, await unlessFailed(drawTraps(traps, { registry, scenes, head, mesh: given.mesh }), [], fail));
  if (!given.json) console.log(describe(record));
  return complete ? 0 : 130;
}

/** A map that is measured only where it varies, as the record has it. */
async function sampleWhereItVaries(f: SemanticFunction, lattice: Lattice, options: AdaptiveMapOptions) {
  const { scores, measured, evaluations, complete, surprises, check } = await sampleAdaptiveMap(f, lattice, options);
  const indices = Array.from(measured.keys()).filter((index) => measured[index] === 1);
  const { tolerance, share } = options;
  const adaptive = { tolerance, ...(share === undefined ? {} : { share }), measured: indices, surprises, check };
  return { scores, gradients: undefined, evaluations, complete, adaptive };
}

function density({ step, counts }: OptionValues<typeof options>, space: SemanticSpace): LatticeDensity {
  if (step !== undefined && counts !== undefined) throw new InputError("--step and --counts exclude each other: give one of them");
  if (counts !== undefined) return { counts };
  const defaults = space.axes.map(({ unit }, i) => unit === "degree" ? 3 : space.extent(i) / 30);
  const steps = step === undefined ? defaults : step.length === 1 ? space.axes.map(() => step[0]) : step;
  return { steps };
}

function summarize(scores: Float64Array): MapRecord["summary"] {
  let sum = 0;
  let count = 0;
  let minimum = Infinity;
  let maximum = -Infinity;
  for (const score of scores) {
    if (Number.isNaN(score)) continue;
    sum += score;
    count++;
    minimum = Math.min(minimum, score);
    maximum = Math.max(maximum, score);
  }
  return { mean: sum / count, minimum, maximum };
}

function describe({ run, evaluations, scores, summary, complete, adaptive, traps = [] }: MapRecord): string {
  const { mean, minimum, maximum } = summary;
  const known = `${adaptive === undefined && complete ? "" : ` of ${scores.length}`}${describeOthers(adaptive, scores.length)}`;
  return `${run.class.label} by ${run.classifier.name}: ${counted(evaluations, "picture")}${known}, ` +
    `mean score ${mean.toFixed(3)}, lowest ${minimum.toFixed(3)}, highest ${maximum.toFixed(3)}${describeTraps(traps)}${
      describeJumps(adaptive, scores.length)
    }`;
}

function describeOthers(adaptive: MapRecord["adaptive"], points: number): string {
  if (adaptive === undefined) return "";
  const { tolerance, check } = adaptive;
  return check.points === 0 ? "" : ` (${(100 * shareKnown(adaptive, points)).toFixed(0)}% of all points within ${tolerance})`;
}

/** Share of a map's points that are measured or lie within the tolerance, as its check says. */
function shareKnown({ measured, check }: NonNullable<MapRecord["adaptive"]>, points: number): number {
  return check.withinTolerance + (1 - check.withinTolerance) * measured.length / points;
}

/** Why a map took more than half of its points, or missed the tolerance with its share; nothing where it did neither, or has no more points than that. */
function describeJumps(adaptive: MapRecord["adaptive"], points: number): string {
  if (adaptive === undefined) return "";
  const { tolerance, share = 1, measured, surprises = 0, check } = adaptive;
  const missed = share < 1 && check.points > 0 && shareKnown(adaptive, points) < FAITHFUL;
  if (surprises === 0 || !missed && measured.length <= points / 2) return "";
  return `\n${surprises} of the ${measured.length} points measured ${
    surprises === 1 ? "lies" : "lie"
  } further than ${tolerance} from what their neighbors say: the score jumps from point to point. ` +
    (missed ? "A larger --share measures more of them" : "A larger --tolerance, or a --share of the points, as 0.25, takes fewer pictures");
}

function describeTraps(traps: readonly Trap[]): string {
  if (traps.length === 0) return "";
  const [{ score, bottom }] = traps;
  const where = bottom.map((value) => Number(value.toPrecision(4))).join(", ");
  return `, ${counted(traps.length, "trap")}, the deepest down to ${score.toFixed(3)} at ${where}`;
}
