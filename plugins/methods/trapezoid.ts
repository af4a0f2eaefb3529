import { corners } from "../../core/orthotope.ts";
import type { RegionMethod } from "../../core/region_method.ts";
import { cellVolume, descend, DESCENT_OPTIONS, faceSums, LAMBDA, sidesOf, sum } from "./descent.ts";

/**
 * The variant of the paper's supplementary that differentiates the trapezoid approximation of the naive loss: 2^n scores with gradients a step.
 * It diverges, and is kept for study.
 */
export const trapezoid: RegionMethod = {
  kind: "method",
  name: "trapezoid",
  description: "the supplementary's variant that differentiates the approximated loss; it diverges, and is kept for study",
  whiteBox: true,
  options: { ...DESCENT_OPTIONS, lambda: LAMBDA },
  grow: (problem) =>
    descend(problem, {
      whiteBox: true,
      points: ({ a, b }) => corners(a, b),
      descent(box, { scores, gradients }) {
        const { lambda } = problem.options;
        const sides = sidesOf(box);
        const n = sides.length;
        const delta = cellVolume(sides);
        const total = sum(scores);
        const a = new Float64Array(n);
        const b = new Float64Array(n);
        for (let k = 0; k < n; k++) {
          const slopes = Float64Array.from(scores, (_, corner) => gradients![corner * n + k]);
          const { upper, lower } = faceSums(slopes, k);
          a[k] = delta * (-lower + total / sides[k]) - lambda * sides[k];
          b[k] = delta * (-upper - total / sides[k]) + lambda * sides[k];
        }
        return { a, b, loss: -delta * total + lambda * Math.hypot(...sides) };
      },
    }),
};
