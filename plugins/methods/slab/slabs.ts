import type { PointRequest, PointResponse } from "../../../core/region_method.ts";
import { copyReach, type Evidence, logVolume, type Reach } from "./evidence.ts";
import { FaceMoves } from "./face_moves.ts";
import type { GrowthSettings } from "./refine.ts";
import type { Thresholds } from "./thresholds.ts";
import { testBox, type TestedBox, uniformPoint } from "./test_box.ts";

/** Points a batch while the first box is scaled, and boxes tried. */
const SCALE_POINTS = 16, SCALE_TRIES = 30;
/** Points a parameter by which the edges of a box are probed, and how often. */
const PROBES = 4, PROBE_ROUNDS = 5;
/** Points of a test of a whole box, a batch; most points that no bad one may be among. */
const TEST_POINTS = 32, CLEAN_POINTS = 128;
/** How far the mean of a box must lie above its threshold for the level of its faces to be lowered. */
const SLACK = 0.03;
/** Gain in log volume below which there is no further round. */
const LEAST_GAIN = 0.01;
/** What becomes of a side where a box fails as a whole. */
const SHRINKING = 0.95;

/**
 * Grows a box in many dimensions by slabs: each face proposes one, scores points in it at even depths, and takes as much of it as is good. When no
 * face moves any more, the whole box is tested with fresh points; what they show to be bad is cut off, and the other faces go on.
 *
 * In the largest box of a given mean all faces that nothing else holds have the same mean score, or one could be moved in and another out for a larger
 * box. So all faces share one level: it begins at the box' own threshold and is lowered for as long as the box' mean allows it.
 */
export function* growBySlabs(
  evidence: Evidence,
  start: Reach,
  settings: GrowthSettings,
): Generator<PointRequest, TestedBox, PointResponse> {
  const { thresholds, random, evaluations, budget, keep } = settings;
  const least = Math.min(CLEAN_POINTS, Math.ceil(1 / thresholds.badShare));
  const test = { thresholds, random, budget, batch: TEST_POINTS, least, most: evaluations };
  let box = yield* scale(evidence, start, settings);
  let level = thresholds.mean, goodLevel = level, lowest = thresholds.floor;
  let best: TestedBox | undefined;
  const faces = new FaceMoves(evidence, box, { thresholds, random });
  while (true) {
    box = yield* faces.settle(box, { level, evaluations: evaluations - least, keep });
    box = yield* probeEdges(evidence, box, faces, settings);
    const tested = yield* testBox(evidence, box, test);
    const holds = satisfies(tested, thresholds);
    const gained = best === undefined ? Infinity : logVolume(box) - logVolume(best.box);
    if (holds && gained > 0) [best, goodLevel] = [tested, level];
    if (evidence.scores.length + 2 * least > evaluations) {
      if (best !== undefined) return best;
      box = scaled(box, innermost(evidence, box, thresholds));
      keep(box);
      return yield* testBox(evidence, box, test);
    }
    box = copyReach(box);
    if (holds) {
      const slack = tested.mean - thresholds.mean;
      if (slack >= SLACK && level > lowest) level = Math.max(lowest, level - slack);
      else if (gained < LEAST_GAIN) return best!;
      faces.wake(box);
    } else if (tested.badShare > thresholds.badShare && faces.cutBad(box)) keep(box);
    else if (best === undefined) box = scaled(box, SHRINKING);
    else {
      // The level was too low: half way back, from the last box that held.
      lowest = level;
      level = (level + goodLevel) / 2;
      if (goodLevel - level < SLACK) return best;
      box = copyReach(best.box);
      faces.wake(box);
    }
  }
}

/**
 * Looks for bad points where a box that is too large has them first, near its edges and corners: each coordinate by the arcsine law, which is dense at
 * both ends. Cuts them off until hardly any are found.
 */
function* probeEdges(
  evidence: Evidence,
  box: Reach,
  faces: FaceMoves,
  { thresholds, random, evaluations, keep }: GrowthSettings,
): Generator<PointRequest, Reach, PointResponse> {
  const count = PROBES * evidence.dimensions;
  for (let round = 0; round < PROBE_ROUNDS && evidence.scores.length + count < evaluations; round++) {
    const points = Array.from(
      { length: count },
      () => box.low.map((low, k) => low + (1 - Math.cos(Math.PI * random.uniform())) / 2 * (box.high[k] - low)),
    );
    const { scores } = yield evidence.request(points, box);
    evidence.take(points, scores);
    if (!scores.some((score) => score < thresholds.floor)) break;
    box = copyReach(box);
    if (faces.cutBad(box)) keep(box);
  }
  return box;
}

/**
 * The factor by which a box has to be drawn towards u0 for the share of bad points among the known ones in it to be half of what it may be, or for its
 * known points to have the mean that is asked for. With a single number to choose, what holds for the known points holds for others: moving every face
 * by itself around the known points would not.
 */
function innermost(evidence: Evidence, box: Reach, { mean, floor, badShare }: Thresholds): number {
  const known: { entry: number; score: number }[] = [];
  evidence.offsets.forEach((offset, i) => {
    if (evidence.contains(box, offset)) {
      known.push({ entry: entryScale(box, offset.map((value, k) => evidence.unwrap(k, value, box))), score: evidence.scores[i] });
    }
  });
  known.sort((one, other) => one.entry - other.entry);
  let factor = 0, bad = 0, sum = 0;
  known.forEach(({ entry, score }, i) => {
    if (score < floor) bad++;
    sum += score;
    if (bad <= badShare / 2 * (i + 1) && sum >= mean * (i + 1)) factor = entry;
  });
  return Math.max(factor, 0.1);
}

/** The factor by which a box, drawn towards u0, has a point on its surface. */
function entryScale({ low, high }: Reach, offset: Float64Array): number {
  return offset.reduce((most, value, k) => Math.max(most, value / (value > 0 ? high[k] : low[k])), 0);
}

/** Whether a test's estimates meet the thresholds, the mean by its standard error. */
function satisfies({ verdict, mean, variance, badShare, samples }: TestedBox, thresholds: Thresholds): boolean {
  return verdict !== "refuted" && mean - Math.sqrt(variance / samples) >= thresholds.mean && variance <= thresholds.variance &&
    badShare <= thresholds.badShare;
}

/** The box that the rays from u0 suggest, scaled down until points in it are good. */
function* scale(
  evidence: Evidence,
  start: Reach,
  { thresholds, random, evaluations, keep }: GrowthSettings,
): Generator<PointRequest, Reach, PointResponse> {
  let factor = 1;
  for (let attempt = 0; attempt < SCALE_TRIES && evidence.scores.length + SCALE_POINTS < evaluations; attempt++) {
    const box = scaled(start, factor);
    keep(box);
    const points = Array.from({ length: SCALE_POINTS }, () => uniformPoint(box, random));
    const { scores } = yield evidence.request(points, box);
    evidence.take(points, scores);
    const bad = points.filter((_, i) => scores[i] < thresholds.floor);
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    if (bad.length === 0 && mean >= thresholds.mean) break;
    // Down to the innermost bad point, by the scale at which it enters; further where many are bad.
    const entries = bad.map((point) => entryScale(start, point));
    factor = bad.length > SCALE_POINTS / 3 || bad.length === 0 ? 0.7 * factor : Math.min(0.95 * factor, ...entries);
  }
  return scaled(start, factor);
}

/** A box drawn towards u0. */
function scaled({ low, high }: Reach, factor: number): Reach {
  return { low: low.map((value) => value * factor), high: high.map((value) => value * factor) };
}
