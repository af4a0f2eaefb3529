import { InputError } from "../../../../../core/errors.ts";
import { float, floatTensor } from "../../graph_builder.ts";
import { floatOf, intOf, label } from "../attributes.ts";
import { inputs, type Rule, type RuleContext } from "../rule.ts";
import { positive } from "../shapes/known.ts";

/** Rules of normalizations. */
export const normalizationRules: Readonly<Record<string, Rule>> = {
  BatchNormalization: (context, index) => {
    if (intOf(context.node, "training_mode", 0) === 1) {
      throw new InputError(`Attribute "training_mode" of ${label(context.node)} must be 0`);
    }
    return [batchInput, batchScale, batchShift, batchMean, batchVariance][index](context);
  },
  LayerNormalization: inputs(
    (context) => normalized(context, { ...layer(context), weighted: context.multiply(context.fullUpstream, context.input(1)) }),
    (context) => context.unbroadcast(context.multiply(context.fullUpstream, standardized(context, layer(context))), context.input(1)),
    (context) => context.unbroadcast(context.fullUpstream, context.input(2)),
  ),
  InstanceNormalization: inputs(
    (context) =>
      normalized(context, {
        ...instance(context),
        weighted: context.multiply(context.fullUpstream, perChannel(context, context.input(1))),
      }),
    (context) => overChannel(context, context.multiply(context.fullUpstream, standardized(context, instance(context)))),
    (context) => overChannel(context, context.fullUpstream),
  ),
};

/** A list of one number a channel, to be broadcast with the input. */
function perChannel(context: RuleContext, name: string): string {
  return context.reshapeTo(name, [undefined, ...context.dims(context.input(0)).slice(2).map(() => 1)])!;
}

/** The sum over everything but channels, as a list. */
function overChannel(context: RuleContext, value: string): string {
  const axes = context.dims(context.input(0)).flatMap((_, axis) => axis === 1 ? [] : [axis]);
  return context.reshapeTo(context.sum(value, axes), [undefined])!;
}

/** `1 / sqrt(variance + epsilon)`, one a channel. */
function batchFactor(context: RuleContext): string {
  const raised = context.add(context.input(4), context.scalar(floatOf(context.node, "epsilon", 1e-5)));
  return context.emit("Reciprocal", [context.emit("Sqrt", [raised])]);
}

function batchInput(context: RuleContext): string {
  const [, scale, , , variance] = context.node.inputs.map((name) => context.emitter.tensor(name));
  if (scale === undefined || variance === undefined) {
    return context.multiply(context.upstream, perChannel(context, context.multiply(context.input(1), batchFactor(context))));
  }
  // As a normalization without statistics, which the runtime can do in its blocked layout; a multiplication with broadcasting it cannot.
  const epsilon = floatOf(context.node, "epsilon", 1e-5);
  const slopes = context.emitter.derived(context.output, "slopes", () => {
    return floatTensor(
      scale.dims,
      Array.from(scale.data as Float32Array, (value, channel) => value / Math.sqrt(Number(variance.data[channel]) + epsilon)),
    );
  });
  const same = (value: number) => context.emitter.floats(Array.from(scale.data as Float32Array, () => value));
  return context.emit("BatchNormalization", [context.fullUpstream, slopes, same(0), same(0), same(1)], { epsilon: float(0) });
}

function batchShift(context: RuleContext): string {
  return overChannel(context, context.fullUpstream);
}

function batchScale(context: RuleContext): string {
  return context.multiply(centeredSum(context), batchFactor(context));
}

function batchMean(context: RuleContext): string {
  const slope = context.multiply(context.input(1), batchFactor(context));
  return context.emit("Neg", [context.multiply(batchShift(context), slope)]);
}

function batchVariance(context: RuleContext): string {
  const factor = batchFactor(context);
  const cube = context.multiply(context.multiply(factor, factor), factor);
  return context.scale(context.multiply(context.multiply(centeredSum(context), context.input(1)), cube), -0.5);
}

function centeredSum(context: RuleContext): string {
  const centered = context.subtract(context.input(0), perChannel(context, context.input(3)));
  return overChannel(context, context.multiply(context.fullUpstream, centered));
}

/** Over which axes a node normalizes, and its statistics. */
interface Statistics {
  readonly axes: readonly number[];
  readonly mean: string;
  /** One over the standard deviation. */
  readonly factor: string;
}

function layer(context: RuleContext): Statistics {
  const rank = context.dims(context.input(0)).length;
  const first = positive(intOf(context.node, "axis", -1), rank);
  return statistics(context, Array.from({ length: rank - first }, (_, index) => first + index));
}

function instance(context: RuleContext): Statistics {
  return statistics(context, context.dims(context.input(0)).map((_, axis) => axis).slice(2));
}

function statistics(context: RuleContext, axes: readonly number[]): Statistics {
  const mean = average(context, context.input(0), axes);
  const centered = context.subtract(context.input(0), mean);
  const variance = average(context, context.multiply(centered, centered), axes);
  const deviation = context.emit("Sqrt", [context.add(variance, context.scalar(floatOf(context.node, "epsilon", 1e-5)))]);
  return { axes, mean, factor: context.emit("Reciprocal", [deviation]) };
}

function average(context: RuleContext, value: string, axes: readonly number[]): string {
  return context.emit("ReduceMean", [value, context.emitter.ints(axes)]);
}

/** The input with mean 0 and deviation 1. */
function standardized(context: RuleContext, { mean, factor }: Statistics): string {
  return context.multiply(context.subtract(context.input(0), mean), factor);
}

/** With `h` the gradient of the standardized input `z`: `(h - mean(h) - z mean(h z)) / deviation`. */
function normalized(context: RuleContext, { weighted, ...statistics }: Statistics & { readonly weighted: string }): string {
  const standard = standardized(context, statistics);
  const drift = average(context, weighted, statistics.axes);
  const along = average(context, context.multiply(weighted, standard), statistics.axes);
  const left = context.subtract(context.subtract(weighted, drift), context.multiply(standard, along));
  return context.multiply(left, statistics.factor);
}
