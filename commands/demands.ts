import { DEFAULTS } from "../core/defaults.ts";
import type { RegionThresholds, Target } from "../core/record.ts";
import type { GrowOptions } from "./grow_options.ts";

/** What a region is asked for; with `--relative` in shares of what its u0 scores, of the square of that for the variance. */
export function demandsOf(
  { mean = DEFAULTS.mean, variance = DEFAULTS.variance, floor = DEFAULTS.floor, bad = DEFAULTS.badShare, relative }: GrowOptions,
  { target, initialScore }: { readonly target: Target; readonly initialScore: number },
): Required<RegionThresholds> {
  const unit = relative === true ? target === "robust" ? initialScore : 1 - initialScore : 1;
  return { mean: mean * unit, variance: variance * unit ** 2, floor: floor * unit, badShare: bad };
}
