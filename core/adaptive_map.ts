import { InputError } from "./errors.ts";
import type { Lattice } from "./lattice_map.ts";
import { estimateMap, type MapEstimate } from "./map_estimate.ts";
import { MeasuredScores, type MeasuredScoresOptions } from "./measured_scores.ts";
import { Random } from "./random.ts";
import type { SemanticFunction } from "./semantic_function.ts";

/** Parameters that an adaptive map can have. */
const ADAPTIVE_DIMENSIONS = 4;
/** Steps between points of the first, coarse lattice; fewer along an axis that would have less than the fewest of them. */
const COARSE_STRIDE = 6, FEWEST_COARSE = 3;
/** Share of a map's points that are to be measured or lie within the tolerance. */
export const FAITHFUL = 0.95;
/** Share of the lattice's points that are measured between two estimates: at most, and at least where little is missing. */
const ROUND = 1 / 32, SHORT_ROUND = 1 / 256;
/** Share of the lattice's points at which the interpolation is checked, and the fewest. */
const CHECKED_SHARE = 0.015, FEWEST_CHECKED = 16;

/** How a map is sampled adaptively. */
export interface AdaptiveMapOptions extends MeasuredScoresOptions {
  /** Error of an interpolated score that is tolerated, in (0, 1). */
  readonly tolerance: number;
  /** Largest share of the lattice's points that are measured, in (0, 1]; the coarse lattice and the check always are. Default 1. */
  readonly share?: number;
  /** Of the check's random points. */
  readonly seed?: number;
}

/** Scores on a lattice, some of them measured and the others interpolated. */
export interface AdaptiveMap {
  /** [size]; NaN where a point is not measured and sampling was ended before the coarse lattice was. */
  readonly scores: Float64Array;
  /** 1 where a score was measured, [size]. */
  readonly measured: Uint8Array;
  /** Points scored. */
  readonly evaluations: number;
  /** Whether it was not ended early. */
  readonly complete: boolean;
  /** Measured points that the others, interpolated, miss by more than the tolerance: where they are many, the score jumps from point to point. */
  readonly surprises: number;
  /** What random points, measured at the end, say of the scores that were interpolated there. */
  readonly check: {
    /** How many random points. */
    readonly points: number;
    /** Share of them whose error is within the tolerance. */
    readonly withinTolerance: number;
    /** Mean of their errors. */
    readonly meanError: number;
    /** The largest of their errors. */
    readonly maximumError: number;
  };
}

/**
 * Samples a map only where it varies. After a coarse lattice, each round estimates all other points by kriging, with the errors that cross-validation
 * leads to expect, and measures those in one batch that are the most likely to be wrong. Where the estimate says that few enough are, random points
 * check it; where those disagree, sampling goes on with them.
 *
 * @throws InputError where the tolerance or the share is out of range or the lattice has too many axes.
 */
export async function sampleAdaptiveMap(f: SemanticFunction, lattice: Lattice, options: AdaptiveMapOptions): Promise<AdaptiveMap> {
  const { tolerance, share = 1, seed = 0 } = options;
  if (!(tolerance > 0 && tolerance < 1)) throw new InputError(`Tolerance of a map must be in (0, 1): current value is ${tolerance}`);
  if (!(share > 0 && share <= 1)) throw new InputError(`Share of a map's points must be in (0, 1]: current value is ${share}`);
  if (lattice.axes.length > ADAPTIVE_DIMENSIONS) {
    throw new InputError(`An adaptive map takes up to ${ADAPTIVE_DIMENSIONS} parameters: current number is ${lattice.axes.length}`);
  }
  const closed = lattice.axes.map((values, k) => f.space.isPeriodic(k) && values[0] + f.space.extent(k) > values[values.length - 1]);
  const scores = new MeasuredScores(f, lattice, options);
  const random = new Random(seed, 0x6d6170);
  const checked = Math.max(FEWEST_CHECKED, Math.ceil(CHECKED_SHARE * lattice.size));
  const most = share * lattice.size - checked;
  const allowed = (1 - FAITHFUL) * lattice.size;
  const estimated = () => estimateMap(lattice, { values: scores.values, measured: scores.measured, closed, tolerance });
  let check = { points: 0, withinTolerance: NaN, meanError: NaN, maximumError: NaN };
  if (!await scores.measure(coarsePoints(lattice, closed), checked)) {
    return { scores: scores.values, measured: scores.measured, evaluations: scores.count, complete: false, surprises: 0, check };
  }
  let estimate = estimated(), complete = true, failed = false, done = false;
  while (complete && !done) {
    const { points } = estimate;
    // Each point that is measured makes up for one at most.
    const excess = estimate.risks.reduce((sum, risk) => sum + risk, 0) - allowed;
    const left = Math.ceil(most - scores.count);
    if ((excess > 0 || failed) && left > 0) {
      const enough = failed ? Infinity : Math.max(excess, SHORT_ROUND * lattice.size);
      const chosen = riskiest(estimate, Math.ceil(Math.min(enough, ROUND * lattice.size, left)));
      complete = await scores.measure(chosen, checked + Math.max(0, Math.round(Math.min(excess, left)) - chosen.length));
      failed = false;
    } else {
      const chosen = random.sample(points.length, checked);
      complete = await scores.measure(chosen.map((i) => points[i]), 0);
      if (complete) {
        check = summarize(chosen.map((i) => Math.abs(scores.values[points[i]] - estimate.scores[i])), tolerance);
        const wanted = Math.max(0, 1 - allowed / points.length);
        failed = check.withinTolerance < wanted;
        done = !failed || left <= 0;
      }
    }
    estimate = estimated();
  }
  const interpolated = scores.values.slice();
  estimate.points.forEach((point, i) => interpolated[point] = estimate.scores[i]);
  const { measured, count: evaluations } = scores;
  return { scores: interpolated, measured, evaluations, complete, surprises: estimate.surprises, check };
}

/** Every sixth point along each axis, and the ends. */
function coarsePoints({ shape }: Lattice, closed: readonly boolean[]): number[] {
  return shape.reduce<number[]>((indices, count, k) => {
    const stride = Math.max(1, Math.min(COARSE_STRIDE, Math.floor(count / FEWEST_COARSE)));
    const positions = Array.from({ length: Math.ceil(count / stride) }, (_, i) => i * stride);
    if (!closed[k] && positions[positions.length - 1] !== count - 1) positions.push(count - 1);
    return indices.flatMap((index) => positions.map((position) => index * count + position));
  }, [0]);
}

/** The points that are the most likely to be wrong; of those that lie about the same measured point only one. */
function riskiest({ points, risks, errors, nearest }: MapEstimate, count: number): number[] {
  const order = Array.from(points.keys()).sort((one, other) => risks[other] - risks[one] || errors[other] - errors[one] || one - other);
  const taken = new Set<number>();
  const chosen: number[] = [];
  for (const i of order) {
    if (chosen.length === count) break;
    if (taken.has(nearest[i])) continue;
    taken.add(nearest[i]);
    chosen.push(points[i]);
  }
  return chosen;
}

function summarize(errors: readonly number[], tolerance: number): AdaptiveMap["check"] {
  const { length } = errors;
  return {
    points: length,
    withinTolerance: length === 0 ? 1 : errors.filter((error) => error <= tolerance).length / length,
    meanError: length === 0 ? 0 : errors.reduce((sum, error) => sum + error, 0) / length,
    maximumError: errors.reduce((most, error) => Math.max(most, error), 0),
  };
}
