import { InputError } from "../../../../../core/errors.ts";
import { product } from "../../../../../core/shape.ts";
import { DataType } from "../../tensors.ts";
import { intOf, label } from "../attributes.ts";
import { permutation, sliceRanges } from "./evaluate.ts";
import { broadcast, type Known, positive, type ShapeRule } from "./known.ts";

/** Shape rules of operators that move elements without computing with them. Shape arguments must be known. */
export const layoutShapes: Readonly<Record<string, ShapeRule>> = {
  Reshape: (node, [input, target]) => {
    const wanted = values(target, label(node));
    const allowZero = intOf(node, "allowzero", 0) === 1;
    const dims = wanted.map((size, axis) => size === 0 && !allowZero ? input.dims[axis] : size);
    const free = dims.indexOf(-1);
    if (free >= 0) dims[free] = product(input.dims) / -product(dims);
    if (product(dims) !== product(input.dims)) {
      throw new InputError(`${label(node)} must keep the number of elements: it reshapes [${input.dims}] to [${wanted}]`);
    }
    return [{ dataType: input.dataType, dims }];
  },
  Flatten: (node, [input]) => {
    const axis = intOf(node, "axis", 1);
    const split = axis < 0 ? axis + input.dims.length : axis;
    return [{ dataType: input.dataType, dims: [product(input.dims.slice(0, split)), product(input.dims.slice(split))] }];
  },
  Squeeze: (node, [input, axes]) => {
    const removed = axes === undefined
      ? input.dims.flatMap((size, axis) => size === 1 ? [axis] : [])
      : values(axes, label(node)).map((axis) => positive(axis, input.dims.length));
    return [{ dataType: input.dataType, dims: input.dims.filter((_, axis) => !removed.includes(axis)) }];
  },
  Unsqueeze: (node, [input, axes]) => {
    const rank = input.dims.length + values(axes, label(node)).length;
    const added = new Set(values(axes, label(node)).map((axis) => positive(axis, rank)));
    const rest = [...input.dims];
    return [{ dataType: input.dataType, dims: Array.from({ length: rank }, (_, axis) => added.has(axis) ? 1 : rest.shift()!) }];
  },
  Transpose: (node, [input]) => [{
    dataType: input.dataType,
    dims: permutation(node, input.dims.length).map((axis) => input.dims[axis]),
  }],
  Expand: (node, [input, shape]) => [{ dataType: input.dataType, dims: broadcast(input.dims, values(shape, label(node))) }],
  Tile: (node, [input, repeats]) => [{
    dataType: input.dataType,
    dims: input.dims.map((size, axis) => size * values(repeats, label(node))[axis]),
  }],
  Concat: (node, inputs) => {
    const axis = positive(intOf(node, "axis", 0), inputs[0].dims.length);
    const size = inputs.reduce((sum, input) => sum + input.dims[axis], 0);
    return [{ dataType: inputs[0].dataType, dims: inputs[0].dims.with(axis, size) }];
  },
  Split: (node, [input, sizes]) => {
    const axis = positive(intOf(node, "axis", 0), input.dims.length);
    const count = intOf(node, "num_outputs", node.outputs.length);
    const chunk = Math.ceil(input.dims[axis] / count);
    const parts = sizes === undefined
      ? Array.from({ length: count }, (_, part) => Math.min(chunk, input.dims[axis] - part * chunk))
      : values(sizes, label(node));
    return parts.map((size) => ({ dataType: input.dataType, dims: input.dims.with(axis, size) }));
  },
  Slice: (node, [input, ...ranges]) => {
    const [starts, ends, axes, steps] = ranges.map((range) => range && values(range, label(node)));
    return [{ dataType: input.dataType, dims: sliceRanges(input.dims, starts, ends, axes, steps).map(({ count }) => count) }];
  },
  Gather: (node, [input, indices]) => {
    const axis = positive(intOf(node, "axis", 0), input.dims.length);
    return [{ dataType: input.dataType, dims: [...input.dims.slice(0, axis), ...indices.dims, ...input.dims.slice(axis + 1)] }];
  },
  GatherElements: (_, [input, indices]) => [{ dataType: input.dataType, dims: indices.dims }],
  ScatterElements: (_, [input]) => [{ dataType: input.dataType, dims: input.dims }],
  ScatterND: (_, [input]) => [{ dataType: input.dataType, dims: input.dims }],
  Pad: (node, [input, pads, , axes]) => {
    const rank = input.dims.length;
    const given = values(pads, label(node));
    const padded = axes === undefined ? input.dims.map((_, axis) => axis) : values(axes, label(node)).map((axis) => positive(axis, rank));
    const dims = [...input.dims];
    padded.forEach((axis, position) => dims[axis] += given[position] + given[position + padded.length]);
    return [{ dataType: input.dataType, dims }];
  },
  DepthToSpace: (node, [{ dataType, dims: [batch, channels, height, width] }]) => {
    const block = intOf(node, "blocksize", 1);
    return [{ dataType, dims: [batch, channels / block ** 2, height * block, width * block] }];
  },
  SpaceToDepth: (node, [{ dataType, dims: [batch, channels, height, width] }]) => {
    const block = intOf(node, "blocksize", 1);
    return [{ dataType, dims: [batch, channels * block ** 2, height / block, width / block] }];
  },
  Shape: (node, [input]) => {
    const rank = input.dims.length;
    const data = input.dims.slice(intOf(node, "start", 0), intOf(node, "end", rank));
    return [{ dataType: DataType.int64, dims: [data.length], data }];
  },
  Size: (_, [input]) => [{ dataType: DataType.int64, dims: [], data: [product(input.dims)] }],
  ConstantOfShape: (node, [shape]) => {
    const dims = values(shape, label(node));
    const attribute = node.attributes.get("value");
    const value = attribute?.type === "tensor" ? attribute.value : { dataType: DataType.float, data: [0] };
    const known: Known = { dataType: value.dataType, dims };
    return [product(dims) <= 4096 ? { ...known, data: Array.from({ length: product(dims) }, () => Number(value.data[0])) } : known];
  },
  Range: (node, [start, limit, delta]) => {
    const [from, to, step] = [start, limit, delta].map((value) => values(value, label(node))[0]);
    return [{ dataType: start.dataType, dims: [Math.max(0, Math.ceil((to - from) / step))] }];
  },
  ReduceMean: reduced,
  ReduceSum: reduced,
  ReduceMax: reduced,
  ReduceMin: reduced,
  ReduceProd: reduced,
  ReduceL1: reduced,
  ReduceL2: reduced,
  ReduceSumSquare: reduced,
  ReduceLogSumExp: reduced,
  ArgMax: (node, [input]) => {
    const axis = positive(intOf(node, "axis", 0), input.dims.length);
    const dims = intOf(node, "keepdims", 1) === 1 ? input.dims.with(axis, 1) : input.dims.toSpliced(axis, 1);
    return [{ dataType: DataType.int64, dims }];
  },
};

function reduced(...[node, [input, axes]]: Parameters<ShapeRule>): readonly Known[] {
  const reduced = reducedAxes(input.dims.length, axes && values(axes, label(node)), intOf(node, "noop_with_empty_axes", 0) === 1);
  const keep = intOf(node, "keepdims", 1) === 1;
  const dims = input.dims.flatMap((size, axis) => !reduced.includes(axis) ? [size] : keep ? [1] : []);
  return [{ dataType: input.dataType, dims }];
}

/** The axes that a reduction sums over, counted from the front. */
export function reducedAxes(rank: number, axes: readonly number[] | undefined, noneIfEmpty: boolean): number[] {
  if (axes === undefined || axes.length === 0) return noneIfEmpty ? [] : Array.from({ length: rank }, (_, axis) => axis);
  return axes.map((axis) => positive(axis, rank));
}

function values(known: Known, where: string): readonly number[] {
  if (known?.data === undefined) throw new InputError(`Shapes in ${where} must follow from constants and input sizes`);
  return known.data;
}
