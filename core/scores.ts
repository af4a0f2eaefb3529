import { InputError } from "./errors.ts";
import type { Differentiated } from "./semantic_function.ts";
import type { SemanticSpace } from "./semantic_space.ts";

/**
 * What a function answered, looked at: a score in [0, 1] for each of the points [count x n], and n numbers a gradient where there are gradients.
 *
 * @throws InputError where it is anything else.
 */
export function requireScores(
  { scores, gradients }: Pick<Differentiated, "scores"> & Partial<Differentiated>,
  points: Float64Array,
  space: SemanticSpace,
): void {
  const count = space.count(points);
  if (scores.length !== count) throw new InputError(`A function must give one score a point: it gave ${scores.length} for ${count}`);
  const bad = scores.findIndex((score) => !(score >= 0 && score <= 1));
  if (bad >= 0) {
    const where = space.axes.map(({ name }, i) => `${name}=${points[bad * space.dimensions + i]}`).join(",");
    throw new InputError(`Scores must be numbers in [0, 1]: the score at ${where} is ${scores[bad]}`);
  }
  if (gradients !== undefined && gradients.length !== points.length) {
    throw new InputError(`A function must give ${space.dimensions} numbers a gradient: it gave ${gradients.length} for ${count} points`);
  }
}
