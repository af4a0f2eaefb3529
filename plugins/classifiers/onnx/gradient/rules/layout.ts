import { InputError } from "../../../../../core/errors.ts";
import { int, ints, string } from "../../graph_builder.ts";
import { intOf, label, stringOf } from "../attributes.ts";
import { inputs, type Rule, type RuleContext } from "../rule.ts";
import { permutation, sliceRanges } from "../shapes/evaluate.ts";
import { positive } from "../shapes/known.ts";
import { concat } from "./concat.ts";

const reshaped: Rule = inputs((context) => context.reshape(context.fullUpstream, context.input(0)));

/** Rules of operators that only move elements: their gradients move back. */
export const layoutRules: Readonly<Record<string, Rule>> = {
  Reshape: reshaped,
  Flatten: reshaped,
  Squeeze: reshaped,
  Unsqueeze: reshaped,
  Transpose: inputs((context) => {
    const order = permutation(context.node, context.dims(context.output).length);
    return context.emit("Transpose", [context.upstream], { perm: ints(...order.map((_, axis) => order.indexOf(axis))) });
  }),
  Expand: inputs((context) => context.unbroadcast(context.upstream, context.input(0))),
  Tile: inputs(tile),
  Concat: concat,
  Split: inputs((context) => {
    const parts = context.node.outputs.map((output, index) => {
      const upstream = context.upstreams[index];
      return upstream === undefined ? context.zeros(output) : context.full(upstream, output);
    });
    return context.emit("Concat", parts, { axis: int(intOf(context.node, "axis", 0)) });
  }),
  Slice: inputs(slice),
  Gather: inputs(gather),
  Pad: inputs(pad),
  DepthToSpace: inputs((context) => {
    const block = intOf(context.node, "blocksize", 1);
    if (stringOf(context.node, "mode", "DCR") === "DCR") {
      return context.emit("SpaceToDepth", [context.fullUpstream], { blocksize: int(block) });
    }
    const [, channels, height, width] = context.sizes(context.input(0), [1, 2, 3]);
    const split = context.reshapeTo(context.fullUpstream, [undefined, channels / block ** 2, height, block, width, block])!;
    return context.reshape(context.emit("Transpose", [split], { perm: ints(0, 1, 3, 5, 2, 4) }), context.input(0));
  }),
  SpaceToDepth: inputs((context) =>
    context.emit("DepthToSpace", [context.fullUpstream], { blocksize: int(intOf(context.node, "blocksize", 1)), mode: string("DCR") })
  ),
};

/** The numbers of an input that must be constant. */
function constantInput(context: RuleContext, index: number): readonly number[] | undefined {
  const name = context.input(index);
  if (name === "") return undefined;
  const values = context.emitter.values.constant(name);
  if (values === undefined) throw new InputError(`Input ${index} of ${label(context.node)} must be constant`);
  return values;
}

function tile(context: RuleContext): string {
  const repeats = constantInput(context, 1)!;
  const dims = context.dims(context.input(0));
  const apart = context.reshapeTo(context.fullUpstream, dims.flatMap((size, axis) => [repeats[axis], size]));
  if (apart === undefined) throw new InputError(`Input of ${label(context.node)} must have one free dimension at most`);
  return context.reshape(context.sum(apart, dims.map((_, axis) => 2 * axis)), context.input(0));
}

/** A block moves back by padding; with steps, every axis by an index of where its elements went. */
function slice(context: RuleContext): string {
  const [starts, ends, axes, steps] = [1, 2, 3, 4].map((index) => constantInput(context, index));
  const dims = context.dims(context.input(0));
  const given = (axes ?? starts!.map((_, axis) => axis)).map((axis) => positive(axis, dims.length));
  // A free axis may be given if all of it is taken.
  const whole = (axis: number, index: number) =>
    (steps?.[index] ?? 1) === 1 && context.emitter.values.sameSize(context.input(0), context.output, axis);
  const touched = given.filter((axis, index) => !whole(axis, index));
  const sizes = context.sizes(context.input(0), touched);
  const ranges = sliceRanges(sizes.map((size) => size ?? 0), starts!, ends!, axes, steps);
  const plain = touched.filter((axis) => ranges[axis].step === 1);
  const before = dims.map((_, axis) => plain.includes(axis) ? ranges[axis].start : 0);
  const after = dims.map((_, axis) => plain.includes(axis) ? sizes[axis] - ranges[axis].start - ranges[axis].count : 0);
  const padded = [...before, ...after].every((size) => size === 0)
    ? context.fullUpstream
    : context.emit("Pad", [context.fullUpstream, context.emitter.ints([...before, ...after])]);
  return touched.filter((axis) => ranges[axis].step !== 1).reduce((gradient, axis) => {
    const { start, step, count } = ranges[axis];
    return scatter(context, gradient, axis, Array.from({ length: count }, (_, index) => start + index * step), sizes[axis]);
  }, padded);
}

function gather(context: RuleContext): string {
  const rank = context.dims(context.input(0)).length;
  const axis = positive(intOf(context.node, "axis", 0), rank);
  const size = context.sizes(context.input(0), [axis])[axis];
  const indices = constantInput(context, 1)!.map((index) => positive(index, size));
  // The axes of the indices, whatever their number, become one.
  const dims = context.dims(context.input(0)).map((dimension, at) => at === axis ? indices.length : dimension);
  const flat = context.reshapeTo(context.fullUpstream, dims) ?? context.fullUpstream;
  return scatter(context, flat, axis, indices, size);
}

/**
 * The adjoint of picking slices: slice `i` of the gradient is added to slice `indices[i]` of the result. Written as a gather from the
 * gradient with one slice of zeros at its end: no operator that scatters is needed, and none is as fast.
 */
function scatter(context: RuleContext, gradient: string, axis: number, indices: readonly number[], size: number): string {
  const sources: number[][] = Array.from({ length: size }, () => []);
  indices.forEach((target, source) => sources[target].push(source));
  const most = Math.max(1, ...sources.map((list) => list.length));
  const rank = context.dims(gradient).length;
  const lacking = sources.some((list) => list.length < most);
  const pads = Array.from({ length: 2 * rank }, (_, position) => position === rank + axis ? 1 : 0);
  const extended = lacking ? context.emit("Pad", [gradient, context.emitter.ints(pads)]) : gradient;
  const layers = Array.from({ length: most }, (_, layer) => {
    const picks = sources.map((list) => list[layer] ?? indices.length);
    return context.emit("Gather", [extended, context.emitter.ints(picks)], { axis: int(axis) });
  });
  return layers.length === 1 ? layers[0] : context.emit("Sum", layers);
}

function pad(context: RuleContext): string {
  const pads = constantInput(context, 1)!;
  const dims = context.dims(context.input(0));
  const axes = constantInput(context, 3)?.map((axis) => positive(axis, dims.length)) ?? dims.map((_, axis) => axis);
  const mode = stringOf(context.node, "mode", "constant");
  return axes.reduce((gradient, axis, position) => {
    const before = pads[position];
    const after = pads[position + axes.length];
    if (before === 0 && after === 0) return gradient;
    const size = context.sizes(context.input(0), [axis])[axis];
    if (mode === "constant") return unpad(context, gradient, { axis, before, after, size });
    const sources = Array.from({ length: size + before + after }, (_, index) => mirrored(index - before, size, mode));
    return scatter(context, gradient, axis, sources, size);
  }, context.fullUpstream);
}

/** Cuts off what was padded, and puts zeros where negative padding cut. */
function unpad(
  context: RuleContext,
  gradient: string,
  { axis, before, after, size }: Record<"axis" | "before" | "after" | "size", number>,
): string {
  const ints = (value: number) => context.emitter.ints([value]);
  const start = Math.max(before, 0);
  const end = start + size + Math.min(before, 0) + Math.min(after, 0);
  const kept = context.emit("Slice", [gradient, ints(start), ints(end), ints(axis)]);
  if (before >= 0 && after >= 0) return kept;
  const rank = context.dims(gradient).length;
  const pads = Array.from({ length: 2 * rank }, () => 0);
  pads[axis] = Math.max(-before, 0);
  pads[axis + rank] = Math.max(-after, 0);
  return context.emit("Pad", [kept, context.emitter.ints(pads)]);
}

/** The element that padding repeats at a position outside [0, size). */
function mirrored(position: number, size: number, mode: string): number {
  if (mode === "edge") return Math.min(Math.max(position, 0), size - 1);
  if (mode === "wrap") return ((position % size) + size) % size;
  const period = Math.max(2 * (size - 1), 1);
  const within = ((position % period) + period) % period;
  return Math.min(within, period - within);
}
