import { checkRegion } from "../../core/check.ts";
import { growRegions, type GrowthTask } from "../../core/growth.ts";
import { latticeOf, sampleMap } from "../../core/lattice_map.ts";
import type { RegionCheck } from "../../core/record.ts";
import type { MethodPlugin, TraceRow } from "../../core/region_method.ts";
import { toRegionRecord } from "../../core/region_record.ts";
import type { SemanticFunction } from "../../core/semantic_function.ts";
import type { GrowContent, MapContent } from "./item_content.ts";
import type { Plan, StudyPlan } from "./plan.ts";

/** How an item is computed. */
export interface ItemOptions {
  readonly signal?: AbortSignal;
  /** Told how much of the item is done, as a share, and how many points it has scored so far. */
  readonly onProgress?: (share: number, points: number) => void;
}

/** Samples the map of an item; undefined where it was interrupted. */
export async function runMap(f: SemanticFunction, plan: Plan, { signal, onProgress }: ItemOptions): Promise<MapContent | undefined> {
  const lattice = latticeOf(plan.map!.axes.map(({ values }) => Float64Array.from(values)));
  const { scores, complete } = await sampleMap(f, lattice, { signal, onProgress: (done, total) => onProgress?.(done / total, done) });
  return complete ? { scores: Array.from(scores) } : undefined;
}

/**
 * Grows and checks the regions of an item, all of them together; undefined where it was interrupted.
 *
 * @param meshHash SHA-256 of the mesh: each shape has random numbers of its own, and all networks have the same on it.
 */
export async function runGrowth(
  f: SemanticFunction,
  plan: StudyPlan,
  { method, meshHash, signal, onProgress }: ItemOptions & { readonly method: (name: string) => MethodPlugin; readonly meshHash: string },
): Promise<GrowContent | undefined> {
  const { target, check: { samples, confidence, thresholds } } = plan;
  const seed = plan.head.seed + parseInt(meshHash.slice(0, 8), 16);
  const tasks: GrowthTask[] = plan.points.flatMap((initialPoint) =>
    plan.methods.map(({ name, options }) => ({ method: method(name), target, initialPoint, options, seed }))
  );
  let points = 0;
  const grown = await growRegions(f, tasks, {
    signal,
    onProgress({ share, evaluations }) {
      points = evaluations;
      onProgress?.(GROWTH_SHARE * share, evaluations);
    },
  });
  if (signal?.aborted) return undefined;
  const failure = grown.find((region) => region.failure !== undefined)?.failure;
  if (failure !== undefined) throw failure;
  const checks = await Promise.all(grown.map(({ box, task }, i): Promise<RegionCheck | null> => {
    const asked = { ...thresholds, target, initialPoint: task.initialPoint, samples, confidence, seed: seed + i, signal };
    return samples === 0 ? Promise.resolve(null) : checkRegion(f, box, asked);
  }));
  if (signal?.aborted) return undefined;
  const initialScores = await f.evaluate(Float64Array.from(plan.points.flat()));
  onProgress?.(1, points + grown.length * samples);
  return {
    regions: grown.map((region, i) => ({
      ...toRegionRecord(region, { space: f.space, initialScore: initialScores[Math.floor(i / plan.methods.length)], check: checks[i] }),
      trace: thinned(region.trace, plan.traceRows),
    })),
  };
}

/** What part of an item's progress its growth is; the rest are checks. */
const GROWTH_SHARE = 0.9;

/** At most `count` rows, evenly spread, the first and the last among them. */
export function thinned(trace: readonly TraceRow[], count: number): readonly TraceRow[] {
  if (trace.length <= count) return trace;
  if (count < 2) return trace.slice(trace.length - count);
  return Array.from({ length: count }, (_, i) => trace[Math.round(i / (count - 1) * (trace.length - 1))]);
}
