import type { GrowRecord, RegionRecord, Slice } from "../../../core/record.ts";
import { axisScale, drawBottomAxis } from "./axis.ts";
import { describeRun, layHeading } from "./heading.ts";
import { lies } from "./intervals.ts";
import { drawColorBar } from "./heat_map.ts";
import { type Lattice, nearestIndex, sectionOf, sliceLattice, transpose } from "./lattice.ts";
import { regionLegend } from "./legend.ts";
import { type Cell, LABEL_SLACK, layMatrix, matrixWeight, MOST_PAIRED } from "./matrix.ts";
import { COLUMN, drawCurvePanel, drawMapPanel, panelScales, tickCount } from "./panels.ts";
import { clipMarks, drawInitialPoint, drawRegion, largestFirst, type RegionLooks, regionPaint, tintOf } from "./region_marks.ts";
import { describeRegions, regionsTitle } from "./region_figures.ts";
import { initialPoints, worstNote } from "./region_words.ts";
import { BACKDROP_RAMP } from "./score_ramp.ts";
import { laySpans, spanPaint } from "./spans.ts";
import type { Figure, Measure, Surface } from "./surface.ts";
import { AXIS, FIGURE_WIDTH, MARGIN, methodColors } from "./theme.ts";
import { describePoint } from "./words.ts";

/** Most initial points that get a figure of their own. */
const MOST_FIGURES = 6;

/** Share of a cell on the diagonal that the curve takes; the spans lie below it. */
const CURVE_SHARE = 0.58;

/**
 * The figures of regions over three parameters or more, one an initial point. On the diagonal: the score along each parameter through the point, with
 * the regions' bounds below it. Below the diagonal: slices along each pair, with the regions' sections.
 */
export function regionMatrixFigures(record: GrowRecord, measure: Measure): Figure[] {
  const grown = initialPoints(record.regions);
  const points = grown.length > 0 ? grown : (record.backdrop?.slices.slice(0, 1) ?? []).map(({ through }) => through);
  return points.slice(0, MOST_FIGURES).map((point, i) => regionMatrixFigure(record, { point, index: i, count: points.length }, measure));
}

function regionMatrixFigure(
  record: GrowRecord,
  { point, index, count }: { point: readonly number[]; index: number; count: number },
  measure: Measure,
): Figure {
  const { run: { space } } = record;
  const regions = record.regions.filter((region) => meetsSlices(region, point, record));
  const colors = methodColors(record.regions.map(({ method }) => method));
  const looks = { space, colors, weight: matrixWeight(space.length), tint: tintOf(regions) };
  const legend = regionLegend(regions, looks.colors, {
    width: FIGURE_WIDTH - 2 * MARGIN,
    measure,
    paint: space.length > MOST_PAIRED ? spanPaint : regionPaint,
  });
  const slices = record.backdrop?.slices.filter(({ through }) => isSame(through, point)) ?? [];
  const note = `Slices through ${count > 1 ? `initial point ${index + 1} of ${count}` : "the initial point"}: ${
    describePoint(point, space)
  }.`;
  const heading = layHeading(
    regionsTitle(record),
    [describeRun(record.run), note, worstNote(regions, space)].filter((line) => line !== ""),
    measure,
  );
  const top = heading.height + legend.height + 14;
  const matrix = layMatrix(space, top);
  return {
    name: index === 0 ? "regions" : `regions_${index + 1}`,
    description: `${describeRegions(record)} ${note}`,
    width: FIGURE_WIDTH,
    height: top + matrix.height + MARGIN,
    draw(surface) {
      heading.draw(surface);
      legend.draw(surface, MARGIN, heading.height);
      for (const cell of matrix.cells) {
        if (cell.across === cell.up) drawProfile(surface, cell, { regions, point, slices, looks }, measure);
        else drawPair(surface, cell, { regions, point, slices, looks }, measure);
      }
      if (matrix.corner !== null && slices.some(({ axes }) => axes.length === 2)) {
        drawColorBar(surface, matrix.corner, BACKDROP_RAMP, AXIS);
      }
    },
  };
}

/** What a cell shows. */
interface Content {
  readonly regions: readonly RegionRecord[];
  readonly point: readonly number[];
  readonly slices: readonly Slice[];
  readonly looks: RegionLooks;
}

function drawProfile(
  surface: Surface,
  { across, box, bottom, left }: Cell,
  { regions, point, slices, looks }: Content,
  measure: Measure,
): void {
  const axis = looks.space[across];
  const lattice = profile(across, point, slices, looks);
  const panel = { ...box, height: Math.round(box.height * CURVE_SHARE) };
  const x = axisScale(axis, box.x, box.x + box.width);
  if (lattice !== null) drawCurvePanel(surface, panel, { axis, lattice }, { measure, bottom: "none", left });
  const lanes = lattice === null ? box : { ...box, y: panel.y + panel.height, height: box.height - panel.height };
  laySpans(regions, across, looks, lanes.height - 4).draw(surface, lanes, x, null);
  drawBottomAxis(surface, box, x, { measure, detail: bottom, slack: LABEL_SLACK, count: tickCount(box.width, COLUMN) });
}

function drawPair(
  surface: Surface,
  { across, up, box, bottom, left }: Cell,
  { regions, point, slices, looks }: Content,
  measure: Measure,
): void {
  const axes = [looks.space[across], looks.space[up]];
  const scales = panelScales(box, axes);
  const marks = () =>
    clipMarks(surface, box, () => {
      for (const region of largestFirst(regions)) drawRegion(surface, region, { axes: [across, up], scales, looks });
      drawInitialPoint(surface, scales.x.place(point[across]), scales.y.place(point[up]), "", looks.weight);
    });
  const lattice = plane(across, up, slices, looks);
  drawMapPanel(surface, box, { axes, lattice, ramp: BACKDROP_RAMP, smooth: true, contour: AXIS, marks }, {
    measure,
    bottom,
    left,
    slack: LABEL_SLACK,
  });
}

/** The slice along a pair of axes, either way round. */
function plane(across: number, up: number, slices: readonly Slice[], { space }: RegionLooks): Lattice | null {
  const slice = slices.find(({ axes }) => axes.length === 2 && axes.includes(across) && axes.includes(up));
  if (slice === undefined) return null;
  const lattice = sliceLattice(slice, space);
  return slice.axes[0] === across ? lattice : transpose(lattice);
}

/** The score along one axis: its own slice, or the row of a slice along a pair that is nearest to the point. */
function profile(axis: number, point: readonly number[], slices: readonly Slice[], { space }: RegionLooks): Lattice | null {
  const own = slices.find(({ axes }) => axes.length === 1 && axes[0] === axis);
  if (own !== undefined) return sliceLattice(own, space);
  const pair = slices.find(({ axes }) => axes.length === 2 && axes.includes(axis));
  if (pair === undefined) return null;
  const lattice = sliceLattice(pair, space);
  const held = pair.axes.map((index, i) => nearestIndex(pair.values[i], point[index], space[index]));
  return sectionOf(lattice, [pair.axes.indexOf(axis)], held);
}

/** Whether a region has a section in the slices through a point: it was grown from there, or holds the point. */
function meetsSlices({ initialPoint, a, b }: RegionRecord, point: readonly number[], { run: { space } }: GrowRecord): boolean {
  return isSame(initialPoint, point) || space.every((axis, i) => lies(point[i], a[i], b[i], axis));
}

function isSame(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((value, i) => value === right[i]);
}
