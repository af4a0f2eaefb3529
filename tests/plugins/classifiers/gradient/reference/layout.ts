import type { Node } from "../../../../../plugins/classifiers/onnx/graph.ts";
import { type Array64, at, broadcastDims, build, fromEnd, size, zeros } from "./array.ts";
import { attribute } from "./attribute.ts";
import type { Definition } from "./operators.ts";

const list = (array: Array64 | undefined) => array && Array.from(array.data);

/** Axes or sizes: an input in new operator sets, an attribute in old ones. */
const listed = (node: Node, input: Array64 | undefined, name: string): number[] | undefined => list(input) ?? attribute(node, name);

const reduce = (apply: (values: number[]) => number): Definition => (node, [x, axesInput]) => {
  const given = listed(node, axesInput, "axes");
  const all = x.dims.map((_, axis) => axis);
  const none = attribute(node, "noop_with_empty_axes", 0) === 1;
  const axes = given === undefined || given.length === 0 ? none ? [] : all : given.map((axis) => fromEnd(axis, x.dims.length));
  const kept = x.dims.map((length, axis) => axes.includes(axis) ? 1 : length);
  const inner = x.dims.map((length, axis) => axes.includes(axis) ? length : 1);
  const result = build(
    kept,
    (outer) => apply(Array.from(build(inner, (index) => at(x, outer.map((value, axis) => value + index[axis]))).data)),
  );
  const dims = attribute(node, "keepdims", 1) === 1 ? kept : kept.filter((_, axis) => !axes.includes(axis));
  return [{ dims, data: result.data }];
};

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

export const layout: Readonly<Record<string, Definition>> = {
  ReduceSum: reduce(sum),
  ReduceMean: reduce((values) => sum(values) / values.length),
  ReduceMax: reduce((values) => Math.max(...values)),
  ReduceMin: reduce((values) => Math.min(...values)),
  ReduceL1: reduce((values) => sum(values.map(Math.abs))),
  ReduceL2: reduce((values) => Math.hypot(...values)),
  ReduceSumSquare: reduce((values) => sum(values.map((value) => value * value))),
  ReduceLogSumExp: reduce((values) => Math.log(sum(values.map(Math.exp)))),
  Concat: (node, inputs) => {
    const axis = fromEnd(attribute(node, "axis", 0), inputs[0].dims.length);
    const starts = inputs.map((_, index) => sum(inputs.slice(0, index).map(({ dims }) => dims[axis])));
    const total = sum(inputs.map(({ dims }) => dims[axis]));
    return [build(inputs[0].dims.with(axis, total), (coordinate) => {
      const part = starts.findLastIndex((start) => start <= coordinate[axis]);
      return at(inputs[part], coordinate.with(axis, coordinate[axis] - starts[part]));
    })];
  },
  Split: (node, [x, sizesInput]) => {
    const axis = fromEnd(attribute(node, "axis", 0), x.dims.length);
    const count = node.outputs.length;
    const chunk = Math.ceil(x.dims[axis] / count);
    const sizes = listed(node, sizesInput, "split") ?? node.outputs.map((_, part) => Math.min(chunk, x.dims[axis] - part * chunk));
    return sizes.map((length, part) => {
      const start = sum(sizes.slice(0, part));
      return build(x.dims.with(axis, length), (coordinate) => at(x, coordinate.with(axis, coordinate[axis] + start)));
    });
  },
  Slice: (node, [x, ...rest]) => {
    const starts = listed(node, rest[0], "starts")!;
    const ends = listed(node, rest[1], "ends")!;
    const axes = (listed(node, rest[2], "axes") ?? starts.map((_, axis) => axis)).map((axis) => fromEnd(axis, x.dims.length));
    const steps = list(rest[3]) ?? starts.map(() => 1);
    const picked = x.dims.map((length) => Array.from({ length }, (_, position) => position));
    axes.forEach((axis, index) => {
      const length = x.dims[axis];
      const step = steps[index];
      let position = fromEnd(starts[index], length);
      const end = Math.max(fromEnd(ends[index], length), -1);
      position = step > 0 ? Math.max(position, 0) : Math.min(position, length - 1);
      picked[axis] = [];
      for (; step > 0 ? position < Math.min(end, length) : position > end; position += step) picked[axis].push(position);
    });
    return [build(picked.map(({ length }) => length), (coordinate) => at(x, coordinate.map((value, axis) => picked[axis][value])))];
  },
  Gather: (node, [x, indices]) => {
    const axis = fromEnd(attribute(node, "axis", 0), x.dims.length);
    const rank = indices.dims.length;
    return [build([...x.dims.slice(0, axis), ...indices.dims, ...x.dims.slice(axis + 1)], (coordinate) => {
      const index = fromEnd(at(indices, coordinate.slice(axis, axis + rank)), x.dims[axis]);
      return at(x, [...coordinate.slice(0, axis), index, ...coordinate.slice(axis + rank)]);
    })];
  },
  Reshape: (node, [x, target]) => {
    const allowZero = attribute(node, "allowzero", 0) === 1;
    const dims = list(target)!.map((length, axis) => length === 0 && !allowZero ? x.dims[axis] : length);
    const free = dims.indexOf(-1);
    return [{ dims: free < 0 ? dims : dims.with(free, size(x.dims) / -size(dims)), data: x.data }];
  },
  Flatten: (node, [x]) => {
    const axis = fromEnd(attribute(node, "axis", 1), x.dims.length);
    return [{ dims: [size(x.dims.slice(0, axis)), size(x.dims.slice(axis))], data: x.data }];
  },
  Squeeze: (node, [x, axesInput]) => {
    const axes = listed(node, axesInput, "axes")?.map((axis) => fromEnd(axis, x.dims.length));
    return [{ dims: x.dims.filter((length, axis) => axes === undefined ? length !== 1 : !axes.includes(axis)), data: x.data }];
  },
  Unsqueeze: (node, [x, axesInput]) => {
    const axes = listed(node, axesInput, "axes")!;
    const rank = x.dims.length + axes.length;
    const dims = [...x.dims];
    axes.map((axis) => fromEnd(axis, rank)).sort((a, b) => a - b).forEach((axis) => dims.splice(axis, 0, 1));
    return [{ dims, data: x.data }];
  },
  Transpose: (node, [x]) => {
    const order = attribute(node, "perm", x.dims.map((_, axis) => axis).reverse());
    return [build(order.map((axis) => x.dims[axis]), (coordinate) => at(x, x.dims.map((_, axis) => coordinate[order.indexOf(axis)])))];
  },
  Expand: (_, [x, shape]) => [build(broadcastDims(x.dims, list(shape)!), (coordinate) => at(x, coordinate))],
  Tile: (_, [x, repeats]) => {
    const dims = x.dims.map((length, axis) => length * repeats.data[axis]);
    return [build(dims, (coordinate) => at(x, coordinate.map((value, axis) => value % x.dims[axis])))];
  },
  Pad: (node, [x, padsInput, value, axesInput]) => {
    const pads = listed(node, padsInput, "pads")!;
    const axes = list(axesInput)?.map((axis) => fromEnd(axis, x.dims.length)) ?? x.dims.map((_, axis) => axis);
    const before = x.dims.map((_, axis) => axes.includes(axis) ? pads[axes.indexOf(axis)] : 0);
    const after = x.dims.map((_, axis) => axes.includes(axis) ? pads[axes.indexOf(axis) + axes.length] : 0);
    const mode = attribute(node, "mode", "constant");
    const fill = value?.data[0] ?? attribute(node, "value", 0);
    return [build(x.dims.map((length, axis) => length + before[axis] + after[axis]), (coordinate) => {
      const source = coordinate.map((position, axis) => within(position - before[axis], x.dims[axis], mode));
      return source.some((position, axis) => position < 0 || position >= x.dims[axis]) ? fill : at(x, source);
    })];
  },
  Shape: (_, [x]) => [{ dims: [x.dims.length], data: Float64Array.from(x.dims) }],
  ConstantOfShape: (_, [shape]) => [zeros(list(shape)!)],
  DepthToSpace: (node, [x]) => {
    const block = attribute(node, "blocksize", 1);
    const [batch, channels, height, width] = x.dims;
    const depth = channels / block ** 2;
    const rows = attribute(node, "mode", "DCR") === "CRD";
    return [build([batch, depth, height * block, width * block], ([n, c, i, j]) => {
      const inner = (i % block) * block + j % block;
      return at(x, [n, rows ? c * block ** 2 + inner : inner * depth + c, Math.floor(i / block), Math.floor(j / block)]);
    })];
  },
  SpaceToDepth: (node, [x]) => {
    const block = attribute(node, "blocksize", 1);
    const [batch, channels, height, width] = x.dims;
    return [build([batch, channels * block ** 2, height / block, width / block], ([n, c, i, j]) => {
      const inner = Math.floor(c / channels);
      return at(x, [n, c % channels, i * block + Math.floor(inner / block), j * block + inner % block]);
    })];
  },
};

/** Which element padding puts at a position. */
function within(position: number, length: number, mode: string): number {
  if (mode === "edge") return Math.min(Math.max(position, 0), length - 1);
  if (mode === "wrap") return (position + 10 * length) % length;
  if (mode !== "reflect") return position;
  while (position < 0 || position >= length) position = position < 0 ? -position : 2 * (length - 1) - position;
  return position;
}
