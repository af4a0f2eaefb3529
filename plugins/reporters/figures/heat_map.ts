import { contours, rgb } from "./d3.ts";
import type { AxisScale } from "./axis.ts";
import { type Lattice, nearestIndex, padAxis } from "./lattice.ts";
import { type Ramp, RAMP_STEPS, rampStep } from "./score_ramp.ts";
import { type Box, boxPath, linePath, round, type Surface } from "./surface.ts";
import { AXIS, MISSING, TICK } from "./theme.ts";

/** Pixels of the picture a logical pixel. */
const DENSITY = 2;

/** Draws a lattice over two axes: each pixel shows the nearest point that was scored. */
export function drawHeatMap(surface: Surface, box: Box, lattice: Lattice, ramp: Ramp): void {
  const width = Math.round(box.width * DENSITY);
  const height = Math.round(box.height * DENSITY);
  const [x, y] = lattice.axes;
  const [xValues, yValues] = lattice.values;
  const columns = Array.from({ length: width }, (_, i) => nearestIndex(xValues, x.low + (i + 0.5) / width * (x.high - x.low), x));
  const rows = Array.from({ length: height }, (_, i) => nearestIndex(yValues, y.high - (i + 0.5) / height * (y.high - y.low), y));
  const missing = rgb(MISSING);
  const values = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const start = row * width * 3;
    if (row > 0 && rows[row] === rows[row - 1]) {
      values.copyWithin(start, start - width * 3, start);
      continue;
    }
    for (let column = 0; column < width; column++) {
      const score = lattice.scores[columns[column] * yValues.length + rows[row]];
      const color = Number.isNaN(score)
        ? [missing.r, missing.g, missing.b]
        : ramp.table.subarray(3 * rampStep(score), 3 * rampStep(score) + 3);
      values.set(color, start + 3 * column);
    }
  }
  surface.image({ width, height, values }, box);
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

/** The position at a fractional index, counted as d3 does: value i lies at i + 0.5. */
function between(positions: readonly number[], index: number): number {
  const at = Math.min(Math.max(index - 0.5, 0), positions.length - 1);
  const low = Math.min(Math.floor(at), positions.length - 2);
  return positions[low] + (at - low) * (positions[low + 1] - positions[low]);
}

/** Width of a color bar with its labels. */
export const COLOR_BAR_WIDTH = 50;

/** Draws the ramp from 0 to 1 as an upright bar with its labels right of it, and the color of the contour at 0.5. */
export function drawColorBar(surface: Surface, box: Box, ramp: Ramp, contour: string): void {
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
  surface.path(linePath(bar.x, box.y + box.height / 2, bar.x + bar.width, box.y + box.height / 2), { stroke: contour, width: 1.25 });
  surface.text("score", bar.x, box.y - 11, TICK);
}
