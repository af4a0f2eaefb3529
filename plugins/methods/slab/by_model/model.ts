import type { Random } from "../../../../core/random.ts";
import { Arena, type Cells } from "./arena.ts";
import type { Belief } from "./belief.ts";
import { BoxSearch } from "./box_search.ts";
import type { Evidence, Reach } from "../evidence.ts";
import { Field, Surrogate } from "./surrogate.ts";
import type { Thresholds } from "../thresholds.ts";

/** Points of the arena, with one or two axes and with more: with fewer, the largest box is one that happens to miss the bad ones. */
const ARENA_POINTS = { few: 2000, more: 5000 };
/** Bins of an axis of the arena. */
const ARENA_BINS = 96;
/** How far the arena reaches beyond the box while the box is looked for, and when its faces are placed, in sides. */
const WIDE_MARGIN = 0.6, CLOSE_MARGIN = 0.3;
/** Ascents of a search, and of one that only follows another. */
const TRIES = 12, FEW_TRIES = 3;
/** First length scales of the surrogate, in sides of the first box. */
const FIRST_LENGTH = 0.5;
/** Known points after which the length scales are first fitted; then whenever they have doubled. */
const FIRST_FIT = 24;
/** How often the margins of a safe box are taken from the box that they lead to. */
const MARGIN_PASSES = 2;
/** By how many deviations a safe box meets the mean and the variance. */
const DEVIATIONS = { mean: 1.3, variance: 1.2 };
/** Share of the allowed bad volume that a hopeful box may have. */
const HOPEFUL_BAD = 0.5;
/** Share of the allowed bad volume that a safe box is expected to have: its true share then exceeds what is allowed seldom. */
const BAD_MARGIN = 0.4;
/** How much a point's uncertainty counts where the model is sure on which side of the floor it lies. */
const INDIFFERENCE = 0.15;

/** What a growth believes of f, from its evidence, and the boxes that follow from it. */
export class BoxModel {
  readonly #evidence: Evidence;
  readonly #thresholds: Thresholds;
  readonly #random: Random;
  readonly #surrogate: Surrogate;
  #arena!: Arena;
  #field!: Field;
  #search!: BoxSearch;
  #known = 0;
  #nextFit = FIRST_FIT;
  #shareBelow = logisticShare;
  #hopeful: Cells | undefined;
  #safe: Cells | undefined;

  /** @param start A box of about the right size. */
  constructor(evidence: Evidence, start: Reach, { thresholds, random }: { thresholds: Thresholds; random: Random }) {
    this.#evidence = evidence;
    this.#thresholds = thresholds;
    this.#random = random;
    this.#surrogate = new Surrogate(evidence.periods, start.low.map((low, k) => FIRST_LENGTH * (start.high[k] - low)));
    this.learn();
    this.look(start);
  }

  /** Takes in the evidence that is new. */
  learn(): void {
    const { offsets, scores } = this.#evidence;
    for (; this.#known < scores.length; this.#known++) this.#surrogate.add(offsets[this.#known], scores[this.#known]);
    if (this.#known >= this.#nextFit) {
      this.#surrogate.fit();
      this.#nextFit = 2 * this.#known;
      if (this.#field !== undefined) this.#field = new Field(this.#surrogate, this.#arena.columns);
    } else this.#field?.update();
  }

  /** Takes scores to stray from what is expected as those of a Gaussian process do, and no further: there are functions without outliers. */
  expectNoOutliers(): void {
    this.#shareBelow = normalShare;
  }

  /** Looks at the surroundings of a box, closely where its faces are to be placed. */
  look(box: Reach, closely = false): void {
    const margin = closely ? CLOSE_MARGIN : WIDE_MARGIN;
    const count = this.#evidence.dimensions <= 2 ? ARENA_POINTS.few : ARENA_POINTS.more;
    this.#arena = new Arena(this.#evidence, box, { margin, count, bins: ARENA_BINS, random: this.#random });
    this.#field = new Field(this.#surrogate, this.#arena.columns);
    this.#search = new BoxSearch(this.#arena, this.#random);
    this.#hopeful = this.#safe = undefined;
  }

  /** The largest box that the evidence allows where what is unknown is taken to be good. */
  hopeful(): Reach {
    for (let looks = 0;; looks++) {
      const demands = { ...this.#thresholds, badShare: HOPEFUL_BAD * this.#thresholds.badShare };
      this.#hopeful = this.#search.largest(this.#belief(false), demands, { start: this.#hopeful, tries: TRIES });
      const box = this.#arena.reach(this.#hopeful);
      if (looks === 1 || !this.#arena.outgrown(this.#hopeful)) return box;
      this.look(box);
    }
  }

  /** The largest box that meets the thresholds by a margin for all that is uncertain, placed closely where its faces are to stay. */
  safe(closely = false): Reach {
    for (let looks = 0;; looks++) {
      this.#safe = this.#safeCells(closely ? TRIES : FEW_TRIES);
      const box = this.#arena.reach(this.#safe);
      if (!closely || looks === 1 || !this.#arena.outgrown(this.#safe)) return box;
      this.look(box, true);
    }
  }

  /** The margins are those of the box itself, so it is looked for again once they are known. */
  #safeCells(tries: number): Cells {
    const belief = this.#belief(true);
    const { mean, variance, badShare } = this.#thresholds;
    let slack = { mean: 0, variance: 0 }, start = this.#safe ?? this.#hopeful;
    for (let pass = 0;; pass++) {
      const demands = { mean: mean + slack.mean, variance: variance - slack.variance, badShare: BAD_MARGIN * badShare };
      start = this.#search.largest(belief, demands, { start, tries });
      if (pass === MARGIN_PASSES) return start;
      slack = this.#slack(start, belief);
    }
  }

  /** Points of the last hopeful or safe box to score next: each where least is known that matters, given those before it. */
  questions(count: number, about: "hopeful" | "safe"): Float64Array[] {
    const cells = about === "safe" ? this.#safe : this.#hopeful;
    if (cells === undefined) throw new Error(`Questions are about a ${about} box`);
    const members = this.#arena.members(cells);
    const { bad } = this.#belief(true);
    const points = Array.from(members, (index) => this.#arena.point(index));
    const urgency = Float64Array.from(members, (index) => {
      const doubt = 4 * bad[index] * (1 - bad[index]);
      return this.#field.variance[index] * (this.#thresholds.floor > 0 ? INDIFFERENCE + (1 - INDIFFERENCE) * doubt : 1);
    });
    const chosen: Float64Array[] = [];
    while (chosen.length < Math.min(count, points.length)) {
      const next = urgency.reduce((best, value, i) => value > urgency[best] ? i : best, 0);
      chosen.push(points[next]);
      // What a score there would explain of the others.
      for (let i = 0; i < points.length; i++) urgency[i] *= 1 - this.#surrogate.covariance(points[next], points[i]) ** 2;
      urgency[next] = -1;
    }
    return chosen;
  }

  /** How far the mean and variance of a box may be from what is expected. */
  #slack(cells: Cells, { score }: Belief): { mean: number; variance: number } {
    const members = this.#arena.members(cells), { weights } = this.#arena;
    if (members.length === 0) return { mean: 0, variance: 0 };
    let total = 0, mean = 0;
    for (const index of members) {
      total += weights[index];
      mean += weights[index] * score[index];
    }
    mean /= total;
    const { deviation } = this.#surrogate;
    const ofMean = DEVIATIONS.mean * deviation * Math.sqrt(this.#field.varianceOfSum(members, (index) => weights[index] / total));
    if (this.#thresholds.variance >= 0.25) return { mean: ofMean, variance: 0 };
    // The variance changes with a score by twice its distance from the mean.
    const spread = this.#field.varianceOfSum(members, (index) => 2 * weights[index] * (score[index] - mean) / total);
    return { mean: ofMean, variance: DEVIATIONS.variance * deviation * Math.sqrt(spread) };
  }

  #belief(careful: boolean): Belief {
    const { mean, variance } = this.#field, { floor } = this.#thresholds;
    const deviation = this.#surrogate.deviation;
    const score = mean.map((value) => Math.min(1, Math.max(0, value)));
    const square = score.map((value) => value * value);
    const bad = new Float64Array(mean.length);
    for (let i = 0; i < mean.length; i++) {
      const spread = deviation * Math.sqrt(Math.max(variance[i], 1e-6));
      if (careful) square[i] += Math.min(spread * spread, score[i] * (1 - score[i]));
      if (floor > 0) bad[i] = careful ? this.#shareBelow((floor - mean[i]) / spread) : mean[i] < floor ? 1 : 0;
    }
    return { score, square, bad };
  }
}

/** The standard normal distribution function: Abramowitz and Stegun 26.2.17, 8e-8 off at most. */
function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * polynomial;
  return z > 0 ? 1 - tail : tail;
}

/** A logistic distribution function, 0.01 off the normal one at most, with tails as heavy as outliers in the scores of networks call for. */
function logisticShare(z: number): number {
  return 1 / (1 + Math.exp(-1.702 * z));
}
