import type { DepthBuffer } from "../depth_buffer.ts";
import { SEEN, UNSURE } from "./candidates.ts";

/** What the first look says of a point that is surely not seen. */
export const HIDDEN = 2;

/** A face nearby hides a point where its plane, carried on to the point, passes in front by more than this share of 1/z: perhaps, ... */
const PERHAPS = 3e-4;
/** ... and surely. */
const SURELY = 2e-2;

/**
 * Settles most points of edges by the four samples around them: where no face there passes in front of an edge within a surface, the point is
 * seen; where all do, clearly, and one of them lies over the point, it is not.
 *
 * @param ahead, behind The edge's own faces on either side, 0 where it has none.
 * @param x, y The point in samples.
 * @param w 1/z of the point.
 */
export function firstLook(
  buffer: DepthBuffer,
  triangles: Uint32Array,
  ahead: number,
  behind: number,
  x: number,
  y: number,
  w: number,
): number {
  const { width, height, faces, inverse, slopes } = buffer;
  const column = nearestIndex(x - 0.5, width - 2), row = nearestIndex(y - 0.5, height - 2);
  const perhaps = w * (1 + PERHAPS), surely = w * (1 + SURELY);
  let hiding = 0, hidingSurely = 0;
  for (let k = 0; k < 4; k++) {
    const at = (row + (k >> 1)) * width + column + (k & 1);
    const face = faces[at];
    if (face === ahead || face === behind) continue;
    const dx = x - 0.5 - column - (k & 1), dy = y - 0.5 - row - (k >> 1);
    const depth = inverse[at] + dx * slopes[2 * face] + dy * slopes[2 * face + 1];
    if (depth > perhaps) {
      hiding++;
      if (depth > surely && inverse[at] > surely) hidingSurely++;
    }
  }
  if (hidingSurely === 4) {
    const at = row * width + column;
    for (let k = 0; k < 4; k++) {
      const face = faces[at + (k & 1) + (k >> 1) * width];
      if (k > 0 && face === faces[at]) continue;
      if (liesOver(buffer.screen, triangles, 3 * face - 3, x, y)) return HIDDEN;
    }
  }
  return hiding === 0 && ahead !== 0 && behind !== 0 ? SEEN : UNSURE;
}

/** Whether a point is within the face whose corners begin at `t`, on the screen. */
function liesOver(screen: Float64Array, triangles: Uint32Array, t: number, x: number, y: number): boolean {
  const a = 3 * triangles[t], b = 3 * triangles[t + 1], c = 3 * triangles[t + 2];
  if (screen[a + 2] === 0 || screen[b + 2] === 0 || screen[c + 2] === 0) return false;
  const ax = screen[a] - x, ay = screen[a + 1] - y, bx = screen[b] - x, by = screen[b + 1] - y, cx = screen[c] - x, cy = screen[c + 1] - y;
  const p = bx * cy - cx * by, q = cx * ay - ax * cy, r = ax * by - bx * ay;
  return (p > 0 && q > 0 && r > 0) || (p < 0 && q < 0 && r < 0);
}

/** The sample at or before a coordinate, such that there is one after it. */
export function nearestIndex(value: number, last: number): number {
  return value < 0 ? 0 : value > last ? last : Math.floor(value);
}
