/** Learning rates over a training. */
export interface Schedule {
  /** The highest rate. */
  readonly peak: number;
  readonly steps: number;
  /** Steps over which the rate rises to its peak. */
  readonly warmUp: number;
}

/** The rate of step `step` (from 0): a linear rise, then half a cosine down to 0 (Loshchilov and Hutter 2017). */
export function learningRate({ peak, steps, warmUp }: Schedule, step: number): number {
  if (step < warmUp) return peak * (step + 1) / warmUp;
  const progress = (step - warmUp) / Math.max(1, steps - warmUp);
  return peak * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
}
