/// <reference lib="dom" />
import { isClosed } from "../../../../core/semantic_space.ts";
import { intervals, turnsOf } from "../../figures/intervals.ts";
import { type Lattice, padAxis } from "../../figures/lattice.ts";
import { describeRegion, describeWorst, standing, worstScore } from "../../figures/region_words.ts";
import { type Content, drawing } from "./dom.ts";
import { crossAt } from "./map_plot.ts";
import type { Plot } from "./plot_panel.ts";
import { drawAxes, type PageScale, pageScale, type PlotArea } from "./scales.ts";
import { slopeMarks } from "./slopes.ts";
import { followedBounds, type ViewState } from "./view_state.ts";

const LEFT = 54, RIGHT = 12, TOP = 8, BOTTOM = 44;
const HEIGHT = 240;
const LANE = 12;
const MOST_LANES = 24;

/** Lays out scores over one parameter: a curve a network, spans of regions below, the span that is followed, and the point that is looked at. */
export function layCurves(state: ViewState, width: number): Plot {
  const { subject: { space, regions }, layer, axes: [axis], point } = state;
  const kind = layer?.kind ?? "score";
  const curves = { left: LEFT, top: TOP, width: width - LEFT - RIGHT, height: HEIGHT };
  const area = { ...curves, height: HEIGHT + Math.min(regions.length, MOST_LANES) * LANE };
  const x = pageScale(space[axis], LEFT, LEFT + area.width);
  const y = pageScale({ name: kind, unit: "score", low: kind === "difference" ? -1 : 0, high: 1 }, TOP + HEIGHT, TOP);
  const at = x.place(point[axis]);
  const cursor = drawing("line", { x1: at, x2: at, y1: TOP, y2: TOP + area.height, class: "cursor" });
  const content = [
    ...drawAxes(area, x, y),
    drawing("svg", boxOf(curves), ...drawCurves(state, x, y)),
    ...drawWorstPoints(state, x, y),
    drawing("svg", boxOf(area), ...drawSpans(state, x)),
    cursor,
  ];
  return { area, height: TOP + area.height + BOTTOM, x, content };
}

/** A drawing within a drawing, in the same coordinates: what falls outside of it is cut off. */
function boxOf({ left, top, width, height }: PlotArea) {
  return { x: left, y: top, width, height, viewBox: `${left} ${top} ${width} ${height}` };
}

function drawCurves(
  { subject: { layers }, layer, axes, point, outlined, networkColors }: ViewState,
  x: PageScale,
  y: PageScale,
): Content[] {
  return layers.flatMap((other) => {
    const isOutlined = other.network !== null && outlined.has(other.network) && other.kind === "score" && layer?.kind === "score";
    const section = other === layer || isOutlined ? other.section(axes, point) : null;
    if (section === null) return [];
    const color = networkColors.get(other.network ?? "");
    const look = { class: other === layer ? "curve chosen" : "curve", style: color && `stroke:${color}` };
    const { values: [values], scores, measured } = section;
    const dots = values.flatMap((value, i) =>
      measured?.[i] === 1 ? [drawing("circle", { cx: x.place(value), cy: y.place(scores[i]), r: 2.5, class: "measured" })] : []
    );
    const marks = [...dots, ...slopeMarks(section, { x, y })];
    return [drawing("path", { d: curvePath(section, x, y), ...look }, drawing("title", {}, other.name)), ...marks];
  });
}

/** Crosses at the worst points of regions: on the curve of their own network where that is drawn. */
function drawWorstPoints(
  { subject: { space, regions }, layer, axes: [axis], methodColors }: ViewState,
  x: PageScale,
  y: PageScale,
): Content[] {
  return regions.flatMap(({ region, network }) => {
    const score = worstScore(region);
    if (region.falsification == null || score === null || layer?.kind !== "score" || layer.network !== network) return [];
    const color = methodColors.get(region.method) ?? "";
    return turnsOf(region.falsification.point[axis], space[axis])
      .flatMap((value) => crossAt(x.place(value), y.place(score), color, describeWorst(region, space)));
  });
}

function drawSpans(state: ViewState, x: PageScale): Content[] {
  const { subject: { space, regions }, axes: [axis], methodColors, followed } = state;
  return regions.slice(0, MOST_LANES).flatMap(({ region }, lane) => {
    const isFollowed = region === followed?.region;
    const bounds = isFollowed ? followedBounds(state) ?? region : region;
    const color = methodColors.get(region.method) ?? "";
    const look = { class: isFollowed ? "followed" : `span ${region.target} ${standing(region)}`, stroke: color, style: `color:${color}` };
    return intervals(bounds.a[axis], bounds.b[axis], space[axis]).map(([low, high]) => {
      const place = { x: x.place(low), y: TOP + HEIGHT + lane * LANE + 2, width: x.place(high) - x.place(low), height: LANE - 4 };
      return drawing("rect", { ...place, ...look }, drawing("title", {}, describeRegion(region, space)));
    });
  });
}

function curvePath({ axes: [axis], values: [values], scores }: Lattice, x: PageScale, y: PageScale): string {
  // Across the seam the curve goes on to the ends of an axis that closes on itself; elsewhere it ends with its values.
  const { indices, positions } = isClosed(axis) ? padAxis(values, axis) : { indices: values.map((_, i) => i), positions: values };
  let pen = "M";
  return positions.map((value, i) => {
    const score = scores[indices[i]];
    if (Number.isNaN(score)) {
      pen = "M";
      return "";
    }
    const piece = `${pen}${x.place(value).toFixed(1)},${y.place(score).toFixed(1)}`;
    pen = "L";
    return piece;
  }).join("");
}
