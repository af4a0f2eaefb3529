import type { PointRequest, PointResponse } from "../../../../core/region_method.ts";
import { type Evidence, logVolume, type Reach } from "../evidence.ts";
import type { GrowthSettings } from "../growth_settings.ts";
import { type TestedBox, uniformPoint } from "../test_box.ts";
import type { BoxTrial } from "./box_trial.ts";
import { ShapeModel } from "./shape_model.ts";

/** Points of a draw, a parameter; draws where the box is held by bad points, and where by its mean, of which each point tells more. */
const DRAWN = 4, DRAWS = { bad: 5, mean: 3 };
/** Tests of boxes at most, and those for which points are kept back from the draws. */
const TESTS = 6, RESERVED_TESTS = 3;
/** Share of the allowed bad volume that is aimed at: at first, less by a factor after each test that fails, and where another is not affordable. */
const AIM = 0.5, EASE = 0.6, SURE = 0.15;
/** The same for the mean, above its threshold by a margin in standard deviations of a test's mean, of scores that spread by 1. */
const MARGIN = 0.2, MARGIN_EASE = 1.5, SURE_MARGIN = 1;
/** A box after one that failed is smaller at least so much, and more where many of its points were bad, in log volume. */
const STEP = 0.1, LONG_STEP = 0.7, MANY_BAD = 0.1;
/** A model is taken for wrong that calls for a box smaller than the first one by more than this, and a share of n, in log volume. */
const IMPLAUSIBLE = 1, IMPLAUSIBLE_SHARE = 1 / 6;
/** Gain in log volume below which a box that passed is not tried again. */
const LEAST_GAIN = 0.05;

/**
 * Grows a box in many dimensions where its border is round, so that no face is to blame for what is bad: what holds the box is taken to be a sum over
 * axes, fitted to the points near the border, and the largest box of that model is drawn and tested at the size that it calls for.
 *
 * @param start A box that is somewhat too large, or about right.
 * @param by What holds the box: bad points, or its mean.
 * @param best A box that passed already.
 * @returns The largest box that passed; undefined where the model does not fit or none did.
 */
export function* growByShape(
  evidence: Evidence,
  start: Reach,
  { thresholds, random, evaluations, keep }: GrowthSettings,
  { by, trial, best }: { readonly by: "bad" | "mean"; readonly trial: BoxTrial; readonly best?: TestedBox },
): Generator<PointRequest, TestedBox | undefined, PointResponse> {
  const n = evidence.dimensions, first = logVolume(start), { least } = trial;
  const target = by === "mean" ? (score: number) => score : (score: number) => score < thresholds.floor ? 0 : 1;
  const model = new ShapeModel(evidence, start, { target, graded: by === "mean" }, random);
  let aim = AIM, margin = MARGIN;
  const level = () => by === "mean" ? thresholds.mean + margin / Math.sqrt(least) : 1 - aim * thresholds.badShare;
  const left = () => evaluations - evidence.scores.length;
  const implausible = () => by === "bad" && !(logVolume(model.box(level())) > first - IMPLAUSIBLE - IMPLAUSIBLE_SHARE * n);
  if (implausible()) return best;
  for (let draw = 0; draw < DRAWS[by] && left() >= DRAWN * n + RESERVED_TESTS * least; draw++) {
    const box = by === "mean" ? model.box(thresholds.mean) : model.halfBad();
    const points = Array.from({ length: DRAWN * n }, () => uniformPoint(box, random));
    evidence.take(points, (yield evidence.request(points, box)).scores);
    model.learn(level());
  }
  if (implausible()) return best;
  let ceiling = Infinity;
  for (let test = 0; test < TESTS && left() >= least; test++) {
    if (best === undefined && left() < RESERVED_TESTS * least) {
      aim = Math.min(aim, SURE);
      margin = Math.max(margin, SURE_MARGIN);
    }
    let box = model.box(level());
    if (logVolume(box) > ceiling) box = model.ofVolume(ceiling);
    if (best !== undefined && logVolume(box) < logVolume(best.box) + LEAST_GAIN) break;
    const tested = yield* trial.test(box);
    if (trial.passed(tested)) {
      best = tested;
      keep(box);
    } else {
      ceiling = logVolume(box) - (tested.badShare > MANY_BAD ? LONG_STEP : STEP);
      aim *= EASE;
      margin *= MARGIN_EASE;
    }
    model.learn(level());
  }
  return best;
}
