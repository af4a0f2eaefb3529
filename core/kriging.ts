/** Subtracted from the diagonal of the slope: neighbors on a line say nothing of a slope across it. */
const RIDGE = 1e-6;

/**
 * Kriging from a few neighbors: the best linear unbiased estimate of a field whose squared differences grow in proportion to the distance, beside a
 * slope (a linear variogram, universal kriging with a linear drift). Neighbors that lie together share their weight; a plane is exact.
 */
export class Kriging {
  readonly #n: number;
  /** The system, a row an equation with its right side at the end; kept between calls. */
  readonly #rows: Float64Array[];
  readonly #right: Float64Array;
  readonly #weights: Float64Array;

  /** @param n Dimensions. @param neighbors How many there are at most. */
  constructor(n: number, neighbors: number) {
    const size = neighbors + 1 + n;
    this.#n = n;
    this.#rows = Array.from({ length: size }, () => new Float64Array(size + 1));
    this.#right = new Float64Array(size);
    this.#weights = new Float64Array(size);
  }

  /**
   * What neighbors say of a place: the value there, within theirs, and its spread, the error to be expected in a field whose squared differences are the distances.
   *
   * @param offsets Of the neighbors from the place, [count x n]. @param values At the neighbors, [count].
   */
  estimate(offsets: ArrayLike<number>, values: ArrayLike<number>, count: number): { readonly value: number; readonly spread: number } {
    const n = this.#n, size = count + 1 + n, rows = this.#rows, right = this.#right, weights = this.#weights;
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      right[i] = row[size] = this.#distance(offsets, i);
      row[i] = 0;
      for (let j = 0; j < i; j++) row[j] = rows[j][i] = this.#distance(offsets, i, j);
      row[count] = rows[count][i] = 1;
      for (let k = 0; k < n; k++) row[count + 1 + k] = rows[count + 1 + k][i] = offsets[i * n + k];
    }
    for (let i = count; i < size; i++) {
      rows[i].fill(0, count);
      if (i > count) rows[i][i] = -RIDGE;
      right[i] = 0;
    }
    right[count] = rows[count][size] = 1;
    solve(rows, size, weights);
    let value = 0, variance = weights[count], low = Infinity, high = -Infinity;
    for (let i = 0; i < count; i++) {
      value += weights[i] * values[i];
      variance += weights[i] * right[i];
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    return { value: Math.min(Math.max(value, low), high), spread: Math.sqrt(Math.max(variance, Number.EPSILON)) };
  }

  /** Between two neighbors, or of one from the place. */
  #distance(offsets: ArrayLike<number>, i: number, j?: number): number {
    let sum = 0;
    for (let k = 0; k < this.#n; k++) {
      const difference = offsets[i * this.#n + k] - (j === undefined ? 0 : offsets[j * this.#n + k]);
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}

/** Solves a linear system by elimination with row pivots; overwrites and reorders its rows, which end with the right side. */
function solve(rows: Float64Array[], size: number, solution: Float64Array): void {
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let i = column + 1; i < size; i++) if (Math.abs(rows[i][column]) > Math.abs(rows[pivot][column])) pivot = i;
    const top = rows[pivot];
    rows[pivot] = rows[column];
    rows[column] = top;
    for (let i = column + 1; i < size; i++) {
      const row = rows[i], factor = row[column] / top[column];
      if (factor === 0) continue;
      for (let j = column + 1; j <= size; j++) row[j] -= factor * top[j];
    }
  }
  for (let i = size - 1; i >= 0; i--) {
    const row = rows[i];
    let rest = row[size];
    for (let j = i + 1; j < size; j++) rest -= row[j] * solution[j];
    solution[i] = rest / row[i];
  }
}
