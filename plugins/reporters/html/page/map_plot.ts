/// <reference lib="dom" />
import { intervals, lies, turnsOf } from "../../figures/intervals.ts";
import { type Lattice, nearestScores } from "../../figures/lattice.ts";
import { measuredPath } from "../../figures/measured_marks.ts";
import { describeRegion, describeWorst, standing } from "../../figures/region_words.ts";
import { describeTrap } from "../../figures/trap_marks.ts";
import { contourPath } from "./contour.ts";
import { type Content, drawing } from "./dom.ts";
import type { Plot } from "./plot_panel.ts";
import type { Ramps, ValueRamp } from "./ramps.ts";
import { drawAxes, type PageScale, pageScale, type PlotArea } from "./scales.ts";
import { slopeMarks } from "./slopes.ts";
import { followedBounds, type ViewState } from "./view_state.ts";

const LEFT = 54, RIGHT = 12, TOP = 8, BOTTOM = 44;

/** Lays out a map over two parameters: colors, lines at 0.5, boxes, traps, the box that is followed, and the point that is looked at. */
export function layMap(state: ViewState, width: number, ramps: Ramps): Plot {
  const { subject: { space }, layer, point } = state;
  const [across, up] = state.axes;
  const [xAxis, yAxis] = [space[across], space[up]];
  const plotWidth = width - LEFT - RIGHT;
  const ratio = xAxis.unit === yAxis.unit ? (yAxis.high - yAxis.low) / (xAxis.high - xAxis.low) : 0.62;
  const area: PlotArea = { left: LEFT, top: TOP, width: plotWidth, height: Math.round(plotWidth * Math.min(Math.max(ratio, 0.46), 1)) };
  const x = pageScale(xAxis, LEFT, LEFT + plotWidth);
  const y = pageScale(yAxis, TOP + area.height, TOP);
  const lattice = layer?.section(state.axes, point) ?? null;
  const inside = drawing("svg", {
    x: area.left,
    y: area.top,
    width: area.width,
    height: area.height,
    viewBox: `${area.left} ${area.top} ${area.width} ${area.height}`,
  }, ...marks(state, x, y));
  return {
    area,
    height: TOP + area.height + BOTTOM,
    x,
    y,
    content: [...drawAxes(area, x, y), inside],
    pixels: {
      of: lattice ?? "nothing",
      paint: (context) => paintMap(context, area, lattice === null ? null : { lattice, ramp: ramps.of(layer!, lattice) }),
    },
  };
}

/** Paints a lattice over an area, each pixel in the color of the nearest point. */
function paintMap(
  context: CanvasRenderingContext2D,
  { width, height }: PlotArea,
  map: { readonly lattice: Lattice; readonly ramp: ValueRamp } | null,
): void {
  const columns = context.canvas.width = Math.min(1200, Math.round(width * devicePixelRatio));
  const rows = context.canvas.height = Math.max(1, Math.round(columns * height / width));
  if (map === null) return;
  const { lattice, ramp: { low, high, table } } = map;
  const { data } = context.createImageData(columns, rows);
  const scores = nearestScores(lattice, columns, rows);
  for (let i = 0; i < scores.length; i++) {
    if (Number.isNaN(scores[i])) continue;
    const step = 3 * Math.min(255, Math.max(0, Math.round(255 * (scores[i] - low) / (high - low))));
    for (let channel = 0; channel < 3; channel++) data[4 * i + channel] = table[step + channel];
    data[4 * i + 3] = 255;
  }
  context.putImageData(new ImageData(data, columns, rows), 0, 0);
}

/** Lines at 0.5 that were drawn last, by the section that they are of: moving the point does not change them. */
const contours = new WeakMap<Lattice, { readonly width: number; readonly path: string }>();

function evenLine(section: Lattice, scales: { x: PageScale; y: PageScale }): string {
  const width = scales.x.place(scales.x.axis.high);
  const known = contours.get(section);
  if (known?.width === width) return known.path;
  const path = contourPath(section, 0.5, scales);
  contours.set(section, { width, path });
  return path;
}

/** A dot at each point that was measured, where not all were. */
function measuredDots(section: Lattice, scales: { x: PageScale; y: PageScale }): Content[] {
  return [true, false].flatMap((isLow) => {
    const d = measuredPath(section, scales, isLow);
    return d === "" ? [] : [drawing("path", { d, class: isLow ? "measured low" : "measured" })];
  });
}

function marks(state: ViewState, x: PageScale, y: PageScale): Content[] {
  const { subject, layer, point, outlined, axes, followed, networkColors, methodColors } = state;
  const [across, up] = axes;
  const parts: Content[] = [];
  const line = (path: string, color: string, name: string) => {
    if (path === "") return;
    parts.push(drawing("path", { d: path, class: "halo" }));
    parts.push(drawing("path", { d: path, class: "contour", stroke: color }, drawing("title", {}, `${name}: score 0.5`)));
  };
  const own = layer?.section(axes, point) ?? null;
  if (own !== null) parts.push(...measuredDots(own, { x, y }), ...slopeMarks(own, { x, y }));
  if (layer?.kind === "score" && own !== null) line(evenLine(own, { x, y }), "#ffffff", layer.name);
  for (const other of subject.layers) {
    if (other === layer || other.network === null || other.kind !== "score" || !outlined.has(other.network)) continue;
    const section = other.section(axes, point);
    if (section !== null) line(evenLine(section, { x, y }), networkColors.get(other.network) ?? "#ffffff", other.name);
  }
  const box = (a: readonly number[], b: readonly number[], draw: (place: Record<string, number>) => Content[]) => {
    for (const [left, right] of intervals(a[across], b[across], subject.space[across])) {
      for (const [low, high] of intervals(a[up], b[up], subject.space[up])) {
        const place = { x: x.place(left), y: y.place(high), width: x.place(right) - x.place(left), height: y.place(low) - y.place(high) };
        parts.push(...draw(place));
      }
    }
  };
  for (const { region, network } of subject.regions.toSorted((left, right) => right.region.volume - left.region.volume)) {
    if (region === followed?.region || !meets(region.a, region.b, state)) continue;
    const isOwn = network === null || layer === undefined || layer.network === null || layer.network === network;
    const look = `${region.target} ${standing(region)}${isOwn ? "" : " foreign"}`;
    const attributes = { class: `box ${look}`, stroke: methodColors.get(region.method) ?? "" };
    box(region.a, region.b, (place) => [
      drawing("rect", { ...place, class: `halo ${look}` }),
      drawing("rect", { ...place, ...attributes }, drawing("title", {}, describeRegion(region, subject.space))),
    ]);
  }
  const mark = (place: readonly number[], shape: (left: number, top: number) => Content[]) => {
    for (const left of turnsOf(place[across], subject.space[across])) {
      for (const top of turnsOf(place[up], subject.space[up])) parts.push(...shape(x.place(left), y.place(top)));
    }
  };
  for (const { trap } of subject.traps) {
    if (!meets(trap.a, trap.b, state)) continue;
    const title = describeTrap(trap, subject.space);
    mark(trap.bottom, (left, top) => [
      drawing("path", { d: `M${left},${top + 5}l-5,-9h10Z`, class: "trap" }, drawing("title", {}, title)),
    ]);
  }
  for (const { region } of subject.regions) {
    if (region.falsification == null || !isNear(region.falsification.point, state)) continue;
    const color = methodColors.get(region.method) ?? "";
    mark(region.falsification.point, (left, top) => crossAt(left, top, color, describeWorst(region, subject.space)));
  }
  const bounds = followedBounds(state);
  if (bounds !== null) {
    box(bounds.a, bounds.b, (place) => [
      drawing("rect", { ...place, class: "halo wide" }),
      drawing("rect", { ...place, class: "followed", stroke: methodColors.get(followed?.region.method ?? "") ?? "" }),
    ]);
    const from = followed?.region.initialPoint ?? point;
    parts.push(drawing("circle", { cx: x.place(from[across]), cy: y.place(from[up]), r: 4.5, class: "start" }));
  }
  const [left, top] = [x.place(point[across]), y.place(point[up])];
  parts.push(
    drawing("circle", { cx: left, cy: top, r: 7, class: "cursor outer" }),
    drawing("circle", { cx: left, cy: top, r: 7, class: "cursor" }),
  );
  return parts;
}

/** A cross where the worst point of a region was found. */
export function crossAt(left: number, top: number, color: string, title: string): Content[] {
  const d = `M${left - 4.5},${top - 4.5}l9,9m-9,0l9,-9`;
  return [drawing("path", { d, class: "worst below" }), drawing("path", { d, class: "worst", stroke: color }, drawing("title", {}, title))];
}

/** Points so near to a slice, as a share of each axis, are drawn on it. */
const NEAR = 0.01;

function isNear(place: readonly number[], { subject: { space }, axes, point }: ViewState): boolean {
  return space.every((axis, i) => {
    const reach = NEAR * (axis.high - axis.low);
    return axes.includes(i) || lies(point[i], place[i] - reach, place[i] + reach, axis);
  });
}

/** Whether a box reaches the slice that is drawn. */
function meets(a: readonly number[], b: readonly number[], { subject: { space }, axes, point }: ViewState): boolean {
  return space.every((axis, i) =>
    axes.includes(i) || intervals(a[i], b[i], axis).some(([low, high]) => low <= point[i] && point[i] <= high)
  );
}
