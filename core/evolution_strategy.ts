import { cholesky } from "./cholesky.ts";
import type { Random } from "./random.ts";

/**
 * Minimizes a function of the unit cube [0, 1]^n without gradients: CMA-ES with a Cholesky factor in place of the covariance's root, asked for points
 * and told their values, so that several can share a batch. Points beyond the cube are reflected into it.
 *
 * Source: Hansen, "The CMA evolution strategy: a tutorial", 2016 (parameters of its table 1, positive weights); Krause, Arbones and Igel, "CMA-ES with
 * optimal covariance update and storage complexity", 2016 (the factor).
 */
export class EvolutionStrategy {
  /** Points a generation. */
  readonly population: number;
  readonly #random: Random;
  readonly #mean: Float64Array;
  readonly #weights: Float64Array;
  readonly #strength: number;
  readonly #covariance: Float64Array[];
  readonly #covariancePath: Float64Array;
  readonly #stepPath: Float64Array;
  #factor: Float64Array[];
  #step: number;
  #generation = 0;
  /** What the points of this generation are made of, [population][n]. */
  #normals: Float64Array[] = [];

  /** @param start [n] in the cube. `step`: standard deviation of the first generation. */
  constructor(start: Float64Array, { step, random, population }: { step: number; random: Random; population?: number }) {
    const n = start.length;
    this.population = population ?? 4 + Math.floor(3 * Math.log(n));
    this.#random = random;
    this.#mean = start.slice();
    this.#step = step;
    const parents = Math.floor(this.population / 2);
    const raw = Float64Array.from({ length: parents }, (_, i) => Math.log((this.population + 1) / 2) - Math.log(i + 1));
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    this.#weights = raw.map((weight) => weight / total);
    this.#strength = 1 / this.#weights.reduce((sum, weight) => sum + weight * weight, 0);
    this.#covariance = identity(n);
    this.#factor = identity(n);
    this.#covariancePath = new Float64Array(n);
    this.#stepPath = new Float64Array(n);
  }

  /** Whether the search has contracted to a point. */
  get converged(): boolean {
    return this.#step * Math.sqrt(Math.max(...this.#covariance.map((row, i) => row[i]))) < 1e-5;
  }

  /** The next generation, [population][n]. */
  ask(): Float64Array[] {
    const n = this.#mean.length;
    this.#normals = Array.from({ length: this.population }, () => Float64Array.from({ length: n }, () => this.#random.normal()));
    return this.#normals.map((normal) => {
      const direction = multiply(this.#factor, normal);
      return this.#mean.map((value, k) => reflect(value + this.#step * direction[k]));
    });
  }

  /** Takes the values of the points that were asked for, and moves on. */
  tell(values: ArrayLike<number>): void {
    const n = this.#mean.length, strength = this.#strength;
    const order = this.#normals.map((_, i) => i).sort((one, other) => values[one] - values[other]);
    const normal = new Float64Array(n);
    this.#weights.forEach((weight, i) => {
      for (let k = 0; k < n; k++) normal[k] += weight * this.#normals[order[i]][k];
    });
    const move = multiply(this.#factor, normal);
    for (let k = 0; k < n; k++) this.#mean[k] = reflect(this.#mean[k] + this.#step * move[k]);
    this.#generation++;

    const stepRate = (strength + 2) / (n + strength + 5);
    const damping = 1 + 2 * Math.max(0, Math.sqrt((strength - 1) / (n + 1)) - 1) + stepRate;
    const pathRate = (4 + strength / n) / (n + 4 + 2 * strength / n);
    const oneRate = 2 / ((n + 1.3) ** 2 + strength);
    const manyRate = Math.min(1 - oneRate, 2 * (strength - 2 + 1 / strength) / ((n + 2) ** 2 + strength));
    const expected = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
    for (let k = 0; k < n; k++) {
      this.#stepPath[k] = (1 - stepRate) * this.#stepPath[k] + Math.sqrt(stepRate * (2 - stepRate) * strength) * normal[k];
    }
    const length = Math.hypot(...this.#stepPath);
    const stalled = length / Math.sqrt(1 - (1 - stepRate) ** (2 * this.#generation)) < (1.4 + 2 / (n + 1)) * expected ? 1 : 0;
    for (let k = 0; k < n; k++) {
      this.#covariancePath[k] = (1 - pathRate) * this.#covariancePath[k] +
        stalled * Math.sqrt(pathRate * (2 - pathRate) * strength) * move[k];
    }
    const kept = 1 - oneRate - manyRate + (1 - stalled) * oneRate * pathRate * (2 - pathRate);
    const directions = order.slice(0, this.#weights.length).map((index) => multiply(this.#factor, this.#normals[index]));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = kept * this.#covariance[i][j] + oneRate * this.#covariancePath[i] * this.#covariancePath[j];
        this.#weights.forEach((weight, p) => sum += manyRate * weight * directions[p][i] * directions[p][j]);
        this.#covariance[i][j] = this.#covariance[j][i] = sum;
      }
    }
    this.#factor = cholesky(this.#covariance);
    this.#step = Math.min(1, this.#step * Math.exp(stepRate / damping * (length / expected - 1)));
  }
}

function identity(n: number): Float64Array[] {
  return Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (_, j) => i === j ? 1 : 0));
}

/** A lower triangular matrix times a vector. */
function multiply(lower: readonly Float64Array[], vector: Float64Array): Float64Array {
  return vector.map((_, i) => {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += lower[i][j] * vector[j];
    return sum;
  });
}

/** A coordinate reflected at 0 and 1 until it lies between. */
function reflect(value: number): number {
  const turned = Math.abs(value) % 2;
  return turned > 1 ? 2 - turned : turned;
}
