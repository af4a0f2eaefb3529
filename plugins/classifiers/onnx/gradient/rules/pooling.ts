import { product } from "../../../../../core/shape.ts";
import type { Node } from "../../graph.ts";
import { int, ints, string } from "../../graph_builder.ts";
import { floatOf, intOf, intsOf } from "../attributes.ts";
import { inputs, type Rule, type RuleContext } from "../rule.ts";
import { type Window, windowsOf } from "../window.ts";
import { maxPool } from "./max_pool.ts";
import { convolveTransposed } from "./transposed_convolution.ts";

/** Rules of pooling, and of local response normalization, which pools over channels. */
export const poolingRules: Readonly<Record<string, Rule>> = {
  MaxPool: inputs((context) => maxPool(context, poolWindows(context))),
  AveragePool: inputs(averagePool),
  GlobalAveragePool: inputs((context) => context.scale(context.upstream, 1 / product(spatialSizes(context)))),
  GlobalMaxPool: inputs((context) => {
    const hits = context.equals(context.input(0), context.output);
    const axes = context.dims(context.output).map((_, axis) => axis).slice(2);
    return context.multiply(context.divide(context.upstream, context.sum(hits, axes)), hits);
  }),
  LRN: inputs(localResponse),
};

function spatialSizes(context: RuleContext): number[] {
  const axes = context.dims(context.input(0)).map((_, axis) => axis).slice(2);
  return context.sizes(context.input(0), axes).slice(2);
}

function poolWindows(context: RuleContext): Window[] {
  return windowsOf(context.node, spatialSizes(context), intsOf(context.node, "kernel_shape", []));
}

/** Shares every element of the gradient among those that it averages. */
function averagePool(context: RuleContext): string {
  const windows = poolWindows(context);
  const counts = windows.map((window) => countsOf(window, intOf(context.node, "count_include_pad", 0) === 1));
  const shares = counts.reduce<number[]>((rows, column) => rows.flatMap((left) => column.map((right) => left / right)), [1]);
  const even = shares.every((share) => share === shares[0]);
  const apart = windows.every(({ output, kernel, stride, before }) => before === 0 && (kernel === stride || output === 1));
  const dense = windows.every(({ dilation }) => dilation === 1);
  if (even && dense && !apart && windows.every(({ stride }) => stride === 1)) return averageAgain(context, windows);
  const shared = even
    ? context.scale(context.fullUpstream, shares[0])
    : context.multiply(context.fullUpstream, context.emitter.floats(shares, windows.map(({ output }) => output)));
  if (apart && dense) return spread(context, shared, windows);
  const channels = context.sizes(context.input(0), [1])[1];
  const ones = context.emitter.floats(Array.from({ length: channels * product(windows.map(({ kernel }) => kernel)) }, () => 1), [
    channels,
    1,
    ...windows.map(({ kernel }) => kernel),
  ]);
  return convolveTransposed(context, shared, { weights: ones, group: channels, windows });
}

/** An average with steps of one is its own transpose, but for what is padded. */
function averageAgain(context: RuleContext, windows: readonly Window[]): string {
  const pads = (["before", "after"] as const).flatMap((side) => windows.map((window) => window.kernel - 1 - window[side]));
  const attributes = { kernel_shape: ints(...windows.map(({ kernel }) => kernel)), pads: ints(...pads), count_include_pad: int(1) };
  const upstream = context.fullUpstream;
  const producer = context.emitter.producer(upstream);
  if (producer === undefined || !widensPointwise(context, producer)) return context.emit("AveragePool", [upstream], attributes);
  // What mixes channels may as well come last: there are fewer to average before it.
  const [narrow, weights] = producer.inputs;
  return context.emit("Conv", [context.emit("AveragePool", [narrow], attributes), weights], Object.fromEntries(producer.attributes));
}

/** Whether a node makes more channels of fewer, linearly and at every place by itself. */
function widensPointwise(context: RuleContext, { operator, inputs, outputs }: Node): boolean {
  if (operator !== "Conv" || inputs.length > 2) return false;
  const [after, before, ...kernel] = context.dims(inputs[1]);
  const stays = kernel.every((size, axis) => size === 1 && context.emitter.values.sameSize(inputs[0], outputs[0], axis + 2));
  return stays && after !== undefined && before !== undefined && after > before;
}

/** Repeats every element all over its window, where windows lie side by side, and cuts or fills what is left over at the end. */
function spread(context: RuleContext, value: string, windows: readonly Window[]): string {
  const scales = context.emitter.floats([1, 1, ...windows.map(({ kernel }) => kernel)]);
  const modes = { mode: string("nearest"), coordinate_transformation_mode: string("asymmetric"), nearest_mode: string("floor") };
  const repeated = context.emit("Resize", [value, "", scales], modes);
  const missing = windows.map(({ input, output, kernel }) => input - output * kernel);
  if (missing.every((size) => size === 0)) return repeated;
  return context.emit("Pad", [repeated, context.emitter.ints([...windows.map(() => 0), 0, 0, 0, 0, ...missing])]);
}

/** How many elements every window along an axis averages. Windows that ceiling adds may hang over the padding, which never counts there. */
function countsOf({ input, output, kernel, stride, dilation, before, after }: Window, includePad: boolean): number[] {
  return Array.from({ length: output }, (_, index) => {
    const seen = Array.from({ length: kernel }, (_, offset) => index * stride - before + offset * dilation);
    return seen.filter((position) => includePad ? position < input + after : position >= 0 && position < input).length;
  });
}

/** With `y = x s^-b` and `s = k + a mean(x^2)` over near channels: `g s^-b - 2 a b x mean'(g x s^(-b - 1))`. */
function localResponse(context: RuleContext): string {
  const size = intOf(context.node, "size", 1);
  const [alpha, beta, bias] = [floatOf(context.node, "alpha", 1e-4), floatOf(context.node, "beta", 0.75), floatOf(context.node, "bias", 1)];
  const before = Math.floor((size - 1) / 2);
  const channels = context.sizes(context.input(0), [1])[1];
  const rest = product(spatialSizes(context));
  const overChannels = (value: string, pads: readonly number[]) => {
    const rows = context.reshapeTo(value, [undefined, 1, channels, rest])!;
    const attributes = { kernel_shape: ints(size, 1), pads: ints(pads[0], 0, pads[1], 0), count_include_pad: int(1) };
    return context.reshape(context.emit("AveragePool", [rows], attributes), context.input(0));
  };
  const [x] = context.node.inputs;
  const mean = overChannels(context.multiply(x, x), [before, size - 1 - before]);
  const scale = context.add(context.scale(mean, alpha), context.scalar(bias));
  const direct = context.divide(context.fullUpstream, context.emit("Pow", [scale, context.scalar(beta)]));
  const through = overChannels(context.divide(context.multiply(direct, x), scale), [size - 1 - before, before]);
  return context.subtract(direct, context.multiply(context.scale(x, 2 * alpha * beta), through));
}
