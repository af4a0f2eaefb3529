import { type Axis, isClosed } from "../../../core/semantic_space.ts";

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

/** Where a value is drawn on an axis: in the turn of the axis where that closes on itself, at both ends where it lies on the seam. */
export function turnsOf(value: number, axis: Axis): number[] {
  return intervals(value, value, axis).map(([place]) => place);
}

/** A point with each value in the turn in which it is drawn. */
export function inTurn(point: readonly number[], space: readonly Axis[]): number[] {
  return point.map((value, i) => turnsOf(value, space[i])[0] ?? value);
}

/** Whether a value of an axis lies between `a` and `b`, across the seam. */
export function lies(value: number, a: number, b: number, axis: Axis): boolean {
  return intervals(a, b, axis).some(([low, high]) => low <= value && value <= high);
}
