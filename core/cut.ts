import { Orthotope } from "./orthotope.ts";
import type { Bounds } from "./region_method.ts";
import type { SemanticSpace } from "./semantic_space.ts";

/** A face of a box and where it would go, as an offset from a point inside. */
export interface Cut {
  readonly axis: number;
  readonly side: "low" | "high";
  /** The face's new offset. */
  readonly offset: number;
  /** Share of the box' volume that it keeps, in [0, 1). */
  readonly kept: number;
}

/**
 * The face that has to give way least, in volume, for a box to leave out a point and still contain the origin of the offsets: `low` and `high` are
 * the box' faces, `point` the point, [n] each. Undefined where the point cannot be left out: it is the origin.
 *
 * @param allowed Whether a face may be moved; all may where it is absent.
 */
export function leastCut(
  { low, high }: { readonly low: Float64Array; readonly high: Float64Array },
  point: Float64Array,
  allowed: (axis: number, side: "low" | "high") => boolean = () => true,
): Cut | undefined {
  let best: Cut | undefined;
  for (let axis = 0; axis < point.length; axis++) {
    const value = point[axis];
    if (value === 0) continue;
    const side = value > 0 ? "high" : "low";
    if (!allowed(axis, side)) continue;
    // Just short of the point: bounds belong to the box.
    const offset = value * (1 - 1e-9);
    const kept = (value > 0 ? offset - low[axis] : high[axis] - offset) / (high[axis] - low[axis]);
    if (best === undefined || kept > best.kept) best = { axis, side, offset, kept };
  }
  return best;
}

/**
 * The box without a point, by the face that loses least volume; u0 stays inside. Undefined where that cannot be: the point is u0, or lies outside
 * anyway.
 */
export function cutBox(
  box: Bounds,
  point: ArrayLike<number>,
  { space, initialPoint }: { space: SemanticSpace; initialPoint: ArrayLike<number> },
): Orthotope | undefined {
  const region = new Orthotope(box.a, box.b);
  if (!region.contains(point, space)) return undefined;
  const origin = region.turned(initialPoint, space), at = region.turned(point, space);
  const cut = leastCut(
    { low: box.a.map((value, k) => value - origin[k]), high: box.b.map((value, k) => value - origin[k]) },
    origin.map((value, k) => at[k] - value),
  );
  if (cut === undefined) return undefined;
  const bounds = { low: box.a.slice(), high: box.b.slice() };
  bounds[cut.side][cut.axis] = origin[cut.axis] + cut.offset;
  return new Orthotope(bounds.low, bounds.high);
}
