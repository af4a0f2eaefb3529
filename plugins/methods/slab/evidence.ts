import type { Bounds, PointRequest } from "../../../core/region_method.ts";
import type { SemanticSpace } from "../../../core/semantic_space.ts";

/** A box by how far its faces lie from u0, [n] each: `low` 0 or less, `high` 0 or more. On an axis with a period, at most the period apart. */
export interface Reach {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** A copy that can be changed by itself. */
export function copyReach({ low, high }: Reach): Reach {
  return { low: low.slice(), high: high.slice() };
}

/** The logarithm of the volume. */
export function logVolume({ low, high }: Reach): number {
  let sum = 0;
  for (let k = 0; k < low.length; k++) sum += Math.log(high[k] - low[k]);
  return sum;
}

/** A box drawn towards u0. */
export function scaled({ low, high }: Reach, factor: number): Reach {
  return { low: low.map((value) => value * factor), high: high.map((value) => value * factor) };
}

/**
 * All that a growth has seen: scored points as offsets from u0, so that a seam is nowhere special. An offset along an axis with a period stands for
 * all that differ from it by the period.
 */
export class Evidence {
  readonly space: SemanticSpace;
  readonly initialPoint: Float64Array;
  /** Period of each axis, 0 where it has none. */
  readonly periods: Float64Array;
  /** How finely faces are worth placing, 0 where as finely as can be, [n]. */
  readonly resolution: Float64Array;
  /** Offsets of the scored points, [n] each. */
  readonly offsets: Float64Array[] = [];
  readonly scores: number[] = [];
  /** Boxes in which points were drawn uniformly, and which of the points those were, from the first to before the last. */
  readonly draws: { readonly box: Reach; readonly first: number; readonly end: number }[] = [];
  /** Requests made so far. */
  rounds = 0;

  constructor(space: SemanticSpace, initialPoint: Float64Array, resolution: Float64Array = initialPoint.map(() => 0)) {
    this.space = space;
    this.initialPoint = initialPoint;
    this.resolution = resolution;
    this.periods = Float64Array.from(space.axes, (_, k) => space.isPeriodic(k) ? space.extent(k) : 0);
  }

  get dimensions(): number {
    return this.initialPoint.length;
  }

  /** How far from u0 a face can lie: to the border of Omega; once around on an axis with a period. */
  room(axis: number): { readonly low: number; readonly high: number } {
    if (this.periods[axis] > 0) return { low: -this.periods[axis], high: this.periods[axis] };
    const { low, high } = this.space.axes[axis];
    return { low: low - this.initialPoint[axis], high: high - this.initialPoint[axis] };
  }

  /** Whether all faces of two boxes lie so close to each other that the resolution does not tell them apart. */
  alike(one: Reach, other: Reach): boolean {
    return this.resolution.every((apart, k) =>
      Math.abs(one.low[k] - other.low[k]) < apart && Math.abs(one.high[k] - other.high[k]) < apart
    );
  }

  /** The request for the scores at some offsets, of which {@linkcode take} is told. */
  request(offsets: readonly Float64Array[], reach: Reach): PointRequest {
    const n = this.dimensions;
    const points = new Float64Array(offsets.length * n);
    offsets.forEach((offset, i) => {
      for (let k = 0; k < n; k++) points[i * n + k] = this.initialPoint[k] + offset[k];
    });
    return { points, gradients: false, box: this.bounds(reach), step: this.rounds };
  }

  /** Keeps scores that were asked for. */
  take(offsets: readonly Float64Array[], scores: Float64Array): void {
    offsets.forEach((offset, i) => {
      this.offsets.push(offset);
      this.scores.push(scores[i]);
    });
    this.rounds++;
  }

  /** Of the points that were drawn uniformly from a box, or from one that contains it: how many lie in it, and the bad ones of those. */
  samplesIn(box: Reach, floor: number): { readonly samples: number; readonly bad: readonly Float64Array[] } {
    const bad: Float64Array[] = [];
    let samples = 0;
    for (const { box: around, first, end } of this.draws) {
      if (!box.low.every((low, k) => around.low[k] <= low && box.high[k] <= around.high[k])) continue;
      for (let i = first; i < end; i++) {
        if (!this.contains(box, this.offsets[i])) continue;
        samples++;
        if (this.scores[i] < floor) bad.push(this.offsets[i]);
      }
    }
    return { samples, bad };
  }

  /** Offset `value` along an axis as it lies nearest to the interval of a reach: moved by the period where that brings it in. */
  unwrap(axis: number, value: number, { low, high }: Reach): number {
    const period = this.periods[axis];
    if (period === 0) return value;
    const turned = value - Math.ceil((value - high[axis]) / period) * period;
    // The largest representative that is not above the upper face; where it lies below the lower one, the value is outside either way.
    return turned >= low[axis] || low[axis] - turned < turned + period - high[axis] ? turned : turned + period;
  }

  /** Whether an offset lies in a reach. */
  contains(reach: Reach, offset: Float64Array): boolean {
    for (let k = 0; k < offset.length; k++) {
      const value = this.unwrap(k, offset[k], reach);
      if (value < reach.low[k] || value > reach.high[k]) return false;
    }
    return true;
  }

  /** The box in parameter units, inside Omega. */
  bounds({ low, high }: Reach): Bounds {
    const a = new Float64Array(this.dimensions);
    const b = new Float64Array(this.dimensions);
    for (let k = 0; k < a.length; k++) {
      const axis = this.space.axes[k];
      a[k] = this.initialPoint[k] + low[k];
      b[k] = this.initialPoint[k] + high[k];
      if (this.periods[k] > 0) b[k] = Math.min(b[k], a[k] + this.periods[k]);
      else [a[k], b[k]] = [Math.max(a[k], axis.low), Math.min(b[k], axis.high)];
    }
    return { a, b };
  }
}
