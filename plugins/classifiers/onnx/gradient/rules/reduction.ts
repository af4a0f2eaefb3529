import { int } from "../../graph_builder.ts";
import { DataType } from "../../tensors.ts";
import { intOf } from "../attributes.ts";
import { inputs, type Rule, type RuleContext } from "../rule.ts";
import { reducedAxes } from "../shapes/layout.ts";

/** Rules of reductions. Gradients of sums and means stay in their short form. */
export const reductionRules: Readonly<Record<string, Rule>> = {
  ReduceSum: inputs((context) => kept(context, context.upstream)),
  ReduceMean: inputs((context) => average(context, kept(context, context.upstream), axesOf(context))),
  ReduceMax: inputs(extremum),
  ReduceMin: inputs(extremum),
  ReduceSumSquare: inputs((context) => context.multiply(kept(context, context.upstream), context.scale(context.input(0), 2))),
  ReduceL1: inputs((context) => context.multiply(kept(context, context.upstream), context.emit("Sign", [context.input(0)]))),
  ReduceL2: inputs((context) => {
    const direction = context.divide(context.input(0), kept(context, context.output));
    return context.multiply(kept(context, context.upstream), direction);
  }),
  ReduceLogSumExp: inputs((context) => {
    const share = context.emit("Exp", [context.subtract(context.input(0), kept(context, context.output))]);
    return context.multiply(kept(context, context.upstream), share);
  }),
};

/** The axes that a node reduces, counted from the front. */
function axesOf(context: RuleContext): number[] {
  const axes = context.input(1) === "" ? undefined : context.emitter.values.constant(context.input(1));
  return reducedAxes(context.dims(context.input(0)).length, axes, intOf(context.node, "noop_with_empty_axes", 0) === 1);
}

/** A value in the shape of the result, with the reduced axes kept as size 1. */
function kept(context: RuleContext, value: string): string {
  if (intOf(context.node, "keepdims", 1) === 1) return value;
  const axes = axesOf(context);
  return axes.length === 0 ? value : context.emit("Unsqueeze", [value, context.emitter.ints(axes)]);
}

/** A value divided by the number of elements along axes of the input. */
function average(context: RuleContext, value: string, axes: readonly number[]): string {
  const dims = context.dims(context.input(0));
  if (axes.every((axis) => dims[axis] !== undefined)) {
    return context.scale(value, 1 / axes.reduce((count, axis) => count * dims[axis]!, 1));
  }
  const sizes = context.emit("Gather", [context.emit("Shape", [context.input(0)]), context.emitter.ints(axes)]);
  const count = context.emit("ReduceProd", [sizes], { keepdims: int(0) });
  return context.divide(value, context.emit("Cast", [count], { to: int(DataType.float) }));
}

/** The gradient of a largest or smallest element, shared evenly by those that tie. */
function extremum(context: RuleContext): string {
  const hits = context.equals(context.input(0), kept(context, context.output));
  return context.multiply(context.divide(kept(context, context.upstream), context.sum(hits, axesOf(context))), hits);
}
