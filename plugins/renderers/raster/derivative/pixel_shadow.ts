/** Where in a pixel the sample lies from which areas are counted: the first of 2 x 2. */
export const ORIGIN = 0.25;
const REST = 1 - ORIGIN;

/**
 * The area of a pixel that lies behind a line segment as seen from the pixel's first sample, positive where the segment runs clockwise around the
 * sample on the screen (from +x to +y, y pointing down), negative where it runs the other way.
 *
 * With it a picture of flat patches averages exactly over the pixel: the color at the sample, plus for each visible edge the jump across it times
 * the area behind it.
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
