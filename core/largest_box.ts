import { InputError } from "./errors.ts";
import type { Bounds } from "./region_method.ts";
import type { SemanticFunction } from "./semantic_function.ts";

/** What the box has to satisfy. */
export interface LargestBoxOptions {
  /** Least mean over the box, equation (2). */
  readonly mean: number;
  /** Most variance over the box. */
  readonly variance: number;
  /** A point that scores less is bad. */
  readonly floor: number;
  /** Share of the box that may be bad. */
  readonly badShare: number;
  /** Parts into which each axis is divided: faces lie on their borders. */
  readonly cells: readonly number[];
  /** Points of a cell along each axis. */
  readonly pointsPerCell?: number;
  /** Ends scoring early, by an error. */
  readonly signal?: AbortSignal;
}

/** The largest box and what it is like. */
export interface LargestBox {
  /** Its bounds. */
  readonly box: Bounds;
  /** In parameter units. */
  readonly volume: number;
  /** Mean of f over it. */
  readonly mean: number;
  /** Variance of f over it. */
  readonly variance: number;
  /** Share of it that is bad. */
  readonly badShare: number;
}

/**
 * The largest box around a point that satisfies equation (2), by looking at all of them: over one or two parameters, with faces on a lattice of cells
 * and f scored at points of every cell. For functions that cost nothing, such as stored maps: the yardstick for methods that look at few points.
 *
 * @returns undefined where no box of whole cells around the point does.
 * @throws InputError where the space has more than two parameters.
 */
export async function largestBox(
  f: SemanticFunction,
  initialPoint: ArrayLike<number>,
  options: LargestBoxOptions,
): Promise<LargestBox | undefined> {
  const { space } = f, n = space.dimensions;
  if (n > 2) throw new InputError(`The largest box can be looked up over one or two parameters: current number is ${n}`);
  const point = space.project(Float64Array.from(initialPoint));
  const axes = space.axes.map((axis, k) => new CellAxis(axis, options.cells[k], { point: point[k], periodic: space.isPeriodic(k) }));
  const sums = await sumCells(f, axes, options);
  // One parameter is two, the second of which is a single cell.
  const [first, second = new CellAxis({ low: 0, high: 1 }, 1, { point: 0.5, periodic: false })] = axes;
  const width = second.turns + 1;
  let best: { area: number; rows: readonly [number, number]; columns: readonly [number, number]; values: readonly number[] } | undefined;
  for (const rows of first.intervals()) {
    for (const columns of second.intervals()) {
      const area = (rows[1] - rows[0]) * (columns[1] - columns[0]);
      // Intervals come longest first.
      if (best !== undefined && area <= best.area) break;
      const corners = [
        rows[1] * width + columns[1],
        rows[0] * width + columns[1],
        rows[1] * width + columns[0],
        rows[0] * width + columns[0],
      ];
      const [score, square, bad] = sums.map((sum) => (sum[corners[0]] - sum[corners[1]] - sum[corners[2]] + sum[corners[3]]) / area);
      const variance = Math.max(0, square - score * score);
      if (score < options.mean || variance > options.variance || bad > options.badShare + 1e-9) continue;
      best = { area, rows, columns, values: [score, variance, Math.max(0, bad)] };
    }
  }
  if (best === undefined) return undefined;
  const bounds = [first.bounds(best.rows), second.bounds(best.columns)].slice(0, n);
  const box = { a: Float64Array.from(bounds, ([low]) => low), b: Float64Array.from(bounds, ([, high]) => high) };
  const [mean, variance, badShare] = best.values;
  return { box, volume: bounds.reduce((product, [low, high]) => product * (high - low), 1), mean, variance, badShare };
}

/** An axis cut into cells of the same length. On a periodic one they go around twice, so that an interval across the seam is one of neighbors. */
class CellAxis {
  readonly low: number;
  readonly count: number;
  readonly length: number;
  /** Cells in a row: twice the number where the axis is periodic. */
  readonly turns: number;
  readonly #cell: number;
  readonly #periodic: boolean;

  constructor({ low, high }: { low: number; high: number }, count: number, { point, periodic }: { point: number; periodic: boolean }) {
    this.low = low;
    this.count = count;
    this.length = (high - low) / count;
    this.turns = periodic ? 2 * count : count;
    this.#cell = (point - low) / this.length;
    this.#periodic = periodic;
  }

  /** Intervals of cells that contain the point, `[first, last + 1]`, longest first. */
  intervals(): (readonly [number, number])[] {
    const intervals: (readonly [number, number])[] = [];
    const cell = this.#cell;
    for (let from = 0; from < this.count; from++) {
      for (let length = 1; length <= this.count && from + length <= this.turns; length++) {
        const inside = cell >= from && cell <= from + length || this.#periodic && cell + this.count <= from + length;
        if (inside) intervals.push([from, from + length]);
      }
    }
    return intervals.sort((one, other) => other[1] - other[0] - (one[1] - one[0]));
  }

  /** An interval in parameter units. */
  bounds([from, to]: readonly [number, number]): readonly [number, number] {
    return [this.low + from * this.length, this.low + to * this.length];
  }
}

/** Sums of score, square and badness over all cells below and before each border, [turns + 1] by [turns + 1]. */
async function sumCells(f: SemanticFunction, axes: readonly CellAxis[], options: LargestBoxOptions): Promise<Float64Array[]> {
  const { floor, pointsPerCell = 3, signal } = options;
  const [first, second] = axes;
  const columns = second?.count ?? 1, columnTurns = second?.turns ?? 1;
  const finePoints = (axis: CellAxis) =>
    Float64Array.from({ length: axis.count * pointsPerCell }, (_, i) => axis.low + (i + 0.5) / pointsPerCell * axis.length);
  const across = finePoints(first), along = second === undefined ? Float64Array.of(0) : finePoints(second);
  const points = new Float64Array(across.length * along.length * axes.length);
  let at = 0;
  for (const x of across) {
    for (const y of along) {
      points[at++] = x;
      if (second !== undefined) points[at++] = y;
    }
  }
  const scores = await f.evaluate(points, signal);
  const cells = [0, 1, 2].map(() => new Float64Array(first.count * columns));
  const share = across.length * along.length / (first.count * columns);
  scores.forEach((score, i) => {
    const row = Math.floor(Math.floor(i / along.length) / pointsPerCell);
    const column = second === undefined ? 0 : Math.floor(i % along.length / pointsPerCell);
    const cell = row * columns + column;
    cells[0][cell] += score / share;
    cells[1][cell] += score * score / share;
    cells[2][cell] += (score < floor ? 1 : 0) / share;
  });
  const width = columnTurns + 1;
  return cells.map((values) => {
    const sums = new Float64Array((first.turns + 1) * width);
    for (let i = 0; i < first.turns; i++) {
      let row = 0;
      for (let j = 0; j < columnTurns; j++) {
        row += values[i % first.count * columns + j % columns];
        sums[(i + 1) * width + j + 1] = sums[i * width + j + 1] + row;
      }
    }
    return sums;
  });
}
