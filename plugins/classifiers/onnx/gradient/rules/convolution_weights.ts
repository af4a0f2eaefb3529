import { product } from "../../../../../core/shape.ts";
import { int, ints } from "../../graph_builder.ts";
import type { RuleContext } from "../rule.ts";
import type { Window } from "../window.ts";

/** From this many channels on, runs of channels are long enough to be worth moving and multiplying one kernel element at a time. */
const LONG_RUN = 8;

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
export function convolutionWeights(context: RuleContext, gradient: WeightGradient): string {
  const [, inputs, ...kernel] = context.sizes(gradient.like);
  const apart = gradient.group === 1 && inputs >= LONG_RUN && product(kernel) > 1;
  return apart ? elementByElement(context, gradient) : allAtOnce(context, gradient);
}

/** One product [outputs x windows] [windows x inputs] for each kernel element, channels last. */
function elementByElement(context: RuleContext, { larger, smaller, windows, like }: WeightGradient): string {
  const [outputs, inputs] = context.sizes(like);
  const axes = windows.map((_, axis) => axis + 1);
  const order = ints(0, ...axes.map((axis) => axis + 1), 1);
  const last = (value: string) => context.emit("Transpose", [value], { perm: order });
  const rows = context.reshapeTo(last(smaller), [undefined, outputs])!;
  const picture = padded(context, last(larger), windows, 1);
  const products = views(context, picture, windows, 1).map((view) => {
    const columns = context.reshapeTo(view, [undefined, inputs])!;
    return context.emit("Unsqueeze", [context.emit("Gemm", [rows, columns], { transA: int(1) }), context.emitter.ints([2])]);
  });
  return context.reshape(context.emit("Concat", products, { axis: int(2) }), like);
}

/** One product an example, of all that its windows saw. */
function allAtOnce(context: RuleContext, { larger, smaller, group, windows, like }: WeightGradient): string {
  const [outputs, inputs, ...kernel] = context.sizes(like);
  const positions = product(windows.map(({ output }) => output));
  const seen = views(context, padded(context, larger, windows, 2), windows, 2).map((view) =>
    context.emit("Unsqueeze", [view, context.emitter.ints([2])])
  );
  const joined = seen.length === 1 ? seen[0] : context.emit("Concat", seen, { axis: int(2) });
  const columns = context.reshapeTo(joined, [undefined, group, inputs * product(kernel), positions])!;
  const rows = context.reshapeTo(smaller, [undefined, group, outputs / group, positions])!;
  const swapped = { perm: ints(0, 1, 3, 2) };
  const products = context.emit("MatMul", [columns, context.emit("Transpose", [rows], swapped)]);
  const summed = context.emit("ReduceSum", [products, context.emitter.ints([0])], { keepdims: int(0) });
  return context.reshape(context.emit("Transpose", [summed], { perm: ints(0, 2, 1) }), like);
}

/** The picture with its padding, and with zeros that the last windows may hang over. Spatial axes begin at `first`. */
function padded(context: RuleContext, picture: string, windows: readonly Window[], first: number): string {
  const end = windows.map(({ output, stride, kernel, dilation }) => (output - 1) * stride + (kernel - 1) * dilation + 1);
  const after = windows.map(({ input, before }, axis) => Math.max(0, end[axis] - input - before));
  const around = (sizes: readonly number[]) => first === 1 ? [0, ...sizes, 0] : [0, 0, ...sizes];
  const pads = [...around(windows.map(({ before }) => before)), ...around(after)];
  return pads.every((size) => size === 0) ? picture : context.emit("Pad", [picture, context.emitter.ints(pads)]);
}

/** What every kernel element sees, element by element. */
function views(context: RuleContext, picture: string, windows: readonly Window[], first: number): string[] {
  const axes = windows.map((_, axis) => axis + first);
  const strides = windows.map(({ stride }) => stride);
  const offsets = windows.reduce<number[][]>(
    (lists, { kernel }) => lists.flatMap((list) => Array.from({ length: kernel }, (_, index) => [...list, index])),
    [[]],
  );
  return offsets.map((offset) => {
    const starts = offset.map((index, axis) => index * windows[axis].dilation);
    const ends = starts.map((start, axis) => start + (windows[axis].output - 1) * windows[axis].stride + 1);
    return context.emit("Slice", [picture, ...[starts, ends, axes, strides].map((list) => context.emitter.ints(list))]);
  });
}
