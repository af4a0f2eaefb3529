import type { Random } from "../../../../core/random.ts";
import { type Evidence, logVolume, type Reach, scaled } from "../evidence.ts";
import { AdditiveModel, sigmoid } from "./additive_model.ts";
import { bestShape, scaledWithin, toLevel } from "./best_shape.ts";

/** Points that count lie within the box that is looked at, times this. */
const NEAR = 1.2;
/** Points at which a box of the model is looked at. */
const PLACES = 2048;
/** Known points in a box by which the model's bias there counts half. */
const BIAS_POINTS = 20;
/** A box at which half is bad is looked for from this much smaller than the first box to this much larger, in log volume, and a share of n more. */
const SMALLER = 1, LARGER = 1, LARGER_SHARE = 1 / 8;

/** What a box is to hold: its mean score, or the share of it that is not bad. */
export interface Held {
  readonly target: (score: number) => number;
  /** Whether targets are scores, which the model's sigmoid may miss everywhere by a little. */
  readonly graded: boolean;
}

/** The shape of the largest box, by an additive model of what holds it, in the unit of half the sides of a first box. */
export class ShapeModel {
  readonly #evidence: Evidence;
  readonly #held: Held;
  readonly #start: Reach;
  readonly #unit: Float64Array;
  readonly #limits: Reach;
  readonly #model: AdditiveModel;
  readonly #places: readonly Float64Array[];
  readonly #place: Float64Array;
  /** In units; its size is of no account. */
  #shape: Reach;

  constructor(evidence: Evidence, start: Reach, held: Held, random: Random) {
    const n = evidence.dimensions;
    this.#evidence = evidence;
    this.#held = held;
    this.#start = start;
    this.#unit = start.low.map((low, k) => (start.high[k] - low) / 2);
    this.#limits = this.#toUnits(roomOf(evidence, start));
    this.#model = new AdditiveModel(n);
    this.#places = Array.from({ length: PLACES }, () => Float64Array.from({ length: n }, () => random.uniform()));
    this.#place = new Float64Array(n);
    this.#shape = this.#toUnits(start);
    this.#fit();
  }

  /** Takes in what is known by now, and looks for the shape again at the size of a box whose mean of the target is `level`. */
  learn(level: number): void {
    this.#fit();
    this.#shape = bestShape(this.#model, this.#held.graded ? this.#sized(level) : this.#half(), this.#limits);
  }

  /** The box of this shape whose mean of the target is `level`, as far as is known. */
  box(level: number): Reach {
    let box = this.#sized(level);
    // The points in the box say what the model gets wrong there; the box then is another one.
    if (this.#held.graded) { for (let pass = 0; pass < 3; pass++) box = this.#sized(level - this.#bias(box)); }
    return this.#fromUnits(box);
  }

  /** A box half of which is expected to be bad: points of it tell most. */
  halfBad(): Reach {
    return this.#fromUnits(this.#half());
  }

  /** The box of this shape of a log volume, as far as there is room. */
  ofVolume(volume: number): Reach {
    const box = this.#fromUnits(this.#shape);
    return this.#fromUnits(scaledWithin(this.#shape, Math.exp((volume - logVolume(box)) / box.low.length), this.#limits));
  }

  #fit(): void {
    const { offsets, scores } = this.#evidence, near = scaled(this.#fromUnits(this.#shape), NEAR);
    const known = Array.from(offsets.keys()).filter((i) => this.#evidence.contains(near, offsets[i]));
    this.#model.fit(known.map((i) => this.#inUnits(offsets[i], near)), known.map((i) => this.#held.target(scores[i])));
  }

  #sized(level: number): Reach {
    return toLevel(this.#shape, this.#limits, (box) => this.#mean(box) >= level);
  }

  #half(): Reach {
    const box = this.#fromUnits(this.#sized(0.5)), n = box.low.length, first = logVolume(this.#start);
    const volume = Math.min(Math.max(logVolume(box), first - SMALLER), first + LARGER + LARGER_SHARE * n);
    return this.#toUnits(this.ofVolume(volume));
  }

  /** Mean of the target over a box in units. */
  #mean({ low, high }: Reach): number {
    const place = this.#place;
    let sum = 0;
    for (const shares of this.#places) {
      for (let k = 0; k < place.length; k++) place[k] = low[k] + shares[k] * (high[k] - low[k]);
      sum += sigmoid(this.#model.sum(place));
    }
    return sum / PLACES;
  }

  /** How far the targets of the known points in a box lie above what the model says of them, drawn to 0 where they are few. */
  #bias(box: Reach): number {
    const { offsets, scores } = this.#evidence, reach = this.#fromUnits(box);
    let sum = 0, count = BIAS_POINTS;
    offsets.forEach((offset, i) => {
      if (!this.#evidence.contains(reach, offset)) return;
      sum += this.#held.target(scores[i]) - sigmoid(this.#model.sum(this.#inUnits(offset, reach)));
      count++;
    });
    return sum / count;
  }

  #inUnits(offset: Float64Array, near: Reach): Float64Array {
    return offset.map((value, k) => this.#evidence.unwrap(k, value, near) / this.#unit[k]);
  }

  #toUnits({ low, high }: Reach): Reach {
    return { low: low.map((value, k) => value / this.#unit[k]), high: high.map((value, k) => value / this.#unit[k]) };
  }

  #fromUnits({ low, high }: Reach): Reach {
    return { low: low.map((value, k) => value * this.#unit[k]), high: high.map((value, k) => value * this.#unit[k]) };
  }
}

/** How far the faces of a box can go: on an axis that closes on itself in the proportion that they have. */
function roomOf(evidence: Evidence, { low, high }: Reach): Reach {
  const room = { low: low.slice(), high: high.slice() };
  for (let k = 0; k < low.length; k++) {
    const around = evidence.periods[k] / (high[k] - low[k]);
    const most = around > 0 ? { low: low[k] * around, high: high[k] * around } : evidence.room(k);
    room.low[k] = most.low;
    room.high[k] = most.high;
  }
  return room;
}
