import { contours, rgb } from "./d3.ts";
import type { AxisScale } from "./axis.ts";
import { interpolatedScores, type Lattice, nearestScores, padAxis } from "./lattice.ts";
import { type Ramp, RAMP_STEPS, rampStep } from "./score_ramp.ts";
import { type Box, boxPath, linePath, round, type Surface } from "./surface.ts";
import { AXIS, MISSING, TICK } from "./theme.ts";

/** Draws a lattice over two axes with a color for every score; gray where nothing was scored. */
export function drawHeatMap(surface: Surface, box: Box, lattice: Lattice, { ramp, smooth }: { ramp: Ramp; smooth: boolean }): void {
  // Cells have sharp borders and are given twice as many pixels; what is smooth is enlarged smoothly.
  const density = smooth ? 1 : 2;
  const width = Math.round(box.width * density);
  const height = Math.round(box.height * density);
  const scores = (smooth ? interpolatedScores : nearestScores)(lattice, width, height);
  const { r, g, b } = rgb(MISSING);
  const missing = Uint8Array.of(r, g, b);
  const values = new Uint8Array(width * height * 3);
  for (let i = 0; i < scores.length; i++) {
    const known = !Number.isNaN(scores[i]);
    const colors = known ? ramp.table : missing;
    const start = known ? 3 * rampStep(scores[i]) : 0;
    values[3 * i] = colors[start];
    values[3 * i + 1] = colors[start + 1];
    values[3 * i + 2] = colors[start + 2];
  }
  surface.image({ width, height, values }, box, { smooth });
}

/** Draws the line along which the score is `level`. */
export function drawContour(
  surface: Surface,
  box: Box,
  lattice: Lattice,
  options: { x: AxisScale; y: AxisScale; level: number; color: string },
): void {
  const x = padAxis(lattice.values[0], lattice.axes[0]);
  const y = padAxis(lattice.values[1], lattice.axes[1]);
  const columns = x.indices.length;
  const grid = y.indices.flatMap((row) => x.indices.map((column) => lattice.scores[column * lattice.values[1].length + row]));
  const [contour] = contours().size([columns, y.indices.length]).thresholds([options.level])(grid);
  const place = ([column, row]: number[]) =>
    `${round(options.x.place(between(x.positions, column)))},${round(options.y.place(between(y.positions, row)))}`;
  const data = contour.coordinates.flatMap((polygon) => polygon.map((ring) => `M${ring.map(place).join("L")}Z`)).join("");
  if (data !== "") surface.clip(box, () => surface.path(data, { stroke: options.color, width: 1.25 }, { kind: "contour" }));
}

/** Whether a lattice is fine enough for a contour to go where cells change their color. */
export function isFine({ values }: Lattice): boolean {
  return values.every(({ length }) => length >= 10);
}

/** The position at a fractional index, counted as d3 does: value i lies at i + 0.5. */
function between(positions: readonly number[], index: number): number {
  const at = Math.min(Math.max(index - 0.5, 0), positions.length - 1);
  const low = Math.min(Math.floor(at), positions.length - 2);
  return positions[low] + (at - low) * (positions[low + 1] - positions[low]);
}

/** Width of a color bar with its labels. */
export const COLOR_BAR_WIDTH = 50;

/** Draws the ramp from 0 to 1 as an upright bar with its labels right of it, and the color of the contour at 0.5 if there is one. */
export function drawColorBar(surface: Surface, box: Box, ramp: Ramp, contour: string | null): void {
  const values = new Uint8Array(RAMP_STEPS * 3);
  for (let step = 0; step < RAMP_STEPS; step++) values.set(ramp.table.subarray(3 * step, 3 * step + 3), 3 * (RAMP_STEPS - 1 - step));
  const bar = { ...box, width: 12 };
  surface.image({ width: 1, height: RAMP_STEPS, values }, bar);
  surface.path(boxPath(bar), { stroke: AXIS, width: 0.75 });
  for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
    const y = box.y + box.height * (1 - tick);
    surface.path(linePath(bar.x + bar.width, y, bar.x + bar.width + 3, y), { stroke: AXIS });
    surface.text(String(tick), bar.x + bar.width + 7, y + 4.5, TICK);
  }
  const middle = box.y + box.height / 2;
  if (contour !== null) surface.path(linePath(bar.x, middle, bar.x + bar.width, middle), { stroke: contour, width: 1.25 });
  surface.text("score", bar.x, box.y - 11, TICK);
}
