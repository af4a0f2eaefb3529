import { ORIGIN } from "./pixel_shadow.ts";

const REST = 1 - ORIGIN;

/** Numbers of one set of moments: the integrals of 1, x, y, x x, x y and y y over an area. */
export const MOMENTS = 6;

/**
 * Adds the moments of what {@linkcode areaBeyond} measures, times `sign`: of the area on the other side of a segment than the pixel's first sample,
 * which is the origin. Together with those of the pixel they tell where in it each patch lies, and how far it spreads.
 *
 * Each is an integral around the area's outline, of which only the segment and the pixel's left and right border count.
 *
 * @param ax, ay, bx, by The segment, from the sample, within the pixel.
 */
export function addMomentsBeyond(moments: Float64Array, at: number, sign: number, ax: number, ay: number, bx: number, by: number): void {
  addLine(moments, at, -sign, ax, ay, bx, by);
  if (ax >= 0 && bx >= 0) return addLine(moments, at, sign, REST, ay, REST, by);
  if (ax < 0 && bx < 0) return addLine(moments, at, sign, -ORIGIN, ay, -ORIGIN, by);
  // It crosses the sample's column, and takes whole rows beyond the crossing with it.
  const crossing = ay - ax * (by - ay) / (bx - ax), turn = ax < 0 ? sign : -sign;
  const left = ax < 0 ? ay : by, right = ax < 0 ? by : ay, end = crossing > 0 ? REST : -ORIGIN;
  addLine(moments, at, turn, -ORIGIN, left, -ORIGIN, end);
  addLine(moments, at, turn, REST, end, REST, right);
}

/** Adds the moments of an upright rectangle. */
export function addRectangle(moments: Float64Array, at: number, left: number, top: number, right: number, bottom: number): void {
  addLine(moments, at, 1, right, top, right, bottom);
  addLine(moments, at, -1, left, top, left, bottom);
}

/** Adds what a segment of an outline adds to the moments within, by Simpson's rule, which is exact for them. */
function addLine(moments: Float64Array, at: number, sign: number, ax: number, ay: number, bx: number, by: number): void {
  const share = sign * (by - ay) / 6;
  for (let k = 0; k < 3; k++) {
    const x = k === 0 ? ax : k === 1 ? 0.5 * (ax + bx) : bx, y = k === 0 ? ay : k === 1 ? 0.5 * (ay + by) : by;
    const weight = k === 1 ? 4 * share : share, xx = 0.5 * x * x;
    moments[at] += weight * x;
    moments[at + 1] += weight * xx;
    moments[at + 2] += weight * x * y;
    moments[at + 3] += weight * x * x * x / 3;
    moments[at + 4] += weight * xx * y;
    moments[at + 5] += weight * x * y * y;
  }
}
