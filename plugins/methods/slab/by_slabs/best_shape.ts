import type { Reach } from "../evidence.ts";
import type { AdditiveModel } from "./additive_model.ts";

/** Rounds of the iteration, how far a face follows what it is told, and how far at most. */
const ROUNDS = 100, POWER = 0.4, MOST_RATIO = 2;
/** Halvings when a box is scaled to a level. */
const HALVINGS = 24;

/**
 * The largest box over which the mean of an additive model's sum is what it is over a given box, in the model's units. At a maximum, all faces that no
 * limit holds cost the sum the same for a share of the volume; so each is moved in or out by how dear it is, and the box is scaled to its level.
 */
export function bestShape({ weights }: AdditiveModel, start: Reach, limits: Reach): Reach {
  const level = meanSum(weights, start);
  let box = start;
  for (let round = 0; round < ROUNDS; round++) {
    const low = logCosts(weights, box, "low"), high = logCosts(weights, box, "high");
    const free = [
      ...low.filter((cost, k) => cost > -Infinity && box.low[k] > limits.low[k]),
      ...high.filter((cost, k) => cost > -Infinity && box.high[k] < limits.high[k]),
    ];
    if (free.length === 0) break;
    const fair = free.reduce((sum, cost) => sum + cost, 0) / free.length, most = Math.log(MOST_RATIO);
    const factor = (cost: number) => Math.exp(POWER * Math.min(most, Math.max(-most, fair - cost)));
    const moved = { low: box.low.map((value, k) => value * factor(low[k])), high: box.high.map((value, k) => value * factor(high[k])) };
    box = toLevel(moved, limits, (scaled) => meanSum(weights, scaled) >= level);
  }
  return box;
}

/** A box scaled towards or from u0, up to 4 times, to the size at which it just is `enough`; its faces stay within limits. */
export function toLevel(box: Reach, limits: Reach, enough: (box: Reach) => boolean): Reach {
  let low = 0, high = 4;
  for (let i = 0; i < HALVINGS; i++) {
    const factor = (low + high) / 2;
    if (enough(scaledWithin(box, factor, limits))) low = factor;
    else high = factor;
  }
  return scaledWithin(box, low, limits);
}

/** A box scaled towards or from u0, within limits. */
export function scaledWithin({ low, high }: Reach, factor: number, limits: Reach): Reach {
  return {
    low: low.map((value, k) => Math.max(factor * value, limits.low[k])),
    high: high.map((value, k) => Math.min(factor * value, limits.high[k])),
  };
}

/** Mean of the sum over a box: those of its parabolas, in closed form. */
function meanSum(weights: Float64Array, { low, high }: Reach): number {
  let sum = weights[0];
  for (let k = 0; k < low.length; k++) {
    const l = low[k], h = high[k];
    sum += weights[1 + 2 * k] * (l + h) / 2 + weights[2 + 2 * k] * (l * l + l * h + h * h) / 3;
  }
  return sum;
}

/** Logarithm of how fast the mean of the sum falls as each face moves outwards by a share of its side; -infinity where it rises. */
function logCosts(weights: Float64Array, { low, high }: Reach, face: "low" | "high"): Float64Array {
  return low.map((_, k) => {
    const outer = face === "low" ? low[k] : high[k], inner = face === "low" ? high[k] : low[k];
    const cost = -(outer - inner) * (weights[1 + 2 * k] / 2 + weights[2 + 2 * k] * (inner + 2 * outer) / 3);
    return cost > 0 ? Math.log(cost) : -Infinity;
  });
}
