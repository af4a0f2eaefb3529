import type { SemanticFunction } from "./semantic_function.ts";

/**
 * The same function with gradients from central differences of its scores: 2n + 1 scores a point. What a white-box method gets where nothing better
 * is to be had.
 *
 * @param step Half the distance between the two scores, as a share of each axis' range. Rendered scores are rough below a few tenths of a
 * degree, so a step that is good for smooth functions would measure noise.
 */
export function withFunctionDifferences(f: SemanticFunction, step = 1 / 720): SemanticFunction {
  const { space } = f;
  const n = space.dimensions;
  return {
    space,
    gradientSource: "function",
    evaluate: (points, signal) => f.evaluate(points, signal),
    async differentiate(points, signal) {
      const centers = space.project(points);
      const count = space.count(points);
      const wanted = new Float64Array(count * (2 * n + 1) * n);
      for (let i = 0, row = 0; i < count; i++) {
        const center = centers.subarray(i * n, (i + 1) * n);
        wanted.set(center, row++ * n);
        for (let k = 0; k < n; k++) {
          for (const coordinate of stencil(k, center[k])) {
            wanted.set(center, row * n);
            wanted[row++ * n + k] = coordinate;
          }
        }
      }
      const all = await f.evaluate(wanted, signal);
      const scores = new Float64Array(count);
      const gradients = new Float64Array(count * n);
      for (let i = 0, row = 0; i < count; i++) {
        scores[i] = all[row++];
        for (let k = 0; k < n; k++, row += 2) {
          const [below, above] = stencil(k, centers[i * n + k]);
          gradients[i * n + k] = (all[row + 1] - all[row]) / (above - below);
        }
      }
      return { scores, gradients };
    },
  };

  /** The two coordinates to score: at an end of Omega the difference becomes one-sided. */
  function stencil(axis: number, value: number): [number, number] {
    const reach = step * space.extent(axis);
    if (space.isPeriodic(axis)) return [value - reach, value + reach];
    return [space.projectCoordinate(axis, value - reach), space.projectCoordinate(axis, value + reach)];
  }
}
