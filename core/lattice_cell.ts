import type { Lattice } from "./lattice_map.ts";
import type { SemanticSpace } from "./semantic_space.ts";

/** A box of a lattice's points, by the indices of its ends along each axis, [n] each. Along a periodic axis `high` may be the count, which is index 0. */
export interface Cell {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** The cells of every `stride`-th point along each axis; together they are the whole lattice, and the seam of a periodic axis. */
export function coarseCells({ axes }: Lattice, space: SemanticSpace, stride: number): Cell[] {
  let cells: Cell[] = [{ low: [], high: [] }];
  axes.forEach((values, k) => {
    // The lattice is closed where its last step leads to its first point again.
    const closed = space.isPeriodic(k) && values.length > 2 && values[0] + space.extent(k) > values[values.length - 1];
    const end = closed ? values.length : values.length - 1;
    const borders = Array.from({ length: Math.max(1, Math.ceil(end / stride)) }, (_, i) => i * stride);
    cells = cells.flatMap(({ low, high }) =>
      borders.map((border) => ({ low: [...low, border], high: [...high, Math.min(border + stride, end)] }))
    );
  });
  return cells;
}

/** The index midway between a cell's ends along an axis; its low end where nothing lies between. */
export function middleOf({ low, high }: Cell, axis: number): number {
  return (low[axis] + high[axis]) >> 1;
}

/** The axes along which a cell has points between its ends. */
export function splitsOf({ low, high }: Cell): number[] {
  return low.map((_, axis) => axis).filter((axis) => high[axis] - low[axis] > 1);
}

/** A cell's halves along some axes: 2^axes parts. */
export function splitCell(cell: Cell, axes: readonly number[]): Cell[] {
  return axes.reduce<Cell[]>((parts, axis) => {
    const middle = middleOf(cell, axis);
    return parts.flatMap(({ low, high }) => [{ low, high: high.with(axis, middle) }, { low: low.with(axis, middle), high }]);
  }, [cell]);
}

/**
 * Indices of a cell's points in the lattice: its corners, or all combinations of ends and middles. `fixed` keeps those at one position along an axis;
 * the order is the same for every position.
 */
export function cellPoints(
  cell: Cell,
  { shape }: Lattice,
  which: "corners" | "all",
  fixed?: { readonly axis: number; readonly position: number },
): number[] {
  let indices = [0];
  for (let k = 0; k < shape.length; k++) {
    const ends = cell.high[k] > cell.low[k] ? [cell.low[k], cell.high[k]] : [cell.low[k]];
    const positions = fixed?.axis === k
      ? [fixed.position]
      : which === "all" && cell.high[k] - cell.low[k] > 1
      ? [ends[0], middleOf(cell, k), ends[1]]
      : ends;
    indices = indices.flatMap((index) => positions.map((position) => index * shape[k] + position % shape[k]));
  }
  return indices;
}

/** Where a cell's points are filled in. */
export interface FillTarget {
  /** [size]; measured ones are read, others written. */
  readonly scores: Float64Array;
  readonly measured: Uint8Array;
  /** Is told which cell a point was filled by, [size]. */
  readonly leafOf?: Int32Array;
  readonly index?: number;
}

/** Interpolates the points of a cell that are not measured, multilinearly between its ends and middles, all of which are. */
export function fillCell(cell: Cell, lattice: Lattice, { scores, measured, leafOf, index = 0 }: FillTarget): void {
  for (const part of splitCell(cell, splitsOf(cell))) {
    const corners = cellPoints(part, lattice, "corners").map((point) => scores[point]);
    const lengths = part.low.map((low, k) => part.high[k] - low);
    const position = part.low.slice();
    while (true) {
      const point = position.reduce((sum, value, k) => sum * lattice.shape[k] + value % lattice.shape[k], 0);
      if (measured[point] === 0) {
        scores[point] = multilinear(corners, position.map((value, k) => lengths[k] > 0 ? (value - part.low[k]) / lengths[k] : undefined));
        if (leafOf !== undefined) leafOf[point] = index;
      }
      let axis = position.length - 1;
      while (axis >= 0 && position[axis] === part.high[axis]) position[axis] = part.low[axis--];
      if (axis < 0) break;
      position[axis]++;
    }
  }
}

/** The multilinear interpolant of corners, first axis slowest, at shares of the way along each axis; undefined where the cell is flat. */
function multilinear(corners: readonly number[], shares: readonly (number | undefined)[]): number {
  let values = corners;
  for (const share of shares) {
    if (share === undefined) continue;
    const half = values.length / 2;
    values = Array.from({ length: half }, (_, i) => values[i] * (1 - share) + values[i + half] * share);
  }
  return values[0];
}
