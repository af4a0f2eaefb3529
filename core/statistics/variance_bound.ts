import { type BoundOptions, meanLowerBound, meanUpperBound } from "./mean_bound.ts";

/**
 * An upper confidence bound of the variance of values in [0, 1].
 *
 * Squared distances of each value from the mean of those before it have a conditional mean of the variance or more, whatever that earlier mean was:
 * a bound of their mean is one of the variance, and costs no value.
 */
export function varianceUpperBound(values: ArrayLike<number>, options: BoundOptions): number {
  const squares = new Float64Array(values.length);
  let sum = 0.5;
  for (let i = 0; i < squares.length; i++) {
    squares[i] = (values[i] - sum / (i + 1)) ** 2;
    sum += values[i];
  }
  // No variable in [0, 1] varies by more than one that is 0 or 1 with equal odds.
  return Math.min(0.25, meanUpperBound(squares, options));
}

/**
 * A lower confidence bound of the variance of independent values in [0, 1]: of the mean of half the squared differences of pairs, which are in
 * [0, 1/2] and whose mean is the variance.
 */
export function varianceLowerBound(values: ArrayLike<number>, { error, horizon }: BoundOptions): number {
  const pairs = new Float64Array(Math.floor(values.length / 2));
  for (let i = 0; i < pairs.length; i++) pairs[i] = (values[2 * i] - values[2 * i + 1]) ** 2;
  return meanLowerBound(pairs, { error, horizon: horizon / 2 }) / 2;
}
