import type { PointRequest, PointResponse } from "../../../../core/region_method.ts";
import { type Evidence, logVolume, type Reach, scaled } from "../evidence.ts";
import { mostBad, testBox, type TestedBox, type TestOptions } from "../test_box.ts";

/** What becomes of the volume of a box that failed: less is left where more of its points are bad than a share. */
const SHRINKING = { badShare: 0.1, above: 0.5, below: 0.6 };
/** Difference in log volume of a box that passed and one that failed at which there is nothing more to find between. */
const CLOSE = 0.1;

/** Tests of whole boxes, all by the same demands, and searches that go by their answers. */
export class BoxTrial {
  readonly #evidence: Evidence;
  readonly #options: TestOptions & { readonly least: number };
  readonly #keep: (box: Reach) => void;

  /** @param keep Keeps a row of the trace. */
  constructor(evidence: Evidence, options: TestOptions & { readonly least: number }, keep: (box: Reach) => void) {
    this.#evidence = evidence;
    this.#options = options;
    this.#keep = keep;
  }

  /** Points that a test draws that is passed. */
  get least(): number {
    return this.#options.least;
  }

  /** What fresh points say of a box. */
  test(box: Reach): Generator<PointRequest, TestedBox, PointResponse> {
    return testBox(this.#evidence, box, this.#options);
  }

  /** Whether a test's estimates meet the thresholds: mean and variance by their standard errors, the bad share by most of one; and there were points enough. */
  passed({ verdict, mean, variance, badShare, samples }: TestedBox): boolean {
    const { thresholds, least } = this.#options;
    return samples >= least && verdict !== "refuted" && mean - Math.sqrt(variance / samples) >= thresholds.mean &&
      variance * (1 + Math.sqrt(2 / samples)) <= thresholds.variance && badShare * samples <= mostBad(thresholds.badShare, samples);
  }

  /** Draws a box towards u0 until it passes; undefined where the points do not suffice. */
  *shrink(box: Reach): Generator<PointRequest, TestedBox | undefined, PointResponse> {
    while (this.canTest) {
      this.#keep(box);
      const tested = yield* this.test(box);
      if (this.passed(tested)) return tested;
      box = this.smaller(tested);
    }
  }

  /** What is tried after a box that failed. */
  smaller({ box, badShare }: TestedBox): Reach {
    return scaled(box, (badShare > SHRINKING.badShare ? SHRINKING.above : SHRINKING.below) ** (1 / box.low.length));
  }

  /** The largest box between one that passed and one that failed, by bisection. */
  *between(passed: TestedBox, failed: Reach): Generator<PointRequest, TestedBox, PointResponse> {
    let best = passed;
    while (logVolume(failed) - logVolume(best.box) > CLOSE && !this.#evidence.alike(failed, best.box) && this.canTest) {
      const box = middle(best.box, failed);
      const tested = yield* this.test(box);
      if (this.passed(tested)) {
        best = tested;
        this.#keep(box);
      } else failed = box;
    }
    return best;
  }

  /** Whether the points suffice for a test. */
  get canTest(): boolean {
    const { least, batch, most } = this.#options;
    return this.#evidence.scores.length + Math.ceil(least / batch) * batch <= most;
  }
}

/** The box whose faces are at the geometric mean of those of two boxes. */
function middle(one: Reach, other: Reach): Reach {
  const mean = (a: Float64Array, b: Float64Array) => a.map((value, k) => Math.sign(b[k]) * Math.sqrt(value * b[k]));
  return { low: mean(one.low, other.low), high: mean(one.high, other.high) };
}
