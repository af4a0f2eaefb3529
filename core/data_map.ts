/** What the maps of several networks have in common: Data Semantic Map, the average over networks and shapes of one class. */
export interface DataMap {
  /** Mean over networks of their means over shapes, [size]. */
  readonly mean: Float64Array;
  /** Standard deviation over all maps, [size]. */
  readonly deviation: Float64Array;
  /** Standard deviation over the networks' means: what the networks do not share, [size]. */
  readonly networkDeviation: Float64Array;
  /** Each network's mean over shapes, [size]. */
  readonly networks: readonly Float64Array[];
  /** Share of the variance of each network's mean, over Omega, that the mean of the other networks explains; NaN for a single network. */
  readonly explained: readonly number[];
}

/**
 * Averages maps. Every network counts alike, however many shapes it was given.
 *
 * @param maps Scores on one lattice: by network, then by shape, [size] each; at least one of each.
 */
export function dataMap(maps: readonly (readonly ArrayLike<number>[])[]): DataMap {
  const networks = maps.map(meanMap);
  const mean = meanMap(networks);
  const variance = new Float64Array(mean.length);
  // Maps of a network with few shapes weigh as much together as those of one with many.
  for (const shapes of maps) addSquares(variance, shapes, mean, maps.length * shapes.length);
  const networkVariance = new Float64Array(mean.length);
  addSquares(networkVariance, networks, mean, networks.length);
  const explained = networks.map((own, i) => {
    const others = networks.filter((_, k) => k !== i);
    return others.length === 0 ? NaN : explainedShare(own, meanMap(others));
  });
  return { mean, deviation: variance.map(Math.sqrt), networkDeviation: networkVariance.map(Math.sqrt), networks, explained };
}

/**
 * The share of the variance of `values` that a rising line over `regressor` explains: the square of their correlation, 0 where that is negative. NaN
 * where `values` do not vary; 0 where only the regressor does not.
 */
export function explainedShare(values: ArrayLike<number>, regressor: ArrayLike<number>): number {
  const count = values.length;
  let mean = 0, regressorMean = 0;
  for (let i = 0; i < count; i++) {
    mean += values[i] / count;
    regressorMean += regressor[i] / count;
  }
  let both = 0, square = 0, regressorSquare = 0;
  for (let i = 0; i < count; i++) {
    both += (values[i] - mean) * (regressor[i] - regressorMean);
    square += (values[i] - mean) ** 2;
    regressorSquare += (regressor[i] - regressorMean) ** 2;
  }
  if (square === 0) return NaN;
  return both <= 0 ? 0 : both ** 2 / (square * regressorSquare);
}

function meanMap(maps: readonly ArrayLike<number>[]): Float64Array {
  const mean = new Float64Array(maps[0].length);
  for (const map of maps) for (let i = 0; i < mean.length; i++) mean[i] += map[i];
  return mean.map((sum) => sum / maps.length);
}

function addSquares(total: Float64Array, maps: readonly ArrayLike<number>[], mean: Float64Array, count: number): void {
  for (const map of maps) for (let i = 0; i < total.length; i++) total[i] += (map[i] - mean[i]) ** 2 / count;
}
