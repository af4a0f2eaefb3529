import type { AxisScale } from "./axis.ts";
import { thinned } from "./arrows.ts";
import { linePath, type Surface } from "./surface.ts";
import { BACKGROUND, INK } from "./theme.ts";

/** Length of a tangent, and least distance between the middles of two, in logical pixels. */
const LENGTH = 26;
const PITCH = 40;

/** The derivative of a score along one axis, at some values. */
export interface Slopes {
  readonly values: readonly number[];
  readonly scores: readonly number[];
  /** One a value, in units of the axis. */
  readonly derivatives: readonly number[];
}

/** Draws the derivative of a curve as short tangents, thinned so that they stay apart; all have one length. */
export function drawTangents(surface: Surface, { values, scores, derivatives }: Slopes, { x, y }: { x: AxisScale; y: AxisScale }): void {
  const across = x.place(x.low + 1) - x.place(x.low), up = y.place(1) - y.place(0);
  for (const i of thinned(values, x, PITCH)) {
    const rise = derivatives[i] * up / across;
    if (!Number.isFinite(rise) || !Number.isFinite(scores[i])) continue;
    const reach = LENGTH / 2 / Math.hypot(1, rise);
    const [left, top] = [x.place(values[i]), y.place(scores[i])];
    const data = linePath(left - reach, top - rise * reach, left + reach, top + rise * reach);
    surface.path(data, { stroke: BACKGROUND, width: 4 });
    surface.path(data, { stroke: INK, width: 1.5 }, { kind: "tangent" });
  }
}

/** The steepest place of a curve: its value and the derivative there; null where none is known. */
export function steepest({ values, derivatives }: Slopes): { readonly value: number; readonly derivative: number } | null {
  let found: { value: number; derivative: number } | null = null;
  derivatives.forEach((derivative, i) => {
    if (Number.isFinite(derivative) && Math.abs(derivative) > Math.abs(found?.derivative ?? 0)) found = { value: values[i], derivative };
  });
  return found;
}
