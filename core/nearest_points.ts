/** Points in a leaf of the tree. */
const LEAF = 8;

/** The nearest of some points to a place, by a k-d tree; along an axis with a period the short way round. */
export class NearestPoints {
  readonly #points: Float64Array;
  readonly #periods: readonly number[];
  readonly #order: Int32Array;
  /** Lowest and highest coordinates of each node's points, [2n] a node; the children of node i are 2i + 1 and 2i + 2. */
  readonly #boxes: Float64Array[] = [];

  /** @param points [count x n]. @param periods Of each axis, [n]; Infinity for one that does not close. */
  constructor(points: Float64Array, periods: readonly number[]) {
    this.#points = points;
    this.#periods = periods;
    this.#order = Int32Array.from({ length: points.length / periods.length }, (_, i) => i);
    if (this.#order.length > 0) this.#build(0, 0, this.#order.length);
  }

  /**
   * Writes the indices of the nearest points, the nearest first and of equally far ones the first, and their distances.
   *
   * @param without The index of a point that is left out.
   * @returns How many there are.
   */
  find(place: ArrayLike<number>, indices: Int32Array, distances: Float64Array, without = -1): number {
    const found = { place, indices, distances, without, count: 0 };
    if (this.#order.length > 0) this.#visit(found, 0, 0, this.#order.length);
    return found.count;
  }

  #visit(found: Found, node: number, from: number, to: number): void {
    const { place, indices, distances } = found;
    if (found.count === indices.length && this.#gap(node, place) > distances[found.count - 1]) return;
    if (to - from <= LEAF) {
      for (let i = from; i < to; i++) {
        if (this.#order[i] !== found.without) add(found, this.#order[i], this.#distance(place, this.#order[i]));
      }
      return;
    }
    const middle = (from + to) >> 1, left = 2 * node + 1, right = left + 1;
    const leftFirst = this.#gap(left, place) <= this.#gap(right, place);
    if (leftFirst) this.#visit(found, left, from, middle);
    this.#visit(found, right, middle, to);
    if (!leftFirst) this.#visit(found, left, from, middle);
  }

  #build(node: number, from: number, to: number): void {
    const n = this.#periods.length, points = this.#points;
    const box = new Float64Array(2 * n);
    for (let k = 0; k < n; k++) {
      box[k] = Infinity;
      box[n + k] = -Infinity;
      for (let i = from; i < to; i++) {
        const value = points[this.#order[i] * n + k];
        if (value < box[k]) box[k] = value;
        if (value > box[n + k]) box[n + k] = value;
      }
    }
    this.#boxes[node] = box;
    if (to - from <= LEAF) return;
    let widest = 0;
    for (let k = 1; k < n; k++) if (box[n + k] - box[k] > box[n + widest] - box[widest]) widest = k;
    this.#order.subarray(from, to).sort((one, other) => points[one * n + widest] - points[other * n + widest] || one - other);
    const middle = (from + to) >> 1;
    this.#build(2 * node + 1, from, middle);
    this.#build(2 * node + 2, middle, to);
  }

  /** How far a place is from one of the points. */
  #distance(place: ArrayLike<number>, index: number): number {
    const n = this.#periods.length;
    let sum = 0;
    for (let k = 0; k < n; k++) {
      const difference = around(place[k] - this.#points[index * n + k], this.#periods[k]);
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  /** How far a place is from the box of a node, at least. */
  #gap(node: number, place: ArrayLike<number>): number {
    const n = this.#periods.length, box = this.#boxes[node];
    let sum = 0;
    for (let k = 0; k < n; k++) {
      if (place[k] >= box[k] && place[k] <= box[n + k]) continue;
      const below = Math.abs(around(place[k] - box[k], this.#periods[k])),
        above = Math.abs(around(place[k] - box[n + k], this.#periods[k]));
      const gap = below < above ? below : above;
      sum += gap * gap;
    }
    return Math.sqrt(sum);
  }
}

/** What a search has found so far, the nearest first. */
interface Found {
  readonly place: ArrayLike<number>;
  readonly indices: Int32Array;
  readonly distances: Float64Array;
  readonly without: number;
  count: number;
}

/** Adds a point where it is nearer than the farthest, or there is room. */
function add(found: Found, index: number, distance: number): void {
  const { indices, distances } = found;
  let at = found.count;
  while (at > 0 && (distances[at - 1] > distance || (distances[at - 1] === distance && indices[at - 1] > index))) at--;
  if (at === indices.length) return;
  if (found.count < indices.length) found.count++;
  for (let i = found.count - 1; i > at; i--) {
    indices[i] = indices[i - 1];
    distances[i] = distances[i - 1];
  }
  indices[at] = index;
  distances[at] = distance;
}

/** A difference of coordinates, the short way round a period. */
export function around(difference: number, period: number): number {
  return period === Infinity ? difference : difference - period * Math.round(difference / period);
}
