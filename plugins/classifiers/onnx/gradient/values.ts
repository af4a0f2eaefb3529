import { InputError } from "../../../../core/errors.ts";
import type { Graph, Node, ValueInfo } from "../graph.ts";
import { label } from "./attributes.ts";
import { inferNode } from "./shapes/mod.ts";
import { type Known, knownTensor } from "./shapes/known.ts";

/** A dimension: a size, or undefined where it is free, as the batch usually is. */
export type Dimension = number | undefined;

/** The two sizes that free dimensions are given. Neither is 1, which broadcasts. */
const TRIAL_SIZES = [2, 3] as const;

/**
 * Types and shapes of a graph's values, and the elements of those that shape arithmetic computes. Everything is inferred twice, with two
 * sizes for the free dimensions: what comes out the same is constant, and what differs depends on them. That replaces symbolic algebra.
 */
export class Values {
  readonly #trials = TRIAL_SIZES.map(() => new Map<string, Known>());

  constructor(graph: Graph) {
    for (const input of graph.inputs) this.addInput(input);
    for (const [name, tensor] of graph.initializers) this.set(name, knownTensor(tensor));
    for (const node of graph.nodes) this.infer(node);
  }

  /** Records an input. */
  addInput({ name, dataType, dims }: ValueInfo): void {
    this.#trials.forEach((known, trial) => {
      known.set(name, { dataType, dims: dims.map((size) => typeof size === "number" ? size : TRIAL_SIZES[trial]) });
    });
  }

  /** Records that a value is like another; with a size of 1 along the first axis on request. */
  addLike(name: string, other: string, single: boolean): void {
    for (const known of this.#trials) {
      const { dataType, dims } = known.get(other)!;
      known.set(name, { dataType, dims: dims.map((size, axis) => single && axis === 0 ? 1 : size) });
    }
  }

  /** Records a constant. */
  set(name: string, known: Known): void {
    for (const trial of this.#trials) trial.set(name, known);
  }

  /** Records the outputs of a node. What it does not understand stays unknown, and is an error only for whoever asks. */
  infer(node: Node): void {
    for (const known of this.#trials) {
      const inputs = node.inputs.map((name) => name === "" ? undefined : known.get(name));
      if (node.inputs.some((name) => name !== "" && !known.has(name))) continue;
      inferNode(node, inputs)?.forEach((output, index) => {
        if (node.outputs[index]) known.set(node.outputs[index], output);
      });
    }
  }

  /** Element type of a value. */
  dataType(name: string): number {
    return this.#pair(name)[0].dataType;
  }

  /** Dimensions of a value; undefined where they are free. */
  dims(name: string): readonly Dimension[] {
    const [first, second] = this.#pair(name);
    return first.dims.map((size, axis) => size === second.dims[axis] ? size : undefined);
  }

  /** How many dimensions a value has. */
  rank(name: string): number {
    return this.#pair(name)[0].dims.length;
  }

  /** Whether two values have the same shape, whatever the free dimensions. */
  sameShape(left: string, right: string): boolean {
    const [lefts, rights] = [this.#pair(left), this.#pair(right)];
    return lefts.every(({ dims }, trial) => `${dims}` === `${rights[trial].dims}`);
  }

  /** Whether two values have the same size along an axis, free or not. */
  sameSize(left: string, right: string, axis: number): boolean {
    const [lefts, rights] = [this.#pair(left), this.#pair(right)];
    return lefts.every(({ dims }, trial) => dims[axis] === rights[trial].dims[axis]);
  }

  /** The elements of a constant; undefined where the value is none, or is too large to follow. */
  constant(name: string): readonly number[] | undefined {
    const [first, second] = this.#trials.map((known) => known.get(name)?.data);
    if (first === undefined || second === undefined || first.length !== second.length) return undefined;
    return first.every((value, index) => Object.is(value, second[index])) ? first : undefined;
  }

  /** Whether anything is known of a value. */
  has(name: string): boolean {
    return this.#trials.every((known) => known.has(name));
  }

  #pair(name: string): readonly Known[] {
    const pair = this.#trials.map((known) => known.get(name));
    if (pair.some((known) => known === undefined)) {
      throw new InputError(`The shape of value "${name}" must be known: an operator before it has no shape rule`);
    }
    return pair as Known[];
  }
}

/** The dimensions as sizes. Throws `InputError` where one of the axes (all by default) is free. */
export function fixed(dims: readonly Dimension[], node: Node, axes: readonly number[] = dims.map((_, axis) => axis)): number[] {
  for (const axis of axes) {
    if (dims[axis] === undefined) {
      throw new InputError(
        `Dimension ${axis} of the input of ${label(node)} must have a fixed size: give the model's free dimensions sizes`,
      );
    }
  }
  return dims as number[];
}
