import type { Random } from "./random.ts";

/**
 * Points that fill the unit cube more evenly than random ones: the additive recurrence with the powers of `1/g`, g the positive root of
 * `g^(n+1) = g + 1` (Roberts' R sequence, the golden ratio for n = 1), shifted by a random vector so that each point by itself is uniform.
 */
export class LowDiscrepancy {
  readonly #steps: Float64Array;
  readonly #shift: Float64Array;
  #index = 0;

  /** @param dimensions n, 1 or more. */
  constructor(dimensions: number, random: Random) {
    let root = 2;
    for (let i = 0; i < 64; i++) root = (1 + root) ** (1 / (dimensions + 1));
    this.#steps = Float64Array.from({ length: dimensions }, (_, k) => root ** -(k + 1));
    this.#shift = Float64Array.from({ length: dimensions }, () => random.uniform());
  }

  /** Writes the next point, [n], in [0, 1). */
  next(point: Float64Array): void {
    this.#index++;
    for (let k = 0; k < point.length; k++) point[k] = (this.#shift[k] + this.#index * this.#steps[k]) % 1;
  }
}
