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

/** A face ends just short of a point, as a share of the way to it: bounds belong to the box. */
const CLEARANCE = 1e-9;

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
    const offset = value * (1 - CLEARANCE);
    const kept = (value > 0 ? offset - low[axis] : high[axis] - offset) / (high[axis] - low[axis]);
    if (best === undefined || kept > best.kept) best = { axis, side, offset, kept };
  }
  return best;
}

/**
 * The box without points, [count x n]; u0 stays inside, or what of the box is next to it. Faces give way one after the other, each time the one that leaves out most points for the
 * volume that it costs; then each returns as far as the other faces allow. Undefined where no point can be left out: it is u0, or lies outside anyway.
 *
 * @param margin How far faces keep clear of the points, as a share of the way to u0, in [0, 1).
 */
export function cutBox(
  box: Bounds,
  points: ArrayLike<number>,
  { space, initialPoint, margin = 0 }: { space: SemanticSpace; initialPoint: ArrayLike<number>; margin?: number },
): Orthotope | undefined {
  const region = new Orthotope(box.a, box.b), n = region.dimensions;
  const origin = region.turned(initialPoint, space).map((value, k) => {
    if (value <= region.b[k]) return Math.max(value, region.a[k]);
    return space.isPeriodic(k) && region.a[k] + space.extent(k) - value < value - region.b[k] ? region.a[k] : region.b[k];
  });
  // Offsets from there along one axis after the other, towards the upper faces and then towards the lower ones: negative where a point lies on the other side.
  const faces = [...region.b.map((value, k) => value - origin[k]), ...region.a.map((value, k) => origin[k] - value)];
  const out = Array.from({ length: points.length / n }, (_, i) => Float64Array.from({ length: n }, (_, k) => points[i * n + k]))
    .filter((point) => region.contains(point, space))
    .map((point) => region.turned(point, space).map((value, k) => value - origin[k]))
    .filter((offsets) => offsets.some((offset) => offset !== 0))
    .map((offsets) => [...offsets, ...offsets.map((offset) => -offset)]);
  if (out.length === 0) return undefined;
  const clear = (1 - CLEARANCE) * (1 - margin), most = faces.slice();
  for (let left = out; left.length > 0;) {
    let best = { face: 0, offset: 0, worth: -Infinity };
    for (const offsets of left) {
      offsets.forEach((offset, face) => {
        if (offset <= 0) return;
        const length = faces[face] + faces[(face + n) % (2 * n)];
        const removed = left.filter((other) => other[face] > offset * clear).length;
        const worth = removed / -Math.log1p(-(faces[face] - offset * clear) / length);
        if (worth > best.worth) best = { face, offset: offset * clear, worth };
      });
    }
    faces[best.face] = best.offset;
    left = left.filter((offsets) => offsets[best.face] <= best.offset);
  }
  faces.forEach((_, face) => {
    const met = out.filter((offsets) => offsets.every((offset, other) => other === face || offset <= faces[other]));
    faces[face] = met.reduce((nearest, offsets) => Math.min(nearest, offsets[face] * clear), most[face]);
  });
  const placed = (bounds: Float64Array, first: number, sign: number) =>
    bounds.map((value, k) => faces[first + k] === most[first + k] ? value : origin[k] + sign * faces[first + k]);
  return new Orthotope(placed(region.a, n, -1), placed(region.b, 0, 1));
}
