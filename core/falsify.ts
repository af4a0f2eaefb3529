import { LowDiscrepancy } from "./low_discrepancy.ts";
import { Orthotope } from "./orthotope.ts";
import { Random } from "./random.ts";
import type { Target } from "./record.ts";
import type { Bounds } from "./region_method.ts";
import type { Differentiated, SemanticFunction } from "./semantic_function.ts";
import type { SemanticSpace } from "./semantic_space.ts";
import { DescentSearch, EvolutionSearch, type TrapSearch } from "./trap_search.ts";

/** Points and what f scores there. */
export interface ScoredPoints {
  /** [count x n]. */
  readonly points: Float64Array;
  /** [count]. */
  readonly scores: Float64Array;
}

/** How hard a box is searched. */
export interface FalsifyOptions {
  /** Adversarial: the worst point is the one where 1 - f is least. */
  readonly target?: Target;
  /** Points scored first, even in the box; the search begins at the worst of them. */
  readonly samples?: number;
  /** Points that were scored before: those in the box are samples as well. */
  readonly known?: ScoredPoints;
  /** Searches that go on side by side. */
  readonly starts?: number;
  /** Steps of each search: generations of an evolution strategy and, with gradients, the last two thirds of them along the gradient. */
  readonly steps?: number;
  /** The search ends early once a point scores below this. */
  readonly below?: number;
  /** Whether gradients are used where f has them (yes, if absent). */
  readonly gradients?: boolean;
  /** Of the samples and of the searches. */
  readonly seed?: number;
  /** Ends the search early; what it has found is kept. */
  readonly signal?: AbortSignal;
}

/** The worst point that was found in a box. */
export interface Falsification {
  /** [n], in the box' own turn of an axis with a period. */
  readonly point: Float64Array;
  /** Of f, or of 1 - f where the target is adversarial. */
  readonly score: number;
  /** The worst of the first samples: what one would have known without the search. */
  readonly sampledScore: number;
  /** What found it: the first samples, the evolution that began at the worst of them, or the gradient from there. */
  readonly search: "samples" | "evolution" | "gradient";
  /** Points scored. */
  readonly evaluations: number;
  /** Points differentiated. */
  readonly gradientEvaluations: number;
  /** All points that were scored, with the scores of f whatever the target. */
  readonly scored: ScoredPoints;
}

/** Share of the steps that evolve before gradients are followed. A network's score is rough: a gradient alone leads into the nearest dent. */
const EVOLVING = 1 / 3;

/**
 * Searches a box for its worst point: samples it evenly, then goes on from the worst samples by CMA-ES, all searches in one batch, and from the worst
 * points that these have found along the exact gradient, projected onto the box, where f has one. What it returns is a fact; that it found no trap is
 * not a proof that there is none. Gradients only say where to go: they may be those of another picture, so each point on the way is scored as well.
 */
export async function falsify(f: SemanticFunction, box: Bounds, options: FalsifyOptions = {}): Promise<Falsification> {
  const { target = "robust", samples = 64, starts = 4, steps = 20, below = -Infinity, seed = 0, signal } = options;
  const region = new Orthotope(box.a, box.b), n = region.dimensions, random = new Random(seed, 0x66616c73);
  const differentiate = options.gradients === false ? undefined : f.differentiate?.bind(f);
  const sign = target === "robust" ? 1 : -1, sides = region.sides;
  const toScore = (value: number) => sign > 0 ? value : 1 - value;

  const sequence = new LowDiscrepancy(n, random);
  const even = Array.from({ length: samples }, () => {
    const point = new Float64Array(n);
    sequence.next(point);
    return point;
  });
  const flat = (points: readonly Float64Array[]) => region.place(Float64Array.from(points.flatMap((point) => Array.from(point))));
  const known = options.known === undefined ? [] : knownIn(region, options.known, f.space);
  const first = [...even, ...known.map(({ point }) => point)];
  const scored = { points: [...flat(even)], scores: [...await f.evaluate(flat(even), signal)] };
  const firstScores = Float64Array.from([...scored.scores, ...known.map(({ score }) => score)], toScore);
  const order = first.map((_, i) => i).sort((one, other) => firstScores[one] - firstScores[other]);
  let worst: Pick<Falsification, "point" | "score" | "search"> = {
    point: first[order[0]],
    score: firstScores[order[0]],
    search: "samples",
  };
  const sampledScore = worst.score;
  let evaluations = samples, gradientEvaluations = 0;
  const run = async (searches: readonly TrapSearch[], rounds: number, gradient: boolean) => {
    for (let step = 0; step < rounds && worst.score >= below && !signal?.aborted; step++) {
      const active = searches.filter((search) => !search.done);
      if (active.length === 0) break;
      const asked = active.map((search) => search.ask());
      const points = flat(asked.flat());
      let answer: [Float64Array, Differentiated | undefined];
      try {
        answer = await Promise.all([f.evaluate(points, signal), gradient ? differentiate!(points, signal) : undefined]);
      } catch (error) {
        if (signal?.aborted) break;
        throw error;
      }
      scored.points.push(...points);
      scored.scores.push(...answer[0]);
      const scores = answer[0].map(toScore);
      // In units of the cube, downhill for the target.
      const gradients = answer[1]?.gradients.map((value, i) => sign * value * sides[i % n]);
      if (gradient) gradientEvaluations += scores.length;
      evaluations += scores.length;
      let at = 0;
      active.forEach((search, i) => {
        const end = at + asked[i].length;
        asked[i].forEach((point, j) => {
          if (scores[at + j] < worst.score) worst = { point, score: scores[at + j], search: gradient ? "gradient" : "evolution" };
        });
        search.tell(scores.slice(at, end), gradients?.slice(at * n, end * n));
        at = end;
      });
    }
  };
  const evolving = differentiate === undefined ? steps : Math.ceil(EVOLVING * steps);
  const evolutions = order.slice(0, starts).map((index) => new EvolutionSearch(first[index], firstScores[index], random));
  await run(evolutions, evolving, false);
  if (differentiate !== undefined) {
    const descents = evolutions.map(({ best }) => new DescentSearch(best.point, best.score, random));
    await run(descents, steps - evolving, true);
  }
  return {
    ...worst,
    point: region.place(worst.point),
    sampledScore,
    evaluations,
    gradientEvaluations,
    scored: { points: Float64Array.from(scored.points), scores: Float64Array.from(scored.scores) },
  };
}

/** The known points that lie in a box, as points of the unit cube. */
function knownIn(
  region: Orthotope,
  { points, scores }: ScoredPoints,
  space: SemanticSpace,
): { readonly point: Float64Array; readonly score: number }[] {
  const { a, sides, dimensions: n } = region;
  return Array.from(scores, (score, i) => ({ at: points.subarray(i * n, (i + 1) * n), score }))
    .filter(({ at, score }) => !Number.isNaN(score) && region.contains(at, space))
    .map(({ at, score }) => ({
      point: region.turned(at, space).map((value, k) => sides[k] === 0 ? 0 : (value - a[k]) / sides[k]),
      score,
    }));
}
