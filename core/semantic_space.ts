import { InputError, outOfRange } from "./errors.ts";

/** One side of Omega. */
export interface Axis {
  /** Name of the semantic parameter. */
  readonly name: string;
  /** Of its values: `degree`, `unit`, `share`, ... */
  readonly unit: string;
  /** Lower end. */
  readonly low: number;
  /** Upper end. */
  readonly high: number;
  /** Values that differ by this are the same point. */
  readonly period?: number;
}

/** Whether an axis closes on itself: its range is a whole period, up to the rounding of its ends, as 152.3:512.3 is 359.99999999999994 long. */
export function isClosed({ low, high, period }: Pick<Axis, "low" | "high" | "period">): boolean {
  return period !== undefined && Math.abs(high - low - period) <= 1e-12 * Math.max(Math.abs(low), Math.abs(high));
}

/** Omega: the box of semantic points that is looked at, one axis a parameter. */
export class SemanticSpace {
  /** One a parameter, in the order of every point. */
  readonly axes: readonly Axis[];

  /** The space over given axes. @throws InputError where an axis is upside down, not finite, longer than its period, or there twice. */
  constructor(axes: readonly Axis[]) {
    if (axes.length === 0) throw new InputError("A semantic space needs at least one parameter");
    const names = new Set<string>();
    for (const { name, low, high, period } of axes) {
      if (names.has(name)) throw new InputError(`Parameter "${name}" is given twice: each can be used once`);
      names.add(name);
      if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
        throw new InputError(`Range of "${name}" must run from a lower to a higher number: current range is ${low}:${high}`);
      }
      if (period !== undefined && high - low > period && !isClosed({ low, high, period })) {
        throw new InputError(`Range of "${name}" must not be longer than its period of ${period}: current range is ${low}:${high}`);
      }
    }
    this.axes = axes;
  }

  /** n. */
  get dimensions(): number {
    return this.axes.length;
  }

  /** Vol(Omega). */
  get volume(): number {
    return this.axes.reduce((product, axis) => product * (axis.high - axis.low), 1);
  }

  /** Length of one axis. */
  extent(axis: number): number {
    return this.axes[axis].high - this.axes[axis].low;
  }

  /** Whether an axis closes on itself. */
  isPeriodic(axis: number): boolean {
    return isClosed(this.axes[axis]);
  }

  /** One coordinate brought into the axis' range: across the seam where the axis is periodic, else to the nearer end. */
  projectCoordinate(axis: number, value: number): number {
    const { low, high } = this.axes[axis];
    if (!this.isPeriodic(axis)) return Math.min(Math.max(value, low), high);
    if (value >= low && value < high) return value;
    const extent = high - low;
    const wrapped = low + ((value - low) % extent + extent) % extent;
    return wrapped < high ? wrapped : low;
  }

  /** Points [count x n] brought into Omega, in a new array. */
  project(points: Float64Array): Float64Array {
    const n = this.dimensions;
    const projected = new Float64Array(points.length);
    for (let i = 0; i < points.length; i++) projected[i] = this.projectCoordinate(i % n, points[i]);
    return projected;
  }

  /** How many points an array holds. */
  count(points: ArrayLike<number>): number {
    const count = points.length / this.dimensions;
    if (!Number.isInteger(count)) {
      throw new RangeError(`Points must hold ${this.dimensions} numbers each: current length is ${points.length}`);
    }
    return count;
  }

  /** Throws InputError where a point does not lie in Omega. Values of a periodic axis are taken modulo its period. */
  requirePoint(point: ArrayLike<number>): void {
    if (point.length !== this.dimensions) {
      const names = this.axes.map((axis) => axis.name).join(", ");
      throw new InputError(`A point needs ${this.dimensions} numbers (${names}): current point has ${point.length}`);
    }
    this.axes.forEach(({ name, low, high }, i) => {
      if (!Number.isFinite(point[i])) throw new InputError(`"${name}" of a point must be a number: current value is ${point[i]}`);
      if (!this.isPeriodic(i) && (point[i] < low || point[i] > high)) throw outOfRange(`"${name}" of a point`, point[i], low, high);
    });
  }
}
