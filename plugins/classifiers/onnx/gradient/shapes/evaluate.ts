import { product, stridesOf } from "../../../../../core/shape.ts";
import type { Node } from "../../graph.ts";
import { DataType } from "../../tensors.ts";
import { intOf } from "../attributes.ts";
import { everyIndex, type Known, positive } from "./known.ts";

/** The elements of a node's first output, from the elements of its inputs and the shape of the output. */
type Evaluation = (node: Node, inputs: readonly (Known & { readonly data: readonly number[] })[], dims: readonly number[]) => number[];

/**
 * The elements of a node's first output where all its inputs are known and the operator is one that shape arithmetic uses; else undefined.
 *
 * @param output Type and shape of the output.
 */
export function evaluate(node: Node, inputs: readonly Known[], output: Known): readonly number[] | undefined {
  if (!Object.hasOwn(EVALUATIONS, node.operator)) return undefined;
  const present = inputs.filter((input) => input !== undefined);
  if (present.length === 0 || present.some((input) => input.data === undefined)) return undefined;
  const data = EVALUATIONS[node.operator](node, inputs as Parameters<Evaluation>[1], output.dims);
  return output.dataType === DataType.int64 || output.dataType === DataType.int32 ? data.map(Math.trunc) : data;
}

const same: Evaluation = (_, [input]) => [...input.data];

const binary = (apply: (left: number, right: number) => number): Evaluation => (_, [left, right], dims) => {
  const offsets = [left, right].map((input) => broadcastOffsets(input.dims, dims));
  return offsets[0].map((offset, index) => apply(left.data[offset], right.data[offsets[1][index]]));
};

const unary = (apply: (value: number) => number): Evaluation => (_, [input]) => input.data.map(apply);

const variadic = (apply: (left: number, right: number) => number): Evaluation => (_, inputs, dims) => {
  const columns = inputs.map((input) => broadcastOffsets(input.dims, dims).map((offset) => input.data[offset]));
  return columns.reduce((left, right) => left.map((value, index) => apply(value, right[index])));
};

const reduction = (apply: (left: number, right: number) => number): Evaluation => (_, [input, axes], dims) => {
  // Only whole reductions occur in shape arithmetic: the product of a shape.
  if (product(dims) !== 1 || axes !== undefined && axes.data.length === 0) return [...input.data];
  return [input.data.reduce(apply)];
};

/** Moves elements: output element `offset` is input element `source(index)`. */
const gathering = (dims: readonly number[], data: readonly number[], source: (index: readonly number[]) => number): number[] => {
  const result: number[] = [];
  everyIndex(dims, (index) => result.push(data[source(index)]));
  return result;
};

const EVALUATIONS: Readonly<Record<string, Evaluation>> = {
  Identity: same,
  Reshape: same,
  Squeeze: same,
  Unsqueeze: same,
  Flatten: same,
  Cast: same,
  Add: binary((left, right) => left + right),
  Sub: binary((left, right) => left - right),
  Mul: binary((left, right) => left * right),
  Div: binary((left, right) => left / right),
  Mod: binary((left, right) => left - right * Math.floor(left / right)),
  Pow: binary((left, right) => left ** right),
  Equal: binary((left, right) => Number(left === right)),
  Less: binary((left, right) => Number(left < right)),
  LessOrEqual: binary((left, right) => Number(left <= right)),
  Greater: binary((left, right) => Number(left > right)),
  GreaterOrEqual: binary((left, right) => Number(left >= right)),
  And: binary((left, right) => Number(left && right)),
  Or: binary((left, right) => Number(left || right)),
  Min: variadic(Math.min),
  Max: variadic(Math.max),
  Not: unary((value) => Number(!value)),
  Neg: unary((value) => -value),
  Abs: unary(Math.abs),
  Floor: unary(Math.floor),
  Ceil: unary(Math.ceil),
  Sqrt: unary(Math.sqrt),
  Exp: unary(Math.exp),
  Log: unary(Math.log),
  ReduceProd: reduction((left, right) => left * right),
  ReduceSum: reduction((left, right) => left + right),
  ReduceMax: reduction((left, right) => Math.max(left, right)),
  ReduceMin: reduction((left, right) => Math.min(left, right)),
  Where: (_, [condition, left, right], dims) => {
    const [offsets, lefts, rights] = [condition, left, right].map((input) => broadcastOffsets(input.dims, dims));
    return offsets.map((offset, index) => condition.data[offset] ? left.data[lefts[index]] : right.data[rights[index]]);
  },
  Expand: (_, [input], dims) => broadcastOffsets(input.dims, dims).map((offset) => input.data[offset]),
  Range: (_, [start, , delta], dims) => Array.from({ length: dims[0] }, (_, index) => start.data[0] + index * delta.data[0]),
  Concat: (node, inputs, dims) => {
    const axis = positive(intOf(node, "axis", 0), dims.length);
    const outer = product(dims.slice(0, axis));
    const inner = product(dims.slice(axis + 1));
    const result: number[] = [];
    for (let block = 0; block < outer; block++) {
      for (const input of inputs) {
        const length = input.dims[axis] * inner;
        result.push(...input.data.slice(block * length, (block + 1) * length));
      }
    }
    return result;
  },
  Gather: (node, [input, indices], dims) => {
    const axis = positive(intOf(node, "axis", 0), input.dims.length);
    const strides = stridesOf(input.dims);
    const indexStrides = stridesOf(indices.dims);
    const indexRank = indices.dims.length;
    return gathering(dims, input.data, (index) => {
      let position = 0;
      for (let i = 0; i < indexRank; i++) position += index[axis + i] * indexStrides[i];
      let offset = positive(indices.data[position], input.dims[axis]) * strides[axis];
      for (let i = 0; i < strides.length; i++) {
        if (i !== axis) offset += index[i < axis ? i : i + indexRank - 1] * strides[i];
      }
      return offset;
    });
  },
  Slice: (_, [input, starts, ends, axes, steps], dims) => {
    const ranges = sliceRanges(input.dims, starts.data, ends.data, axes?.data, steps?.data);
    const strides = stridesOf(input.dims);
    return gathering(
      dims,
      input.data,
      (index) => index.reduce((sum, at, axis) => sum + (ranges[axis].start + at * ranges[axis].step) * strides[axis], 0),
    );
  },
  Transpose: (node, [input], dims) => {
    const order = permutation(node, dims.length);
    const strides = stridesOf(input.dims);
    return gathering(dims, input.data, (index) => index.reduce((sum, at, axis) => sum + at * strides[order[axis]], 0));
  },
};

/** The order of axes of a `Transpose`. */
export function permutation(node: Node, rank: number): readonly number[] {
  const attribute = node.attributes.get("perm");
  return attribute?.type === "ints" ? attribute.value : Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
}

/** First element, step and count that a `Slice` takes along one axis. */
export interface SliceRange {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** What a `Slice` takes along every axis of its input. */
export function sliceRanges(
  dims: readonly number[],
  starts: readonly number[],
  ends: readonly number[],
  axes: readonly number[] = starts.map((_, axis) => axis),
  steps: readonly number[] = starts.map(() => 1),
): SliceRange[] {
  const ranges: SliceRange[] = dims.map((size) => ({ start: 0, step: 1, count: size }));
  axes.forEach((given, position) => {
    const axis = positive(given, dims.length);
    const size = dims[axis];
    const step = steps[position];
    const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value < 0 ? value + size : value, low), high);
    const start = step > 0 ? clamp(starts[position], 0, size) : clamp(starts[position], 0, size - 1);
    const end = step > 0 ? clamp(ends[position], 0, size) : clamp(ends[position], -1, size - 1);
    ranges[axis] = { start, step, count: Math.max(0, Math.ceil((end - start) / step)) };
  });
  return ranges;
}

/** For every element of the broadcast shape, the offset of the operand's element. */
function broadcastOffsets(from: readonly number[], to: readonly number[]): number[] {
  const lead = to.length - from.length;
  const strides = stridesOf(from).map((stride, axis) => from[axis] === 1 ? 0 : stride);
  const offsets: number[] = [];
  everyIndex(to, (index) => offsets.push(strides.reduce((sum, stride, axis) => sum + stride * index[axis + lead], 0)));
  return offsets;
}
