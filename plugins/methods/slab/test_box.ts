import type { Random } from "../../../core/random.ts";
import type { PointRequest, PointResponse } from "../../../core/region_method.ts";
import { MeanTest } from "../../../core/statistics/mean_bound.ts";
import type { Evidence, Reach } from "./evidence.ts";
import type { Thresholds } from "./thresholds.ts";

/** A box and what fresh points say of it. */
export interface TestedBox {
  readonly box: Reach;
  /** Points drawn for the test, none of which had a part in choosing the box. */
  readonly samples: number;
  /** Of their scores. */
  readonly mean: number;
  readonly variance: number;
  /** Share of them below the floor. */
  readonly badShare: number;
  /**
   * `confirmed`: the box' mean reaches the threshold. `refuted`: it does not, or more of the box is bad than may be. Each is wrong with probability
   * `error` at most. `open`: the points leave both possible.
   */
  readonly verdict: "confirmed" | "refuted" | "open";
  readonly error: number;
}

/** An error probability spread over any number of tests: the j-th gets `6 / (pi j)^2` of it, and all together no more than all of it. */
export class ErrorBudget {
  readonly #total: number;
  #tests = 0;

  /** @param total In (0, 1). */
  constructor(total: number) {
    this.#total = total;
  }

  /** The error that the next test may make. */
  next(): number {
    this.#tests++;
    return 6 * this.#total / (Math.PI * this.#tests) ** 2;
  }

  /** How many tests have been given a part. */
  get tests(): number {
    return this.#tests;
  }
}

/** How many batches a test draws whose answer is not plain. */
const BATCHES = 3;

/** How many of some points may be bad for a box to pass: by most of a standard deviation fewer than on the average where the share is just met. */
export function mostBad(badShare: number, samples: number): number {
  return Math.max(0, badShare * samples - 0.75 * Math.sqrt(badShare * samples));
}

/** How a box is tested. */
export interface TestOptions {
  readonly thresholds: Thresholds;
  readonly random: Random;
  readonly budget: ErrorBudget;
  /** Points a batch. */
  readonly batch: number;
  /** Points that are drawn in any case, but where the box is refuted or too many are bad; up to twice as many while bad ones may be too many. */
  readonly least?: number;
  /** Most points that the whole growth may score. */
  readonly most: number;
}

/**
 * Tests a box with fresh points, independent and uniform in it: few where the answer is plain, more where it is not. The points join the evidence.
 */
export function* testBox(
  evidence: Evidence,
  box: Reach,
  { thresholds, random, budget, batch, least = 0, most }: TestOptions,
): Generator<PointRequest, TestedBox, PointResponse> {
  const error = budget.next();
  const options = { error: error / 2, horizon: Math.max(batch, least) };
  const tooLow = new MeanTest({ atMost: thresholds.mean }, options);
  const highEnough = new MeanTest({ atLeast: thresholds.mean }, options);
  const fewBad = new MeanTest({ atMost: thresholds.badShare }, options);
  let samples = 0, sum = 0, squares = 0, bad = 0;
  const verdict = () => highEnough.refuted || fewBad.refuted ? "refuted" : tooLow.refuted ? "confirmed" : "open";
  const wanted = () => {
    if (verdict() === "refuted" || bad > mostBad(thresholds.badShare, Math.max(samples, 2 * least))) return false;
    return samples < least || least > 0 && bad > mostBad(thresholds.badShare, samples) || samples < BATCHES * batch && verdict() === "open";
  };
  while (wanted() && evidence.scores.length + batch <= most) {
    const points = Array.from({ length: batch }, () => uniformPoint(box, random));
    const { scores } = yield evidence.request(points, box);
    evidence.take(points, scores);
    for (const score of scores) {
      const isBad = score < thresholds.floor ? 1 : 0;
      tooLow.observe(score);
      highEnough.observe(score);
      fewBad.observe(isBad);
      sum += score;
      squares += score * score;
      bad += isBad;
      samples++;
    }
  }
  evidence.draws.push({ box, first: evidence.scores.length - samples, end: evidence.scores.length });
  const mean = sum / samples;
  return { box, samples, mean, variance: Math.max(0, squares / samples - mean * mean), badShare: bad / samples, verdict: verdict(), error };
}

/** An offset drawn uniformly from a box. */
export function uniformPoint({ low, high }: Reach, random: Random): Float64Array {
  return low.map((value, k) => value + random.uniform() * (high[k] - value));
}
