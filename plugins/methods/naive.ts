import { corners } from "../../core/orthotope.ts";
import type { RegionMethod } from "../../core/region_method.ts";
import { cellVolume, descend, DESCENT_OPTIONS, faceSums, LAMBDA, sidesOf, sum } from "./descent.ts";

/** The paper's naive method, equation (7): 2^n scores a step, a regularizer keeps the box from growing without end. */
export const naive: RegionMethod = {
  kind: "method",
  name: "naive",
  description: "the paper's naive method: maximizes the scores at the corners, regularized by the sides' length",
  whiteBox: false,
  options: { ...DESCENT_OPTIONS, lambda: LAMBDA },
  grow: (problem) =>
    descend(problem, {
      whiteBox: false,
      points: ({ a, b }) => corners(a, b),
      descent(box, { scores }) {
        const { lambda } = problem.options;
        const sides = sidesOf(box);
        const delta = cellVolume(sides);
        const a = new Float64Array(sides.length);
        const b = new Float64Array(sides.length);
        for (let k = 0; k < sides.length; k++) {
          const { upper, lower } = faceSums(scores, k);
          a[k] = 2 * delta / sides[k] * lower - lambda * sides[k];
          b[k] = -2 * delta / sides[k] * upper + lambda * sides[k];
        }
        return { a, b, loss: -delta * sum(scores) + lambda * Math.hypot(...sides) };
      },
    }),
};
