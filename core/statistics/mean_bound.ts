/** What a bound is asked for. */
export interface BoundOptions {
  /** Probability with which the bound may be wrong, in (0, 1). */
  readonly error: number;
  /** How many values are planned. The bound holds after any number of them, also one that depends on the values; it is tightest about here. */
  readonly horizon: number;
}

/** Most of the capital that is ever put on one value: less than 1, so that no single value ruins the bettor. */
const LARGEST_STAKE = 0.75;

/**
 * A lower confidence bound of the mean of values in [0, 1], drawn one after the other with a common conditional mean (independent draws of one
 * distribution, say).
 *
 * It bets against every candidate mean m: capital 1 is multiplied by `1 + lambda_t (x_t - m)` with each value, a fair or losing game where the mean
 * is m or less. Capital `1/error` is reached with probability `error` at most, so the largest m that loses that much is a bound at every moment.
 * Source: Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", 2024, section 4 (one side of the hedged capital).
 */
export function meanLowerBound(values: ArrayLike<number>, options: BoundOptions): number {
  return lowerBound(values, false, options);
}

/** An upper confidence bound of the mean; see {@linkcode meanLowerBound}. Both hold together at twice the error. */
export function meanUpperBound(values: ArrayLike<number>, options: BoundOptions): number {
  return 1 - lowerBound(values, true, options);
}

function lowerBound(values: ArrayLike<number>, mirrored: boolean, { error, horizon }: BoundOptions): number {
  const stakes = new Float64Array(values.length);
  const betting = new Betting({ error, horizon });
  const value = (i: number) => mirrored ? 1 - values[i] : values[i];
  for (let i = 0; i < stakes.length; i++) {
    stakes[i] = betting.stake;
    betting.observe(value(i));
  }
  const needed = Math.log(1 / error);
  const loses = (mean: number): boolean => {
    let capital = 0;
    for (let i = 0; i < stakes.length; i++) capital += Math.log1p(Math.min(stakes[i], LARGEST_STAKE / mean) * (value(i) - mean));
    return capital >= needed;
  };
  // Capital falls in the candidate, so bisection finds where it crosses.
  let low = 0;
  let high = 1;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (loses(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** The stake that suits the spread of the values seen so far: `sqrt(2 log(1/error) / (horizon variance))`, fixed before each value is seen. */
class Betting {
  readonly #scale: number;
  #count = 1;
  #sum = 0.5;
  #squares = 0.25;

  constructor({ error, horizon }: BoundOptions) {
    this.#scale = 2 * Math.log(1 / error) / Math.max(1, horizon);
  }

  get stake(): number {
    return Math.sqrt(this.#scale * this.#count / this.#squares);
  }

  observe(value: number): void {
    this.#count++;
    this.#sum += value;
    this.#squares += (value - this.#sum / this.#count) ** 2;
  }
}

/**
 * A running test of "the mean is at most `mean`" (or, from above, "at least"): the hypothesis is refuted, with error probability `error`, once
 * {@linkcode refuted} is true, however one decides how many values to draw.
 */
export class MeanTest {
  readonly #mean: number;
  readonly #above: boolean;
  readonly #betting: Betting;
  readonly #needed: number;
  #capital = 0;
  #peak = 0;

  /** @param hypothesis `{ atMost: m }` or `{ atLeast: m }`, m in [0, 1]. */
  constructor(hypothesis: { readonly atMost: number } | { readonly atLeast: number }, options: BoundOptions) {
    this.#above = "atLeast" in hypothesis;
    this.#mean = "atLeast" in hypothesis ? 1 - hypothesis.atLeast : hypothesis.atMost;
    this.#betting = new Betting(options);
    this.#needed = Math.log(1 / options.error);
  }

  /** Takes in the next value, in [0, 1]. */
  observe(value: number): void {
    const x = this.#above ? 1 - value : value;
    const stake = this.#mean > 0 ? Math.min(this.#betting.stake, LARGEST_STAKE / this.#mean) : this.#betting.stake;
    this.#capital += Math.log1p(stake * (x - this.#mean));
    this.#peak = Math.max(this.#peak, this.#capital);
    this.#betting.observe(x);
  }

  /** Whether the values seen so far contradict the hypothesis. */
  get refuted(): boolean {
    return this.#peak >= this.#needed;
  }
}
