import type { Attribute, Node } from "../graph.ts";
import { float, int } from "../graph_builder.ts";
import { DataType } from "../tensors.ts";
import type { Emitter } from "./emitter.ts";
import { type Dimension, fixed } from "./values.ts";

/**
 * The vector-Jacobian product of one operator: emits nodes that compute the gradient of one input from those of the outputs.
 *
 * A gradient may have size 1 along axes where its value is longer and every element has the same gradient (that of a mean, say): it then
 * stands for its broadcast form, which is only written out where a rule asks for it.
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

  /**
   * 1 where a value is above a bound, else 0: a linear function so steep that it is a step, in one pass over the data. Comparisons and
   * selections take several, and would leave the blocked layout in which the runtime keeps pictures between convolutions.
   */
  above(value: string, bound = 0): string {
    const slope = steepness(bound);
    return this.emit("HardSigmoid", [value], { alpha: float(slope), beta: float(bound === 0 ? 0 : -bound * slope) });
  }

  /** 1 where a value is below a bound, else 0. */
  below(value: string, bound = 0): string {
    const slope = steepness(bound);
    return this.emit("HardSigmoid", [value], { alpha: float(-slope), beta: float(bound * slope) });
  }

  /** 1 where two values are equal, else 0. */
  equals(left: string, right: string): string {
    return this.emit("Cast", [this.emit("Equal", [left, right])], { to: int(DataType.float) });
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
    const dims = this.dims(like);
    // A batch that stays where it is is copied, so that the runtime sees that it is the same.
    if (dims[0] === undefined && dims.indexOf(undefined, 1) < 0 && this.emitter.values.sameSize(value, like, 0)) {
      return this.emit("Reshape", [value, this.emitter.ints([0, ...dims.slice(1) as number[]])]);
    }
    return this.reshapeTo(value, dims) ?? this.emit("Reshape", [value, this.shape(like)]);
  }

  /** A value in a shape with one free dimension at most; undefined where there are more. */
  reshapeTo(value: string, dims: readonly Dimension[]): string | undefined {
    if (dims.filter((size) => size === undefined).length > 1) return undefined;
    return this.emit("Reshape", [value, this.emitter.ints(dims.map((size) => size ?? -1))]);
  }

  /** A gradient written out to the shape of its value. */
  full(gradient: string, like: string): string {
    const { values } = this.emitter;
    if (values.sameShape(gradient, like)) return gradient;
    const dims = this.dims(like);
    // An expansion leaves alone what it is told to make 1: a batch that is whole needs no shape at run time.
    const whole = this.dims(gradient).length === dims.length &&
      dims.every((size, axis) => size !== undefined || values.sameSize(gradient, like, axis));
    return this.emit("Expand", [gradient, whole ? this.emitter.ints(dims.map((size) => size ?? 1)) : this.shape(like)]);
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

/**
 * A power of two, so that scaling by it is exact and the step exactly at the bound. Numbers next to a bound differ from it by 2^-23 of it
 * or more, which is scaled far beyond 1, and so is what is above 0 unless it is below 1e-30; what is large does not overflow, which not
 * every device bears.
 */
function steepness(bound: number): number {
  return 2 ** Math.min(100, 125 - Math.ceil(Math.log2(Math.max(1, Math.abs(bound)))));
}
