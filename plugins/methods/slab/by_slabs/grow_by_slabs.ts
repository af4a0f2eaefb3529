import type { PointRequest, PointResponse } from "../../../../core/region_method.ts";
import { drawIn, drawInCost } from "./blame.ts";
import { BoxTrial } from "./box_trial.ts";
import { confirm } from "./confirm.ts";
import { copyReach, type Evidence, logVolume, type Reach, scaled } from "../evidence.ts";
import { FaceMoves } from "./face_moves.ts";
import { growByShape } from "./grow_by_shape.ts";
import type { GrowthSettings } from "../growth_settings.ts";
import { mostBad, type TestedBox, uniformPoint } from "../test_box.ts";

/** Points a batch while the first box is scaled, and boxes tried. */
const SCALE_POINTS = 16, SCALE_TRIES = 30;
/** Points of a test of a whole box, a batch; most points that no bad one may be among. */
const TEST_POINTS = 32, CLEAN_POINTS = 128;
/** Where fewer of the points just beyond the faces are bad than this, slabs may have more bad points, by steps up to a most. */
const SOFT = 0.5, BAD_STEP = 4, MOST_BAD = 0.16;
/** The fewest points of a test where the border is round, a parameter. */
const CLOSE_POINTS = 16;
/** Tests of a whole box for which points are kept back. */
const RESERVED_TESTS = 6;
/** How far the mean of a box must lie above its threshold for the level of its faces to be lowered. */
const SLACK = 0.03;
/** Points kept back to confirm a box: at most so many, and this share of all, where that suffices; and how many such a test has, in those of others. */
const CONFIRMING = { most: 1000, share: 1 / 3, tests: 2 };
/** Gain in log volume below which there is no further round. */
const LEAST_GAIN = 0.01;

/**
 * Grows a box in many dimensions by slabs: each face proposes one, scores points in it at even depths, and takes as much of it as is good. When no
 * face moves any more, the whole box is tested with fresh points. Where they show that a face lies too far out, it is drawn in, and the others go on;
 * where the border is soft, so that all faces are too far out, its shape is looked for by a model of the border, or, where none fits, the box between one
 * that passes and the one that did not.
 *
 * In the largest box of a given mean all faces that nothing else holds have the same mean score, or one could be moved in and another out for a larger
 * box; the same is true of their share of bad points. So all faces share one level of each: it begins at the box' own threshold and is lowered for as
 * long as the box allows it.
 *
 * @returns The box and the test that it passed; undefined where the points did not suffice to find one.
 */
export function* growBySlabs(
  evidence: Evidence,
  start: Reach,
  settings: GrowthSettings,
): Generator<PointRequest, TestedBox | undefined, PointResponse> {
  const { thresholds, random, budget, keep } = settings;
  const least = Math.min(CLEAN_POINTS, Math.ceil(1 / thresholds.badShare));
  const share = Math.min(CONFIRMING.most, CONFIRMING.share * settings.evaluations);
  const kept = thresholds.floor > 0 && share >= CONFIRMING.tests * least ? share : 0;
  const evaluations = settings.evaluations - kept;
  const reserve = Math.min(RESERVED_TESTS * least, (evaluations - evidence.scores.length) / 3);
  const trialOf = (points: number, most = evaluations) =>
    new BoxTrial(evidence, { thresholds, random, budget, batch: TEST_POINTS, least: points, most }, keep);
  const trial = trialOf(least);
  // Where the border is round, the size of a box says how much of it is bad the more closely the more axes there are.
  const closeTrial = trialOf(TEST_POINTS * Math.ceil(Math.max(least, CLOSE_POINTS * evidence.dimensions) / TEST_POINTS));
  const heldByMean = ({ mean }: TestedBox) => mean - thresholds.mean < SLACK;
  const byShape = (around: Reach, by: "bad" | "mean") =>
    growByShape(evidence, around, { ...settings, evaluations }, { by, trial: closeTrial, best });
  const confirmed = function* (tested: TestedBox): Generator<PointRequest, TestedBox | undefined, PointResponse> {
    return kept === 0 ? tested : yield* confirm(evidence, tested, trialOf(CONFIRMING.tests * least, settings.evaluations), settings);
  };
  let box = yield* scale(evidence, start, settings);
  let { mean: level, badShare } = thresholds;
  let best: TestedBox | undefined;
  const faces = new FaceMoves(evidence, box, { thresholds, random });
  while (true) {
    box = yield* faces.settle(box, { level, badShare, evaluations: evaluations - reserve, keep });
    if (best !== undefined && logVolume(box) - logVolume(best.box) < LEAST_GAIN) {
      return heldByMean(best) ? yield* byShape(best.box, "mean") : yield* confirmed(best);
    }
    const tested = yield* trial.test(box);
    const outOfPoints = evidence.scores.length + reserve > evaluations;
    box = copyReach(box);
    if (trial.passed(tested)) {
      best = tested;
      const slack = tested.mean - thresholds.mean, lower = slack >= SLACK && level > thresholds.floor;
      const more = thresholds.floor > 0 && tested.badShare <= thresholds.badShare / 2 && badShare < MOST_BAD && faces.badBeyond(box) < SOFT;
      if (heldByMean(best) && level > thresholds.floor) return yield* byShape(box, "mean");
      if (outOfPoints || !lower && !more) return yield* confirmed(best);
      if (lower) level = Math.max(thresholds.floor, level - slack);
      if (more) badShare = Math.min(MOST_BAD, BAD_STEP * badShare);
    } else {
      const bad = badPoints(evidence, tested.samples, thresholds.floor);
      const affordable = evidence.scores.length + drawInCost(box.low.length) <= evaluations;
      const drawn = affordable ? yield* drawIn(evidence, box, { bad, floor: thresholds.floor }) : { box, soft: true };
      if (drawn.soft || badShare > thresholds.badShare || outOfPoints) {
        if (best === undefined) {
          const first = yield* trial.test(drawn.box);
          if (!trial.passed(first)) {
            const byBad = tested.badShare * tested.samples > mostBad(thresholds.badShare, tested.samples);
            const shaped = yield* byShape(drawn.box, byBad ? "bad" : "mean");
            if (shaped !== undefined) return shaped;
            best = yield* trial.shrink(trial.smaller(first));
          } else best = first;
        }
        return best && (yield* confirmed(yield* trial.between(best, box)));
      }
      box = drawn.box;
      keep(box);
    }
    faces.wake(box);
  }
}

/** The bad ones of the points that were scored last. */
function badPoints({ offsets, scores }: Evidence, count: number, floor: number): Float64Array[] {
  const first = offsets.length - count;
  return offsets.slice(first).filter((_, i) => scores[first + i] < floor);
}

/** The box that the rays from u0 suggest, drawn in until points in it are good. */
function* scale(
  evidence: Evidence,
  start: Reach,
  { thresholds, random, evaluations, keep }: GrowthSettings,
): Generator<PointRequest, Reach, PointResponse> {
  let box = start;
  for (let attempt = 0; attempt < SCALE_TRIES && evidence.scores.length + SCALE_POINTS < evaluations; attempt++) {
    keep(box);
    const points = Array.from({ length: SCALE_POINTS }, () => uniformPoint(box, random));
    const { scores } = yield evidence.request(points, box);
    evidence.take(points, scores);
    const bad = points.filter((_, i) => scores[i] < thresholds.floor);
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const affordable = evidence.scores.length + drawInCost(box.low.length) <= evaluations;
    if (bad.length > 0 && affordable) ({ box } = yield* drawIn(evidence, box, { bad, floor: thresholds.floor }));
    else if (bad.length > 0 || mean < thresholds.mean) box = scaled(box, 0.7);
    else break;
  }
  return box;
}
