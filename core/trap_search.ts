import { EvolutionStrategy } from "./evolution_strategy.ts";
import type { Random } from "./random.ts";

/** A search on its way: tells which points of the unit cube it wants next, and takes their scores. */
export interface TrapSearch {
  /** Whether there is nothing left to ask. */
  readonly done: boolean;
  /** Points of the unit cube, [n] each. */
  ask(): Float64Array[];
  /** Their scores and, for searches that descend, gradients [count x n]. */
  tell(scores: Float64Array, gradients: Float64Array | undefined): void;
}

/** Largest and first step of a descent, in sides of the box; it ends below the least. */
const LARGEST_STEP = 0.25, FIRST_STEP = 0.1, LEAST_STEP = 1e-3;

/** Descends from one point along the normalized gradient; a step that does not lead down is halved, one that does is lengthened. */
export class DescentSearch implements TrapSearch {
  #best: Float64Array;
  #score: number;
  #direction: Float64Array | undefined;
  #step = FIRST_STEP;
  readonly #random: Random;

  /** @param start In the unit cube, [n]; `score`: of it. */
  constructor(start: Float64Array, score: number, random: Random) {
    this.#best = start;
    this.#score = score;
    this.#random = random;
  }

  get done(): boolean {
    return this.#step < LEAST_STEP;
  }

  ask(): Float64Array[] {
    const direction = this.#direction;
    if (direction === undefined) return [this.#best];
    return [this.#best.map((value, k) => Math.min(1, Math.max(0, value - this.#step * direction[k])))];
  }

  tell([score]: Float64Array, gradients: Float64Array | undefined): void {
    const gradient = gradients!;
    if (this.#direction === undefined) {
      this.#direction = this.#towards(this.#best, gradient);
      return;
    }
    if (!(score < this.#score)) {
      this.#step /= 2;
      return;
    }
    [this.#best] = this.ask();
    this.#score = score;
    this.#direction = this.#towards(this.#best, gradient);
    this.#step = Math.min(LARGEST_STEP, this.#step * 1.6);
  }

  /** The gradient's direction without what leads out of the cube; a random one on a plateau. */
  #towards(point: Float64Array, gradient: Float64Array): Float64Array {
    const inward = gradient.map((value, k) => value > 0 && point[k] <= 0 || value < 0 && point[k] >= 1 ? 0 : value);
    const length = Math.hypot(...inward);
    if (length > 1e-12) return inward.map((value) => value / length);
    const random = inward.map(() => this.#random.normal());
    return random.map((value) => value / Math.hypot(...random));
  }
}

/** An evolution strategy from one point. */
export class EvolutionSearch implements TrapSearch {
  readonly #strategy: EvolutionStrategy;
  #asked: Float64Array[] = [];
  #best: { readonly point: Float64Array; readonly score: number };

  /** @param start In the unit cube, [n]; `score`: of it. */
  constructor(start: Float64Array, score: number, random: Random) {
    this.#strategy = new EvolutionStrategy(start, { step: 0.15, random });
    this.#best = { point: start, score };
  }

  /** The worst point so far. */
  get best(): { readonly point: Float64Array; readonly score: number } {
    return this.#best;
  }

  get done(): boolean {
    return this.#strategy.converged;
  }

  ask(): Float64Array[] {
    this.#asked = this.#strategy.ask();
    return this.#asked;
  }

  tell(scores: Float64Array): void {
    this.#asked.forEach((point, i) => {
      if (scores[i] < this.#best.score) this.#best = { point, score: scores[i] };
    });
    this.#strategy.tell(scores);
  }
}
