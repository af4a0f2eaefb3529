import type { SemanticFunction } from "./semantic_function.ts";

/**
 * The same function, that scores no point twice: neither within a batch nor across batches. Gradients are not kept.
 *
 * @param capacity How many points are remembered; the oldest go first.
 */
export function cached(f: SemanticFunction, capacity = 1_000_000): SemanticFunction {
  const known = new Map<string, number>();
  const n = f.space.dimensions;
  return {
    space: f.space,
    ...(f.differentiate === undefined ? {} : {
      gradientSource: f.gradientSource,
      differentiate: (points: Float64Array, signal?: AbortSignal) => f.differentiate!(points, signal),
    }),
    async evaluate(points, signal) {
      const projected = f.space.project(points);
      const count = f.space.count(points);
      const keys = Array.from({ length: count }, (_, i) => projected.subarray(i * n, (i + 1) * n).join());
      const missing = [...new Set(keys.filter((key) => !known.has(key)))];
      const found = new Map<string, number>();
      for (const key of keys) if (known.has(key)) found.set(key, known.get(key)!);
      if (missing.length > 0) {
        const wanted = new Float64Array(missing.flatMap((key) => key.split(",").map(Number)));
        const scores = await f.evaluate(wanted, signal);
        missing.forEach((key, i) => {
          found.set(key, scores[i]);
          known.set(key, scores[i]);
        });
        for (const oldest of known.keys()) {
          if (known.size <= capacity) break;
          known.delete(oldest);
        }
      }
      return Float64Array.from(keys, (key) => found.get(key)!);
    },
  };
}
