import type { Thresholds } from "../thresholds.ts";

/** A scored point of a slab. */
export interface SlabPoint {
  /** Its distance from the face that proposes the slab. */
  readonly depth: number;
  readonly score: number;
}

/** What a face does. */
export interface Judgement {
  /** How far it moves; 0 where it stays. */
  readonly taken: number;
  /** Length of its next proposal. */
  readonly next: number;
}

/** What a slab is judged by. */
export interface SlabContext {
  readonly length: number;
  /** Side of the box along the slab's axis. */
  readonly side: number;
  /** Points by which a box is known. */
  readonly density: number;
  /** Least mean of a slab. */
  readonly level: number;
  readonly thresholds: Thresholds;
}

/** Points that are enough for any slab, however thick. */
const ENOUGH = 12;
/** A slab has more bad points than may be where so many would come with less than this probability. */
const TOO_BAD = 0.2;

/**
 * Judges a slab by its points, ordered by depth: takes it where there are enough of them for its share of the volume and they are good, a part of it up
 * to where bad ones begin, or asks for more where the answer is not plain.
 */
export function judgeSlab(points: readonly SlabPoint[], { length, side, density, level, thresholds }: SlabContext): Judgement {
  const end = firstBad(points, thresholds);
  const good = points.slice(0, end);
  const needed = (depth: number) => Math.min(ENOUGH, depth / (side + depth) * density);
  if (end < points.length) {
    const limit = points[end].depth, last = good.at(-1)?.depth ?? 0;
    if (good.length > 0 && good.length >= needed(last) && average(good) >= level) return { taken: last, next: limit - last };
    return { taken: 0, next: last > 0.3 * limit ? Math.min(last, 0.7 * length) : Math.min(0.7 * limit, length / 2) };
  }
  const mean = average(good), enough = needed(length);
  if (mean >= level) return good.length >= enough ? { taken: length, next: 2 * length } : { taken: 0, next: length };
  const deviation = Math.sqrt(good.reduce((sum, { score }) => sum + (score - mean) ** 2, 0) / good.length);
  const plain = level - mean > deviation / Math.sqrt(good.length) || good.length >= 3 * enough;
  return { taken: 0, next: plain ? length / 2 : length };
}

/** Index of the point at which there are too many bad ones; the number of points where there are not. */
function firstBad(points: readonly SlabPoint[], { floor, badShare }: Thresholds): number {
  let bad = 0, first = points.length;
  for (let i = 0; i < points.length; i++) {
    if (points[i].score >= floor) continue;
    first = Math.min(first, i);
    bad++;
  }
  return bad > 0 && tail(points.length, bad, badShare) < TOO_BAD ? first : points.length;
}

/** Probability of `least` or more successes in `count` trials. */
function tail(count: number, least: number, probability: number): number {
  let term = (1 - probability) ** count, below = 0;
  for (let k = 0; k < least; k++) {
    below += term;
    term *= (count - k) / (k + 1) * probability / (1 - probability);
  }
  return 1 - below;
}

function average(points: readonly SlabPoint[]): number {
  return points.reduce((sum, { score }) => sum + score, 0) / points.length;
}
