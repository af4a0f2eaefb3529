import type { Slice } from "../../../core/record.ts";
import { type Axis, isClosed } from "../../../core/semantic_space.ts";
import { stridesOf } from "../../../core/shape.ts";

/** Scores at the crossings of values along one axis or two. */
export interface Lattice {
  /** The axes that vary: x alone, or x and y. */
  readonly axes: readonly Axis[];
  /** Values along each, rising. */
  readonly values: readonly (readonly number[])[];
  /** Scores, row-major with x slowest; NaN where nothing was scored. */
  readonly scores: readonly number[];
  /** Which of the scores were measured, 1 or 0 each; the others are interpolated. Absent where all were. */
  readonly measured?: ArrayLike<number>;
  /** Derivatives of the score for each of the axes at each point, the axes last; absent where they are not known. */
  readonly slopes?: readonly number[];
}

/** The index of the value that is nearest to `target`, around the circle where the axis closes on itself. */
export function nearestIndex(values: readonly number[], target: number, axis: Axis): number {
  const period = isClosed(axis) ? axis.high - axis.low : Infinity;
  let best = 0;
  let bestDistance = Infinity;
  for (let i = 0; i < values.length; i++) {
    const away = Math.abs(values[i] - target) % period;
    const distance = Math.min(away, period - away);
    if (distance < bestDistance) [best, bestDistance] = [i, distance];
  }
  return best;
}

/** Scores at the middles of pixels that cover both axes, [height x width] from above: each that of the nearest point. */
export function nearestScores({ axes: [x, y], values: [xValues, yValues], scores }: Lattice, width: number, height: number): Float64Array {
  const columns = Array.from({ length: width }, (_, i) => nearestIndex(xValues, pixelValue(x, i, width), x));
  const rows = Array.from({ length: height }, (_, i) => nearestIndex(yValues, pixelValue(y, height - 1 - i, height), y));
  const result = new Float64Array(width * height);
  for (let i = 0; i < result.length; i++) result[i] = scores[columns[i % width] * yValues.length + rows[Math.floor(i / width)]];
  return result;
}

/** The same, interpolated between the four points around each middle, of which all must be known. */
export function interpolatedScores(lattice: Lattice, width: number, height: number): Float64Array {
  const { axes: [x, y], values: [xValues, yValues], scores } = lattice;
  const columns = Array.from({ length: width }, (_, i) => neighbors(xValues, pixelValue(x, i, width), x));
  const rows = Array.from({ length: height }, (_, i) => neighbors(yValues, pixelValue(y, height - 1 - i, height), y));
  const at = (across: number, up: number) => scores[across * yValues.length + up];
  const result = new Float64Array(width * height);
  for (let i = 0; i < result.length; i++) {
    const column = columns[i % width];
    const row = rows[Math.floor(i / width)];
    const below = at(column.low, row.low) + column.weight * (at(column.high, row.low) - at(column.low, row.low));
    const above = at(column.low, row.high) + column.weight * (at(column.high, row.high) - at(column.low, row.high));
    result[i] = below + row.weight * (above - below);
  }
  return result;
}

/** The value of an axis at the middle of a pixel. */
function pixelValue({ low, high }: Axis, pixel: number, pixels: number): number {
  return low + (pixel + 0.5) / pixels * (high - low);
}

/** The indices of the values around a target, and how far it is from the lower to the upper one. */
function neighbors(values: readonly number[], target: number, axis: Axis): { low: number; high: number; weight: number } {
  const { indices, positions } = padAxis(values, axis);
  const next = Math.max(positions.findIndex((position) => position > target), 1);
  return {
    low: indices[next - 1],
    high: indices[next],
    weight: (target - positions[next - 1]) / (positions[next] - positions[next - 1]),
  };
}

/** The values of an axis with one more at each end, so that what is drawn reaches its ends: across the seam, or the last one repeated. */
export function padAxis(values: readonly number[], axis: Axis): { indices: number[]; positions: number[] } {
  const last = values.length - 1;
  const indices = values.map((_, i) => i);
  if (isClosed(axis)) {
    const period = axis.high - axis.low;
    return { indices: [last, ...indices, 0], positions: [values[last] - period, ...values, values[0] + period] };
  }
  const margin = axis.high - axis.low;
  return { indices: [0, ...indices, last], positions: [values[0] - margin, ...values, values[last] + margin] };
}

/** What is left of a lattice over many axes where all but `axes` are held at the point with the given indices. */
export function sectionOf(lattice: Lattice, axes: readonly number[], held: readonly number[]): Lattice {
  const { axes: all, values, scores, measured, slopes } = lattice;
  const strides = stridesOf(shapeOf(lattice));
  let indices = [held.reduce((sum, index, axis) => axes.includes(axis) ? sum : sum + index * strides[axis], 0)];
  for (const axis of axes) indices = indices.flatMap((start) => values[axis].map((_, index) => start + index * strides[axis]));
  return {
    axes: axes.map((axis) => all[axis]),
    values: axes.map((axis) => values[axis]),
    scores: indices.map((index) => scores[index]),
    ...(measured === undefined ? {} : { measured: indices.map((index) => measured[index]) }),
    ...(slopes === undefined ? {} : { slopes: indices.flatMap((index) => axes.map((axis) => slopes[index * all.length + axis])) }),
  };
}

/** The scores at each value of one axis, over all others, known ones only and rising. */
export function scoresAlong({ values, scores }: Lattice, axis: number): Float64Array[] {
  const stride = stridesOf(shapeOf({ values }))[axis];
  const length = values[axis].length;
  const groups = values[axis].map((): number[] => []);
  scores.forEach((score, index) => {
    if (!Number.isNaN(score)) groups[Math.floor(index / stride) % length].push(score);
  });
  return groups.map((group) => Float64Array.from(group).sort());
}

/** The indices, along each axis, of the highest score. */
export function highestPoint({ values, scores }: Lattice): number[] {
  let best = -1;
  scores.forEach((score, index) => {
    if (!Number.isNaN(score) && (best < 0 || score > scores[best])) best = index;
  });
  const strides = stridesOf(shapeOf({ values }));
  return values.map(({ length }, axis) => Math.floor(Math.max(best, 0) / strides[axis]) % length);
}

function shapeOf({ values }: Pick<Lattice, "values">): number[] {
  return values.map(({ length }) => length);
}

/** The slice of a record as a lattice. */
export function sliceLattice(slice: Slice, space: readonly Axis[]): Lattice {
  return { axes: slice.axes.map((axis) => space[axis]), values: slice.values, scores: slice.scores };
}

/** A lattice over two axes with its axes exchanged. */
export function transpose({ axes, values, scores, measured, slopes }: Lattice): Lattice {
  const [rows, columns] = [values[0].length, values[1].length];
  const order = Array.from({ length: rows * columns }, (_, i) => (i % rows) * columns + Math.floor(i / rows));
  const turn = (numbers: ArrayLike<number>) => order.map((index) => numbers[index]);
  return {
    axes: [axes[1], axes[0]],
    values: [values[1], values[0]],
    scores: turn(scores),
    ...(measured === undefined ? {} : { measured: turn(measured) }),
    ...(slopes === undefined ? {} : { slopes: order.flatMap((index) => [slopes[2 * index + 1], slopes[2 * index]]) }),
  };
}

/** The mean of several maps point by point, of those that are known there; NaN where none is. */
export function meanScores(maps: readonly (readonly number[])[], size: number): number[] {
  return Array.from({ length: size }, (_, i) => {
    let sum = 0, count = 0;
    for (const scores of maps) {
      if (Number.isNaN(scores[i])) continue;
      sum += scores[i];
      count++;
    }
    return sum / count;
  });
}
