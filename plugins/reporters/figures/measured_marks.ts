import type { MapRecord } from "../../../core/record.ts";
import type { AxisScale } from "./axis.ts";
import type { Lattice } from "./lattice.ts";
import { circlePath, round, type Surface } from "./surface.ts";
import { BACKGROUND, CURVE, INK } from "./theme.ts";
import { formatValue } from "./words.ts";

/** Side of a dot in logical pixels: a part of the distance between points, and at most so much. */
const DOT_SHARE = 0.36;
const LARGEST_DOT = 2.5;

/** The measured ones among all points of a map, as a lattice wants them; undefined where every point was measured. */
export function measuredPoints(
  { adaptive, scores }: Pick<MapRecord, "adaptive"> & { readonly scores: ArrayLike<unknown> },
): Uint8Array | undefined {
  if (adaptive === undefined) return undefined;
  const measured = new Uint8Array(scores.length);
  for (const index of adaptive.measured) measured[index] = 1;
  return measured;
}

/** Where a map was measured and how well the rest is known, in a line; nothing where all was measured. */
export function measuredNote({ adaptive, scores }: Pick<MapRecord, "adaptive"> & { readonly scores: ArrayLike<unknown> }): string {
  if (adaptive === undefined) return "";
  const { tolerance, measured, check } = adaptive;
  const [some, all, checked] = [measured.length, scores.length, check.points].map((count) => count.toLocaleString("en"));
  const rest = `Dots: the ${some} of ${all} points that were measured; between them the score is interpolated, to within ${
    formatValue(tolerance)
  }`;
  if (check.points === 0) return `${rest}.`;
  const share = formatValue(Math.floor(1000 * check.withinTolerance) / 10, "", 3);
  return `${rest} at ${share} % of ${checked} random points (largest error ${formatValue(check.maximumError, "", 2)}).`;
}

/** A path of square dots at the measured points of a lattice over two axes: those that score less than a half, or the others. */
export function measuredPath(
  { values: [xs, ys], scores, measured }: Lattice,
  { x, y }: { readonly x: { place(value: number): number }; readonly y: { place(value: number): number } },
  isLow: boolean,
): string {
  if (measured === undefined) return "";
  const columns = xs.map((value) => x.place(value)), rows = ys.map((value) => y.place(value));
  const side = round(Math.min(LARGEST_DOT, DOT_SHARE * gapOf(columns), DOT_SHARE * gapOf(rows)));
  let path = "";
  for (let i = 0; i < scores.length; i++) {
    if (measured[i] !== 1 || (scores[i] < 0.5) !== isLow) continue;
    const [left, top] = [columns[Math.floor(i / ys.length)] - side / 2, rows[i % ys.length] - side / 2];
    path += `M${left.toFixed(1)},${top.toFixed(1)}h${side}v${side}h${-side}Z`;
  }
  return path;
}

/** Draws a dot at every measured point of a lattice over two axes, dark or light as the map below it wants. */
export function drawMeasured(surface: Surface, lattice: Lattice, scales: { x: AxisScale; y: AxisScale }): void {
  for (const [isLow, fill] of [[true, BACKGROUND], [false, INK]] as const) {
    const path = measuredPath(lattice, scales, isLow);
    if (path !== "") surface.path(path, { fill, fillOpacity: 0.6 }, { kind: "measured" });
  }
}

/** The same over one axis, on the curve. */
export function drawMeasuredOnCurve(
  surface: Surface,
  { values: [xs], scores, measured }: Lattice,
  { x, y }: { x: AxisScale; y: AxisScale },
): void {
  if (measured === undefined) return;
  const path = xs.map((value, i) => measured[i] === 1 ? circlePath(x.place(value), y.place(scores[i]), 2.5) : "").join("");
  surface.path(path, { fill: BACKGROUND, stroke: CURVE, width: 1.25 }, { kind: "measured" });
}

function gapOf(places: readonly number[]): number {
  return places.length < 2 ? Infinity : Math.abs(places[1] - places[0]);
}
