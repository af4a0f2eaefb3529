import { corners } from "../../core/orthotope.ts";
import type { RegionMethod } from "../../core/region_method.ts";
import { ALPHA, cellVolume, descend, DESCENT_OPTIONS, faceSums, sidesOf, sum } from "./descent.ts";
import { outerCorners } from "./outer_box.ts";

/** The paper's black-box outer-inner ratio method, equations (11) and (12): 2^(n+1) scores a step. */
export const oirB: RegionMethod = {
  kind: "method",
  name: "oir_b",
  description: "the paper's black-box outer-inner ratio: weighs the scores at the corners of the box against those of a larger one",
  whiteBox: false,
  options: { ...DESCENT_OPTIONS, alpha: ALPHA },
  grow(problem) {
    const { alpha } = problem.options;
    const n = problem.space.dimensions;
    const count = 2 ** n;
    const scale = (1 + alpha) ** (n - 1);
    return descend(problem, {
      whiteBox: false,
      points(box) {
        const points = new Float64Array(2 * count * n);
        points.set(corners(box.a, box.b));
        points.set(outerCorners(box, alpha), count * n);
        return points;
      },
      descent(box, { scores }) {
        const sides = sidesOf(box);
        const delta = cellVolume(sides);
        const a = new Float64Array(n);
        const b = new Float64Array(n);
        for (let k = 0; k < n; k++) {
          const inner = faceSums(scores, k, 0, count);
          const outer = faceSums(scores, k, count, count);
          const upper = scale * ((1 + alpha / 2) * outer.upper + alpha / 2 * outer.lower);
          const lower = scale * ((1 + alpha / 2) * outer.lower + alpha / 2 * outer.upper);
          a[k] = 2 * delta / sides[k] * (2 * inner.lower - lower);
          b[k] = 2 * delta / sides[k] * (-2 * inner.upper + upper);
        }
        const loss = delta * ((1 + alpha) ** n * sum(scores.subarray(count)) - 2 * sum(scores.subarray(0, count)));
        return { a, b, loss };
      },
    });
  },
};
