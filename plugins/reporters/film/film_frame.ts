import { corners } from "../../../core/orthotope.ts";
import type { RegionRecord, RunHead } from "../../../core/record.ts";
import { axisScale, drawBottomAxis } from "../figures/axis.ts";
import { className, describeRun } from "../figures/heading.ts";
import type { Lattice } from "../figures/lattice.ts";
import { COLUMN, drawCurvePanel, drawMapPanel, panelHeight, panelScales, tickCount } from "../figures/panels.ts";
import { clipMarks, drawInitialPoint, drawRegion } from "../figures/region_marks.ts";
import { BACKDROP_RAMP } from "../figures/score_ramp.ts";
import { laySpans } from "../figures/spans.ts";
import { type Box, boxPath, type Figure, type Measure, type Surface } from "../figures/surface.ts";
import { AXIS, GRID, INK, LABEL, MARGIN, methodColors, SUBTITLE, TITLE } from "../figures/theme.ts";
import { fitText } from "../figures/typography.ts";
import { formatValue } from "../figures/words.ts";
import type { RgbPicture } from "../png_encoder.ts";

const WIDTH = 720;
const PANEL_WIDTH = 400;
const PANEL_LEFT = MARGIN + 50;
const PANEL_TOP = 76;
const GAP = 8;

/** What all frames of a film show. */
export interface FilmSubject {
  readonly run: RunHead;
  readonly region: RegionRecord;
  /** The map behind the box, along the axes that are drawn; null where there is none. */
  readonly lattice: Lattice | null;
  /** The axes that are drawn, one or two. */
  readonly axes: readonly number[];
}

/** A moment of a growth. */
export interface FilmMoment {
  /** Bounds, [n] each. */
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly step: number;
  /** What is seen at the corners of the box along the drawn axes, in the order of {@linkcode filmCorners}; none where there are no pictures. */
  readonly pictures: readonly RgbPicture[];
}

/** The corners of a box along the axes that are drawn, the other coordinates those of the initial point: [2 or 4 x n]. */
export function filmCorners({ a, b }: Pick<FilmMoment, "a" | "b">, { region, axes }: FilmSubject): number[][] {
  const points = corners(Float64Array.from(axes, (axis) => a[axis]), Float64Array.from(axes, (axis) => b[axis]));
  return Array.from({ length: 2 ** axes.length }, (_, i) => {
    const point = [...region.initialPoint];
    axes.forEach((axis, k) => point[axis] = points[i * axes.length + k]);
    return point;
  });
}

/** A frame: the box over its map, what is seen at its corners beside it, and the step below. */
export function filmFrame(subject: FilmSubject, moment: FilmMoment, measure: Measure): Figure {
  const { run, region, axes } = subject;
  const { space } = run;
  const height = axes.length === 1 ? 200 : Math.max(panelHeight(PANEL_WIDTH, axes.map((axis) => space[axis])), 190);
  const panel: Box = { x: PANEL_LEFT, y: PANEL_TOP, width: PANEL_WIDTH, height };
  const lanes = axes.length === 1 ? 24 : 0;
  const bottom = panel.y + height + lanes + 46;
  const word = { ...region, a: moment.a, b: moment.b };
  return {
    name: "film",
    description: "",
    width: WIDTH,
    height: bottom + 34,
    draw(surface) {
      surface.text(fitText(measure, `A region grows: “${className(run)}”`, TITLE, WIDTH - 2 * MARGIN), MARGIN, MARGIN + 17, TITLE);
      const subtitle = `${describeRun(run)} · ${region.method}, ${region.target}`;
      surface.text(fitText(measure, subtitle, SUBTITLE, WIDTH - 2 * MARGIN), MARGIN, MARGIN + 41, SUBTITLE);
      if (axes.length === 1) drawSpan(surface, panel, { ...subject, region: word }, measure);
      else drawBox(surface, panel, { ...subject, region: word }, measure);
      drawCorners(
        surface,
        { x: panel.x + panel.width + 24, y: panel.y, width: WIDTH - MARGIN - panel.x - panel.width - 24, height },
        moment,
      );
      drawProgress(surface, { x: panel.x, y: bottom, width: WIDTH - MARGIN - panel.x, height: 4 }, word, moment);
    },
  };
}

function looksOf({ run: { space }, region }: FilmSubject) {
  return { space, colors: methodColors([region.method]), weight: 1.5 };
}

function drawBox(surface: Surface, panel: Box, subject: FilmSubject, measure: Measure): void {
  const { run: { space }, region, axes: [across, up], lattice } = subject;
  const axes = [space[across], space[up]];
  const scales = panelScales(panel, axes);
  const marks = () =>
    clipMarks(surface, panel, () => {
      drawRegion(surface, region, { axes: [across, up], scales, looks: looksOf(subject) });
      drawInitialPoint(surface, scales.x.place(region.initialPoint[across]), scales.y.place(region.initialPoint[up]), "");
    });
  drawMapPanel(surface, panel, { axes, lattice, ramp: BACKDROP_RAMP, smooth: true, contour: AXIS, marks }, { measure });
}

function drawSpan(surface: Surface, panel: Box, subject: FilmSubject, measure: Measure): void {
  const { run: { space }, region, axes: [axis], lattice } = subject;
  drawCurvePanel(surface, panel, { axis: space[axis], lattice }, { measure, bottom: "none" });
  const lanes = { ...panel, y: panel.y + panel.height, height: 24 };
  const x = axisScale(space[axis], panel.x, panel.x + panel.width);
  laySpans([region], axis, looksOf(subject), 18).draw(surface, lanes, x, null);
  drawBottomAxis(surface, lanes, x, { measure, count: tickCount(panel.width, COLUMN) });
}

/** Pictures where their corners lie: the lower bound at the left and below. */
function drawCorners(surface: Surface, box: Box, { pictures }: FilmMoment): void {
  if (pictures.length === 0) return;
  const rows = pictures.length > 2 ? 2 : 1;
  const side = Math.min((box.width - GAP) / 2, (box.height - (rows - 1) * GAP) / rows);
  pictures.forEach((picture, i) => {
    const [column, row] = [i & 1, rows - 1 - (i >> 1)];
    const place = { x: box.x + column * (side + GAP), y: box.y + row * (side + GAP), width: side, height: side };
    surface.image(picture, place, { smooth: true });
    surface.path(boxPath(place), { stroke: AXIS, width: 0.75 });
  });
}

function drawProgress(surface: Surface, box: Box, region: RegionRecord, { step }: FilmMoment): void {
  const share = region.steps > 0 ? Math.min(1, step / region.steps) : 1;
  const color = methodColors([region.method]).get(region.method) ?? INK;
  surface.path(boxPath(box), { fill: GRID });
  surface.path(boxPath({ ...box, width: box.width * share }), { fill: color });
  surface.text(`step ${step} of ${region.steps}`, box.x, box.y + 22, LABEL);
  const sides = region.a.map((low, i) => formatValue(region.b[i] - low, "", 3)).join(" × ");
  surface.text(`sides ${sides}`, box.x + box.width, box.y + 22, { ...LABEL, anchor: "end" });
}
