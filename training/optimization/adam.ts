/** How Adam steps. */
export interface AdamOptions {
  /** Share of the mean gradient that a step keeps; 0.9 by default. */
  readonly firstDecay?: number;
  /** Share of the mean squared gradient that a step keeps; 0.999 by default. */
  readonly secondDecay?: number;
  /** Added to the root of the mean square; 1e-8 by default. */
  readonly epsilon?: number;
  /** Decoupled weight decay: the share of a weight that a step at learning rate 1 takes away; 0 by default. */
  readonly weightDecay?: number;
}

/** Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019). */
export class Adam {
  /** Mean gradients, [values]. */
  readonly first: Float32Array;
  /** Mean squared gradients, [values]. */
  readonly second: Float32Array;
  readonly #options: Required<AdamOptions>;

  /** @param size How many values are trained. */
  constructor(size: number, options: AdamOptions = {}) {
    this.first = new Float32Array(size);
    this.second = new Float32Array(size);
    this.#options = { firstDecay: 0.9, secondDecay: 0.999, epsilon: 1e-8, weightDecay: 0, ...options };
  }

  /**
   * Takes step number `step` (from 1) in place.
   *
   * @param values What is trained. @param gradients The loss's derivatives for them. @param decays 1 where weight decay applies, else 0.
   */
  step(values: Float32Array, gradients: Float32Array, { step, rate, decays }: { step: number; rate: number; decays: Uint8Array }): void {
    const { first, second } = this;
    const { firstDecay, secondDecay, epsilon, weightDecay } = this.#options;
    const firstScale = 1 / (1 - firstDecay ** step), secondScale = 1 / (1 - secondDecay ** step);
    for (let i = 0; i < values.length; i++) {
      const gradient = gradients[i];
      first[i] = firstDecay * first[i] + (1 - firstDecay) * gradient;
      second[i] = secondDecay * second[i] + (1 - secondDecay) * gradient * gradient;
      const move = first[i] * firstScale / (Math.sqrt(second[i] * secondScale) + epsilon);
      values[i] -= rate * (move + weightDecay * decays[i] * values[i]);
    }
  }
}
