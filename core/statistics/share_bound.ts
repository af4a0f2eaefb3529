/**
 * A lower bound of a share at which `count` of `total` independent draws fell into it: it lies above the true one with probability `error` at most.
 * Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial" (1934).
 */
export function shareLowerBound(count: number, total: number, error: number): number {
  if (count === 0) return 0;
  return bisect((share) => atLeast(count, total, share) > error);
}

/** An upper bound of a share: it lies below the true one with probability `error` at most. */
export function shareUpperBound(count: number, total: number, error: number): number {
  if (count === total) return 1;
  return bisect((share) => 1 - atLeast(count + 1, total, share) <= error);
}

/** Where a condition comes to hold between 0 and 1, to rounding. */
function bisect(holds: (share: number) => boolean): number {
  let low = 0, high = 1;
  for (let middle = 0.5; middle > low && middle < high; middle = (low + high) / 2) {
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Probability of `least` or more successes in `total` trials. Sums the thinner tail, from its thick end. */
export function atLeast(least: number, total: number, probability: number): number {
  if (least <= 0) return 1;
  if (least > total || probability <= 0) return 0;
  if (probability >= 1) return 1;
  const odds = probability / (1 - probability), upper = least > total * probability;
  let k = upper ? least : least - 1;
  let term = Math.exp(
    logFactorial(total) - logFactorial(k) - logFactorial(total - k) + k * Math.log(probability) + (total - k) * Math.log1p(-probability),
  );
  let sum = 0;
  while (term > 1e-17 * sum) {
    sum += term;
    if (upper) term *= (total - k) / ++k * odds;
    else term *= k / (total - --k) / odds;
  }
  return upper ? Math.min(sum, 1) : Math.max(1 - sum, 0);
}

/** log n!, by Stirling's series where it is exact to rounding. */
function logFactorial(n: number): number {
  if (n < 20) {
    let product = 1;
    for (let k = 2; k <= n; k++) product *= k;
    return Math.log(product);
  }
  const x = n + 1, inverse = 1 / (x * x);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) +
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / x;
}
