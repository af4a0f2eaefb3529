/** Where in a pixel the sample lies from which areas are counted: the first of 2 x 2. */
export const ORIGIN = 0.25;
const REST = 1 - ORIGIN;

/**
 * The area of a pixel that shows what is on the other side of a line segment than the pixel's first sample; with the sign of the side: positive
 * where the segment's normal (-dy, dx) points to the sample's side.
 *
 * With it a picture of flat patches averages exactly over the pixel: the color at the sample, plus for each visible edge the jump across it times
 * this area. Each point of the pixel is reached from the sample along its column, then along the point's row; what a segment adds is the area of the
 * points to which the way leads across it.
 *
 * @param ax, ay, bx, by The segment, from the sample, within the pixel.
 */
export function areaBeyond(ax: number, ay: number, bx: number, by: number): number {
  const rise = by - ay, middle = 0.5 * (ax + bx);
  if (ax >= 0 && bx >= 0) return rise * (REST - middle);
  if (ax < 0 && bx < 0) return -rise * (ORIGIN + middle);
  // It crosses the sample's column, and takes whole rows beyond the crossing with it.
  const crossing = ay - ax * rise / (bx - ax);
  const rows = crossing > 0 ? crossing - REST : crossing + ORIGIN;
  return ax < 0
    ? (ay - crossing) * (ORIGIN + 0.5 * ax) + (by - crossing) * (REST - 0.5 * bx) + rows
    : (crossing - ay) * (REST - 0.5 * ax) + (crossing - by) * (ORIGIN + 0.5 * bx) - rows;
}

/**
 * As {@linkcode areaBeyond}, by another way: straight from the sample to each point, so that the area is what lies behind the segment as seen from
 * the sample. Over all edges in a pixel both give the same; where one of them is missed, this one makes the smaller mistake, and takes longer.
 *
 * @param ax, ay, bx, by The segment, from the sample, within the pixel.
 */
export function areaBehind(ax: number, ay: number, bx: number, by: number): number {
  const turn = ax * by - ay * bx;
  if (turn > 0) {
    const swept = sweep(bx, by) - sweep(ax, ay);
    return (swept < -1e-9 ? swept + 1 : swept) - 0.5 * turn;
  }
  if (turn < 0) {
    const swept = sweep(ax, ay) - sweep(bx, by);
    return -(swept < -1e-9 ? swept + 1 : swept) - 0.5 * turn;
  }
  return 0;
}

/** Area of the pixel swept by a ray from the sample that turns from the corner at the top right, clockwise, into a direction. */
function sweep(x: number, y: number): number {
  const reachX = x > 0 ? REST : ORIGIN, reachY = y > 0 ? REST : ORIGIN;
  const sizeX = x > 0 ? x : -x, sizeY = y > 0 ? y : -y;
  if (sizeX * reachY >= sizeY * reachX) {
    const hit = sizeX > 0 ? y * reachX / sizeX : 0;
    return x > 0 ? 0.5 * REST * (hit + ORIGIN) : REST + 0.5 * ORIGIN * (REST - hit);
  }
  const hit = x * reachY / sizeY;
  return y > 0 ? 0.5 * REST * (1 + REST - hit) : REST + 0.5 * ORIGIN * (1 + hit + ORIGIN);
}
