import type { Node } from "../../graph.ts";
import { int, ints, string } from "../../graph_builder.ts";
import { intOf } from "../attributes.ts";
import type { RuleContext } from "../rule.ts";
import type { Window } from "../window.ts";
import { hanging, toFirstMaximum } from "./first_maximum.ts";

/** Longer windows are left to the operator that returns indices: each element here costs several nodes. */
const LONGEST = 16;

/**
 * Sends every element of the gradient to where the runtime found its maximum, the first in row-major order; overlapping windows add up.
 *
 * The operator can return the positions of its maxima, but then falls back to a loop that takes many times as long. Windows are gone through
 * element by element instead, one axis after the other.
 */
export function maxPool(context: RuleContext, windows: readonly Window[]): string {
  const covered = windows.every(({ kernel, stride, dilation }) =>
    kernel <= LONGEST && (stride === 1 || dilation === 1 && kernel >= stride)
  );
  const pool = covered && !dropsWindow(context.node, windows) ? byComparison : byIndices;
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

/**
 * The maximum of a window is the maximum of its rows' maxima: the gradient goes to the first row that has it, and in there to the first
 * element. That compares with a row and a column of the window instead of all its elements.
 *
 * Works on [batch, rows, columns, channels], where strides and shifts along rows and columns move whole runs of memory.
 */
function byComparison(context: RuleContext, windows: readonly Window[], upstream: string): string {
  const spatial = windows.map((_, axis) => axis + 2);
  const channelsLast = (value: string) => context.emit("Transpose", [value], { perm: ints(0, ...spatial, 1) });
  // The input, its maxima along the last axis, those along the one before it, ...
  const maxima = windows.reduceRight<string[]>((all, _, axis) => [maximaAlong(context, all[0], windows, axis), ...all], [context.input(0)]);
  const gradient = windows.reduce((gradient, window, axis) => {
    const [largest, values] = [maxima[axis], maxima[axis + 1]].map(channelsLast);
    return toFirstMaximum(context, { values, largest, gradient, axis: axis + 1, window });
  }, channelsLast(upstream));
  return context.emit("Transpose", [gradient], { perm: ints(0, windows.length + 1, ...spatial.map((axis) => axis - 1)) });
}

/** The maxima along one spatial axis. Those along the first, the last to be taken, are what the operator returns. */
function maximaAlong(context: RuleContext, values: string, windows: readonly Window[], axis: number): string {
  if (axis === 0) return context.output;
  const { kernel, stride, dilation, before } = windows[axis];
  const only = (value: number, other: number) => windows.map((_, position) => position === axis ? value : other);
  return context.emit("MaxPool", [values], {
    kernel_shape: ints(...only(kernel, 1)),
    strides: ints(...only(stride, 1)),
    dilations: ints(...only(dilation, 1)),
    pads: ints(...only(before, 0), ...only(hanging(windows[axis]), 0)),
  });
}
