/** What a box has to satisfy: equation (2), and how much of it may score below a floor. */
export interface Thresholds {
  /** Of the box: at least 1 - eps_m. */
  readonly mean: number;
  /** Of the box: at most eps_v. */
  readonly variance: number;
  /** A point that scores below is bad; 0 where there are no bad points. */
  readonly floor: number;
  /** Share of the box' volume that may be bad. */
  readonly badShare: number;
}

/** The thresholds of a method's options, as shares of f(u0) where that is asked for. */
export function readThresholds(options: Readonly<Record<string, number>>, initialScore: number): Thresholds {
  const unit = options.relative > 0 ? initialScore : 1;
  return { mean: options.mean * unit, variance: options.variance * unit * unit, floor: options.floor * unit, badShare: options.bad };
}
