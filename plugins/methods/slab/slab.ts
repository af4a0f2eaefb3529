import { DEFAULTS } from "../../../core/defaults.ts";
import { InputError } from "../../../core/errors.ts";
import { Random } from "../../../core/random.ts";
import type { GrowthOutcome, GrowthProblem, RegionGrowth, RegionMethod } from "../../../core/region_method.ts";
import { growByModel } from "./by_model/grow_by_model.ts";
import { growBySlabs } from "./by_slabs/grow_by_slabs.ts";
import { copyReach, Evidence, type Reach } from "./evidence.ts";
import { raysCost, reachOut } from "./reach.ts";
import type { GrowthSettings } from "./growth_settings.ts";
import { ErrorBudget } from "./test_box.ts";
import { readThresholds } from "./thresholds.ts";

/** Parameters up to which a model of f is worth its while: beyond, points are too far apart for it. */
const MODEL_DIMENSIONS = 4;
/** Points that a growth may score where the user sets no limit: with one or two parameters, and a parameter beyond, with a model of f and without. */
const EVALUATIONS = { two: 320, withModel: 160, without: 300 };
/** Side of the box around an initial point that is itself below the floor, as a share of the axis' range. */
const POINT_SIDE = 1e-6;

/** Boxes that satisfy equation (2) itself: the largest around u0 whose mean, variance and bad share meet thresholds. Black box. */
export const slab: RegionMethod = {
  kind: "method",
  name: "slab",
  description: "the largest box that satisfies equation (2): mean, variance and bad share of the box itself are estimated and tested",
  whiteBox: false,
  options: {
    mean: { description: "least mean score of the box, 1 - eps_m", default: DEFAULTS.mean, low: 0, high: 1 },
    variance: { description: "most variance of the box, eps_v", default: DEFAULTS.variance, low: 0, high: 0.25 },
    floor: { description: "a point that scores less is a bad one, 0 for none", default: DEFAULTS.floor, low: 0, high: 1 },
    bad: { description: "share of the box that may be bad", default: DEFAULTS.badShare, low: 0, high: 1 },
    relative: {
      description: "1: mean, variance and floor are shares of what the initial point scores",
      default: 0,
      low: 0,
      high: 1,
      integer: true,
    },
    confidence: {
      description: "that the tests of one growth are right, all together",
      default: DEFAULTS.confidence,
      low: 0.5,
      high: 1 - 1e-9,
    },
    evaluations: {
      description:
        `most points to score, 0: ${EVALUATIONS.two} for one or two parameters, ${EVALUATIONS.withModel} a parameter up to ${MODEL_DIMENSIONS}, ` +
        `${EVALUATIONS.without} a parameter beyond`,
      default: 0,
      low: 0,
      high: 1e9,
      integer: true,
    },
  },
  grow,
};

function* grow({ space, initialPoint, options, resolution, seed, trace }: GrowthProblem): RegionGrowth {
  const n = space.dimensions;
  requireEvaluations(options.evaluations, n);
  const evidence = new Evidence(space, initialPoint, resolution);
  const point = pointReach(evidence);
  const origin = [new Float64Array(n)];
  evidence.take(origin, (yield evidence.request(origin, point)).scores);
  const [initialScore] = evidence.scores;
  const thresholds = readThresholds(options, initialScore);
  const keep = (box: Reach): void => {
    const { a, b } = evidence.bounds(box);
    trace({ step: evidence.rounds, a: Array.from(a), b: Array.from(b), loss: NaN });
  };
  const end = (box: Reach, stopped: string, facts: Record<string, unknown>): GrowthOutcome => {
    keep(box);
    return { box: evidence.bounds(box), steps: evidence.rounds, stopped, facts };
  };
  keep(point);
  if (initialScore < thresholds.floor) return end(point, "initial point below the floor", {});
  const settings: GrowthSettings = {
    thresholds,
    random: new Random(seed, n),
    evaluations: options.evaluations || defaultEvaluations(n),
    budget: new ErrorBudget(1 - options.confidence),
    keep,
  };
  const start = yield* reachOut(evidence, { level: Math.max(thresholds.floor, thresholds.mean / 2), from: point });
  const tested = yield* (n <= MODEL_DIMENSIONS ? growByModel : growBySlabs)(evidence, start, settings);
  if (tested === undefined) return end(point, "out of points", { tests: settings.budget.tests });
  const { box, ...test } = tested;
  return end(box, test.verdict, { test, tests: settings.budget.tests });
}

/** A growth scores u0 and looks along each axis before anything else. */
function requireEvaluations(evaluations: number, n: number): void {
  const fewest = 1 + raysCost(n);
  if (evaluations === 0 || evaluations >= fewest) return;
  throw new InputError(`slab needs ${fewest} evaluations over ${n} parameters, or 0 for its own choice: current value is ${evaluations}`);
}

function defaultEvaluations(n: number): number {
  return n <= 2 ? EVALUATIONS.two : (n <= MODEL_DIMENSIONS ? EVALUATIONS.withModel : EVALUATIONS.without) * n;
}

/** A box that is hardly more than u0, inside Omega. */
function pointReach(evidence: Evidence): Reach {
  const reach = copyReach({ low: evidence.initialPoint.map(() => 0), high: evidence.initialPoint.map(() => 0) });
  for (let k = 0; k < reach.low.length; k++) {
    const half = POINT_SIDE / 2 * evidence.space.extent(k), room = evidence.room(k);
    reach.low[k] = Math.max(room.low, -half);
    reach.high[k] = Math.min(room.high, half);
  }
  return reach;
}
