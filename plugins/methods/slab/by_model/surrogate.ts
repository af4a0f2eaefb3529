/** Variance of a score about the model where both are at the same point, as a share of the model's own. */
const NUGGET = 1e-3;
/** What a point scores of which nothing is known: the best, so that a search for the largest box looks into the unknown. */
const PRIOR = 1;
/** Points that the variance of a sum is taken from, at most. */
const SUM_POINTS = 100;
/** Length scales that a fit may reach, as shares of the first ones. */
const LENGTH_RANGE = [1 / 16, 16] as const;

/**
 * A Gaussian process over offsets from u0: the covariance of two points is `exp(-sum_k |d_k| / length_k)`, d taken the short way around an axis with
 * a period. Its paths are rough (scores along an axis are a Brownian motion that returns to its mean) and its axes are separate, as a box has it.
 * Points are added one by one at the cost of a row of the Cholesky factor.
 */
export class Surrogate {
  readonly periods: Float64Array;
  /** Length scale of each axis, in units of the parameter. */
  readonly lengths: Float64Array;
  readonly #first: Float64Array;
  readonly #points: Float64Array[] = [];
  readonly #scores: number[] = [];
  /** Rows of the lower Cholesky factor of the points' covariance. */
  #rows: Float64Array[] = [];
  /** The factor's inverse times the scores' distances from the prior. */
  #whitened: number[] = [];

  constructor(periods: Float64Array, lengths: Float64Array) {
    this.periods = periods;
    this.lengths = lengths.slice();
    this.#first = lengths.slice();
  }

  /** How many points it knows. */
  get size(): number {
    return this.#points.length;
  }

  /** The deviation of scores about the prior that explains the known ones best. */
  get deviation(): number {
    let squares = 0.05;
    for (const value of this.#whitened) squares += value * value;
    return Math.sqrt(squares / (this.size + 1));
  }

  add(point: Float64Array, score: number): void {
    this.#points.push(point);
    this.#scores.push(score);
    this.#factor(this.size - 1);
  }

  /** Moves the length scales to where the known scores are more likely, an axis after the other. What {@linkcode Field}s hold is then outdated. */
  fit(): void {
    let best = this.#logLikelihood();
    for (let k = 0; k < this.lengths.length; k++) {
      for (const factor of [0.6, 1.7]) {
        const before = this.lengths[k];
        this.lengths[k] = Math.min(Math.max(before * factor, this.#first[k] * LENGTH_RANGE[0]), this.#first[k] * LENGTH_RANGE[1]);
        this.#refactor();
        const likelihood = this.#logLikelihood();
        if (likelihood > best) best = likelihood;
        else this.lengths[k] = before;
      }
    }
    this.#refactor();
  }

  /** Covariances of point `index` with others, given axis by axis ([n] arrays of the same length), into `out`. */
  covariances(index: number, others: readonly Float64Array[], out: Float64Array): void {
    const point = this.#points[index];
    out.fill(0);
    for (let k = 0; k < others.length; k++) {
      const column = others[k], value = point[k], rate = 1 / this.lengths[k], period = this.periods[k];
      if (period > 0) {
        for (let i = 0; i < out.length; i++) {
          const distance = Math.abs(column[i] - value) % period;
          out[i] -= Math.min(distance, period - distance) * rate;
        }
      } else for (let i = 0; i < out.length; i++) out[i] -= Math.abs(column[i] - value) * rate;
    }
    for (let i = 0; i < out.length; i++) out[i] = Math.exp(out[i]);
  }

  /** Row `index` of the Cholesky factor. */
  row(index: number): Float64Array {
    return this.#rows[index];
  }

  /** Entry `index` of the whitened scores. */
  whitened(index: number): number {
    return this.#whitened[index];
  }

  /** Covariance of two offsets. */
  covariance(one: Float64Array, other: Float64Array): number {
    let sum = 0;
    for (let k = 0; k < one.length; k++) {
      let distance = Math.abs(one[k] - other[k]);
      const period = this.periods[k];
      if (period > 0) {
        distance %= period;
        distance = Math.min(distance, period - distance);
      }
      sum += distance / this.lengths[k];
    }
    return Math.exp(-sum);
  }

  #factor(index: number): void {
    const row = new Float64Array(index + 1);
    let rest = 1 + NUGGET;
    for (let i = 0; i < index; i++) {
      const other = this.#rows[i];
      let value = this.covariance(this.#points[index], this.#points[i]);
      for (let j = 0; j < i; j++) value -= other[j] * row[j];
      value /= other[i];
      row[i] = value;
      rest -= value * value;
    }
    row[index] = Math.sqrt(Math.max(rest, NUGGET / 2));
    let residual = this.#scores[index] - PRIOR;
    for (let i = 0; i < index; i++) residual -= row[i] * this.#whitened[i];
    this.#rows.push(row);
    this.#whitened.push(residual / row[index]);
  }

  #refactor(): void {
    this.#rows = [];
    this.#whitened = [];
    for (let i = 0; i < this.size; i++) this.#factor(i);
  }

  /** Of the scores, with the deviation that suits them best, up to a constant. */
  #logLikelihood(): number {
    let sum = -this.size * Math.log(this.deviation);
    for (let i = 0; i < this.size; i++) sum -= Math.log(this.#rows[i][i]);
    return sum;
  }
}

/** What a surrogate says of fixed points: the mean and variance of their scores, kept up to date as points are added. */
export class Field {
  /** Expected scores, [count]; not clipped to [0, 1]. */
  readonly mean: Float64Array;
  /** Variances, [count], as shares of the square of the surrogate's deviation. */
  readonly variance: Float64Array;
  readonly #surrogate: Surrogate;
  readonly #columns: readonly Float64Array[];
  /** The factor's inverse times the covariances of known points with these, a row a known point. */
  readonly #rows: Float64Array[] = [];

  /** @param columns The points' coordinates axis by axis. */
  constructor(surrogate: Surrogate, columns: readonly Float64Array[]) {
    this.#surrogate = surrogate;
    this.#columns = columns;
    this.mean = new Float64Array(columns[0].length).fill(PRIOR);
    this.variance = new Float64Array(columns[0].length).fill(1);
    this.update();
  }

  /** Takes in the points that the surrogate was given since. */
  update(): void {
    const { mean, variance } = this;
    for (let index = this.#rows.length; index < this.#surrogate.size; index++) {
      const factor = this.#surrogate.row(index);
      const row = new Float64Array(mean.length);
      this.#surrogate.covariances(index, this.#columns, row);
      subtractRows(row, this.#rows, factor, index);
      const scale = 1 / factor[index], whitened = this.#surrogate.whitened(index);
      for (let j = 0; j < row.length; j++) {
        const value = row[j] * scale;
        row[j] = value;
        mean[j] += value * whitened;
        variance[j] -= value * value;
      }
      this.#rows.push(row);
    }
  }

  /**
   * The variance of a weighted sum of the scores of some of the points, by indices, as a share of the square of the surrogate's deviation. Where there
   * are many, every second or third point stands for its neighbors.
   */
  varianceOfSum(indices: ArrayLike<number>, weight: (index: number) => number): number {
    const stride = Math.max(1, Math.ceil(indices.length / SUM_POINTS));
    const chosen: number[] = [];
    for (let i = 0; i < indices.length; i += stride) chosen.push(indices[i]);
    const weights = chosen.map((index) => stride * weight(index));
    const points = chosen.map((index) => Float64Array.from(this.#columns, (column) => column[index]));
    let variance = 0;
    for (let i = 0; i < points.length; i++) {
      variance += weights[i] ** 2;
      for (let j = 0; j < i; j++) variance += 2 * weights[i] * weights[j] * this.#surrogate.covariance(points[i], points[j]);
    }
    for (const row of this.#rows) {
      let sum = 0;
      for (let i = 0; i < chosen.length; i++) sum += weights[i] * row[chosen[i]];
      variance -= sum * sum;
    }
    return Math.max(0, variance);
  }
}

/** `row -= sum_i weights[i] rows[i]` over the first `count` rows, four at a time: this is where a growth spends its time. */
function subtractRows(row: Float64Array, rows: readonly Float64Array[], weights: Float64Array, count: number): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    const one = rows[i], two = rows[i + 1], three = rows[i + 2], four = rows[i + 3];
    const a = weights[i], b = weights[i + 1], c = weights[i + 2], d = weights[i + 3];
    for (let j = 0; j < row.length; j++) row[j] -= a * one[j] + b * two[j] + c * three[j] + d * four[j];
  }
  for (; i < count; i++) {
    const one = rows[i], a = weights[i];
    for (let j = 0; j < row.length; j++) row[j] -= a * one[j];
  }
}
