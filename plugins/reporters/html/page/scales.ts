/// <reference lib="dom" />
import type { Axis } from "../../../../core/semantic_space.ts";
import { axisTicks } from "../../figures/ticks.ts";
import { axisName, formatValue } from "../../figures/words.ts";
import { type Content, drawing } from "./dom.ts";

/** A range of values along a side of a panel, in CSS pixels. */
export interface PageScale {
  readonly axis: Pick<Axis, "name" | "unit" | "low" | "high">;
  /** Position of a value. */
  place(value: number): number;
  /** Value at a position. */
  value(position: number): number;
}

/** Lays an axis from `start` to `end`. */
export function pageScale(axis: PageScale["axis"], start: number, end: number): PageScale {
  const { low, high } = axis;
  return {
    axis,
    place: (value) => start + (value - low) / (high - low) * (end - start),
    value: (position) => low + (position - start) / (end - start) * (high - low),
  };
}

/** The plotting area of a panel. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Both axes of a panel with ticks, labels and titles. */
export function drawAxes({ left, top, width, height }: PlotArea, x: PageScale, y: PageScale): Content[] {
  const bottom = top + height;
  const parts: Content[] = [drawing("rect", { x: left, y: top, width, height, class: "frame" })];
  for (const tick of axisTicks(x.axis.low, x.axis.high, x.axis.unit, Math.max(2, Math.floor(width / 56)))) {
    const at = x.place(tick);
    parts.push(drawing("line", { x1: at, x2: at, y1: bottom, y2: bottom + 4, class: "axis" }));
    parts.push(drawing("text", { x: at, y: bottom + 17, "text-anchor": "middle", class: "tick" }, formatValue(tick, x.axis.unit)));
  }
  for (const tick of axisTicks(y.axis.low, y.axis.high, y.axis.unit, Math.max(2, Math.floor(height / 40)))) {
    const at = y.place(tick);
    parts.push(drawing("line", { x1: left - 4, x2: left, y1: at, y2: at, class: "axis" }));
    parts.push(drawing("text", { x: left - 7, y: at + 4, "text-anchor": "end", class: "tick" }, formatValue(tick, y.axis.unit)));
  }
  const middle = top + height / 2;
  parts.push(drawing("text", { x: left + width / 2, y: bottom + 34, "text-anchor": "middle", class: "title" }, axisName(x.axis.name)));
  parts.push(
    drawing("text", { transform: `translate(12,${middle}) rotate(-90)`, "text-anchor": "middle", class: "title" }, axisName(y.axis.name)),
  );
  return parts;
}
