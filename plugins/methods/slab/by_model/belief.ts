/** What is believed of each point of an arena, [count] each. */
export interface Belief {
  /** Expected score, in [0, 1]. */
  readonly score: Float64Array;
  /** Expected square of the score. */
  readonly square: Float64Array;
  /** Probability that it lies below the floor. */
  readonly bad: Float64Array;
}

/** What a box is asked for: mean at least, variance at most, share below the floor at most. */
export interface Demands {
  readonly mean: number;
  readonly variance: number;
  readonly badShare: number;
}
