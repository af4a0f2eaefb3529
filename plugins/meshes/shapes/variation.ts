import { Random } from "../../../core/random.ts";

/** Chooses the proportions and parts of one shape: variation 0 is the canonical shape, every other number a different, repeatable one. */
export class Variation {
  readonly #random: Random | undefined;

  /** @param family Name of the shape family: each has a stream of its own. @param number A whole number, 0 or more. */
  constructor(family: string, number: number) {
    const letters = Array.from(family, (letter) => letter.charCodeAt(0));
    this.#random = number === 0 ? undefined : new Random(number, ...letters);
  }

  /** A length, angle or ratio: `canonical`, or uniform in [low, high). */
  number(canonical: number, low: number, high: number): number {
    return this.#random === undefined ? canonical : low + (high - low) * this.#random.uniform();
  }

  /** A count: `canonical`, or any whole number from `low` to `high`. */
  count(canonical: number, low: number, high: number): number {
    return this.#random === undefined ? canonical : low + this.#random.integer(high - low + 1);
  }

  /** One of several; the first is the canonical one. */
  choose<Option>(...options: readonly Option[]): Option {
    return this.#random === undefined ? options[0] : options[this.#random.integer(options.length)];
  }

  /** Whether an optional part is there: `canonical`, or with a probability. */
  chance(canonical: boolean, probability: number): boolean {
    return this.#random === undefined ? canonical : this.#random.uniform() < probability;
  }
}
