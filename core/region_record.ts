import type { GrownRegion } from "./growth.ts";
import type { RegionCheck, RegionRecord } from "./record.ts";
import type { SemanticSpace } from "./semantic_space.ts";

/** A grown region as records keep it, with its initial point in Omega: one across the seam is the same point within the axis' range. */
export function toRegionRecord(
  { task, options, box, steps, evaluations, gradientEvaluations, gradients, stopped, facts, trace }: GrownRegion,
  { space, initialScore, check }: { space: SemanticSpace; initialScore: number; check: RegionCheck | null },
): RegionRecord {
  const volume = box.clippedVolume(space);
  return {
    method: task.method.name,
    target: task.target,
    options,
    ...(task.resolution === undefined ? {} : { resolution: Array.from(task.resolution) }),
    initialPoint: Array.from(space.project(Float64Array.from(task.initialPoint))),
    initialScore,
    a: Array.from(box.a),
    b: Array.from(box.b),
    volume,
    volumeRatio: volume / space.volume,
    steps,
    evaluations,
    gradientEvaluations,
    gradients,
    stopped,
    facts,
    check,
    trace,
  };
}
