import { Kriging } from "./kriging.ts";
import type { Lattice } from "./lattice_map.ts";
import { around, NearestPoints } from "./nearest_points.ts";
import { stridesOf } from "./shape.ts";

/** Neighbors that an estimate is made of, and those whose errors say how good it is. */
const NEIGHBORS = 12, WITNESSES = 4;
/** An axis along which the map is rougher counts as longer, at most and at least so much. */
const LONGEST = 2;

/** What the measured points of a map say of the others. */
export interface MapEstimate {
  /** The points that are not measured, by index, ascending. All that follows is in their order. */
  readonly points: Int32Array;
  readonly scores: Float64Array;
  /** Error of a score that is to be expected. */
  readonly errors: Float64Array;
  /** How likely an error is beyond the tolerance, in [0, 1]. */
  readonly risks: Float64Array;
  /** The nearest measured point of each. */
  readonly nearest: Int32Array;
  /** Measured points that the others miss by more than the tolerance. */
  readonly surprises: number;
}

/**
 * Estimates the points of a map that are not measured by kriging from the nearest measured ones, and how far off it may be by cross-validation: each
 * measured point is estimated from the others; the errors of a place's neighbors, scaled from their distances to its own, are the errors to be expected.
 *
 * @param closed Whether the lattice closes on itself along each axis.
 */
export function estimateMap(
  lattice: Lattice,
  { values, measured, closed, tolerance }: {
    readonly values: Float64Array;
    readonly measured: Uint8Array;
    readonly closed: readonly boolean[];
    readonly tolerance: number;
  },
): MapEstimate {
  const n = lattice.shape.length;
  const known: number[] = [], unknown: number[] = [];
  measured.forEach((one, index) => (one === 1 ? known : unknown).push(index));
  const lengths = axisLengths(lattice, values, measured);
  const periods = lattice.shape.map((count, k) => closed[k] ? count * lengths[k] : Infinity);
  const place = (index: number, into: Float64Array) => {
    for (let k = n - 1; k >= 0; k--) {
      into[k] = index % lattice.shape[k] * lengths[k];
      index = Math.floor(index / lattice.shape[k]);
    }
  };
  const places = new Float64Array(known.length * n);
  known.forEach((index, i) => place(index, places.subarray(i * n, (i + 1) * n)));
  const tree = new NearestPoints(places, periods);
  const neighbors = new Int32Array(NEIGHBORS), distances = new Float64Array(NEIGHBORS);
  const offsets = new Float64Array(NEIGHBORS * n), column = new Float64Array(NEIGHBORS);
  const kriging = new Kriging(n, NEIGHBORS);
  const estimate = (at: Float64Array, without?: number) => {
    const count = tree.find(at, neighbors, distances, without);
    for (let j = 0; j < count; j++) {
      for (let k = 0; k < n; k++) offsets[j * n + k] = around(places[neighbors[j] * n + k] - at[k], periods[k]);
      column[j] = values[known[neighbors[j]]];
    }
    return kriging.estimate(offsets, column, count);
  };
  let surprises = 0;
  /** Errors of the measured points per unit of spread. */
  const misses = Float64Array.from(known, (index, i) => {
    const { value, spread } = estimate(places.subarray(i * n, (i + 1) * n), i);
    const error = Math.abs(value - values[index]);
    if (known.length > 1 && error > tolerance) surprises++;
    return error / spread;
  });
  const scores = new Float64Array(unknown.length), errors = new Float64Array(unknown.length);
  const risks = new Float64Array(unknown.length), nearest = new Int32Array(unknown.length);
  const at = new Float64Array(n);
  const witnesses = Math.min(WITNESSES, known.length);
  unknown.forEach((index, i) => {
    place(index, at);
    const { value, spread } = estimate(at);
    scores[i] = value;
    let squares = 0, beyond = 0;
    for (let j = 0; j < witnesses; j++) {
      const error = misses[neighbors[j]] * spread;
      squares += error ** 2;
      if (error > tolerance) beyond++;
    }
    errors[i] = Math.sqrt(squares / witnesses);
    risks[i] = beyond / witnesses;
    nearest[i] = known[neighbors[0]];
  });
  return { points: Int32Array.from(unknown), scores, errors, risks, nearest, surprises };
}

/** How much a step along each axis counts, by the squared differences of the scores along it; their geometric mean is 1 as far as no limit is met. */
function axisLengths({ shape, size }: Lattice, values: Float64Array, measured: Uint8Array): number[] {
  const strides = stridesOf(shape);
  const rates = shape.map((count, k) => {
    const stride = strides[k];
    let squares = 0, steps = 0;
    for (let start = 0; start < size; start++) {
      if (Math.floor(start / stride) % count !== 0) continue;
      for (let i = 0, last = -1; i < count; i++) {
        const index = start + i * stride;
        if (measured[index] === 0) continue;
        if (last >= 0) {
          squares += (values[index] - values[start + last * stride]) ** 2;
          steps += i - last;
        }
        last = i;
      }
    }
    return squares / Math.max(1, steps) + 1e-9;
  });
  const middle = Math.exp(rates.reduce((sum, rate) => sum + Math.log(rate), 0) / rates.length);
  return rates.map((rate) => Math.min(Math.max(rate / middle, 1 / LONGEST), LONGEST));
}
