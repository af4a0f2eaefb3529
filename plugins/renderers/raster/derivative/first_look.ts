import type { DepthBuffer } from "../depth_buffer.ts";

/** A face passes in front of a point where its plane is nearer there by more than this share of 1/z. */
const IN_FRONT = 1e-4;

/** Faces that are crossed on the way to one that may cover a point. */
const STEPS = 6;

/** Beyond this it passes in front where no face over the point is reached from it: one of its neighbors does. */
const CLEARLY_IN_FRONT = 1.5e-2;

/**
 * Whether a face that is seen at one of the samples around a point of an edge hides the point: it lies over it and passes in front.
 *
 * @param triangles Corners of the faces, [faces x 3].
 * @param ahead, behind The edge's own faces on either side, 0 where it has none.
 * @param x, y The point in samples.
 * @param w 1/z of the point.
 * @param reach How many samples are asked on each side of the point.
 */
export function isCovered(
  buffer: DepthBuffer,
  triangles: Uint32Array,
  ahead: number,
  behind: number,
  x: number,
  y: number,
  w: number,
  reach = 1,
): boolean {
  const { width, height, faces, inverse, slopes, screen } = buffer;
  const left = x - 0.5, top = y - 0.5, most = 2 * reach;
  const firstColumn = Math.floor(left) + 1 - reach, firstRow = Math.floor(top) + 1 - reach;
  const column = firstColumn < 0 ? 0 : firstColumn > width - most ? width - most : firstColumn;
  const row = firstRow < 0 ? 0 : firstRow > height - most ? height - most : firstRow;
  const limit = w * (1 + IN_FRONT);
  let last = 0;
  for (let j = row; j < row + most; j++) {
    for (let i = column; i < column + most; i++) {
      const at = j * width + i;
      const face = faces[at];
      if (face === ahead || face === behind || face === last || face === 0) continue;
      const depth = inverse[at] + (left - i) * slopes[2 * face] + (top - j) * slopes[2 * face + 1];
      if (depth > limit) {
        last = face;
        if (liesOver(screen, triangles, 3 * face - 3, x, y)) return true;
      }
    }
  }
  return false;
}

/**
 * Whether a point of an edge within a surface is hidden, where nothing ends nearby: then the face over it tells that is reached
 * across edges from the one at the nearest sample, for no sample need have hit it, or else those at the samples around it.
 *
 * The parameters are those of {@linkcode isCovered}, and the edge's two vertices: of a face that has one of them, only what lies over the point
 * counts, for it may be seen past it however steep it is.
 *
 * @param across The face beyond each edge of a face, [faces x 3].
 */
export function isHidden(
  buffer: DepthBuffer,
  triangles: Uint32Array,
  across: Uint32Array,
  ahead: number,
  behind: number,
  x: number,
  y: number,
  w: number,
  from: number,
  to: number,
): boolean {
  const { width, height, faces, inverse, slopes } = buffer;
  const column = x < width ? Math.floor(x) : width - 1, row = y < height ? Math.floor(y) : height - 1;
  const at = row * width + column;
  const face = faces[at];
  if (face === ahead || face === behind || face === 0) return false;
  const depth = inverse[at] + (x - column - 0.5) * slopes[2 * face] + (y - row - 0.5) * slopes[2 * face + 1];
  const limit = w * (1 + IN_FRONT);
  if (depth <= limit) return false;
  const above = inverseAbove(buffer.screen, triangles, across, face, x, y);
  if (above > limit) return true;
  const clearly = w * (1 + CLEARLY_IN_FRONT);
  if (above === 0 && depth > clearly && inverse[at] > clearly) {
    const t = 3 * face - 3;
    const a = triangles[t], b = triangles[t + 1], c = triangles[t + 2];
    if (a !== from && b !== from && c !== from && a !== to && b !== to && c !== to) return true;
  }
  return isCovered(buffer, triangles, ahead, behind, x, y, w) || isCovered(buffer, triangles, ahead, behind, x, y, w, 2);
}

/** 1/z of the face over a point that is reached from another across its edges, or 0 where there is none nearby. */
function inverseAbove(screen: Float64Array, triangles: Uint32Array, across: Uint32Array, face: number, x: number, y: number): number {
  for (let step = 0; step < STEPS && face > 0; step++) {
    const t = 3 * face - 3, a = 3 * triangles[t], b = 3 * triangles[t + 1], c = 3 * triangles[t + 2];
    const aw = screen[a + 2], bw = screen[b + 2], cw = screen[c + 2];
    if (aw === 0 || bw === 0 || cw === 0) return 0;
    const ax = screen[a] - x,
      ay = screen[a + 1] - y,
      bx = screen[b] - x,
      by = screen[b + 1] - y,
      cx = screen[c] - x,
      cy = screen[c + 1] - y;
    const p = bx * cy - cx * by, q = cx * ay - ax * cy, r = ax * by - bx * ay, total = p + q + r;
    if (total === 0) return 0;
    const least = total > 0 ? Math.min(p, q, r) : Math.max(p, q, r);
    if (least * total >= 0) return (p * aw + q * bw + r * cw) / total;
    // Each weight belongs to the corner that lies opposite to the edge beyond which the point is.
    face = across[least === r ? t : least === p ? t + 1 : t + 2];
  }
  return 0;
}

/** Whether a point is within the face whose corners begin at `t`, on the screen. */
function liesOver(screen: Float64Array, triangles: Uint32Array, t: number, x: number, y: number): boolean {
  const a = 3 * triangles[t], b = 3 * triangles[t + 1], c = 3 * triangles[t + 2];
  if (screen[a + 2] === 0 || screen[b + 2] === 0 || screen[c + 2] === 0) return false;
  const ax = screen[a] - x, ay = screen[a + 1] - y, bx = screen[b] - x, by = screen[b + 1] - y, cx = screen[c] - x, cy = screen[c + 1] - y;
  const p = bx * cy - cx * by, q = cx * ay - ax * cy, r = ax * by - bx * ay;
  return (p > 0 && q > 0 && r > 0) || (p < 0 && q < 0 && r < 0);
}
