import type { GrowRecord, RegionRecord } from "../../../core/record.ts";
import type { Axis } from "../../../core/semantic_space.ts";
import { axisScale, drawBottomAxis } from "./axis.ts";
import { className, describeRun, layHeading } from "./heading.ts";
import { drawColorBar } from "./heat_map.ts";
import { sliceLattice } from "./lattice.ts";
import { regionLegend } from "./legend.ts";
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
import { clipMarks, drawInitialPoint, drawRegion, largestFirst, tintOf } from "./region_marks.ts";
import { initialPoints, trapsOf, worstNote } from "./region_words.ts";
import { BACKDROP_RAMP } from "./score_ramp.ts";
import { laySpans, SPAN_LABEL, spanPaint } from "./spans.ts";
import type { Figure, Measure } from "./surface.ts";
import { AXIS, FIGURE_WIDTH, INK, MARGIN, methodColors } from "./theme.ts";
import { drawTrap, trapNote } from "./trap_marks.ts";
import { counted } from "./words.ts";
import { drawWorstOnCurve, drawWorstPoint } from "./worst_marks.ts";

/** The regions over one parameter: the curve of the score with the initial points, and below it the regions as spans, by method. */
export function spanFigure(record: GrowRecord, measure: Measure): Figure {
  const { regions, run: { space } } = record;
  const colors = methodColors(regions.map(({ method }) => method));
  const legend = regionLegend(regions, colors, { width: FIGURE_WIDTH - 2 * MARGIN, measure, paint: spanPaint });
  const heading = layHeading(
    regionsTitle(record),
    [describeRun(record.run), worstNote(regions, space)].filter((note) => note !== ""),
    measure,
  );
  const slice = record.backdrop?.slices.find(({ axes }) => axes.length === 1);
  const spans = laySpans(regions, 0, { space, colors });
  const names = Math.max(...[...colors.keys()].map((method) => measure(method, SPAN_LABEL)), 0);
  const panel = widePanel(heading.height + legend.height + 12, slice === undefined ? 0 : 200, { left: names + 10 });
  const lanes = { ...panel, y: panel.y + panel.height + 2, height: spans.height + 6 };
  return {
    name: "regions",
    description: describeRegions(record),
    width: FIGURE_WIDTH,
    height: lanes.y + lanes.height + BOTTOM_LABELS + MARGIN,
    draw(surface) {
      heading.draw(surface);
      legend.draw(surface, MARGIN, heading.height);
      const x = axisScale(space[0], panel.x, panel.x + panel.width);
      if (slice !== undefined) {
        drawCurvePanel(surface, panel, { axis: space[0], lattice: sliceLattice(slice, space) }, { measure, bottom: "none" });
        const { y } = panelScales(panel, [space[0], SCORE_AXIS]);
        for (const region of regions) {
          drawWorstOnCurve(surface, region, { scales: { x, y }, space, color: colors.get(region.method) ?? INK });
        }
        const points = initialPoints(regions);
        points.forEach(([value], i) => {
          const score = regions.find(({ initialPoint }) => initialPoint[0] === value)?.initialScore ?? NaN;
          if (!Number.isNaN(score)) drawInitialPoint(surface, x.place(value), y.place(score), points.length > 1 ? String(i + 1) : "");
        });
      }
      spans.draw(surface, lanes, x, { measure, width: panel.x - 14 });
      drawBottomAxis(surface, lanes, x, { measure, count: tickCount(panel.width, COLUMN) });
    },
  };
}

/** The regions over two parameters: boxes over the map of the score. */
export function planeFigure(record: GrowRecord, measure: Measure): Figure {
  const { regions, run: { space } } = record;
  const colors = methodColors(regions.map(({ method }) => method));
  const legend = regionLegend(regions, colors, { width: FIGURE_WIDTH - 2 * MARGIN, measure });
  const slice = record.backdrop?.slices.find(({ axes }) => axes.length === 2);
  const place = widePanel(0, 0, { right: slice === undefined ? 0 : COLOR_BAR_SPACE });
  const height = panelHeight(place.width, space);
  const traps = regions.flatMap(trapsOf);
  const hidden = hiddenNote(regions, [place.width, height], space);
  const notes = [describeRun(record.run), hidden, trapNote(traps, space), worstNote(regions, space)].filter((note) => note !== "");
  const heading = layHeading(regionsTitle(record), notes, measure);
  const panel = { ...place, y: heading.height + legend.height + 24, height };
  const scales = panelScales(panel, space);
  const points = initialPoints(regions);
  return {
    name: "regions",
    description: describeRegions(record),
    width: FIGURE_WIDTH,
    height: panel.y + panel.height + BOTTOM_LABELS + MARGIN,
    draw(surface) {
      heading.draw(surface);
      legend.draw(surface, MARGIN, heading.height);
      const marks = () =>
        clipMarks(surface, panel, () => {
          const looks = { space, colors, tint: tintOf(regions) };
          for (const region of largestFirst(regions)) drawRegion(surface, region, { axes: [0, 1], scales, looks });
          for (const trap of traps) drawTrap(surface, trap, { axes: [0, 1], scales, space });
          for (const region of regions) drawWorstPoint(surface, region, { scales, space, color: colors.get(region.method) ?? INK });
          points.forEach(([x, y], i) =>
            drawInitialPoint(surface, scales.x.place(x), scales.y.place(y), points.length > 1 ? String(i + 1) : "")
          );
        });
      const lattice = slice === undefined ? null : sliceLattice(slice, space);
      drawMapPanel(surface, panel, { axes: space, lattice, ramp: BACKDROP_RAMP, smooth: true, contour: AXIS, marks }, { measure });
      if (slice !== undefined) drawColorBar(surface, colorBarBox(panel), BACKDROP_RAMP, AXIS);
    },
  };
}

/** Boxes whose sides are shorter than this lie below the dot of their initial point, in logical pixels. */
const DOT = 9;

/** How many boxes cannot be seen, in words. */
function hiddenNote(regions: readonly RegionRecord[], lengths: readonly number[], space: readonly Axis[]): string {
  const isHidden = ({ a, b }: RegionRecord) => space.every(({ low, high }, i) => (b[i] - a[i]) / (high - low) * lengths[i] < DOT);
  const count = regions.filter(isHidden).length;
  if (count === 0) return "";
  return `${count} of ${regions.length} ${
    regions.length === 1 ? "region is" : "regions are"
  } too small to be seen beside the initial point.`;
}

/** The title of a figure of regions. */
export function regionsTitle({ run, regions }: GrowRecord): string {
  const targets = ["robust", "adversarial"].filter((target) => regions.some((region) => region.target === target));
  const words = targets.length === 0 ? "No regions" : `${targets.join(" and ")} regions`;
  return `${words[0].toUpperCase()}${words.slice(1)} of “${className(run)}”`;
}

/** A figure of regions in one sentence. */
export function describeRegions(record: GrowRecord): string {
  const { regions, run } = record;
  const held = regions.filter(({ check }: RegionRecord) => check?.holds).length;
  const axes = run.space.map(({ name }) => name).join(", ");
  return `${regionsTitle(record)} over ${axes}: ${describeRun(run)}; ${counted(regions.length, "region")}, of which ${held} hold.`;
}
