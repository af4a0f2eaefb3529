import type { Arena, Cells } from "./arena.ts";
import type { Belief, Demands } from "./belief.ts";

/** Bins between the faces that are looked at. */
const STRIDE = 3;
/** Numbers of an interval in a list: its low and high end. */
const ENDS = 2;
/** Rounding of the sums. */
const LEAST_WEIGHT = 1e-9;

/**
 * The largest rectangle around u0 that meets demands, among all with faces on every third border of an arena's bins: in two dimensions there are few
 * enough of them to look at each that could be larger than the best so far.
 */
export class PlaneSearch {
  readonly #arena: Arena;
  /** The intervals of both axes that contain u0, longest first, two numbers each. */
  readonly #intervals: readonly Int16Array[];
  /** Rows and columns of the sums: twice around where an axis closes on itself. */
  readonly #sizes: readonly number[];
  readonly #sums: readonly Float64Array[];

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#intervals = [0, 1].map((axis) => intervals(arena, axis));
    this.#sizes = arena.closed.map((closed) => (closed ? 2 : 1) * arena.binCount + 1);
    this.#sums = Array.from({ length: 4 }, () => new Float64Array(this.#sizes[0] * this.#sizes[1]));
  }

  /** The largest of more than `beyond` squares of bins; undefined where there is none. */
  largest(belief: Belief, { mean, variance, badShare }: Demands, beyond: number): Cells | undefined {
    this.#sum(belief);
    const [rows, columns] = this.#intervals, width = this.#sizes[1];
    const [down, right] = this.#arena.closed.map((closed) => closed ? this.#arena.binCount : 0);
    const [weights, scores, squares, bads] = this.#sums;
    const widest = columns[1] - columns[0];
    let best = beyond, cells: Cells | undefined;
    for (let i = 0; i < rows.length; i += ENDS) {
      const height = rows[i + 1] - rows[i];
      if (height * widest <= best) break;
      const top = (rows[i] + down) * width + right, bottom = (rows[i + 1] + down) * width + right;
      for (let j = 0; j < columns.length; j += ENDS) {
        const low = columns[j], high = columns[j + 1], area = height * (high - low);
        if (area <= best) break;
        const weight = weights[bottom + high] - weights[top + high] - weights[bottom + low] + weights[top + low];
        if (weight > LEAST_WEIGHT) {
          const bad = bads[bottom + high] - bads[top + high] - bads[bottom + low] + bads[top + low];
          if (bad > badShare * weight + LEAST_WEIGHT) continue;
          const average = (scores[bottom + high] - scores[top + high] - scores[bottom + low] + scores[top + low]) / weight;
          if (average < mean) continue;
          const square = (squares[bottom + high] - squares[top + high] - squares[bottom + low] + squares[top + low]) / weight;
          if (square - average * average > variance) continue;
        }
        best = area;
        cells = { low: Int32Array.of(rows[i], low), high: Int32Array.of(rows[i + 1], high) };
        break;
      }
    }
    return cells;
  }

  /** Sums over the bins below and before each border. */
  #sum({ score, square, bad }: Belief): void {
    const { bins: [rows, columns], weights, binCount: count } = this.#arena, [height, width] = this.#sizes;
    const [weightSums, scoreSums, squareSums, badSums] = this.#sums;
    for (const sums of this.#sums) sums.fill(0);
    for (let i = 0; i < weights.length; i++) {
      const at = (rows[i] + 1) * width + columns[i] + 1, weight = weights[i];
      weightSums[at] += weight;
      scoreSums[at] += weight * score[i];
      squareSums[at] += weight * square[i];
      badSums[at] += weight * bad[i];
    }
    for (const sums of this.#sums) {
      // What lies once around an axis that closes on itself is there again.
      if (width > count + 1) {
        for (let row = 1; row <= count; row++) sums.copyWithin(row * width + count + 1, row * width + 1, row * width + count + 1);
      }
      if (height > count + 1) sums.copyWithin((count + 1) * width, width, (count + 1) * width);
      for (let row = 1; row < height; row++) {
        let sum = 0;
        for (let column = 1; column < width; column++) {
          sum += sums[row * width + column];
          sums[row * width + column] = sum + sums[(row - 1) * width + column];
        }
      }
    }
  }
}

/** The intervals of an axis that contain u0, longest first. */
function intervals({ binCount: count, closed, origin }: Arena, axis: number): Int16Array {
  const found: (readonly [number, number])[] = [];
  const lowest = closed[axis] ? 1 - count : 0, start = origin[axis];
  for (let low = start - start % STRIDE; low >= lowest; low -= STRIDE) {
    for (let high = start + STRIDE - start % STRIDE; high <= count; high += STRIDE) {
      if (!closed[axis] || high - low <= count) found.push([low, high]);
    }
  }
  return Int16Array.from(found.sort((one, other) => other[1] - other[0] - (one[1] - one[0])).flat());
}
