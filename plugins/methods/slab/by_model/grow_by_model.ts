import type { PointRequest, PointResponse } from "../../../../core/region_method.ts";
import { type Evidence, logVolume, type Reach } from "../evidence.ts";
import type { GrowthSettings } from "../growth_settings.ts";
import { BoxModel } from "./model.ts";
import { testBox, type TestedBox } from "../test_box.ts";
import type { Thresholds } from "../thresholds.ts";

/** A safe box has this share of the hopeful one's volume, in two rounds in a row, when there is no more to learn. */
const CLOSE_ENOUGH = 0.98, ROUNDS_CLOSE = 2;
/** Where a safe box is smaller than the hopeful one by more than this, in log volume, the model's caution is more than f calls for. */
const TOO_CAREFUL = 0.25;
/** A hopeful box that is smaller than the rays suggest by more than this, in log volume, is a sliver between bad points: it is looked for anew. */
const LOST = 3;
/** Rounds of questions about what is doubtful in the box that was found. */
const DOUBTS = 6;
/** Tests for which points are kept back, with one or two parameters and with more, where a box is more often too large at first. */
const TESTS = { few: 1, more: 2 };
/** Standard errors by which a mean is too low without a doubt. */
const PLAIN = 3;
/** A box keeps this share of its volume when fresh points are taken in, or it is not the box. */
const STABLE = 0.97;

/**
 * Finds the largest box in few dimensions by a model of f: asks where the largest box that the evidence allows is known least, until a box that is
 * safe is nearly as large; then asks what is known least of that one, and tests it with fresh points.
 *
 * @returns The box and the test that it passed; undefined where the points did not suffice to find one.
 */
export function* growByModel(
  evidence: Evidence,
  start: Reach,
  settings: GrowthSettings,
): Generator<PointRequest, TestedBox | undefined, PointResponse> {
  const { thresholds, random, evaluations, budget, keep } = settings;
  const batch = 6 * evidence.dimensions;
  const fresh = 16 * evidence.dimensions;
  const model = new BoxModel(evidence, start, { thresholds, random });
  const ask = function* (about: "hopeful" | "safe"): Generator<PointRequest, boolean, PointResponse> {
    const questions = model.questions(batch, about);
    if (questions.length === 0) return false;
    evidence.take(questions, (yield evidence.request(questions, box)).scores);
    model.learn();
    return true;
  };
  const tests = evidence.dimensions <= 2 ? TESTS.few : TESTS.more;
  const left = (rounds: number) => evidence.scores.length + rounds * batch + tests * fresh <= evaluations;
  let box = start, hopeful = start;
  const bound = () => logVolume(hopeful);
  for (let close = 0; close < ROUNDS_CLOSE && left(1 + DOUBTS);) {
    hopeful = model.hopeful();
    if (bound() < logVolume(start) - LOST) {
      model.look(start);
      hopeful = model.hopeful();
    }
    box = model.safe();
    keep(box);
    close = Math.exp(logVolume(box) - bound()) >= CLOSE_ENOUGH || evidence.alike(box, hopeful) ? close + 1 : 0;
    if (!(yield* ask("hopeful"))) break;
  }
  if (bound() - logVolume(box) > TOO_CAREFUL && !evidence.alike(box, hopeful)) {
    model.expectNoOutliers();
    box = model.safe(true);
  }
  model.look(box, true);
  box = model.safe(true);
  for (let round = 0, close = 0; round < DOUBTS && close < ROUNDS_CLOSE && left(1) && (yield* ask("safe")); round++) {
    const before = box;
    box = model.safe(true);
    close = evidence.alike(before, box) ? close + 1 : 0;
  }
  while (true) {
    keep(box);
    const tested = yield* testBox(evidence, box, { thresholds, random, budget, batch: fresh, most: evaluations });
    model.learn();
    const next = model.safe(true);
    if (tested.samples === 0) return undefined;
    const refuted = tested.verdict === "refuted" || failsPlainly(tested, thresholds), last = evidence.scores.length + fresh > evaluations;
    const stable = Math.exp(logVolume(next) - logVolume(box)) >= STABLE || evidence.alike(next, box);
    if (!refuted && (last || stable)) return tested;
    if (last) return undefined;
    box = next;
  }
}

/** Whether a box' mean lies far below its threshold: that happens where no box around u0 reaches it, and u0 alone is left. */
function failsPlainly({ mean, variance, samples }: TestedBox, thresholds: Thresholds): boolean {
  return mean + PLAIN * Math.sqrt(variance / samples) < thresholds.mean;
}
