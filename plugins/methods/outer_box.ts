import { corners } from "../../core/orthotope.ts";
import type { Bounds } from "../../core/region_method.ts";

/** The 2^n corners of the outer box Q, equation (9): every side longer by the share alpha, about the same center. */
export function outerCorners({ a, b }: Bounds, alpha: number): Float64Array {
  return corners(
    a.map((low, i) => low - alpha / 2 * (b[i] - low)),
    b.map((high, i) => high + alpha / 2 * (high - a[i])),
  );
}
