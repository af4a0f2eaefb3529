import { float, int } from "../../graph_builder.ts";
import { floatOf, intOf, stringOf } from "../attributes.ts";
import { positive } from "../shapes/known.ts";
import { inputs, type Rule, type RuleContext } from "../rule.ts";
import { unary } from "./elementwise.ts";

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
const ROOT_HALF = Math.SQRT1_2;

/** Rules of activation functions. At a kink the derivative is the one on the flat side, as in PyTorch. */
export const activationRules: Readonly<Record<string, Rule>> = {
  Relu: unary((context) => context.step(context.output)),
  LeakyRelu: inputs((context) => sloped(context, context.scale(context.fullUpstream, floatOf(context.node, "alpha", 0.01)))),
  PRelu: inputs(
    (context) => sloped(context, context.multiply(context.fullUpstream, context.input(1))),
    (context) => {
      const below = context.emit("Min", [context.input(0), context.scalar(0)]);
      return context.unbroadcast(context.multiply(context.upstream, below), context.input(1));
    },
  ),
  Clip: unary(clipMask),
  Sigmoid: unary((context) => context.multiply(context.output, context.subtract(context.scalar(1), context.output))),
  HardSigmoid: inputs((context) => {
    const inside = context.multiply(context.output, context.subtract(context.scalar(1), context.output));
    return context.multiply(context.scale(context.upstream, floatOf(context.node, "alpha", 0.2)), context.step(inside));
  }),
  // x h(x) with h = clip(x / 6 + 1/2, 0, 1): h + x / 6 where h is inside.
  HardSwish: unary((context) => {
    const gate = context.emit("HardSigmoid", [context.input(0)], { alpha: float(1 / 6), beta: float(0.5) });
    const inside = context.step(context.multiply(gate, context.subtract(context.scalar(1), gate)));
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

/** 1 strictly between the bounds, else 0. */
function clipMask(context: RuleContext): string {
  const [, low, high] = context.node.inputs;
  const sides = [
    ...(low ? [context.step(context.subtract(context.output, low))] : []),
    ...(high ? [context.step(context.subtract(high, context.output))] : []),
  ];
  return sides.length === 0 ? context.scalar(1) : sides.reduce((left, right) => context.multiply(left, right));
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
 * The upstream gradient minus its value at the largest score. Softmax ignores a constant, and the sum `g . y` then has no large term that cancels:
 * the gradient keeps its precision where softmax saturates.
 */
function shifted(context: RuleContext): string {
  const axis = int(axisOf(context));
  const largest = context.emit("ArgMax", [context.output], { axis, keepdims: int(1) });
  return context.subtract(context.fullUpstream, context.emit("GatherElements", [context.fullUpstream, largest], { axis }));
}

function axisOf(context: RuleContext): number {
  return positive(intOf(context.node, "axis", -1), context.dims(context.output).length);
}
