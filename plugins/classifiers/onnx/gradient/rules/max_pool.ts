import type { Node } from "../../graph.ts";
import { int, ints, string } from "../../graph_builder.ts";
import { intOf } from "../attributes.ts";
import type { RuleContext } from "../rule.ts";
import type { Window } from "../window.ts";

/** Windows of more elements are left to the operator that returns indices: each element here costs several passes. */
const MOST_ELEMENTS = 9;
/** What pads pictures before a comparison. */
const LOWEST = -3.4028234663852886e38;

/**
 * Sends every element of the gradient to where the runtime found its maximum, the first in row-major order; overlapping windows add up.
 *
 * The operator can return the positions of its maxima, but then falls back to a loop that takes many times as long. Small windows are gone
 * through element by element instead: what has reached the maximum takes what is left of the gradient, so that ties go to the first.
 */
export function maxPool(context: RuleContext, windows: readonly Window[]): string {
  const elements = windows.reduce((count, { kernel }) => count * kernel, 1);
  const covered = windows.every(({ kernel, stride, dilation }) => stride === 1 || dilation === 1 && kernel >= stride);
  const compared = windows.length === 2 && elements <= MOST_ELEMENTS && covered && !dropsWindow(context.node, windows);
  const pool = compared ? byComparison : byIndices;
  if (!isRectified(context, context.input(0))) return pool(context, windows, context.fullUpstream);
  // The maximum is positive where its place in the input is: the rectifier's mask is cheaper here, where there are fewer elements.
  const upstream = context.multiply(context.fullUpstream, context.above(context.output));
  return context.emitter.settle(pool(context, windows, upstream));
}

/** Whether a value comes from rectifiers alone and goes nowhere else. */
function isRectified(context: RuleContext, value: string): boolean {
  const producer = context.emitter.producer(value);
  if (producer === undefined || context.emitter.uses(value) !== 1) return false;
  return producer.operator === "Relu" || producer.operator === "Concat" && producer.inputs.every((input) => isRectified(context, input));
}

/**
 * Whether ceiling would have given one more window, all of it in the padding. Shape inference of some runtimes counts it, their pooling
 * does not.
 */
function dropsWindow(node: Node, windows: readonly Window[]): boolean {
  return intOf(node, "ceil_mode", 0) === 1 && windows.some(({ input, output, kernel, stride, dilation, before, after }) => {
    return Math.ceil((input + before + after - dilation * (kernel - 1) - 1) / stride) + 1 > output;
  });
}

function byIndices(context: RuleContext, windows: readonly Window[], upstream: string): string {
  const { node } = context;
  const rowMajor = intOf(node, "storage_order", 0) === 0;
  const indices = rowMajor ? context.emitter.outputOf(node, 1) : context.emitter.nodes(
    "MaxPool",
    node.inputs,
    Object.fromEntries([...node.attributes].filter(([name]) => name !== "storage_order")),
    2,
  )[1];
  const flat = (name: string) => context.reshapeTo(name, [undefined])!;
  const overlap = windows.some(({ kernel, stride, dilation }) => dilation > 1 || kernel > stride);
  const scattered = context.emit("ScatterElements", [flat(context.zeros(context.input(0))), flat(indices), flat(upstream)], {
    axis: int(0),
    ...(overlap ? { reduction: string("add") } : {}),
  });
  return context.reshape(scattered, context.input(0));
}

/** Works on [batch, rows, columns, channels], where strides and shifts along rows and columns move whole runs of memory. */
function byComparison(context: RuleContext, windows: readonly Window[], upstream: string): string {
  const picture = padded(context, channelsLast(context, context.input(0)), windows);
  const largest = channelsLast(context, context.output);
  let rest = channelsLast(context, upstream);
  const planes = new Map<string, string[]>();
  const [rows, columns] = windows;
  for (let row = 0; row < rows.kernel; row++) {
    for (let column = 0; column < columns.kernel; column++) {
      const last = row === rows.kernel - 1 && column === columns.kernel - 1;
      const share = last ? rest : context.multiply(rest, context.equals(view(context, picture, windows, [row, column]), largest));
      if (!last) rest = context.subtract(rest, share);
      const places = [place(rows, row), place(columns, column)];
      const key = `${places.map(({ residue }) => residue)}`;
      const shifts = places.map(({ shift }) => shift);
      planes.set(key, [...planes.get(key) ?? [], shifted(context, share, shifts, windows)]);
    }
  }
  const summed = (row: number, column: number) => planes.get(`${[row, column]}`)!.reduce((left, right) => context.add(left, right));
  const whole = cut(context, interleaved(context, summed, windows), windows);
  return context.emit("Transpose", [whole], { perm: ints(0, 3, 1, 2) });
}

function channelsLast(context: RuleContext, value: string): string {
  return context.emit("Transpose", [value], { perm: ints(0, 2, 3, 1) });
}

/** The picture with its padding, where that is never the maximum. */
function padded(context: RuleContext, picture: string, windows: readonly Window[]): string {
  const before = windows.map((window) => window.before);
  const after = windows.map((window) => {
    const seen = (window.output - 1) * window.stride + (window.kernel - 1) * window.dilation + 1;
    return Math.max(0, seen - window.before - window.input);
  });
  const pads = [0, ...before, 0, 0, ...after, 0];
  if (pads.every((size) => size === 0)) return picture;
  return context.emit("Pad", [picture, context.emitter.ints(pads), context.scalar(LOWEST)]);
}

/** One element of every window. */
function view(context: RuleContext, picture: string, windows: readonly Window[], offsets: readonly number[]): string {
  const starts = windows.map(({ dilation }, axis) => offsets[axis] * dilation);
  const ends = windows.map(({ stride, output }, axis) => starts[axis] + (output - 1) * stride + 1);
  const strides = windows.map(({ stride }) => stride);
  return context.emit("Slice", [picture, ...[starts, ends, [1, 2], strides].map((list) => context.emitter.ints(list))]);
}

/** Element `offset` of window `o` is at `(o + shift) * stride + residue`. */
function place({ stride, dilation }: Window, offset: number): { readonly residue: number; readonly shift: number } {
  return { residue: offset * dilation % stride, shift: Math.floor(offset * dilation / stride) };
}

/** How many elements of one residue there are along an axis. */
function reach(window: Window): number {
  return window.output + place(window, window.kernel - 1).shift;
}

function shifted(context: RuleContext, share: string, shifts: readonly number[], windows: readonly Window[]): string {
  const after = windows.map((window, axis) => reach(window) - window.output - shifts[axis]);
  const pads = [0, ...shifts, 0, 0, ...after, 0];
  return pads.every((size) => size === 0) ? share : context.emit("Pad", [share, context.emitter.ints(pads)]);
}

/** Puts the elements of all residues in their order. */
function interleaved(context: RuleContext, plane: (row: number, column: number) => string, windows: readonly Window[]): string {
  const [rows, columns] = windows.map(reach);
  const [rowStride, columnStride] = windows.map(({ stride }) => stride);
  const channels = context.sizes(context.input(0), [1])[1];
  const to = (value: string, ...dims: number[]) => context.emit("Reshape", [value, context.emitter.ints([0, ...dims])]);
  const lines = Array.from({ length: rowStride }, (_, row) => {
    const cells = Array.from({ length: columnStride }, (_, column) => plane(row, column));
    if (columnStride === 1) return cells[0];
    return context.emit("Concat", cells.map((cell) => to(cell, rows, columns, 1, channels)), { axis: int(3) });
  });
  const length = columns * columnStride;
  if (rowStride === 1) return columnStride === 1 ? lines[0] : to(lines[0], rows, length, channels);
  const joined = context.emit("Concat", lines.map((line) => to(line, rows, 1, length * channels)), { axis: int(2) });
  return to(joined, rows * rowStride, length, channels);
}

/** Takes the padding off again, and adds what no window reached. */
function cut(context: RuleContext, whole: string, windows: readonly Window[]): string {
  const have = windows.map((window) => reach(window) * window.stride);
  const starts = windows.map(({ before }) => before);
  const ends = windows.map(({ before, input }, axis) => Math.min(before + input, have[axis]));
  const missing = windows.map(({ before, input }, axis) => before + input - ends[axis]);
  const tight = starts.every((start) => start === 0) && ends.every((end, axis) => end === have[axis]);
  const kept = tight ? whole : context.emit("Slice", [whole, ...[starts, ends, [1, 2]].map((list) => context.emitter.ints(list))]);
  return missing.every((size) => size === 0) ? kept : context.emit("Pad", [kept, context.emitter.ints([0, 0, 0, 0, 0, ...missing, 0])]);
}
