import { float, int } from "../../graph_builder.ts";
import { floatOf, intOf, stringOf } from "../attributes.ts";
import { positive } from "../shapes/known.ts";
import { inputs, type Rule, type RuleContext } from "../rule.ts";
import { unary } from "./elementwise.ts";

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
const ROOT_HALF = Math.SQRT1_2;

/** Rules of activation functions. At a kink the derivative is the one on the flat side, as in PyTorch. */
export const activationRules: Readonly<Record<string, Rule>> = {
  Relu: inputs((context) =>
    context.emitter.isSettled(context.upstream) ? context.upstream : context.multiply(context.upstream, context.above(context.output))
  ),
  LeakyRelu: inputs((context) => sloped(context, context.scale(context.fullUpstream, floatOf(context.node, "alpha", 0.01)))),
  PRelu: inputs(
    (context) => sloped(context, context.multiply(context.fullUpstream, context.input(1))),
    (context) => {
      const below = context.emit("Min", [context.input(0), context.scalar(0)]);
      return context.unbroadcast(context.multiply(context.upstream, below), context.input(1));
    },
  ),
  Clip: inputs(clip),
  Sigmoid: unary((context) => context.multiply(context.output, context.subtract(context.scalar(1), context.output))),
  HardSigmoid: inputs((context) => {
    const inside = context.multiply(context.output, context.subtract(context.scalar(1), context.output));
    return context.multiply(context.scale(context.upstream, floatOf(context.node, "alpha", 0.2)), context.above(inside));
  }),
  // x h(x) with h = clip(x / 6 + 1/2, 0, 1): h + x / 6 where h is inside.
  HardSwish: unary((context) => {
    const gate = context.emit("HardSigmoid", [context.input(0)], { alpha: float(1 / 6), beta: float(0.5) });
    const inside = context.above(context.multiply(gate, context.subtract(context.scalar(1), gate)));
    return context.add(gate, context.multiply(context.scale(context.input(0), 1 / 6), inside));
  }),
  Tanh: unary((context) => context.subtract(context.scalar(1), context.multiply(context.output, context.output))),
  Erf: unary((context) => context.scale(bell(context, context.input(0), 1), TWO_OVER_ROOT_PI)),
  Gelu: unary((context) => stringOf(context.node, "approximate", "none") === "tanh" ? tanhGelu(context) : exactGelu(context)),
  Softplus: unary((context) => context.emit("Sigmoid", [context.input(0)])),
  Softsign: unary((context) => {
    const complement = context.subtract(context.scalar(1), context.emit("Abs", [context.output]));
    return context.multiply(complement, complement);
  }),
  Elu: inputs((context) => {
    const grown = context.add(context.output, context.scalar(floatOf(context.node, "alpha", 1)));
    return sloped(context, context.multiply(context.fullUpstream, grown));
  }),
  Softmax: inputs((context) => {
    const inner = context.sum(context.multiply(shifted(context), context.output), [axisOf(context)]);
    return context.multiply(context.output, context.subtract(shifted(context), inner));
  }),
  LogSoftmax: inputs((context) => {
    const total = context.sum(context.fullUpstream, [axisOf(context)]);
    return context.subtract(context.fullUpstream, context.multiply(context.emit("Exp", [context.output]), total));
  }),
};

/** The upstream gradient where the input is positive, else another. */
function sloped(context: RuleContext, below: string): string {
  return context.emit("Where", [context.emit("Greater", [context.input(0), context.scalar(0)]), context.fullUpstream, below]);
}

/** The upstream gradient strictly between the bounds, else 0. The bounds first: both are made of what the forward pass left. */
function clip(context: RuleContext): string {
  const bounds = [1, 2].filter((index) => context.input(index) !== "");
  const masks = bounds.map((index) => within(context, context.input(index), index === 1));
  return masks.length === 0
    ? context.upstream
    : context.multiply(context.upstream, masks.reduce((left, right) => context.multiply(left, right)));
}

/** 1 on the inner side of a bound, else 0. */
function within(context: RuleContext, bound: string, lower: boolean): string {
  const value = context.emitter.values.constant(bound)?.[0];
  if (value === undefined) return context.above(lower ? context.subtract(context.output, bound) : context.subtract(bound, context.output));
  if (!Number.isFinite(value) || Math.abs(value) > 1e30) return context.scalar(1);
  return lower ? context.above(context.output, value) : context.below(context.output, value);
}

/** `exp(-k x^2)`. */
function bell(context: RuleContext, value: string, k: number): string {
  return context.emit("Exp", [context.scale(context.multiply(value, value), -k)]);
}

/** The normal distribution function plus x times its density. */
function exactGelu(context: RuleContext): string {
  const x = context.input(0);
  const erf = context.emit("Erf", [context.scale(x, ROOT_HALF)]);
  const distribution = context.add(context.scale(erf, 0.5), context.scalar(0.5));
  return context.add(distribution, context.multiply(x, context.scale(bell(context, x, 0.5), 1 / Math.sqrt(2 * Math.PI))));
}

/** Derivative of `x / 2 (1 + tanh u)` with `u = sqrt(2 / pi) (x + 0.044715 x^3)`. */
function tanhGelu(context: RuleContext): string {
  const x = context.input(0);
  const square = context.multiply(x, x);
  const root = Math.sqrt(2 / Math.PI);
  const inner = context.multiply(x, context.add(context.scale(square, root * 0.044715), context.scalar(root)));
  const tanh = context.emit("Tanh", [inner]);
  const slope = context.add(context.scale(square, 3 * root * 0.044715), context.scalar(root));
  const peak = context.subtract(context.scalar(1), context.multiply(tanh, tanh));
  const bend = context.scale(context.multiply(context.multiply(x, peak), slope), 0.5);
  return context.add(context.add(context.scale(tanh, 0.5), context.scalar(0.5)), bend);
}

/**
 * The upstream gradient minus its value at the largest score. Softmax ignores a constant, and the sum `g . y` then has no large term that
 * cancels: the gradient keeps its precision where softmax saturates.
 */
function shifted(context: RuleContext): string {
  const axis = int(axisOf(context));
  // Broadcasting, unlike an expansion to a shape at run time, lets the runtime see that the batch is still the batch.
  const upstream = context.emitter.values.sameShape(context.upstream, context.output)
    ? context.upstream
    : context.add(context.upstream, context.scale(context.output, 0));
  const largest = context.emit("ArgMax", [context.output], { axis, keepdims: int(1) });
  return context.subtract(upstream, context.emit("GatherElements", [upstream, largest], { axis }));
}

function axisOf(context: RuleContext): number {
  return positive(intOf(context.node, "axis", -1), context.dims(context.output).length);
}
