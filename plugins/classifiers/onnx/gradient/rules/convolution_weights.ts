import { int, ints } from "../../graph_builder.ts";
import type { RuleContext } from "../rule.ts";
import { product } from "../shapes/known.ts";
import type { Window } from "../window.ts";

/** A convolution from `larger` to `smaller` whose weights are to be differentiated. */
export interface WeightGradient {
  /** What its windows slide over, [batch, inputs, ...]. */
  readonly larger: string;
  /** One element a window, [batch, outputs, ...]. */
  readonly smaller: string;
  readonly group: number;
  readonly windows: readonly Window[];
  /** The weights, [outputs, inputs / group, ...kernel]. */
  readonly like: string;
}

/** The sum over batch and windows of `smaller` times what the window saw of `larger`. */
export function convolutionWeights(context: RuleContext, { larger, smaller, group, windows, like }: WeightGradient): string {
  const [outputs, inputs, ...kernel] = context.sizes(like);
  const positions = product(windows.map(({ output }) => output));
  const seen = lookThrough(context, larger, windows);
  const columns = context.reshapeTo(seen, [undefined, group, inputs * product(kernel), positions])!;
  const rows = context.reshapeTo(smaller, [undefined, group, outputs / group, positions])!;
  const products = context.emit("MatMul", [rows, context.emit("Transpose", [columns], { perm: ints(0, 1, 3, 2) })]);
  const summed = context.emit("ReduceSum", [products, context.emitter.ints([0])], { keepdims: int(0) });
  return context.reshape(summed, like);
}

/** What every window sees: [batch, inputs, product of kernel, ...outputs]. */
function lookThrough(context: RuleContext, larger: string, windows: readonly Window[]): string {
  const axes = windows.map((_, axis) => axis + 2);
  const end = windows.map(({ output, stride, kernel, dilation }) => (output - 1) * stride + (kernel - 1) * dilation + 1);
  const after = windows.map(({ input, before }, axis) => Math.max(0, end[axis] - input - before));
  const pads = [0, 0, ...windows.map(({ before }) => before), 0, 0, ...after];
  const padded = pads.every((size) => size === 0) ? larger : context.emit("Pad", [larger, context.emitter.ints(pads)]);
  const offsets = windows.reduce<number[][]>(
    (lists, { kernel }) => lists.flatMap((list) => Array.from({ length: kernel }, (_, index) => [...list, index])),
    [[]],
  );
  const views = offsets.map((offset) => {
    const starts = offset.map((index, axis) => index * windows[axis].dilation);
    const ends = starts.map((start, axis) => start + (windows[axis].output - 1) * windows[axis].stride + 1);
    const strides = windows.map(({ stride }) => stride);
    const view = context.emit("Slice", [padded, ...[starts, ends, axes, strides].map((list) => context.emitter.ints(list))]);
    return context.emit("Unsqueeze", [view, context.emitter.ints([2])]);
  });
  return views.length === 1 ? views[0] : context.emit("Concat", views, { axis: int(2) });
}
