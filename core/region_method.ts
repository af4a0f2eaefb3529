import type { SemanticSpace } from "./semantic_space.ts";

/** A number that a method can be given. */
export interface MethodOption {
  /** One line for people. */
  readonly description: string;
  /** The value where none is given. */
  readonly default: number;
  /** Least value that makes sense. */
  readonly low: number;
  /** Greatest value that makes sense. */
  readonly high: number;
  /** Whether only whole numbers make sense. */
  readonly integer?: boolean;
}

/** A box that has not been given its space: lower and upper bounds, [n] each. */
export interface Bounds {
  /** Lower bounds, [n]. */
  readonly a: Float64Array;
  /** Upper bounds, [n]. */
  readonly b: Float64Array;
}

/** What a method asks for at a step. */
export interface PointRequest {
  /** [count x n], row-major. */
  readonly points: Float64Array;
  /** Whether gradients are wanted as well as scores. */
  readonly gradients: boolean;
  /** The box as it stands: what is kept if the run is stopped here. */
  readonly box: Bounds;
  /** Steps done so far. */
  readonly step: number;
}

/** What a method is sent: scores [count] and, where it asked for them, gradients [count x n]. */
export interface PointResponse {
  /** One a point, in [0, 1]. */
  readonly scores: Float64Array;
  /** n a point, in scores per parameter unit. */
  readonly gradients?: Float64Array;
}

/** What a method returns. */
export interface GrowthOutcome {
  /** The region. */
  readonly box: Bounds;
  /** Steps done. */
  readonly steps: number;
  /** Why it ended: `steps` (all allowed steps were taken), `converged`, or a reason of the method's own. */
  readonly stopped: string;
  /** Facts of the method's own for the record. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** A state on the way: the box before step `step`, and the loss that this step saw (NaN where the method has none). */
export interface TraceRow {
  /** The step that comes next. */
  readonly step: number;
  /** Lower bounds before it. */
  readonly a: readonly number[];
  /** Upper bounds before it. */
  readonly b: readonly number[];
  /** The loss that it saw. */
  readonly loss: number;
}

/** What a method is to solve. The function is not in it: a method asks by yielding. */
export interface GrowthProblem {
  /** Omega. */
  readonly space: SemanticSpace;
  /** u0, [n]: a point of Omega. */
  readonly initialPoint: Float64Array;
  /** A value for each of the method's options. */
  readonly options: Readonly<Record<string, number>>;
  /** How finely faces are worth placing, [n] in parameter units, 0 where as finely as the method can: so everywhere where it is absent. */
  readonly resolution?: Float64Array;
  /** Where the method draws random numbers, they come from this. */
  readonly seed: number;
  /** Keeps a row of the trace. */
  trace(row: TraceRow): void;
}

/** A growth on its way: yields what it wants scored, is sent the scores, returns the box. */
export type RegionGrowth = Generator<PointRequest, GrowthOutcome, PointResponse>;

/** What is known of a method. */
export interface MethodFacts {
  /** What makes it one of its kind. */
  readonly kind: "method";
  /** In lower case, words joined by hyphens or underscores. */
  readonly name: string;
  /** One line for people. */
  readonly description: string;
  /** Whether it asks for gradients. */
  readonly whiteBox: boolean;
  /** What it can be given, by name. */
  readonly options: Readonly<Record<string, MethodOption>>;
}

/**
 * Grows a box around a point in which `f` is high. A method is pure: for an adversarial region it is sent `1 - f`, equation (4), without knowing it.
 * As a generator it can be advanced together with others in one batch, or live in another process.
 */
export interface RegionMethod extends MethodFacts {
  /** Starts a growth. */
  grow(problem: GrowthProblem): RegionGrowth;
}

/** A region method that lives in another process. */
export interface RemoteMethod extends MethodFacts {
  /** Starts a growth; its requests come by message. */
  grow(problem: GrowthProblem): AsyncGenerator<PointRequest, GrowthOutcome, PointResponse>;
}

/** A region method, wherever it lives. */
export type MethodPlugin = RegionMethod | RemoteMethod;
