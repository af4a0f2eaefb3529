import type { Differentiated, SemanticFunction } from "./semantic_function.ts";
import type { SemanticSpace } from "./semantic_space.ts";

/**
 * A semantic function from a formula, for tests and for whoever has one: `score` is given a point of Omega, [n], which it must not keep; `gradient`,
 * where there is one, writes df/du at the point, [n], into its second argument and makes the function white-box.
 */
export function closedForm(
  space: SemanticSpace,
  score: (point: Float64Array) => number,
  gradient?: (point: Float64Array, derivative: Float64Array) => void,
): SemanticFunction {
  const n = space.dimensions;
  const evaluate = (points: Float64Array, signal?: AbortSignal): Promise<Float64Array> => {
    signal?.throwIfAborted();
    const projected = space.project(points);
    const scores = new Float64Array(space.count(points));
    for (let i = 0; i < scores.length; i++) scores[i] = score(projected.subarray(i * n, (i + 1) * n));
    return Promise.resolve(scores);
  };
  if (gradient === undefined) return { space, evaluate };
  const differentiate = async (points: Float64Array, signal?: AbortSignal): Promise<Differentiated> => {
    const scores = await evaluate(points, signal);
    const projected = space.project(points);
    const gradients = new Float64Array(points.length);
    for (let i = 0; i < scores.length; i++) gradient(projected.subarray(i * n, (i + 1) * n), gradients.subarray(i * n, (i + 1) * n));
    return { scores, gradients };
  };
  return { space, evaluate, differentiate };
}
