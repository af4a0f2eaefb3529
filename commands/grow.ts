import { checkRegion } from "../core/check.ts";
import { DEFAULTS } from "../core/defaults.ts";
import { growRegions, type GrowthTask } from "../core/growth.ts";
import type { GrowRecord, RegionCheck } from "../core/record.ts";
import { toRegionRecord } from "../core/region_record.ts";
import { openFunction } from "../workers/open_function.ts";
import { sampleBackdrop } from "./backdrop.ts";
import { chosenOptions, GROW_OPTIONS, type GrowOptions } from "./grow_options.ts";
import type { OptionValues } from "./options.ts";
import { parsePoint, parseSceneSpace } from "./parameter_options.ts";
import { Progress } from "./progress.ts";
import { openRegistry } from "./registry.ts";
import { describeRegions } from "./region_table.ts";
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
  const chosen = chosenOptions(methods, all);
  const tasks: GrowthTask[] = points.flatMap((initialPoint) =>
    methods.map((method) => ({ method, target, initialPoint, options: { ...chosen.get(method), ...plugins.optionsOf(method.name) }, seed }))
  );
  await using opened = await openFunction(
    functionSetup(given, { plugins, scenes, gradients: methods.some(({ whiteBox }) => whiteBox), stop }),
  );
  const { f, head } = opened;

  progress.start(`${head.class.label}: growing`, "pictures");
  const grown = await growRegions(f, tasks, {
    signal,
    onProgress: ({ share, evaluations }) => progress.update(share, 1, evaluations),
  });
  for (const { failure } of grown) if (failure !== undefined) fail(failure);
  progress.start(`${head.class.label}: checking`, "regions");
  const checks: (RegionCheck | null)[] = [];
  for (const [i, region] of grown.entries()) {
    checks.push(
      samples === 0 || signal.aborted ? null : await checkRegion(f, region.box, {
        mean: given.mean ?? DEFAULTS.mean,
        variance: given.variance ?? DEFAULTS.variance,
        floor: given.floor ?? DEFAULTS.floor,
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
  const initialPoints = Float64Array.from(tasks.flatMap(({ initialPoint }) => Array.from(initialPoint)));
  const initialScores = await unlessFailed(f.evaluate(initialPoints), new Float64Array(tasks.length).fill(NaN));
  const backdrop = budget === 0 || signal.aborted
    ? null
    : await unlessFailed(sampleBackdrop(f, points[0], { budget, signal, progress }), null);
  progress.end();
  const record: GrowRecord = {
    command: "grow",
    run: head,
    regions: grown.map((region, i) => toRegionRecord(region, { space: scenes.space, initialScore: initialScores[i], check: checks[i] })),
    backdrop,
  };
  const extra = [...(given.csv ? ["csv"] : []), ...(given.npz ? ["npz"] : [])];
  await writeRun(record, { plugins, options: given, progress, fail, reporters: ["json", "png", "svg", ...extra] });
  if (!given.json) console.log(describeRegions(record));
  return signal.aborted ? 130 : 0;
}
