import { cholesky, solveCholesky } from "../../../../core/cholesky.ts";

/** Points whose target is the opposite of what the model says, by chance: single outliers do not bend it. */
const LAPSES = 0.02;
/** Prior deviation of an axis' slope and curvature in parts of the mean curvature, and of what all axes share. */
const OWN_DEVIATION = 0.5, COMMON_DEVIATION = 30;
/** Newton steps, the largest change of a weight in one, and the change at which they end. */
const STEPS = 25, LONGEST_STEP = 5, SETTLED = 1e-3;

/**
 * A score, or the probability that it is good, as a sigmoid of a sum over axes, each of them a parabola of the offset from u0: logistic regression with
 * lapses. A priori all axes curve alike and differ by half of that, where offsets are counted in parts of a box.
 */
export class AdditiveModel {
  readonly dimensions: number;
  /** Constant; then slope and curvature of each axis. */
  readonly weights: Float64Array;
  /** Constant, common curvature; then each axis' own slope and curvature. */
  readonly #parts: Float64Array;

  constructor(dimensions: number) {
    this.dimensions = dimensions;
    this.weights = new Float64Array(2 * dimensions + 1);
    this.#parts = new Float64Array(2 * dimensions + 2);
  }

  /** The sum at an offset: above 0 where the target is more likely 1. */
  sum(offset: Float64Array): number {
    const { weights } = this;
    let sum = weights[0];
    for (let k = 0; k < offset.length; k++) sum += offset[k] * (weights[1 + 2 * k] + weights[2 + 2 * k] * offset[k]);
    return sum;
  }

  /** Fits the weights by Newton's method, from those that it has, to offsets and their targets in [0, 1]. */
  fit(offsets: readonly Float64Array[], targets: readonly number[]): void {
    const n = this.dimensions, size = 2 * n + 2, parts = this.#parts;
    const features = new Float64Array(size), gradient = new Float64Array(size);
    const curvature = Array.from({ length: size }, () => new Float64Array(size));
    features[0] = 1;
    for (let step = 0; step < STEPS; step++) {
      const own = OWN_DEVIATION * Math.max(Math.abs(parts[1]), 1 / n);
      gradient.fill(0);
      for (const row of curvature) row.fill(0);
      offsets.forEach((offset, i) => {
        features[1] = 0;
        for (let k = 0; k < n; k++) {
          const x = offset[k];
          features[2 + 2 * k] = x;
          features[3 + 2 * k] = x * x;
          features[1] += x * x;
        }
        let sum = 0;
        for (let j = 0; j < size; j++) sum += parts[j] * features[j];
        const share = sigmoid(sum), expected = LAPSES + (1 - 2 * LAPSES) * share;
        const noise = expected * (1 - expected), rise = (1 - 2 * LAPSES) * share * (1 - share);
        const pull = (targets[i] - expected) * rise / noise, weight = Math.max(rise * rise / noise, 1e-6);
        for (let j = 0; j < size; j++) {
          gradient[j] += pull * features[j];
          for (let k = 0; k <= j; k++) curvature[j][k] += weight * features[j] * features[k];
        }
      });
      for (let j = 0; j < size; j++) {
        const precision = 1 / (j < 2 ? COMMON_DEVIATION : own) ** 2;
        gradient[j] -= precision * parts[j];
        curvature[j][j] += precision;
      }
      const change = solveCholesky(cholesky(curvature), gradient);
      const most = change.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
      for (let j = 0; j < size; j++) parts[j] += Math.min(1, LONGEST_STEP / most) * change[j];
      if (most < SETTLED) break;
    }
    this.weights[0] = parts[0];
    for (let k = 0; k < n; k++) {
      this.weights[1 + 2 * k] = parts[2 + 2 * k];
      this.weights[2 + 2 * k] = parts[1] + parts[3 + 2 * k];
    }
  }
}

/** 1 / (1 + exp(-x)). */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
