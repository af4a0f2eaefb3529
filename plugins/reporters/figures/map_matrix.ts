import type { MapRecord } from "../../../core/record.ts";
import { layArrows } from "./arrows.ts";
import { drawBand } from "./curve.ts";
import { gradientNote } from "./gradient_words.ts";
import { layHeading } from "./heading.ts";
import { drawColorBar, isFine } from "./heat_map.ts";
import { highestPoint, type Lattice, scoresAlong, sectionOf } from "./lattice.ts";
import { drawMeasured, measuredNote } from "./measured_marks.ts";
import { type Cell, LABEL_SLACK, layMatrix, MOST_PAIRED } from "./matrix.ts";
import { describeMap, mapHeading } from "./map_figures.ts";
import { drawCurvePanel, drawMapPanel, panelScales, SCORE_AXIS } from "./panels.ts";
import { clipMarks } from "./region_marks.ts";
import { MAP_RAMP } from "./score_ramp.ts";
import type { Figure, Measure, Surface } from "./surface.ts";
import { BACKGROUND, FIGURE_WIDTH, MARGIN } from "./theme.ts";
import { describePoint } from "./words.ts";

/** Shares of the scores below and above the band around a mean. */
const BAND = [0.1, 0.9] as const;

/** The figure of a map over three parameters or more. */
export function mapMatrixFigure(record: MapRecord, lattice: Lattice, measure: Measure): Figure {
  const [title, first] = mapHeading(record);
  const notes = [first, measuredNote(record)].filter((note) => note !== "");
  const last = gradientNote(record, MOST_PAIRED);
  return matrixFigure({ name: "map", title, notes, last, description: describeMap(record) }, lattice, measure);
}

/**
 * Scores over three parameters or more. On the diagonal: the mean score along each parameter, over all others, with the band in which the middle
 * 80 % lie. Below it: the slices along each pair that go through the highest score.
 */
export function matrixFigure(
  { name, title, notes, last = "", description }: Pick<Figure, "name" | "description"> & {
    readonly title: string;
    readonly notes: readonly string[];
    /** A line below what explains the panels. */
    readonly last?: string;
  },
  lattice: Lattice,
  measure: Measure,
): Figure {
  const space = lattice.axes;
  const peak = highestPoint(lattice);
  const at = describePoint(peak.map((index, axis) => lattice.values[axis][index]), space);
  const lines = [...notes, "Curves: mean score over all other parameters; the band holds the middle 80 %."];
  if (space.length <= MOST_PAIRED) lines.push(`Maps: slices through the highest score, at ${at}.`);
  if (last !== "") lines.push(last);
  const heading = layHeading(title, lines, measure);
  const top = heading.height + 12;
  const matrix = layMatrix(space, top);
  return {
    name,
    description,
    width: FIGURE_WIDTH,
    height: top + matrix.height + MARGIN,
    draw(surface) {
      heading.draw(surface);
      for (const cell of matrix.cells) {
        if (cell.across === cell.up) drawMarginal(surface, cell, lattice, measure);
        else drawSection(surface, cell, sectionOf(lattice, [cell.across, cell.up], peak), measure);
      }
      if (matrix.corner !== null) drawColorBar(surface, matrix.corner, MAP_RAMP, isFine(lattice) ? BACKGROUND : null);
    },
  };
}

function drawSection(surface: Surface, { box, bottom, left }: Cell, section: Lattice, measure: Measure): void {
  const scales = panelScales(box, section.axes);
  const marks = () => {
    clipMarks(surface, box, () => drawMeasured(surface, section, scales));
    layArrows(section, scales)?.draw(surface, box);
  };
  const panel = { axes: section.axes, lattice: section, ramp: MAP_RAMP, contour: isFine(section) ? BACKGROUND : undefined, marks };
  drawMapPanel(surface, box, panel, { measure, bottom, left, slack: LABEL_SLACK });
}

function drawMarginal(surface: Surface, { across, box, bottom, left }: Cell, lattice: Lattice, measure: Measure): void {
  const axis = lattice.axes[across];
  const scores = scoresAlong(lattice, across);
  const quantile = (share: number) => scores.map((sorted) => sorted.length === 0 ? NaN : sorted[Math.round(share * (sorted.length - 1))]);
  const mean = scores.map((sorted) => sorted.length === 0 ? NaN : sorted.reduce((sum, score) => sum + score, 0) / sorted.length);
  const along = (values: number[]): Lattice => ({ axes: [axis], values: [lattice.values[across]], scores: values });
  const scales = panelScales(box, [axis, SCORE_AXIS]);
  drawBand(surface, box, along(quantile(BAND[0])), along(quantile(BAND[1])), scales);
  drawCurvePanel(surface, box, { axis, lattice: along(mean), filled: false }, { measure, bottom, left, slack: LABEL_SLACK });
}
