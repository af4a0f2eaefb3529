import { int } from "../../graph_builder.ts";
import type { RuleContext } from "../rule.ts";
import type { Window } from "../window.ts";

/** What pads values before a comparison. */
const LOWEST = -3.4028234663852886e38;

/** Maxima of windows along one axis. */
export interface Maxima {
  readonly values: string;
  /** The largest value of every window. */
  readonly largest: string;
  /** The gradient of `largest`. */
  readonly gradient: string;
  readonly axis: number;
  readonly window: Window;
}

/**
 * The gradient of values whose maxima were taken: what has reached the maximum takes what is left of the gradient, so that the first of
 * several takes all of it.
 */
export function toFirstMaximum(context: RuleContext, { values, largest, gradient, axis, window }: Maxima): string {
  const padded = pad(context, values, { axis, before: window.before, after: hanging(window), filling: LOWEST });
  const planes: string[] = [];
  let rest = gradient;
  for (let element = 0; element < window.kernel; element++) {
    const isLast = element === window.kernel - 1;
    const share = isLast ? rest : context.multiply(rest, context.equals(view(context, padded, { axis, window, element }), largest));
    if (!isLast) rest = context.subtract(rest, share);
    const { residue, shift } = place(window, element);
    const shifted = pad(context, share, { axis, before: shift, after: reach(window) - window.output - shift });
    planes[residue] = planes[residue] === undefined ? shifted : context.add(planes[residue], shifted);
  }
  return cut(context, interleave(context, planes, axis), { axis, window });
}

/** How far the last window hangs over the end of its axis. */
export function hanging({ input, output, kernel, stride, dilation, before }: Window): number {
  return Math.max(0, (output - 1) * stride + (kernel - 1) * dilation + 1 - before - input);
}

interface Along {
  readonly axis: number;
  readonly window: Window;
}

interface Padding {
  readonly axis: number;
  readonly before: number;
  readonly after: number;
  readonly filling?: number;
}

function pad(context: RuleContext, value: string, { axis, before, after, filling = 0 }: Padding): string {
  if (before === 0 && after === 0) return value;
  const around = (size: number) => context.dims(value).map((_, position) => position === axis ? size : 0);
  return context.emit("Pad", [value, context.emitter.ints([...around(before), ...around(after)]), context.scalar(filling)]);
}

/** One element of every window. */
function view(context: RuleContext, values: string, { axis, window, element }: Along & { readonly element: number }): string {
  const start = element * window.dilation;
  const end = start + (window.output - 1) * window.stride + 1;
  return context.emit("Slice", [values, ...[start, end, axis, window.stride].map((number) => context.emitter.ints([number]))]);
}

/** Element `offset` of window `o` is at `(o + shift) * stride + residue`. */
function place({ stride, dilation }: Window, offset: number): { readonly residue: number; readonly shift: number } {
  return { residue: offset * dilation % stride, shift: Math.floor(offset * dilation / stride) };
}

/** How many elements of one residue there are. */
function reach(window: Window): number {
  return window.output + place(window, window.kernel - 1).shift;
}

/** Puts the elements of all residues in their order. */
function interleave(context: RuleContext, planes: readonly string[], axis: number): string {
  if (planes.length === 1) return planes[0];
  const dims = context.dims(planes[0]);
  const [, ...sizes] = context.sizes(planes[0], dims.map((_, position) => position).slice(1));
  const reshape = (value: string, ...middle: readonly number[]) =>
    context.emit("Reshape", [value, context.emitter.ints([0, ...sizes.toSpliced(axis - 1, 1, ...middle)])]);
  const length = sizes[axis - 1];
  const joined = context.emit("Concat", planes.map((plane) => reshape(plane, length, 1)), { axis: int(axis + 1) });
  return reshape(joined, length * planes.length);
}

/** Takes the padding off again, and adds what no window reached. */
function cut(context: RuleContext, whole: string, { axis, window }: Along): string {
  const { stride, before, input } = window;
  const end = Math.min(before + input, reach(window) * stride);
  const kept = before === 0 && end === reach(window) * stride
    ? whole
    : context.emit("Slice", [whole, ...[before, end, axis].map((number) => context.emitter.ints([number]))]);
  return pad(context, kept, { axis, before: 0, after: before + input - end });
}
