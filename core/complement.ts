import type { SemanticFunction } from "./semantic_function.ts";

/** 1 - f: high where the network is wrong, equation (4). */
export function complement(f: SemanticFunction): SemanticFunction {
  return {
    space: f.space,
    evaluate: async (points, signal) => (await f.evaluate(points, signal)).map((score) => 1 - score),
    ...(f.differentiate === undefined ? {} : {
      gradientSource: f.gradientSource,
      differentiate: async (points: Float64Array, signal?: AbortSignal) => {
        const { scores, gradients } = await f.differentiate!(points, signal);
        return { scores: scores.map((score) => 1 - score), gradients: gradients.map((gradient) => -gradient) };
      },
    }),
  };
}
