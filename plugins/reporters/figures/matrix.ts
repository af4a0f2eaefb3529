import type { Axis } from "../../../core/semantic_space.ts";
import type { AxisDetail } from "./axis.ts";
import { COLOR_BAR_WIDTH } from "./heat_map.ts";
import { BOTTOM_LABELS, LEFT_LABELS } from "./panels.ts";
import type { Box } from "./surface.ts";
import { FIGURE_WIDTH, MARGIN } from "./theme.ts";

/** Most parameters for which every pair is shown; of more, each is shown by itself. */
export const MOST_PAIRED = 5;

const GAP = 20;

/** How far labels of a panel may reach towards the next one. */
export const LABEL_SLACK = GAP / 2 - 3;

/** How heavy marks are in a matrix of so many axes: lighter where panels are small. */
export function matrixWeight(axes: number): number {
  return Math.max(0.5, 1.25 - axes / 6);
}

/** A place of a matrix. */
export interface Cell {
  /** Index of the axis across, and of the axis up; the same where a curve of that axis stands. */
  readonly across: number;
  readonly up: number;
  readonly box: Box;
  readonly bottom: AxisDetail;
  readonly left: AxisDetail;
}

/** Panels of all axes and pairs of axes. */
export interface Matrix {
  readonly cells: readonly Cell[];
  /** Height of it all, labels included. */
  readonly height: number;
  /** Where there is room for a color bar, if there is one. */
  readonly corner: Box | null;
}

/** Lays out a curve for each axis, and below the diagonal a map for each pair of axes where there are few. */
export function layMatrix(space: readonly Axis[], y: number): Matrix {
  return space.length <= MOST_PAIRED ? layPairs(space.length, y) : layCurves(space.length, y);
}

function layPairs(n: number, y: number): Matrix {
  const left = MARGIN + LEFT_LABELS;
  const width = (FIGURE_WIDTH - left - MARGIN - (n - 1) * GAP) / n;
  const height = Math.round(width * 0.9);
  const cells: Cell[] = [];
  for (let up = 0; up < n; up++) {
    for (let across = 0; across <= up; across++) {
      const box = { x: left + across * (width + GAP), y: y + up * (height + GAP), width, height };
      cells.push({
        across,
        up,
        box,
        bottom: up === n - 1 ? "full" : "ticks",
        left: across === 0 ? "full" : across === up ? "none" : "ticks",
      });
    }
  }
  const corner = {
    x: FIGURE_WIDTH - MARGIN - COLOR_BAR_WIDTH,
    y: y + 16,
    width: COLOR_BAR_WIDTH,
    height: Math.min(height * (n - 1) - 30, 130),
  };
  return { cells, height: n * (height + GAP) - GAP + BOTTOM_LABELS, corner };
}

function layCurves(n: number, y: number): Matrix {
  const columns = 3;
  const left = MARGIN + LEFT_LABELS;
  const width = (FIGURE_WIDTH - left - MARGIN - (columns - 1) * GAP) / columns;
  const height = 120;
  const pitch = height + BOTTOM_LABELS + GAP;
  const cells = Array.from({ length: n }, (_, axis): Cell => ({
    across: axis,
    up: axis,
    box: { x: left + (axis % columns) * (width + GAP), y: y + Math.floor(axis / columns) * pitch, width, height },
    bottom: "full",
    left: axis % columns === 0 ? "full" : "none",
  }));
  return { cells, height: Math.ceil(n / columns) * pitch - GAP, corner: null };
}
