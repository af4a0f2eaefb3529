import { checkRegion } from "../core/check.ts";
import { DEFAULTS } from "../core/defaults.ts";
import { growRegions, type GrowthTask } from "../core/growth.ts";
import type { GrowRecord, RegionCheck } from "../core/record.ts";
import { toRegionRecord } from "../core/region_record.ts";
import { AUTO } from "../plugins/classifiers/provider.ts";
import { trapsOf } from "../plugins/reporters/figures/region_words.ts";
import { openFunction } from "../workers/open_function.ts";
import { knownPoints, sampleBackdrop } from "./backdrop.ts";
import { demandsOf } from "./demands.ts";
import { writeFiles } from "./files.ts";
import { chosenOptions, GROW_OPTIONS, type GrowOptions } from "./grow_options.ts";
import { type FalsifiedRegion, falsifyRegion } from "./falsify_regions.ts";
import { largestOnBackdrop } from "./largest_on_backdrop.ts";
import type { OptionValues } from "./options.ts";
import { parsePoint, parseSceneSpace } from "./parameter_options.ts";
import { drawTraps, drawWorstPoints } from "./point_pictures.ts";
import { Progress } from "./progress.ts";
import { openRegistry } from "./registry.ts";
import { describeRegions } from "./region_table.ts";
import { chooseTrapPoints, findTraps } from "./region_traps.ts";
import { type CommandContext, type ExitStatus, functionSetup, unlessFailed, writeRun } from "./run.ts";

export { GROW_OPTIONS as options };

/** Grows regions around points, checks them and writes them. */
export async function run(all: OptionValues<typeof GROW_OPTIONS>, { signal, fail, stop }: CommandContext): Promise<ExitStatus> {
  const given: GrowOptions = all;
  const progress = new Progress({ quiet: given.quiet === true });
  await using plugins = await openRegistry(given);
  const scenes = parseSceneSpace(given.parameters ?? DEFAULTS.parameters, given.set, plugins.registry);
  const methods = (given.method ?? [DEFAULTS.method]).map((name) => plugins.registry.get("method", name));
  const points = given.at.length > 0
    ? given.at.map((point) => parsePoint(point, scenes, "--at"))
    : [Float64Array.from(scenes.space.axes, ({ low, high }) => (low + high) / 2)];
  const { target = "robust", seed = DEFAULTS.seed, samples = DEFAULTS.samples, backdrop: budget = DEFAULTS.backdrop } = given;
  const trapPoints = chooseTrapPoints(given.traps, scenes.space, progress);
  const chosen = chosenOptions(methods, all);
  const tasks: GrowthTask[] = points.flatMap((initialPoint) =>
    methods.map((method) => ({
      method,
      target,
      initialPoint,
      options: { ...chosen.get(method), ...plugins.optionsOf(method.name) },
      resolution: given.resolution,
      seed,
    }))
  );
  await using opened = await openFunction(
    functionSetup(given, { plugins, scenes, gradients: given.falsify !== undefined || methods.some(({ whiteBox }) => whiteBox), stop }),
  );
  const { f, head } = opened;
  if (given.provider === AUTO) progress.say(`Networks run on ${head.classifier.facts.provider}`);

  progress.start(`${head.class.label}: growing`, "pictures");
  const asGrown = await growRegions(f, tasks, {
    signal,
    onProgress: ({ share, evaluations }) => progress.update(share, 1, evaluations),
  });
  for (const { failure } of asGrown) if (failure !== undefined) fail(failure);
  if (asGrown.every(({ evaluations, gradientEvaluations }) => evaluations + gradientEvaluations === 0)) {
    progress.end();
    progress.say("Nothing was scored, so nothing is written");
    return 130;
  }
  const initialPoints = Float64Array.from(tasks.flatMap(({ initialPoint }) => Array.from(initialPoint)));
  const initialScores = await unlessFailed(f.evaluate(initialPoints), new Float64Array(tasks.length).fill(NaN));
  const demands = asGrown.map((_, i) => demandsOf(given, { target, initialScore: initialScores[i] }));
  const backdrop = budget === 0 || signal.aborted
    ? null
    : await unlessFailed(sampleBackdrop(f, points[0], { budget, signal, progress }), null);
  const known = backdrop === null ? undefined : knownPoints(backdrop);
  const falsified: FalsifiedRegion[] = [];
  progress.start(`${head.class.label}: searching for worst points`, "regions");
  for (const [i, region] of given.falsify === undefined || signal.aborted ? [] : asGrown.entries()) {
    const { floor } = demands[i];
    const search = { mode: given.falsify!, floor, samples: samples || DEFAULTS.samples, known, seed, signal };
    falsified.push(await falsifyRegion(f, region, search));
    progress.update(falsified.length, asGrown.length);
  }
  const grown = asGrown.map((region, i) => falsified[i]?.region ?? region);
  progress.start(`${head.class.label}: checking`, "regions");
  const checks: (RegionCheck | null)[] = [];
  for (const [i, region] of grown.entries()) {
    checks.push(
      samples === 0 || signal.aborted ? null : await checkRegion(f, region.box, {
        ...demands[i],
        target,
        initialPoint: region.task.initialPoint,
        samples,
        confidence: given.confidence ?? DEFAULTS.confidence,
        seed: seed + i,
        signal,
      }),
    );
    progress.update(i + 1, grown.length);
  }
  const traps = await unlessFailed(
    findTraps(f, grown, { points: trapPoints, floors: demands.map(({ floor }) => floor), signal }),
    [],
  );
  const largest = await largestOnBackdrop(grown, backdrop, { space: scenes.space, demands });
  progress.end();
  const record: GrowRecord = {
    command: "grow",
    run: head,
    regions: grown.map((region, i) => ({
      ...toRegionRecord(region, { space: scenes.space, initialScore: initialScores[i], check: checks[i] }),
      falsification: falsified[i]?.falsification ?? null,
      traps: traps[i] ?? null,
      ...(largest === undefined ? {} : { largest: largest[i] }),
    })),
    backdrop,
  };
  const extra = [...(given.csv ? ["csv"] : []), ...(given.npz ? ["npz"] : [])];
  const folder = await writeRun(record, { plugins, options: given, progress, fail, reporters: ["json", "png", "svg", ...extra] });
  const { registry } = plugins;
  const found = record.regions.flatMap(trapsOf);
  const pictured = { registry, scenes, head, mesh: given.mesh };
  await writeFiles(folder, await unlessFailed(drawTraps(found, pictured), [], fail));
  await writeFiles(folder, await unlessFailed(drawWorstPoints(record.regions, pictured), [], fail));
  if (!given.json) console.log(describeRegions(record));
  return signal.aborted ? 130 : 0;
}
