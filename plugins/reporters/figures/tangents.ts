import { type ArrowScale, type PathSurface, thinned } from "./arrows.ts";
import type { Lattice } from "./lattice.ts";
import { linePath } from "./surface.ts";
import { BACKGROUND, INK } from "./theme.ts";

/** Length of a tangent, and least distance between the middles of two, in logical pixels. */
const LENGTH = 26;
const PITCH = 40;

/** Draws the derivative of a curve, where it is known, as short tangents of one length, thinned so that they stay apart. */
export function drawTangents(
  surface: Pick<PathSurface, "path">,
  { values: [values], scores, slopes }: Lattice,
  { x, y }: { readonly x: Pick<ArrowScale, "low" | "place">; readonly y: Pick<ArrowScale, "place"> },
): void {
  if (slopes === undefined) return;
  const across = x.place(x.low + 1) - x.place(x.low), up = y.place(1) - y.place(0);
  for (const i of thinned(values, x, PITCH)) {
    const rise = slopes[i] * up / across;
    if (!Number.isFinite(rise) || !Number.isFinite(scores[i])) continue;
    const reach = LENGTH / 2 / Math.hypot(1, rise);
    const [left, top] = [x.place(values[i]), y.place(scores[i])];
    const data = linePath(left - reach, top - rise * reach, left + reach, top + rise * reach);
    surface.path(data, { stroke: BACKGROUND, width: 4 });
    surface.path(data, { stroke: INK, width: 1.5 }, { kind: "tangent" });
  }
}

/** The index of the steepest of some derivatives; -1 where none is known, or all are 0. */
export function steepest(slopes: readonly number[]): number {
  let found = -1;
  slopes.forEach((slope, i) => {
    if (Math.abs(slope) > Math.abs(slopes[found] ?? 0)) found = i;
  });
  return found;
}
