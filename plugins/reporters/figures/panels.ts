import type { Axis } from "../../../core/semantic_space.ts";
import { type AxisDetail, type AxisScale, axisScale, drawBottomAxis, drawLeftAxis, drawRules } from "./axis.ts";
import { drawCurve, drawEvenLine } from "./curve.ts";
import { COLOR_BAR_WIDTH, drawContour, drawHeatMap } from "./heat_map.ts";
import type { Lattice } from "./lattice.ts";
import type { Ramp } from "./score_ramp.ts";
import { type Box, boxPath, type Measure, type Surface } from "./surface.ts";
import { AXIS, FIGURE_WIDTH, MARGIN } from "./theme.ts";
import { SCORE_UNIT } from "./ticks.ts";

/** Space that labels take left of a panel. */
export const LEFT_LABELS = 50;
/** Space that labels take below a panel. */
export const BOTTOM_LABELS = 43;

/** The range of scores as an axis. */
export const SCORE_AXIS = { name: "score", unit: SCORE_UNIT, low: 0, high: 1 };

/** Most space that longer labels may take left of a panel. */
const MOST_LEFT_LABELS = 120;

/** Where a panel lies whose width is the figure's, less what is needed at its sides. */
export function widePanel(y: number, height: number, { left = 0, right = 0 }: { left?: number; right?: number } = {}): Box {
  const x = MARGIN + Math.min(Math.max(left, LEFT_LABELS), MOST_LEFT_LABELS);
  return { x, y, width: FIGURE_WIDTH - x - MARGIN - right, height };
}

const COLOR_BAR_GAP = 16;

/** Space right of a panel for a color bar. */
export const COLOR_BAR_SPACE = COLOR_BAR_WIDTH + COLOR_BAR_GAP;

/** Where the color bar of a panel lies. */
export function colorBarBox({ x, y, width, height }: Box): Box {
  return { x: x + width + COLOR_BAR_GAP, y, width: COLOR_BAR_WIDTH, height };
}

/** Height of a panel over two axes: true to scale where both have one unit and neither side gets too short. */
export function panelHeight(width: number, [x, y]: readonly Axis[]): number {
  const ratio = x.unit === y.unit ? (y.high - y.low) / (x.high - x.low) : 0.62;
  return Math.round(width * Math.min(Math.max(ratio, 0.46), 1));
}

/** The scales of a panel over two axes. */
export function panelScales(box: Box, [x, y]: readonly Axis[]): { x: AxisScale; y: AxisScale } {
  return { x: axisScale(x, box.x, box.x + box.width), y: axisScale(y, box.y + box.height, box.y) };
}

/** Pixels that a tick with its label needs across. */
export const COLUMN = 46;

/** The same, up. */
const ROW = 34;

/** How many ticks fit along a side. */
export function tickCount(length: number, pitch: number): number {
  return Math.max(2, Math.floor(length / pitch));
}

/** What surrounds a panel. */
export interface PanelOptions {
  readonly measure: Measure;
  /** What is drawn of the axis below, and of the one at the left. */
  readonly bottom?: AxisDetail;
  readonly left?: AxisDetail;
  /** How far labels may reach beyond the ends of an axis. */
  readonly slack?: number;
}

/** Draws a heat map with its axes and, where asked for, the line of score 0.5; `marks` are drawn over it, cut off at its border. */
export function drawMapPanel(
  surface: Surface,
  box: Box,
  panel: { axes: readonly Axis[]; lattice: Lattice | null; ramp: Ramp; smooth?: boolean; contour?: string; marks?: () => void },
  { measure, bottom, left, slack }: PanelOptions,
): void {
  const { x, y } = panelScales(box, panel.axes);
  if (panel.lattice !== null) drawHeatMap(surface, box, panel.lattice, { ramp: panel.ramp, smooth: panel.smooth ?? false });
  if (panel.lattice !== null && panel.contour !== undefined) {
    drawContour(surface, box, panel.lattice, { x, y, level: 0.5, color: panel.contour });
  }
  surface.path(boxPath(box), { stroke: AXIS, width: 0.75 });
  panel.marks?.();
  drawBottomAxis(surface, box, x, { measure, detail: bottom, slack, count: tickCount(box.width, COLUMN) });
  drawLeftAxis(surface, box, y, { measure, detail: left, count: tickCount(box.height, ROW) });
}

/** Draws the curve of a score along one axis, with its axes and the line at 0.5. */
export function drawCurvePanel(
  surface: Surface,
  box: Box,
  panel: { axis: Axis; lattice: Lattice | null; filled?: boolean },
  { measure, bottom, left, slack }: PanelOptions,
): void {
  const { x, y } = panelScales(box, [panel.axis, SCORE_AXIS]);
  drawRules(surface, box, y, tickCount(box.height, ROW));
  drawEvenLine(surface, box, y);
  if (panel.lattice !== null) drawCurve(surface, box, panel.lattice, { x, y, filled: panel.filled });
  drawBottomAxis(surface, box, x, { measure, detail: bottom, slack, count: tickCount(box.width, COLUMN) });
  drawLeftAxis(surface, box, y, { measure, detail: left, count: tickCount(box.height, ROW) });
}
