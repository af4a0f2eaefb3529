import { cutBox } from "../core/cut.ts";
import { falsify, type ScoredPoints } from "../core/falsify.ts";
import type { GrownRegion } from "../core/growth.ts";
import type { FalsificationRecord, Target } from "../core/record.ts";
import type { SemanticFunction } from "../core/semantic_function.ts";

/** How regions are searched for their worst points. */
export interface FalsifyRegionsOptions {
  /** `cut`: a box that holds a point below the floor gives way until none is found; `report`: it stays, and the record tells. */
  readonly mode: "report" | "cut";
  readonly floor: number;
  /** Points with which each search begins. */
  readonly samples: number;
  /** Points that were scored before, as those of the map behind the figure. */
  readonly known?: ScoredPoints;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** A region, perhaps cut, and what the search for its worst point found. */
export interface FalsifiedRegion {
  readonly region: GrownRegion;
  readonly falsification: FalsificationRecord;
}

/** A box that is still falsified after so many searches is left as it is: what remains of it is more hole than box. */
const MOST_SEARCHES = 20;

/** How far a cut keeps clear of what is bad, as a share of the way to u0: beside a bad point the next one is hardly better. */
const MARGIN = 0.01;

/**
 * Searches a region for its worst point. Where that is wanted, the region is cut until no point of it that is known is bad, and searched again, until
 * nothing bad is found.
 */
export async function falsifyRegion(f: SemanticFunction, grown: GrownRegion, options: FalsifyRegionsOptions): Promise<FalsifiedRegion> {
  const { mode, floor, samples, seed, signal } = options;
  const { target, initialPoint } = grown.task;
  let region = grown, known = options.known;
  let evaluations = 0, gradientEvaluations = 0, cuts = 0;
  for (let searches = 1;; searches++) {
    const below = mode === "cut" ? floor : -Infinity;
    const found = await falsify(f, region.box, { target, samples, known, below, seed: seed + searches - 1, signal });
    evaluations += found.evaluations;
    gradientEvaluations += found.gradientEvaluations;
    known = known === undefined ? found.scored : joined(known, found.scored);
    const box = mode === "report" || searches > MOST_SEARCHES ? undefined : cutBox(
      region.box,
      pointsBelow(floor, known, target),
      { space: f.space, initialPoint, margin: MARGIN },
    );
    if (box === undefined) {
      const { point, score, sampledScore, search } = found;
      return { region, falsification: { point: Array.from(point), score, sampledScore, search, evaluations, gradientEvaluations, cuts } };
    }
    region = { ...region, box };
    cuts++;
  }
}

function joined(one: ScoredPoints, other: ScoredPoints): ScoredPoints {
  return {
    points: Float64Array.from([...one.points, ...other.points]),
    scores: Float64Array.from([...one.scores, ...other.scores]),
  };
}

/** Those that score below the floor, or that 1 - f does where the target is adversarial, [count x n]. */
function pointsBelow(floor: number, { points, scores }: ScoredPoints, target: Target): Float64Array {
  const n = points.length / scores.length;
  return points.filter((_, i) => (target === "robust" ? scores[Math.floor(i / n)] : 1 - scores[Math.floor(i / n)]) < floor);
}
