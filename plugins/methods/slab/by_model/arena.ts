import { LowDiscrepancy } from "../../../../core/low_discrepancy.ts";
import type { Random } from "../../../../core/random.ts";
import type { Evidence, Reach } from "../evidence.ts";

/** A box on an arena's bins, [n] each: bins `low` to `high` (left out), counted from u0's bin 0 on an axis that closes on itself. */
export interface Cells {
  readonly low: Int32Array;
  readonly high: Int32Array;
}

/** How an arena is laid out. */
export interface ArenaOptions {
  /** How far it reaches beyond a box on each side, in sides of the box. */
  readonly margin: number;
  /** Number of its points. */
  readonly count: number;
  /** Parts into which it divides each axis: faces are looked for on their borders. */
  readonly bins: number;
  readonly random: Random;
}

/**
 * The surroundings of a box, as points that stand for the volume: half or more of an axis' points lie inside of the box' interval, so that in many
 * dimensions there are still points inside the box and in the slabs beside it; each has the weight that makes up for that.
 */
export class Arena {
  /** Offsets from u0, axis by axis, [count] each. */
  readonly columns: readonly Float64Array[];
  /** Bin of each point along each axis. */
  readonly bins: readonly Int16Array[];
  /** Volume that each point stands for, up to a common factor. */
  readonly weights: Float64Array;
  /** Number of bins along an axis. */
  readonly binCount: number;
  /** Whether an axis closes on itself here, so that its last bin lies beside its first. */
  readonly closed: readonly boolean[];
  /** Bin of u0 along each axis. */
  readonly origin: Int32Array;
  /** Whether each end is as far as a face can go, [n]. */
  readonly ends: readonly { readonly low: boolean; readonly high: boolean }[];
  readonly #low: Float64Array;
  readonly #high: Float64Array;

  constructor(evidence: Evidence, box: Reach, { margin, count, bins, random }: ArenaOptions) {
    const n = evidence.dimensions;
    this.binCount = bins;
    const axes = Array.from({ length: n }, (_, k) => {
      const room = evidence.room(k), period = evidence.periods[k], beyond = margin * (box.high[k] - box.low[k]);
      const [low, high] = [Math.max(room.low, box.low[k] - beyond), Math.min(room.high, box.high[k] + beyond)];
      return period > 0 && high - low >= period ? { low: 0, high: period, closed: true } : { low, high, closed: false };
    });
    this.closed = axes.map(({ closed }) => closed);
    this.#low = Float64Array.from(axes, ({ low }) => low);
    this.#high = Float64Array.from(axes, ({ high }) => high);
    this.ends = axes.map(({ low, high, closed }, k) => ({
      low: closed || low <= evidence.room(k).low,
      high: closed || high >= evidence.room(k).high,
    }));
    this.origin = Int32Array.from(axes, ({ low, high }) => Math.min(bins - 1, Math.floor(-low / (high - low) * bins)));
    this.columns = axes.map(() => new Float64Array(count));
    this.bins = axes.map(() => new Int16Array(count));
    this.weights = new Float64Array(count).fill(1);
    this.#fill(box, random);
  }

  get size(): number {
    return this.weights.length;
  }

  /** The box of all bins, or of u0's bin alone. */
  cells(extent: "all" | "origin"): Cells {
    if (extent === "origin") return { low: this.origin.slice(), high: this.origin.map((bin) => bin + 1) };
    return { low: this.origin.map(() => 0), high: this.origin.map(() => this.binCount) };
  }

  /** Bins as a box. */
  reach({ low, high }: Cells): Reach {
    const face = (k: number, bin: number) => {
      if (bin === this.binCount) return this.#high[k];
      return this.#low[k] + bin / this.binCount * (this.#high[k] - this.#low[k]);
    };
    return {
      low: Float64Array.from(low, (bin, k) => Math.min(0, face(k, bin))),
      high: Float64Array.from(high, (bin, k) => Math.max(0, face(k, bin))),
    };
  }

  /** Whether some face lies on an end of the arena beyond which there is more, or a side is so short that its bins are too coarse for it. */
  outgrown({ low, high }: Cells): boolean {
    return this.closed.some((closed, k) =>
      high[k] - low[k] < this.binCount / 5 ||
      !closed && (low[k] === 0 && !this.ends[k].low || high[k] === this.binCount && !this.ends[k].high)
    );
  }

  /** Whether a bin lies in the box along an axis. */
  inside({ low, high }: Cells, axis: number, bin: number): boolean {
    return bin < high[axis] && bin >= low[axis] || this.closed[axis] && bin - this.binCount >= low[axis];
  }

  /** Indices of the points in a box. */
  members(cells: Cells): Int32Array {
    const members: number[] = [];
    for (let i = 0; i < this.size; i++) if (this.bins.every((bins, k) => this.inside(cells, k, bins[i]))) members.push(i);
    return Int32Array.from(members);
  }

  /** A point's offset from u0, [n]. */
  point(index: number): Float64Array {
    return Float64Array.from(this.columns, (column) => column[index]);
  }

  #fill(box: Reach, random: Random): void {
    const n = this.columns.length;
    const sequence = new LowDiscrepancy(n, random);
    const unit = new Float64Array(n);
    const outsideShare = Math.min(0.5, 1 / n);
    for (let i = 0; i < this.size; i++) {
      sequence.next(unit);
      for (let k = 0; k < n; k++) {
        const low = this.#low[k], length = this.#high[k] - low;
        const start = box.low[k], side = box.high[k] - start, rest = length - side;
        const share = rest > 1e-9 * length ? outsideShare : 0;
        const inner = unit[k] >= share;
        let value = inner ? start + (unit[k] - share) / (1 - share) * side : box.high[k] + unit[k] / share * rest;
        // What lies beyond the upper end continues at the lower one.
        if (value >= low + length) value -= length;
        if (value < low) value += length;
        this.weights[i] *= inner ? side / (1 - share) : rest / share;
        this.columns[k][i] = value;
        this.bins[k][i] = Math.min(this.binCount - 1, Math.floor((value - low) / length * this.binCount));
      }
    }
    const most = this.weights.reduce((largest, weight) => Math.max(largest, weight), 0);
    for (let i = 0; i < this.size; i++) this.weights[i] /= most;
  }
}
