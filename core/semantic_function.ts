import type { GradientSource } from "./record.ts";
import type { SemanticSpace } from "./semantic_space.ts";

/** Scores and their gradients at a batch of points. */
export interface Differentiated {
  /** f(u), [count]. */
  readonly scores: Float64Array;
  /** df/du in scores per parameter unit, [count x n]. */
  readonly gradients: Float64Array;
}

/**
 * Scores of one class over a semantic space, equation (1): everything that analyzes sees only this, everything that evaluates implements it.
 * Points outside Omega are allowed and are projected onto it first.
 */
export interface SemanticFunction {
  /** Omega. */
  readonly space: SemanticSpace;
  /** Scores f(u) in [0, 1], one a point. `points`: [count x n], row-major, in parameter units. */
  evaluate(points: Float64Array, signal?: AbortSignal): Promise<Float64Array>;
  /** Scores and gradients, where the function is white-box. */
  differentiate?(points: Float64Array, signal?: AbortSignal): Promise<Differentiated>;
  /** Where these gradients come from; absent: they are exact. */
  readonly gradientSource?: GradientSource;
}
