import { outOfRange } from "../../core/errors.ts";
import { cornerBit, corners } from "../../core/orthotope.ts";
import type { RegionMethod } from "../../core/region_method.ts";
import { ALPHA, cellVolume, descend, DESCENT_OPTIONS, faceSums, sidesOf, sum } from "./descent.ts";
import { outerCorners } from "./outer_box.ts";

/**
 * The paper's white-box outer-inner ratio method, equations (16) to (18): 2^n scores with gradients a step. The coefficient of M_D is
 * `2 - (2n - 1) beta`, which the derivation gives; the paper prints `2 - beta n`, the same for n = 1.
 */
export const oirW: RegionMethod = {
  kind: "method",
  name: "oir_w",
  description: "the paper's white-box outer-inner ratio: the limit of a thin outer box, by gradients at the corners",
  whiteBox: true,
  options: {
    ...DESCENT_OPTIONS,
    alpha: ALPHA,
    beta: { description: "weight of the outer shell, at most 1 / (2n)", default: 0.0009, low: 0, high: 0.5 },
    loss: { description: "1: also scores the outer corners, for the loss in the trace", default: 0, low: 0, high: 1, integer: true },
  },
  grow(problem) {
    const { alpha, beta, loss } = problem.options;
    const n = problem.space.dimensions;
    if (beta > 1 / (2 * n)) throw outOfRange(`Option "beta" of method "oir_w" over ${n} parameters`, beta, 0, 1 / (2 * n));
    return descend(problem, {
      whiteBox: true,
      points: ({ a, b }) => corners(a, b),
      descent: (box, { scores, gradients }) => ({ ...directions(sidesOf(box), scores, gradients!, beta), loss: NaN }),
      ...(loss === 0 ? {} : {
        trace: {
          points: (box) => outerCorners(box, alpha),
          loss: (outer, { scores }) => (1 + alpha) ** n * sum(outer) / sum(scores) - 1,
        },
      }),
    });
  },
};

function directions(sides: Float64Array, scores: Float64Array, gradients: Float64Array, beta: number) {
  const n = sides.length;
  const delta = cellVolume(sides);
  const own = 2 - (2 * n - 1) * beta;
  const a = new Float64Array(n);
  const b = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const { upper, lower } = faceSums(scores, k);
    const slope = slopes(sides, gradients, k);
    a[k] = delta * ((own * lower - beta * upper) / sides[k] + beta * slope.lower);
    b[k] = delta * (-(own * upper - beta * lower) / sides[k] + beta * slope.upper);
  }
  return { a, b };
}

/**
 * The gradients' part for one axis, on its lower face `diag(Mc G)_k + sc_k` and on its upper `diag(M G)_k + s_k`: slopes across the face, and,
 * weighed by the ratio of the sides, slopes along it, outwards on the upper face and inwards on the lower.
 */
function slopes(sides: Float64Array, gradients: Float64Array, axis: number): { lower: number; upper: number } {
  const n = sides.length;
  const count = gradients.length / n;
  let lower = 0;
  let upper = 0;
  for (let corner = 0; corner < count; corner++) {
    const onUpper = cornerBit(axis, corner) === 1;
    let slope = gradients[corner * n + axis];
    for (let i = 0; i < n; i++) {
      if (i === axis) continue;
      const outwards = cornerBit(i, corner) === 1 ? 1 : -1;
      slope += (onUpper ? outwards : -outwards) * sides[i] / sides[axis] * gradients[corner * n + i];
    }
    if (onUpper) upper += slope;
    else lower += slope;
  }
  return { lower, upper };
}
