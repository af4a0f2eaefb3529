import type { MapRecord } from "../../../core/record.ts";
import { className, describeRun, type Heading, layHeading } from "./heading.ts";
import { formatValue } from "./axis.ts";
import { drawColorBar, isFine } from "./heat_map.ts";
import type { Lattice } from "./lattice.ts";
import { BOTTOM_LABELS, COLOR_BAR_SPACE, colorBarBox, drawCurvePanel, drawMapPanel, panelHeight, widePanel } from "./panels.ts";
import { MAP_RAMP } from "./score_ramp.ts";
import type { Figure, Measure } from "./surface.ts";
import { BACKGROUND, FIGURE_WIDTH, MARGIN } from "./theme.ts";

/** The figure of a map over one parameter: a curve. */
export function curveFigure(record: MapRecord, lattice: Lattice, measure: Measure): Figure {
  const heading = layMapHeading(record, [], measure);
  const panel = widePanel(heading.height + 6, 230);
  return {
    name: "map",
    description: describeMap(record),
    width: FIGURE_WIDTH,
    height: panel.y + panel.height + BOTTOM_LABELS + MARGIN,
    draw(surface) {
      heading.draw(surface);
      drawCurvePanel(surface, panel, { axis: lattice.axes[0], lattice }, { measure });
    },
  };
}

/** The figure of a map over two parameters: a heat map, and the line at which the class is as likely as not. */
export function heatMapFigure(record: MapRecord, lattice: Lattice, measure: Measure): Figure {
  const heading = layMapHeading(record, [], measure);
  const wide = widePanel(heading.height + 18, 0, { right: COLOR_BAR_SPACE });
  const contour = isFine(lattice) ? BACKGROUND : undefined;
  const panel = { ...wide, height: panelHeight(wide.width, lattice.axes) };
  return {
    name: "map",
    description: describeMap(record),
    width: FIGURE_WIDTH,
    height: panel.y + panel.height + BOTTOM_LABELS + MARGIN,
    draw(surface) {
      heading.draw(surface);
      drawMapPanel(surface, panel, { axes: lattice.axes, lattice, ramp: MAP_RAMP, contour }, { measure });
      drawColorBar(surface, colorBarBox(panel), MAP_RAMP, contour ?? null);
    },
  };
}

/** The heading of a map. */
export function layMapHeading(record: MapRecord, notes: readonly string[], measure: Measure): Heading {
  return layHeading(`Score of “${className(record.run)}”`, [`${describeRun(record.run)} · ${summarize(record)}`, ...notes], measure);
}

function summarize({ summary, complete, scores }: MapRecord): string {
  const known = scores.filter((score) => !Number.isNaN(score)).length;
  const text = `mean ${formatValue(summary.mean, "", 2)}, highest ${formatValue(summary.maximum, "", 2)}`;
  return complete ? text : `${text}, stopped at ${known} of ${scores.length} points`;
}

/** A map in one sentence. */
export function describeMap(record: MapRecord): string {
  const axes = record.axes.map(({ name }) => name).join(", ");
  return `Score of “${className(record.run)}” over ${axes}: ${describeRun(record.run)}, ${summarize(record)}.`;
}
