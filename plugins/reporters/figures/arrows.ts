import type { AxisScale } from "./axis.ts";
import type { Lattice } from "./lattice.ts";
import { type Box, linePath, type Measure, round, type Surface } from "./surface.ts";
import { BACKGROUND, INK, TICK } from "./theme.ts";
import { formatValue } from "./words.ts";

/** Least distance between arrows, in logical pixels, and the length of the longest. */
const PITCH = 27;
const LONGEST = 24;

/** Share of the arrows that are drawn to scale; the few that are longer are cut to the longest, since one cliff would shorten all others. */
const SHOWN_SHARE = 0.95;

/** What arrows need of an axis. */
export type ArrowScale = Pick<AxisScale, "unit" | "low" | "high" | "place">;

/** What they are drawn on. */
export type PathSurface = Pick<Surface, "path" | "clip">;

/** An arrow as it is drawn: where its middle lies, and how far the score rises a pixel along both sides of the drawing, y downwards. */
interface Arrow {
  readonly x: number;
  readonly y: number;
  readonly across: number;
  readonly down: number;
}

/** Arrows that point where the score rises most steeply in the drawing. */
export interface Arrows {
  /** Draws all arrows, those at the border cut off. */
  draw(surface: PathSurface, box: Box): void;
  /** Draws the longest arrow with what it stands for, from `x` on, its baseline at `y`. */
  drawLegend(surface: Surface, place: { readonly x: number; readonly y: number; readonly measure: Measure }): void;
}

/** Lays out the gradients of a lattice over two axes, thinned so that they stay apart; nothing where there are none. */
export function layArrows(
  { values: [xs, ys], slopes }: Lattice,
  { x, y }: { readonly x: ArrowScale; readonly y: ArrowScale },
): Arrows | undefined {
  if (slopes === undefined) return undefined;
  const perX = pixelsPerUnit(x), perY = pixelsPerUnit(y);
  const arrows: Arrow[] = [];
  for (const column of thinned(xs, x)) {
    for (const row of thinned(ys, y)) {
      const start = 2 * (column * ys.length + row);
      const across = slopes[start] / perX, down = slopes[start + 1] / perY;
      if (Number.isFinite(across) && Number.isFinite(down)) arrows.push({ x: x.place(xs[column]), y: y.place(ys[row]), across, down });
    }
  }
  const sizes = arrows.map(({ across, down }) => Math.hypot(across, down)).sort((left, right) => left - right);
  const longest = sizes[Math.round(SHOWN_SHARE * (sizes.length - 1))] || sizes.at(-1) || 0;
  return {
    draw(surface, box) {
      surface.clip(box, () => {
        for (const arrow of arrows) drawArrow(surface, arrow, longest);
      });
    },
    drawLegend(surface, { x: left, y: baseline, measure }) {
      const text = longest > 0 ? `score rises by ${steepness(longest, x, y)}` : "gradient of the score: 0 everywhere";
      const start = longest > 0 ? left + LONGEST + 8 : left;
      if (longest > 0) drawArrow(surface, { x: left + LONGEST / 2, y: baseline - 4.5, across: longest, down: 0 }, longest);
      if (measure(text, TICK) > 0) surface.text(text, start, baseline, TICK);
    },
  };
}

/** A slope of the drawing in words: a degree, where both axes have that scale, or a tenth of the drawing. */
function steepness(perPixel: number, x: ArrowScale, y: ArrowScale): string {
  const even = x.unit === y.unit && Math.abs(pixelsPerUnit(x) / -pixelsPerUnit(y) - 1) < 0.02;
  if (even) return `${formatValue(perPixel * pixelsPerUnit(x), "", 2)} a ${x.unit || "unit"}`;
  return `${formatValue(perPixel * Math.abs(x.place(x.high) - x.place(x.low)) / 10, "", 2)} a tenth of the width`;
}

function pixelsPerUnit({ place, low, high }: ArrowScale): number {
  return (place(high) - place(low)) / (high - low);
}

/** Indices of values whose marks stay apart. @param pitch Least distance in logical pixels. */
export function thinned(values: readonly number[], scale: Pick<AxisScale, "place">, pitch = PITCH): number[] {
  if (values.length < 2) return values.map((_, i) => i);
  const gap = Math.abs(scale.place(values[1]) - scale.place(values[0]));
  const stride = Math.max(1, Math.ceil(pitch / gap));
  return values.map((_, i) => i).filter((i) => i % stride === Math.min(Math.floor(stride / 2), values.length - 1));
}

function drawArrow(surface: PathSurface, { x, y, across, down }: Arrow, longest: number): void {
  const size = Math.hypot(across, down);
  if (longest === 0 || size === 0) return;
  const length = LONGEST * Math.min(1, size / longest);
  const [ux, uy] = [across / size, down / size];
  const [fromX, fromY] = [x - ux * length / 2, y - uy * length / 2];
  const [toX, toY] = [x + ux * length / 2, y + uy * length / 2];
  const head = Math.min(6, 2 + length / 4);
  const side = (turn: number) => `${round(toX - head * ux - turn * head / 2 * uy)},${round(toY - head * uy + turn * head / 2 * ux)}`;
  const data = `${linePath(fromX, fromY, toX, toY)}M${side(1)}L${round(toX)},${round(toY)}L${side(-1)}`;
  surface.path(data, { stroke: BACKGROUND, width: 3.25 });
  surface.path(data, { stroke: INK, width: 1.25 }, { kind: "arrow" });
}
