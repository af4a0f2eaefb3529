import type { PointRequest, PointResponse } from "../../../../core/region_method.ts";
import { type Evidence, type Reach, scaled } from "../evidence.ts";
import type { GrowthSettings } from "../growth_settings.ts";
import { mostBad, type TestedBox } from "../test_box.ts";
import { drawIn, drawInCost } from "./blame.ts";
import type { BoxTrial } from "./box_trial.ts";

/** What a box keeps of its volume at each step of being drawn in towards u0. */
const STEP = 0.95;

/**
 * Tests a box again that passed, for of many that are tried one passes by luck. What counts besides are all points that were ever drawn uniformly from
 * boxes around it. As long as too many are bad it is drawn in: by the faces that are to blame for them, or where none is, towards u0.
 *
 * @param trial A test with more points than those that it passed.
 * @param passed A box with its test: it is returned as it is where the points do not suffice for another.
 * @returns Undefined where the points do not suffice for a box that passes.
 */
export function* confirm(
  evidence: Evidence,
  passed: TestedBox,
  trial: BoxTrial,
  { thresholds: { floor, badShare }, evaluations, keep }: GrowthSettings,
): Generator<PointRequest, TestedBox | undefined, PointResponse> {
  if (!trial.canTest) return passed;
  let { box } = passed;
  const tooBad = (part: Reach) => {
    const { samples, bad } = evidence.samplesIn(part, floor);
    return bad.length > mostBad(badShare, samples) ? bad : undefined;
  };
  while (true) {
    for (let bad = tooBad(box); bad !== undefined; bad = tooBad(box)) {
      const affordable = evidence.scores.length + drawInCost(evidence.dimensions) + trial.least <= evaluations;
      const drawn = affordable ? yield* drawIn(evidence, box, { bad, floor }) : undefined;
      if (drawn?.soft === false) box = drawn.box;
      else do box = smaller(box); while (tooBad(box) !== undefined);
      keep(box);
    }
    if (!trial.canTest) return undefined;
    const tested = yield* trial.test(box);
    if (trial.passed(tested)) return tested;
    box = smaller(box);
  }
}

function smaller(box: Reach): Reach {
  return scaled(box, STEP ** (1 / box.low.length));
}
