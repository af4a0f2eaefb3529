import type { Bounds } from "./region_method.ts";
import type { SemanticSpace } from "./semantic_space.ts";

/**
 * A box with sides along the axes, `{u : a <= u <= b}`. On a periodic axis its bounds may lie beyond the seam (azimuth from -20 to 60), but it is
 * never longer than the period.
 */
export class Orthotope implements Bounds {
  /** Lower bounds, [n]. */
  readonly a: Float64Array;
  /** Upper bounds, [n]. */
  readonly b: Float64Array;

  /** The box between bounds, which it copies. @throws RangeError where the bounds differ in length or one is not below the other. */
  constructor(a: ArrayLike<number>, b: ArrayLike<number>) {
    if (a.length !== b.length) throw new RangeError(`Bounds must have the same length: current lengths are ${a.length} and ${b.length}`);
    for (let i = 0; i < a.length; i++) {
      if (!(a[i] <= b[i])) throw new RangeError(`Lower bound must not exceed the upper one: current bounds ${i} are ${a[i]} and ${b[i]}`);
    }
    this.a = Float64Array.from(a);
    this.b = Float64Array.from(b);
  }

  /** The box of half side `epsilon` around a point, from which growth starts. */
  static around(point: ArrayLike<number>, epsilon: number): Orthotope {
    const center = Array.from(point);
    return new Orthotope(center.map((value) => value - epsilon), center.map((value) => value + epsilon));
  }

  /** n. */
  get dimensions(): number {
    return this.a.length;
  }

  /** r = b - a. */
  get sides(): Float64Array {
    return this.b.map((value, i) => value - this.a[i]);
  }

  /** Vol, in units of the parameters. */
  get volume(): number {
    return this.sides.reduce((product, side) => product * side, 1);
  }

  /** The 2^n corners, equation (5), [2^n x n]: coordinate k of corner i is b[k] where bit k of i is set, else a[k]. */
  corners(): Float64Array {
    return corners(this.a, this.b);
  }

  /** A point [n] in the box' own turn: on a periodic axis its first value that is not below the box. */
  turned(point: ArrayLike<number>, space: SemanticSpace): Float64Array {
    return this.a.map((low, i) => {
      if (!space.isPeriodic(i)) return point[i];
      const period = space.extent(i);
      return point[i] + Math.ceil((low - point[i]) / period) * period;
    });
  }

  /** Whether a point lies in the box, across the seams of the space's periodic axes. */
  contains(point: ArrayLike<number>, space: SemanticSpace): boolean {
    return this.turned(point, space).every((value, i) => value >= this.a[i] && value <= this.b[i]);
  }

  /** Volume of what lies in both boxes, across seams. */
  intersectionVolume(other: Bounds, space: SemanticSpace): number {
    let volume = 1;
    for (let i = 0; i < this.dimensions; i++) {
      volume *= space.isPeriodic(i)
        ? circularOverlap(this.a[i], this.b[i], other.a[i], other.b[i], space.extent(i))
        : overlap(this.a[i], this.b[i], other.a[i], other.b[i]);
    }
    return volume;
  }

  /** Volume in both over volume in either (IoU). */
  overlap(other: Orthotope, space: SemanticSpace): number {
    const both = this.intersectionVolume(other, space);
    const either = this.volume + other.volume - both;
    return either > 0 ? both / either : 0;
  }

  /** Volume of what lies in Omega: a periodic axis counts at most its period. */
  clippedVolume(space: SemanticSpace): number {
    let volume = 1;
    for (let i = 0; i < this.dimensions; i++) {
      const { low, high } = space.axes[i];
      volume *= space.isPeriodic(i) ? Math.min(this.b[i] - this.a[i], high - low) : overlap(this.a[i], this.b[i], low, high);
    }
    return volume;
  }

  /** The box with points of the unit cube [count x n] mapped into it. */
  place(unit: Float64Array): Float64Array {
    const n = this.dimensions;
    return unit.map((value, i) => this.a[i % n] + value * (this.b[i % n] - this.a[i % n]));
  }
}

/** The 2^n corners of the box from `a` to `b`, [2^n x n]. See {@linkcode cornerBit}. */
export function corners(a: Float64Array, b: Float64Array): Float64Array {
  const n = a.length;
  const count = 2 ** n;
  const points = new Float64Array(count * n);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < n; k++) points[i * n + k] = cornerBit(k, i) ? b[k] : a[k];
  }
  return points;
}

/** M[k, i]: 1 where corner i lies on the upper face of axis k, else 0. */
export function cornerBit(k: number, i: number): 0 | 1 {
  return ((i >>> k) & 1) as 0 | 1;
}

function overlap(a: number, b: number, c: number, d: number): number {
  return Math.max(0, Math.min(b, d) - Math.max(a, c));
}

function circularOverlap(a: number, b: number, c: number, d: number, period: number): number {
  const first = Math.floor((a - d) / period);
  const last = Math.ceil((b - c) / period);
  let total = 0;
  for (let turn = first; turn <= last; turn++) total += overlap(a, b, c + turn * period, d + turn * period);
  return Math.min(total, period);
}
