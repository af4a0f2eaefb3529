import { Orthotope } from "./orthotope.ts";
import { Random } from "./random.ts";
import type { RegionCheck, Target } from "./record.ts";
import type { Bounds } from "./region_method.ts";
import type { SemanticFunction } from "./semantic_function.ts";
import { meanLowerBound, meanUpperBound } from "./statistics/mean_bound.ts";
import { shareLowerBound, shareUpperBound } from "./statistics/share_bound.ts";
import { varianceLowerBound, varianceUpperBound } from "./statistics/variance_bound.ts";

/** What a region is asked to be, and how thoroughly it is looked at. */
export interface CheckOptions {
  /** 1 - eps_m: the mean of the box is to be at least this. */
  readonly mean: number;
  /** eps_v: the variance of the box is to be at most this. */
  readonly variance: number;
  /** A point that scores below this is a bad one. */
  readonly floor: number;
  /** Share of the box that may be bad: any, if absent. */
  readonly badShare?: number;
  /** The box must contain it: u0, [n]. */
  readonly initialPoint: ArrayLike<number>;
  /** Points to draw, 1 or more. */
  readonly samples: number;
  /** Of every bound and of the verdict, in (0, 1). */
  readonly confidence: number;
  /** Adversarial: equation (3) instead of (2), all of it about 1 - f. */
  readonly target?: Target;
  /** Of the points that are drawn. */
  readonly seed?: number;
  /** Ends sampling early; the check then speaks of what was drawn. */
  readonly signal?: AbortSignal;
  /** Points a call of the function. */
  readonly batch?: number;
}

/**
 * Checks a box against equation (2), or (3), with independent points, uniform in the box, that nothing else has used. All bounds hold for that one
 * box without further assumptions on f; see {@linkcode meanLowerBound}.
 *
 * `confirmed` says that the box satisfies the equation and contains u0, `refuted` that it does not, or that more of it is bad than may be; each is
 * wrong with probability `1 - confidence` at most. That few points are bad takes many to confirm: it is only refuted.
 *
 * @returns null where it was aborted before the first score.
 */
export async function checkRegion(f: SemanticFunction, box: Bounds, options: CheckOptions): Promise<RegionCheck | null> {
  const { initialPoint, samples, target = "robust", seed = 0, signal, batch = 256 } = options;
  const region = new Orthotope(box.a, box.b);
  const random = new Random(seed, 0x636865);
  const scores = new Float64Array(samples);
  let done = 0;
  while (done < samples && !signal?.aborted) {
    const count = Math.min(batch, samples - done);
    const unit = new Float64Array(count * region.dimensions).map(() => random.uniform());
    try {
      scores.set(await f.evaluate(region.place(unit), signal), done);
    } catch (error) {
      if (signal?.aborted) break;
      throw error;
    }
    done += count;
  }
  if (done === 0) return null;
  const values = target === "robust" ? scores.subarray(0, done) : scores.subarray(0, done).map((score) => 1 - score);
  return judge(values, region.contains(initialPoint, f.space), options);
}

/** What independent scores from a box say of it. */
function judge(scores: Float64Array, containsInitialPoint: boolean, options: CheckOptions): RegionCheck {
  const { floor, badShare: mostBad, samples: horizon, confidence } = options;
  const error = 1 - confidence;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
  const bad = scores.reduce((count, score) => score < floor ? count + 1 : count, 0);
  // Both bounds of the mean together err as often as one of the others does.
  const half = { error: error / 2, horizon };
  const meanLow = meanLowerBound(scores, half);
  const meanHigh = meanUpperBound(scores, half);
  const varianceHigh = varianceUpperBound(scores, { error, horizon });
  // A refutation has half of the error for the mean; the other demands share the rest.
  const rest = mostBad === undefined ? half : { error: error / 4, horizon };
  const tooBad = mostBad !== undefined && shareLowerBound(bad, scores.length, error / 4) > mostBad;
  const confirmed = containsInitialPoint && !tooBad && meanLow >= options.mean && varianceHigh <= options.variance;
  const refuted = !containsInitialPoint || meanHigh < options.mean || varianceLowerBound(scores, rest) > options.variance || tooBad;
  return {
    samples: scores.length,
    mean,
    meanLow,
    meanHigh,
    variance,
    varianceHigh,
    minimum: scores.reduce((least, score) => Math.min(least, score), Infinity),
    badShare: bad / scores.length,
    badShareHigh: shareUpperBound(bad, scores.length, error),
    confidence,
    thresholds: { mean: options.mean, variance: options.variance, floor, ...(mostBad === undefined ? {} : { badShare: mostBad }) },
    containsInitialPoint,
    holds: containsInitialPoint && mean >= options.mean && variance <= options.variance && !tooBad,
    verdict: confirmed ? "confirmed" : refuted ? "refuted" : "open",
  };
}
