import type { MapRecord } from "../../../core/record.ts";
import { layArrows } from "./arrows.ts";
import { drawBottomAxis } from "./axis.ts";
import { className, describeRun, type Heading, layHeading } from "./heading.ts";
import { drawColorBar, isFine } from "./heat_map.ts";
import { gradientNote } from "./gradient_words.ts";
import type { Lattice } from "./lattice.ts";
import { drawMeasured, drawMeasuredOnCurve, measuredNote } from "./measured_marks.ts";
import {
  BOTTOM_LABELS,
  COLOR_BAR_SPACE,
  colorBarBox,
  COLUMN,
  drawCurvePanel,
  drawMapPanel,
  panelHeight,
  panelScales,
  SCORE_AXIS,
  tickCount,
  widePanel,
} from "./panels.ts";
import { drawStrip, type PlacedPicture, stripHeight } from "./picture_strip.ts";
import { clipMarks } from "./region_marks.ts";
import { MAP_RAMP } from "./score_ramp.ts";
import type { Figure, Measure } from "./surface.ts";
import { drawTangents } from "./tangents.ts";
import { BACKGROUND, FIGURE_WIDTH, MARGIN } from "./theme.ts";
import { drawTrap, trapNote } from "./trap_marks.ts";
import { formatScore } from "./words.ts";

/** The figure of a map over one parameter: a curve with its tangents, and below it what is seen along the axis where there are pictures. */
export function curveFigure(record: MapRecord, lattice: Lattice, measure: Measure, pictures: readonly PlacedPicture[] = []): Figure {
  const heading = layMapHeading(record, [measuredNote(record), gradientNote(record)], measure);
  const panel = widePanel(heading.height + 6, 230);
  const strip = stripHeight(panel.width, pictures);
  const below = { ...panel, y: panel.y + panel.height, height: strip };
  return {
    name: "map",
    description: describeMap(record),
    width: FIGURE_WIDTH,
    height: below.y + strip + BOTTOM_LABELS + MARGIN,
    draw(surface) {
      heading.draw(surface);
      const [axis] = lattice.axes;
      drawCurvePanel(surface, panel, { axis, lattice }, { measure, bottom: pictures.length === 0 ? "full" : "none" });
      const { x, y } = panelScales(panel, [axis, SCORE_AXIS]);
      drawMeasuredOnCurve(surface, lattice, { x, y });
      drawTangents(surface, lattice, { x, y });
      if (pictures.length === 0) return;
      drawStrip(surface, below, x, pictures);
      drawBottomAxis(surface, below, x, { measure, count: tickCount(panel.width, COLUMN) });
    },
  };
}

/**
 * The figure of a map over two parameters: a heat map with the line at which the class is as likely as not, gradients as arrows, traps, and where it
 * was measured if that is not everywhere.
 */
export function heatMapFigure(record: MapRecord, lattice: Lattice, measure: Measure): Figure {
  const { traps = [], run: { space } } = record;
  const heading = layMapHeading(record, [measuredNote(record), gradientNote(record), trapNote(traps, space)], measure);
  const wide = widePanel(heading.height + 18, 0, { right: COLOR_BAR_SPACE });
  const contour = isFine(lattice) ? BACKGROUND : undefined;
  const panel = { ...wide, height: panelHeight(wide.width, lattice.axes) };
  const scales = panelScales(panel, lattice.axes);
  const arrows = layArrows(lattice, scales);
  return {
    name: "map",
    description: describeMap(record),
    width: FIGURE_WIDTH,
    height: panel.y + panel.height + BOTTOM_LABELS + MARGIN,
    draw(surface) {
      heading.draw(surface);
      const marks = () => {
        clipMarks(surface, panel, () => drawMeasured(surface, lattice, scales));
        arrows?.draw(surface, panel);
        clipMarks(surface, panel, () => traps.forEach((trap) => drawTrap(surface, trap, { axes: [0, 1], scales, space })));
      };
      drawMapPanel(surface, panel, { axes: lattice.axes, lattice, ramp: MAP_RAMP, contour, marks }, { measure });
      arrows?.drawLegend(surface, { x: panel.x, y: panel.y - 8, measure });
      drawColorBar(surface, colorBarBox(panel), MAP_RAMP, contour ?? null);
    },
  };
}

/** Title of a map, and its first line. */
export function mapHeading(record: MapRecord): [title: string, line: string] {
  return [`Score of “${className(record.run)}”`, `${describeRun(record.run)} · ${summarize(record)}`];
}

function layMapHeading(record: MapRecord, notes: readonly string[], measure: Measure): Heading {
  const [title, line] = mapHeading(record);
  return layHeading(title, [line, ...notes.filter((note) => note !== "")], measure);
}

function summarize({ summary, complete, scores }: MapRecord): string {
  const known = scores.filter((score) => !Number.isNaN(score)).length;
  const text = `mean ${formatScore(summary.mean)}, highest ${formatScore(summary.maximum)}`;
  return complete ? text : `${text}, stopped at ${known} of ${scores.length} points`;
}

/** A map in one sentence. */
export function describeMap(record: MapRecord): string {
  const axes = record.axes.map(({ name }) => name).join(", ");
  return `Score of “${className(record.run)}” over ${axes}: ${describeRun(record.run)}, ${summarize(record)}.`;
}
