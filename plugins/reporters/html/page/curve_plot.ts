/// <reference lib="dom" />
import { intervals } from "../../figures/intervals.ts";
import type { Lattice } from "../../figures/lattice.ts";
import { describeRegion, standing } from "../../figures/region_words.ts";
import { type Content, drawing } from "./dom.ts";
import type { Plot } from "./plot_panel.ts";
import { drawAxes, type PageScale, pageScale } from "./scales.ts";
import { followedBounds, type ViewState } from "./view_state.ts";

const LEFT = 54, RIGHT = 12, TOP = 8, BOTTOM = 44;
const HEIGHT = 240;
const LANE = 12;
const MOST_LANES = 24;

/** Lays out scores over one parameter: a curve a network, spans of regions below, the span that is followed, and the point that is looked at. */
export function layCurves(state: ViewState, width: number): Plot {
  const { subject: { space, layers, regions }, layer, axes: [axis], point, networkColors, methodColors, followed } = state;
  const kind = layer?.kind ?? "score";
  const area = { left: LEFT, top: TOP, width: width - LEFT - RIGHT, height: HEIGHT };
  const lanes = Math.min(regions.length, MOST_LANES);
  const x = pageScale(space[axis], LEFT, LEFT + area.width);
  const y = pageScale({ name: kind, unit: "score", low: kind === "difference" ? -1 : 0, high: 1 }, TOP + HEIGHT, TOP);
  const content: Content[] = [...drawAxes({ ...area, height: HEIGHT + lanes * LANE }, x, y)];
  for (const other of layers) {
    const isOutlined = other.network !== null && state.outlined.has(other.network) && other.kind === "score" && kind === "score";
    const section = other === layer || isOutlined ? other.section(axes(state), point) : null;
    if (section === null) continue;
    const color = networkColors.get(other.network ?? "");
    content.push(
      drawing(
        "path",
        { d: curvePath(section, x, y), class: other === layer ? "curve chosen" : "curve", style: color && `stroke:${color}` },
        drawing("title", {}, other.name),
      ),
    );
  }
  regions.slice(0, MOST_LANES).forEach(({ region }, lane) => {
    const isFollowed = region === followed?.region;
    const bounds = isFollowed ? followedBounds(state) ?? region : region;
    for (const [low, high] of intervals(bounds.a[axis], bounds.b[axis], space[axis])) {
      const [from, to] = [Math.max(x.place(low), LEFT), Math.min(x.place(high), LEFT + area.width)];
      if (to <= from) continue;
      const place = { x: from, y: TOP + HEIGHT + lane * LANE + 2, width: to - from, height: LANE - 4 };
      const color = methodColors.get(region.method) ?? "";
      const title = drawing("title", {}, describeRegion(region, space));
      const look = `${region.target} ${standing(region)}`;
      content.push(
        drawing("rect", { ...place, class: isFollowed ? "followed" : `span ${look}`, stroke: color, style: `color:${color}` }, title),
      );
    }
  });
  const at = x.place(point[axis]);
  content.push(drawing("line", { x1: at, x2: at, y1: TOP, y2: TOP + HEIGHT + lanes * LANE, class: "cursor outer" }));
  content.push(drawing("line", { x1: at, x2: at, y1: TOP, y2: TOP + HEIGHT + lanes * LANE, class: "cursor" }));
  return { area: { ...area, height: HEIGHT + lanes * LANE }, height: TOP + HEIGHT + lanes * LANE + BOTTOM, x, content };
}

function axes(state: ViewState): readonly number[] {
  return state.axes.slice(0, 1);
}

function curvePath({ values: [values], scores }: Lattice, x: PageScale, y: PageScale): string {
  let pen = "M";
  return values.map((value, i) => {
    if (Number.isNaN(scores[i])) {
      pen = "M";
      return "";
    }
    const piece = `${pen}${x.place(value).toFixed(1)},${y.place(scores[i]).toFixed(1)}`;
    pen = "L";
    return piece;
  }).join("");
}
