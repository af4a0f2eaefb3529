import { InputError } from "../../../../../core/errors.ts";
import { int } from "../../graph_builder.ts";
import { intOf, label } from "../attributes.ts";
import { inputs, type Rule, type RuleContext } from "../rule.ts";

/** The rule of a function of one number, from its derivative. */
export function unary(derivative: (context: RuleContext) => string): Rule {
  return inputs((context) => context.multiply(context.upstream, derivative(context)));
}

/** The rule of an operator with broadcasting, from the gradients of its operands in the shape of the result. */
function broadcasting(...gradients: readonly ((context: RuleContext) => string)[]): Rule {
  return (context, index) => context.unbroadcast(gradients[index](context), context.input(index));
}

const pass = ({ upstream }: RuleContext) => upstream;

/** The gradient where a condition on the operands holds, shared evenly by operands that tie. */
const extremum: Rule = (context, index) => {
  const hits = context.node.inputs.map((input) => context.equals(input, context.output));
  const count = hits.reduce((sum, hit) => context.add(sum, hit));
  return context.unbroadcast(context.multiply(context.upstream, context.divide(hits[index], count)), context.input(index));
};

/** Rules of arithmetic, element by element, with numpy's broadcasting. */
export const elementwiseRules: Readonly<Record<string, Rule>> = {
  Identity: inputs(pass),
  Dropout: inputs((context) => {
    // Since operator set 12 the ratio and whether to drop at all are inputs.
    const constant = (index: number, fallback: number) =>
      context.input(index) === "" ? fallback : context.emitter.values.constant(context.input(index))?.[0];
    const [ratio, training] = [constant(1, 0.5), constant(2, 0)];
    if (ratio !== 0 && training !== 0) throw new InputError(`Input "training_mode" of ${label(context.node)} must be false`);
    return context.upstream;
  }),
  Add: broadcasting(pass, pass),
  Sub: broadcasting(pass, (context) => context.emit("Neg", [context.upstream])),
  Mul: broadcasting(
    (context) => context.multiply(context.upstream, context.input(1)),
    (context) => context.multiply(context.upstream, context.input(0)),
  ),
  Div: broadcasting(
    (context) => context.divide(context.upstream, context.input(1)),
    (context) => context.emit("Neg", [context.multiply(context.upstream, context.divide(context.output, context.input(1)))]),
  ),
  Pow: broadcasting(powerBase, powerExponent),
  Sum: (context, index) => context.unbroadcast(context.upstream, context.input(index)),
  Mean: (context, index) => context.unbroadcast(context.scale(context.upstream, 1 / context.node.inputs.length), context.input(index)),
  Max: extremum,
  Min: extremum,
  Neg: inputs((context) => context.emit("Neg", [context.upstream])),
  Abs: unary((context) => context.emit("Sign", [context.input(0)])),
  Sqrt: inputs((context) => context.divide(context.scale(context.upstream, 0.5), context.output)),
  Exp: unary((context) => context.output),
  Log: inputs((context) => context.divide(context.upstream, context.input(0))),
  Reciprocal: inputs((context) =>
    context.emit("Neg", [context.multiply(context.upstream, context.multiply(context.output, context.output))])
  ),
  Sin: unary((context) => context.emit("Cos", [context.input(0)])),
  Cos: inputs((context) => context.emit("Neg", [context.multiply(context.upstream, context.emit("Sin", [context.input(0)]))])),
  Floor: () => undefined,
  Ceil: () => undefined,
  Round: () => undefined,
  Sign: () => undefined,
  Cast: inputs((context) => {
    const from = context.emitter.values.dataType(context.input(0));
    return intOf(context.node, "to", from) === from ? context.upstream : context.emit("Cast", [context.upstream], { to: int(from) });
  }),
  Where: (context, index) => {
    const [condition] = context.node.inputs;
    const zero = context.scalar(0);
    const upstream = context.fullUpstream;
    const gradient = context.emit("Where", index === 1 ? [condition, upstream, zero] : [condition, zero, upstream]);
    return context.unbroadcast(gradient, context.input(index));
  },
};

/** `p x^(p - 1)`; the usual exponents without a power. */
function powerBase(context: RuleContext): string {
  const [base, exponent] = context.node.inputs;
  const constant = context.emitter.values.constant(exponent);
  const only = constant?.every((value) => value === constant[0]) ? constant[0] : undefined;
  if (only === 1) return context.upstream;
  if (only === 2) return context.multiply(context.upstream, context.scale(base, 2));
  if (only === 0.5) return context.divide(context.scale(context.upstream, 0.5), context.output);
  const lowered = context.emit("Pow", [base, context.subtract(exponent, context.scalar(1))]);
  return context.multiply(context.upstream, context.multiply(exponent, lowered));
}

/** `x^p log x`, and zero where the base is zero, as its limit is for positive exponents. */
function powerExponent(context: RuleContext): string {
  const [base] = context.node.inputs;
  const positive = context.emit("Greater", [base, context.scalar(0)]);
  const logarithm = context.emit("Log", [context.emit("Where", [positive, base, context.scalar(1)])]);
  return context.multiply(context.upstream, context.multiply(context.output, logarithm));
}
