import type { Random } from "../../../../core/random.ts";
import type { Arena, Cells } from "./arena.ts";
import type { Belief, Demands } from "./belief.ts";
import { PlaneSearch } from "./plane_search.ts";

/** Tries in two dimensions, where all rectangles have been looked at already but for their faces' last bins. */
const PLANE_TRIES = 4;
/** Sweeps over the axes before an ascent is cut short. */
const SWEEPS = 60;

/**
 * Looks for the largest box around u0 that meets demands, on what is believed of an arena's points. Given the other axes, the best interval of one
 * axis is found exactly: two faces move together, adding and removing slabs. Axes take turns and grow a part at a time, so that none takes what
 * another needs; then faces are drawn in at random and grow again in another order, and the best box is kept. In two dimensions all rectangles are
 * looked at besides.
 */
export class BoxSearch {
  readonly #arena: Arena;
  readonly #random: Random;
  /** Whether each point lies outside of the box at hand along an axis, and along how many. */
  readonly #outside: readonly Uint8Array[];
  readonly #violations: Uint8Array;
  /** Sums over the bins below each border: weight, score, square, bad. */
  readonly #sums: readonly [Float64Array, Float64Array, Float64Array, Float64Array];
  readonly #plane: PlaneSearch | undefined;
  #belief: Belief;
  #demands: Demands;

  constructor(arena: Arena, random: Random) {
    this.#arena = arena;
    this.#random = random;
    this.#outside = arena.bins.map(() => new Uint8Array(arena.size));
    this.#violations = new Uint8Array(arena.size);
    const sums = () => new Float64Array(2 * arena.binCount + 1);
    this.#sums = [sums(), sums(), sums(), sums()];
    this.#plane = arena.bins.length === 2 ? new PlaneSearch(arena) : undefined;
    const nothing = new Float64Array(0);
    this.#belief = { score: nothing, square: nothing, bad: nothing };
    this.#demands = { mean: 0, variance: 1, badShare: 1 };
  }

  /** The largest box found in some tries, the first of which begins at `start` where that is given, or at u0. */
  largest(belief: Belief, demands: Demands, { start, tries }: { start?: Cells; tries: number }): Cells {
    this.#belief = belief;
    this.#demands = demands;
    let best = this.#arena.cells("origin"), size = 0;
    const take = (found: Cells): void => {
      const area = volume(found);
      if (area > size && this.#meets(found)) [best, size] = [found, area];
    };
    if (start !== undefined) take(this.#ascend(copy(start)));
    if (size === 0) take(this.#ascend(this.#arena.cells("origin")));
    const larger = this.#plane?.largest(belief, demands, size);
    if (larger !== undefined) take(this.#ascend(larger));
    const attempts = this.#plane === undefined ? tries : Math.min(tries, PLANE_TRIES);
    for (let attempt = 1; attempt < attempts; attempt++) take(this.#ascend(this.#drawnIn(best)));
    return best;
  }

  /** A copy of a box with some of its faces drawn in towards u0. */
  #drawnIn(cells: Cells): Cells {
    const { low, high } = copy(cells);
    for (let k = 0; k < low.length; k++) {
      if (this.#random.uniform() < 0.4) continue;
      const origin = this.#arena.origin[k];
      low[k] = Math.round(origin - (origin - low[k]) * this.#random.uniform());
      high[k] = Math.round(origin + 1 + (high[k] - origin - 1) * this.#random.uniform());
    }
    return { low, high };
  }

  #ascend(cells: Cells): Cells {
    this.#countViolations(cells);
    const order = Array.from({ length: cells.low.length }, (_, k) => k);
    const paces = order.map(() => 0.25 * Math.exp(0.7 * this.#random.normal()));
    for (let sweep = 0, moved = true; moved && sweep < SWEEPS; sweep++) {
      moved = false;
      for (let i = order.length - 1; i > 0; i--) {
        const j = this.#random.integer(i + 1);
        [order[i], order[j]] = [order[j], order[i]];
      }
      for (const k of order) {
        const pace = Math.max(1, Math.ceil(paces[k] * (cells.high[k] - cells.low[k])));
        if (this.#moveAxis(cells, k, pace)) moved = true;
      }
    }
    return cells;
  }

  /** Gives one axis its longest interval that meets the demands, growing by `pace` bins a side at most. Whether it changed. */
  #moveAxis(cells: Cells, axis: number, pace: number): boolean {
    const arena = this.#arena, count = arena.binCount, closed = arena.closed[axis], origin = arena.origin[axis];
    const { mean, variance, badShare } = this.#demands;
    const [weights, scores, squares, bads] = this.#sums;
    this.#sumSlabs(axis);
    const shift = closed ? count : 0;
    const last = Math.min(count, cells.high[axis] + pace);
    let longest = 0, low = 0, high = 0;
    for (let left = Math.max(closed ? 1 - count : 0, cells.low[axis] - pace); left <= origin && last - left > longest; left++) {
      const from = left + shift;
      for (let right = closed ? Math.min(last, left + count) : last; right > origin && right - left > longest; right--) {
        const to = right + shift;
        const weight = weights[to] - weights[from];
        if (weight > 0) {
          const average = (scores[to] - scores[from]) / weight;
          if (average < mean || bads[to] - bads[from] > badShare * weight + 1e-12) continue;
          if ((squares[to] - squares[from]) / weight - average * average > variance) continue;
        }
        [longest, low, high] = [right - left, left, right];
        break;
      }
    }
    if (longest === 0 || low === cells.low[axis] && high === cells.high[axis]) return false;
    cells.low[axis] = low;
    cells.high[axis] = high;
    this.#markOutside(cells, axis);
    return true;
  }

  /** Cumulative sums along an axis of the points that the other axes admit; twice around where it closes on itself. */
  #sumSlabs(axis: number): void {
    const arena = this.#arena, bins = arena.bins[axis], violations = this.#violations, outside = this.#outside[axis];
    const { score, square, bad } = this.#belief;
    const [weights, scores, squares, bads] = this.#sums;
    for (const sums of this.#sums) sums.fill(0);
    for (let i = 0; i < bins.length; i++) {
      if (violations[i] !== outside[i]) continue;
      const weight = arena.weights[i], at = bins[i] + 1;
      weights[at] += weight;
      scores[at] += weight * score[i];
      squares[at] += weight * square[i];
      bads[at] += weight * bad[i];
    }
    const count = arena.binCount;
    for (const sums of this.#sums) {
      if (arena.closed[axis]) sums.copyWithin(count + 1, 1, count + 1);
      for (let i = 1; i < sums.length; i++) sums[i] += sums[i - 1];
    }
  }

  /** Whether a box at which an ascent has ended meets the demands: it may have started at one that does not. */
  #meets(cells: Cells): boolean {
    const { mean, variance, badShare } = this.#demands;
    this.#sumSlabs(0);
    const shift = this.#arena.closed[0] ? this.#arena.binCount : 0;
    const [weight, score, square, bad] = this.#sums.map((sums) => sums[cells.high[0] + shift] - sums[cells.low[0] + shift]);
    if (weight === 0) return true;
    const average = score / weight;
    return average >= mean && bad <= badShare * weight + 1e-12 && square / weight - average * average <= variance;
  }

  #countViolations(cells: Cells): void {
    this.#violations.fill(0);
    for (const [axis, outside] of this.#outside.entries()) {
      outside.fill(0);
      this.#markOutside(cells, axis);
    }
  }

  /** Brings up to date which points lie outside along an axis. */
  #markOutside(cells: Cells, axis: number): void {
    const { binCount, closed } = this.#arena, bins = this.#arena.bins[axis], outside = this.#outside[axis];
    const low = cells.low[axis], high = cells.high[axis], turned = closed[axis] ? low + binCount : Infinity;
    for (let i = 0; i < bins.length; i++) {
      const now = bins[i] >= low && bins[i] < high || bins[i] >= turned ? 0 : 1;
      this.#violations[i] += now - outside[i];
      outside[i] = now;
    }
  }
}

function copy({ low, high }: Cells): Cells {
  return { low: low.slice(), high: high.slice() };
}

/** In bins. */
function volume({ low, high }: Cells): number {
  let product = 1;
  for (let k = 0; k < low.length; k++) product *= high[k] - low[k];
  return product;
}
