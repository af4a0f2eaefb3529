import { leastCut } from "../../../../core/cut.ts";
import type { Random } from "../../../../core/random.ts";
import type { PointRequest, PointResponse } from "../../../../core/region_method.ts";
import { copyReach, type Evidence, type Reach } from "../evidence.ts";
import { judgeSlab, type SlabPoint } from "./judge_slab.ts";
import type { Thresholds } from "../thresholds.ts";
import { uniformPoint } from "../test_box.ts";

/** Points that a box is known by where its faces move: a slab needs its volume's share of them. */
const DENSITY = 48;
/** Points of a slab at a time. */
const FEWEST = 2, MOST = 4;
/** Length of a face's first proposal, and of one after its neighbors have changed, in sides. */
const FIRST_LENGTH = 0.35, NEXT_LENGTH = 0.05;
/** A face rests when its proposals are shorter than this share of the side, or in many dimensions of a share that leaves the volume as exact. */
const FINEST = 0.004, FINEST_VOLUME = 0.06;
/** How far beyond a face points say how hard it is, in sides. */
const BEYOND = 0.1;
/** Draws before a corner point is taken as it comes. */
const CORNER_DRAWS = 100;

/** One of the 2n faces. */
interface Face {
  readonly axis: number;
  readonly side: "low" | "high";
  /** Length of the slab that it proposes next; 0 where it rests. */
  length: number;
}

/** The faces of a growing box. */
export class FaceMoves {
  readonly #evidence: Evidence;
  readonly #thresholds: Thresholds;
  readonly #random: Random;
  readonly #faces: Face[];

  constructor(evidence: Evidence, box: Reach, { thresholds, random }: { thresholds: Thresholds; random: Random }) {
    this.#evidence = evidence;
    this.#thresholds = thresholds;
    this.#random = random;
    this.#faces = Array.from(box.low, (_, axis) => [{ axis, side: "low" as const, length: 0 }, { axis, side: "high" as const, length: 0 }])
      .flat();
    this.#wake(box, FIRST_LENGTH);
  }

  /** Lets all faces try again. */
  wake(box: Reach): void {
    this.#wake(box, NEXT_LENGTH);
  }

  /** Moves the faces of a box outwards until none moves any more; in each round all of them ask together. */
  *settle(
    box: Reach,
    { level, badShare, evaluations, keep }: { level: number; badShare: number; evaluations: number; keep: (box: Reach) => void },
  ): Generator<PointRequest, Reach, PointResponse> {
    while (true) {
      const proposals = this.#faces.filter((face) => this.#proposes(face, box));
      const points = proposals.flatMap((face) => this.#slabPoints(face, box));
      if (points.length === 0 || this.#evidence.scores.length + points.length > evaluations) break;
      this.#evidence.take(points, (yield this.#evidence.request(points, box)).scores);
      const grown = copyReach(box);
      let moves = 0;
      for (const face of proposals) {
        const { taken, next } = judgeSlab(this.#slabEvidence(face, box), {
          length: face.length,
          side: box.high[face.axis] - box.low[face.axis],
          density: DENSITY,
          level,
          thresholds: { ...this.#thresholds, badShare },
        });
        face.length = next;
        if (taken > 0) {
          move(grown, face, taken);
          moves++;
        }
      }
      this.#closeRings(grown);
      if (moves > 1) yield* this.#fillCorners(box, grown, evaluations);
      this.#cut(grown, box);
      box = grown;
      keep(box);
    }
    return box;
  }

  /** Share of bad ones among the known points just beyond the faces; 1 where none is known. */
  badBeyond(box: Reach): number {
    let known = 0, bad = 0;
    for (const { axis, side } of this.#faces) {
      const slab = this.#slab({ axis, side, length: BEYOND * (box.high[axis] - box.low[axis]) }, box);
      this.#evidence.offsets.forEach((offset, i) => {
        if (this.#evidence.contains(box, offset) || !this.#evidence.contains(slab, offset)) return;
        known++;
        if (this.#evidence.scores[i] < this.#thresholds.floor) bad++;
      });
    }
    return known === 0 ? 1 : bad / known;
  }

  #wake(box: Reach, share: number): void {
    for (const face of this.#faces) face.length = Math.max(face.length, share * (box.high[face.axis] - box.low[face.axis]));
  }

  /** Limits a face's proposal to the room that it has, and says whether there is one. */
  #proposes(face: Face, { low, high }: Reach): boolean {
    const { axis } = face, length = high[axis] - low[axis], left = this.#room(face, { low, high });
    const finest = Math.max(this.#evidence.resolution[axis], Math.min(FINEST, FINEST_VOLUME / low.length) * length);
    face.length = Math.min(face.length, left, length);
    if (face.length < finest || left <= 1e-9 * length) face.length = 0;
    return face.length > 0;
  }

  /** How far a face can move. */
  #room({ axis, side }: Face, { low, high }: Reach): number {
    const room = this.#evidence.room(axis), period = this.#evidence.periods[axis];
    if (period > 0) return period - (high[axis] - low[axis]);
    return side === "low" ? low[axis] - room.low : room.high - high[axis];
  }

  /** The slab that a face proposes. */
  #slab({ axis, side, length }: Face, box: Reach): Reach {
    const slab = copyReach(box);
    if (side === "high") [slab.low[axis], slab.high[axis]] = [box.high[axis], box.high[axis] + length];
    else [slab.low[axis], slab.high[axis]] = [box.low[axis] - length, box.low[axis]];
    return slab;
  }

  /** Points of a face's slab: uniform across, at even depths, the last on the new face. */
  #slabPoints(face: Face, box: Reach): Float64Array[] {
    const { axis, side, length } = face;
    const share = length / (box.high[axis] - box.low[axis] + length);
    const count = Math.max(FEWEST, Math.min(MOST, Math.ceil(share * DENSITY)));
    return Array.from({ length: count }, (_, i) => {
      const depth = (i + 1 - (i === count - 1 ? 0 : this.#random.uniform())) / count * length;
      const point = uniformPoint(box, this.#random);
      point[axis] = side === "high" ? box.high[axis] + depth : box.low[axis] - depth;
      return point;
    });
  }

  /** All that is known of a face's slab, from the face outwards. */
  #slabEvidence(face: Face, box: Reach): SlabPoint[] {
    const { axis, side } = face, slab = this.#slab(face, box);
    const known: SlabPoint[] = [];
    this.#evidence.offsets.forEach((offset, i) => {
      if (!this.#evidence.contains(slab, offset)) return;
      const value = this.#evidence.unwrap(axis, offset[axis], slab);
      known.push({ depth: side === "high" ? value - slab.low[axis] : slab.high[axis] - value, score: this.#evidence.scores[i] });
    });
    return known.sort((one, other) => one.depth - other.depth);
  }

  /** Two faces of an axis that closes on itself may have met: then they stop. */
  #closeRings({ low, high }: Reach): void {
    this.#evidence.periods.forEach((period, k) => {
      if (period > 0 && high[k] - low[k] > period) high[k] = low[k] + period;
    });
  }

  /** Slabs that grew together leave corners that no slab was asked about: they get points by their share of the volume. */
  *#fillCorners(before: Reach, grown: Reach, evaluations: number): Generator<PointRequest, void, PointResponse> {
    let factor = 1, slabs = 1;
    for (let k = 0; k < before.low.length; k++) {
      const growth = (grown.high[k] - grown.low[k]) / (before.high[k] - before.low[k]);
      factor *= growth;
      slabs += growth - 1;
    }
    const count = Math.min(Math.ceil((1 - slabs / factor) * DENSITY), evaluations - this.#evidence.scores.length);
    const points = Array.from({ length: Math.floor(count) }, () => this.#cornerPoint(before, grown));
    if (points.length === 0) return;
    this.#evidence.take(points, (yield this.#evidence.request(points, before)).scores);
  }

  /** A point of what grew along two axes or more. */
  #cornerPoint(before: Reach, grown: Reach): Float64Array {
    let point = uniformPoint(grown, this.#random);
    for (let draw = 0; draw < CORNER_DRAWS; draw++) {
      let outside = 0;
      for (let k = 0; k < point.length; k++) if (point[k] < before.low[k] || point[k] > before.high[k]) outside++;
      if (outside > 1) break;
      point = uniformPoint(grown, this.#random);
    }
    return point;
  }

  /** Cuts bad points off, those that cost least first, where it can from what was added to `before`. Whether there were any. */
  #cut(box: Reach, before?: Reach): boolean {
    let known = 0;
    const bad: Float64Array[] = [];
    this.#evidence.offsets.forEach((offset, i) => {
      if (!this.#evidence.contains(box, offset)) return;
      known++;
      if (this.#evidence.scores[i] >= this.#thresholds.floor) return;
      bad.push(offset.map((value, k) => this.#evidence.unwrap(k, value, box)));
    });
    const isNew = (point: Float64Array) => (axis: number, side: "low" | "high") =>
      before === undefined || (side === "low" ? point[axis] < before.low[axis] : point[axis] > before.high[axis]);
    let cuts = 0;
    // Half of what may be: the share among so few points is not yet the share of the volume.
    for (let left = bad; left.length > known * this.#thresholds.badShare / 2; cuts++) {
      const options = left.flatMap((point) => leastCut(box, point, isNew(point)) ?? leastCut(box, point) ?? []);
      if (options.length === 0) break;
      const cut = options.reduce((best, option) => option.kept > best.kept ? option : best);
      box[cut.side][cut.axis] = cut.offset;
      left = left.filter((point) => this.#evidence.contains(box, point));
    }
    return cuts > 0;
  }
}

function move({ low, high }: Reach, { axis, side }: Face, distance: number): void {
  if (side === "high") high[axis] += distance;
  else low[axis] -= distance;
}
