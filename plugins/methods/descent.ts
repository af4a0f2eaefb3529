import { projectBounds } from "../../core/projection.ts";
import type { Bounds, GrowthProblem, MethodOption, PointResponse, RegionGrowth } from "../../core/region_method.ts";

/** What one step of the paper's methods computes from the scores. */
export interface Descent {
  /** The gradient of the loss for the lower bounds, [n]. */
  readonly a: Float64Array;
  /** The gradient of the loss for the upper bounds, [n]. */
  readonly b: Float64Array;
  /** The loss of the box, NaN where it is not known. */
  readonly loss: number;
}

/** A method of the paper: which points a step scores, and the descent that follows from their scores. */
export interface DescentRule {
  readonly whiteBox: boolean;
  /** Points to score, [count x n]. */
  points(box: Bounds): Float64Array;
  descent(box: Bounds, response: PointResponse): Descent;
  /** Further points, scored without gradients, and the loss that follows from them: for a loss that the descent itself does not need. */
  readonly trace?: { points(box: Bounds): Float64Array; loss(scores: Float64Array, response: PointResponse): number };
}

/** The options that all descents share, with the paper's defaults. */
export const DESCENT_OPTIONS = {
  eta: { description: "step size", default: 0.1, low: 0, high: 1e6 },
  steps: { description: "most steps, T", default: 800, low: 0, high: 1e9, integer: true },
  epsilon: { description: "half side of the first box, in parameter units", default: 1e-5, low: 1e-12, high: 1e6 },
  tolerance: {
    description: "a growth has converged when no bound moves by more than this share of its side over 50 steps (0: never)",
    default: 1e-4,
    low: 0,
    high: 1,
  },
} satisfies Record<string, MethodOption>;

/** The paper's share of the outer box' growth, alpha. */
export const ALPHA: MethodOption = { description: "how much longer the outer box is, as a share", default: 0.05, low: 1e-6, high: 10 };

/** The paper's weight of the sides' regularizer, lambda. */
export const LAMBDA: MethodOption = { description: "weight of the sides' regularizer", default: 0.1, low: 0, high: 1e6 };

const WINDOW = 50;

/** Gradient descent of a box's bounds: `a <- a - eta grad_a`, `b <- b - eta grad_b`, projected onto Omega after every step. */
export function* descend({ space, initialPoint, options, trace }: GrowthProblem, rule: DescentRule): RegionGrowth {
  const { eta, steps, epsilon, tolerance } = options;
  const constraint = { space, minimumSide: epsilon / 10 };
  const box = { a: initialPoint.map((value) => value - epsilon), b: initialPoint.map((value) => value + epsilon) };
  projectBounds(box, constraint);
  const convergence = new Convergence(tolerance);
  for (let step = 0; step < steps; step++) {
    const response = yield { points: rule.points(box), gradients: rule.whiteBox, box, step };
    const descent = rule.descent(box, response);
    let { loss } = descent;
    if (rule.trace !== undefined) {
      const { scores } = yield { points: rule.trace.points(box), gradients: false, box, step };
      loss = rule.trace.loss(scores, response);
    }
    trace({ step, a: Array.from(box.a), b: Array.from(box.b), loss });
    if (convergence.reached(box)) return { box, steps: step, stopped: "converged" };
    for (let i = 0; i < box.a.length; i++) {
      box.a[i] -= eta * descent.a[i];
      box.b[i] -= eta * descent.b[i];
    }
    projectBounds(box, constraint);
  }
  trace({ step: steps, a: Array.from(box.a), b: Array.from(box.b), loss: NaN });
  return { box, steps, stopped: "steps" };
}

/** Watches the bounds over a window of steps. */
class Convergence {
  readonly #tolerance: number;
  readonly #history: Bounds[] = [];

  constructor(tolerance: number) {
    this.#tolerance = tolerance;
  }

  reached({ a, b }: Bounds): boolean {
    const history = this.#history;
    history.push({ a: a.slice(), b: b.slice() });
    if (history.length <= WINDOW) return false;
    history.shift();
    return this.#tolerance > 0 && a.every((_, i) => {
      const allowed = this.#tolerance * (b[i] - a[i]);
      return spread(history, "a", i) <= allowed && spread(history, "b", i) <= allowed;
    });
  }
}

function spread(history: readonly Bounds[], bound: "a" | "b", axis: number): number {
  let low = Infinity;
  let high = -Infinity;
  for (const box of history) {
    low = Math.min(low, box[bound][axis]);
    high = Math.max(high, box[bound][axis]);
  }
  return high - low;
}

/** r = b - a. */
export function sidesOf({ a, b }: Bounds): Float64Array {
  return b.map((value, i) => value - a[i]);
}

/** Delta = prod(r) / 2^n. */
export function cellVolume(sides: Float64Array): number {
  return sides.reduce((product, side) => product * side / 2, 1);
}

/** The sum of all scores. */
export function sum(scores: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < scores.length; i++) total += scores[i];
  return total;
}

/** Row `axis` of M f and of Mc f: the sums over the corners on the upper and on the lower face of an axis. */
export function faceSums(scores: ArrayLike<number>, axis: number, offset = 0, count = scores.length): { upper: number; lower: number } {
  let upper = 0;
  let lower = 0;
  for (let i = 0; i < count; i++) {
    if ((i >>> axis) & 1) upper += scores[offset + i];
    else lower += scores[offset + i];
  }
  return { upper, lower };
}
