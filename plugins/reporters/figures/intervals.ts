import type { Axis } from "../../../core/semantic_space.ts";
import { isClosed } from "./lattice.ts";

/** The stretches from `a` to `b` as they are drawn on an axis: once, or once a turn that meets it where the axis closes on itself. */
export function intervals(a: number, b: number, axis: Axis): [number, number][] {
  if (!(Number.isFinite(a) && Number.isFinite(b))) return [];
  if (!isClosed(axis)) return [[a, b]];
  const period = axis.high - axis.low;
  if (b - a >= period) return [[axis.low - period, axis.high + period]];
  const parts: [number, number][] = [];
  for (let turn = Math.ceil((axis.low - b) / period); a + turn * period <= axis.high; turn++) {
    parts.push([a + turn * period, b + turn * period]);
  }
  return parts;
}

/** Whether a value of an axis lies between `a` and `b`, across the seam. */
export function lies(value: number, a: number, b: number, axis: Axis): boolean {
  return intervals(a, b, axis).some(([low, high]) => low <= value && value <= high);
}
