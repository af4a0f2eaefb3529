import type { Axis } from "../../../core/semantic_space.ts";
import { scaleLinear } from "./d3.ts";
import { type Box, linePath, type Measure, type Surface, type TextStyle } from "./surface.ts";
import { AXIS, GRID, LABEL, MARGIN, TICK } from "./theme.ts";
import { axisTicks, SCORE_UNIT } from "./ticks.ts";
import { fitText } from "./typography.ts";
import { axisName, formatValue } from "./words.ts";

/** A range of values laid along a side of a drawing. */
export interface AxisScale {
  /** Name of the axis, and name with unit. */
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  /** Position of a value, in logical pixels. */
  place(value: number): number;
}

/** Lays an axis from `start` to `end`, in logical pixels. */
export function axisScale({ name, unit, low, high }: Pick<Axis, "name" | "unit" | "low" | "high">, start: number, end: number): AxisScale {
  const scale = scaleLinear([low, high], [start, end]);
  const words = axisName(name);
  return { name: words, title: unitIsShown(unit) ? words : `${words} (${unit})`, unit, low, high, place: (value) => scale(value) };
}

/** Whether ticks say the unit, or there is none. */
function unitIsShown(unit: string): boolean {
  return unit === "degree" || unit === SCORE_UNIT || unit === "";
}

/** Least distance of the title from a left axis, so that titles of panels below each other stand in one line. */
const TITLE_DISTANCE = 46;

/** Least space between labels. */
const LABEL_GAP = 6;

/** What is drawn of an axis: all of it, only its line and ticks, or nothing. */
export type AxisDetail = "full" | "ticks" | "none";

/** How an axis is drawn. */
export interface AxisOptions {
  readonly measure: Measure;
  /** `full` where absent. */
  readonly detail?: AxisDetail;
  /** About how many ticks. */
  readonly count: number;
  /** How far labels may reach beyond the ends of an axis, in logical pixels. */
  readonly slack?: number;
}

/** Draws ticks, labels and title below a panel. */
export function drawBottomAxis(surface: Surface, box: Box, scale: AxisScale, options: AxisOptions): void {
  const { measure, detail = "full" } = options;
  if (detail === "none") return;
  const bottom = box.y + box.height;
  surface.path(linePath(box.x, bottom, box.x + box.width, bottom), { stroke: AXIS });
  const { ticks, labels } = fitTicks(box, scale, options);
  for (const tick of ticks) {
    const x = scale.place(tick);
    surface.path(linePath(x, bottom, x, bottom + 4), { stroke: AXIS });
  }
  if (detail !== "full") return;
  for (const { text, x } of labels) surface.text(text, x, bottom + 18, { ...TICK, anchor: "middle" });
  const { title, style } = fitTitle(measure, scale, box.width);
  surface.text(title, box.x + box.width / 2, bottom + 39, { ...style, anchor: "middle" });
}

/** Draws ticks, labels and title left of a panel. */
export function drawLeftAxis(surface: Surface, box: Box, scale: AxisScale, { measure, detail = "full", count }: AxisOptions): void {
  if (detail === "none") return;
  surface.path(linePath(box.x, box.y, box.x, box.y + box.height), { stroke: AXIS });
  let widest = 0;
  for (const tick of axisTicks(scale.low, scale.high, scale.unit, count)) {
    const y = scale.place(tick);
    const text = formatValue(tick, scale.unit);
    surface.path(linePath(box.x - 4, y, box.x, y), { stroke: AXIS });
    if (detail === "full") surface.text(text, box.x - 8, y + 4.5, { ...TICK, anchor: "end" });
    widest = Math.max(widest, measure(text, TICK));
  }
  if (detail !== "full") return;
  const { title, style } = fitTitle(measure, scale, box.height);
  const x = box.x - Math.max(widest + 18, TITLE_DISTANCE);
  surface.text(title, x, box.y + box.height / 2, { ...style, anchor: "middle", upwards: true });
}

/** As many ticks as can all be labeled, of those that are asked for. */
function fitTicks(box: Box, scale: AxisScale, options: AxisOptions): { ticks: number[]; labels: readonly { text: string; x: number }[] } {
  for (let count = options.count;; count--) {
    const ticks = axisTicks(scale.low, scale.high, scale.unit, count);
    const labels = placeLabels(ticks, box, scale, options);
    if (labels.length === ticks.length || count <= 2) return { ticks, labels };
  }
}

/** Labels of ticks with their middles, kept near the panel; the outer ones come first, and those that would touch them are left out. */
function placeLabels(
  ticks: readonly number[],
  box: Box,
  { unit, place }: AxisScale,
  { measure, slack = MARGIN }: AxisOptions,
): { text: string; x: number }[] {
  const taken: [number, number][] = [];
  const placed: { text: string; x: number }[] = [];
  for (const tick of new Set([ticks[0], ticks[ticks.length - 1], ...ticks])) {
    if (tick === undefined) continue;
    const text = formatValue(tick, unit);
    const half = measure(text, TICK) / 2;
    const x = Math.min(Math.max(place(tick), box.x - slack + half), box.x + box.width + slack - half);
    if (taken.some(([start, end]) => x - half < end + LABEL_GAP && x + half > start - LABEL_GAP)) continue;
    taken.push([x - half, x + half]);
    placed.push({ text, x });
  }
  return placed;
}

/** A title that fits: without its unit, then smaller, then cut, where it is too long. */
function fitTitle(measure: Measure, { title, name }: AxisScale, length: number): { title: string; style: TextStyle } {
  for (const text of [title, name]) {
    for (const size of [LABEL.size, LABEL.size - 2]) {
      const style = { ...LABEL, size };
      if (measure(text, style) <= length) return { title: text, style };
    }
  }
  const style = { ...LABEL, size: LABEL.size - 2 };
  return { title: fitText(measure, name, style, length), style };
}

/** Draws faint lines across a panel at the ticks of its left axis. */
export function drawRules(surface: Surface, box: Box, scale: AxisScale, count: number): void {
  for (const tick of axisTicks(scale.low, scale.high, scale.unit, count)) {
    const y = scale.place(tick);
    surface.path(linePath(box.x, y, box.x + box.width, y), { stroke: GRID });
  }
}
