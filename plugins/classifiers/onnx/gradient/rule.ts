import type { Attribute, Node } from "../graph.ts";
import { int } from "../graph_builder.ts";
import type { Emitter } from "./emitter.ts";
import { type Dimension, fixed } from "./values.ts";

/**
 * The vector-Jacobian product of one operator: emits nodes that compute the gradient of one input from those of the outputs.
 *
 * A gradient may have size 1 along axes where its value is longer and every element has the same gradient (that of a mean, say): it then stands for
 * its broadcast form, which is only written out where a rule asks for it.
 *
 * @param context The node, the gradients of its outputs, and what emits.
 * @param index Which input.
 * @returns The name of the gradient, which has the input's shape or broadcasts to it; undefined where it is zero everywhere.
 */
export type Rule = (context: RuleContext, index: number) => string | undefined;

/** A rule made of one rule an input. Inputs beyond the list have no gradient. */
export function inputs(...rules: readonly ((context: RuleContext) => string | undefined)[]): Rule {
  return (context, index) => rules[index]?.(context);
}

/** What a rule sees and works with. */
export class RuleContext {
  /**
   * @param node The node to differentiate.
   * @param emitter Takes the nodes that compute the gradient.
   * @param upstreams Gradients of the node's outputs; undefined where nothing depends on one.
   */
  constructor(readonly node: Node, readonly emitter: Emitter, readonly upstreams: readonly (string | undefined)[]) {}

  /** The gradient of the first output, possibly in its shorter form. */
  get upstream(): string {
    return this.upstreams[0] ?? this.zeros(this.output);
  }

  /** The gradient of the first output, written out to the output's shape. */
  get fullUpstream(): string {
    return this.full(this.upstream, this.output);
  }

  /** The first output. */
  get output(): string {
    return this.node.outputs[0];
  }

  /** An input's name; "" where it is absent. */
  input(index: number): string {
    return this.node.inputs[index] ?? "";
  }

  /** Emits a node. Returns its output's name. */
  emit(operator: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    return this.emitter.node(operator, inputs, attributes);
  }

  /** A float constant. */
  scalar(value: number): string {
    return this.emitter.floats(value);
  }

  /** Dimensions of a value; undefined where free. */
  dims(name: string): readonly Dimension[] {
    return this.emitter.values.dims(name);
  }

  /** Sizes of a value. Throws `InputError` where one of the axes (all by default) is free. */
  sizes(name: string, axes?: readonly number[]): number[] {
    return fixed(this.dims(name), this.node, axes);
  }

  /** `left + right`. */
  add(left: string, right: string): string {
    return this.emit("Add", [left, right]);
  }

  /** `left - right`. */
  subtract(left: string, right: string): string {
    return this.emit("Sub", [left, right]);
  }

  /** `left * right`. */
  multiply(left: string, right: string): string {
    return this.emit("Mul", [left, right]);
  }

  /** `left / right`. */
  divide(left: string, right: string): string {
    return this.emit("Div", [left, right]);
  }

  /** A value times a number. */
  scale(value: string, factor: number): string {
    return factor === 1 ? value : this.multiply(value, this.scalar(factor));
  }

  /** Where `value > 0`: 1, else 0, for values that are 0 or no smaller than 3e-39: one pass over the data, the fastest mask there is. */
  step(value: string): string {
    return this.emit("HardSigmoid", [value], { alpha: { type: "float", value: 3e38 }, beta: { type: "float", value: 0 } });
  }

  /** Sums over axes and keeps them with size 1. */
  sum(value: string, axes: readonly number[]): string {
    return axes.length === 0 ? value : this.emit("ReduceSum", [value, this.emitter.ints(axes)], { keepdims: int(1) });
  }

  /** The shape of a value at run time: a constant where it is fixed. */
  shape(name: string): string {
    const dims = this.dims(name);
    return dims.every((size) => size !== undefined) ? this.emitter.ints(dims as number[]) : this.emit("Shape", [name]);
  }

  /** A value in the shape of another that has as many elements. */
  reshape(value: string, like: string): string {
    if (this.emitter.values.sameShape(value, like)) return value;
    return this.reshapeTo(value, this.dims(like)) ?? this.emit("Reshape", [value, this.shape(like)]);
  }

  /** A value in a shape with one free dimension at most; undefined where there are more. */
  reshapeTo(value: string, dims: readonly Dimension[]): string | undefined {
    if (dims.filter((size) => size === undefined).length > 1) return undefined;
    return this.emit("Reshape", [value, this.emitter.ints(dims.map((size) => size ?? -1))]);
  }

  /** A gradient written out to the shape of its value. */
  full(gradient: string, like: string): string {
    return this.emitter.values.sameShape(gradient, like) ? gradient : this.emit("Expand", [gradient, this.shape(like)]);
  }

  /** Zeros in the shape of a value. */
  zeros(like: string): string {
    return this.emit("ConstantOfShape", [this.shape(like)]);
  }

  /**
   * The adjoint of broadcasting: sums a gradient over the axes along which an operand was repeated.
   *
   * @param gradient Of the broadcast result (its shorter form will do).
   * @param operand The operand.
   * @param result The value that the operand was broadcast to; the node's output by default.
   */
  unbroadcast(gradient: string, operand: string, result: string = this.output): string {
    const to = this.dims(operand);
    const from = this.dims(result);
    const lead = from.length - to.length;
    const repeated = from.flatMap((size, axis) => size !== 1 && (axis < lead || to[axis - lead] === 1) ? [axis] : []);
    const short = this.dims(gradient);
    const full = repeated.some((axis) => short[axis] !== from[axis]) ? this.full(gradient, result) : gradient;
    const summed = this.sum(full, repeated);
    if (lead === 0) return summed;
    const dims = this.dims(summed);
    return this.reshapeTo(summed, dims.slice(lead)) ??
      this.emit("Squeeze", [summed, this.emitter.ints(to.length === 0 ? from.map((_, i) => i) : from.slice(0, lead).map((_, i) => i))]);
  }
}
