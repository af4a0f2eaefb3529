import type { Node } from "../../../../../plugins/classifiers/onnx/graph.ts";
import { type Array64, at, build, coordinates, fromEnd, size } from "./array.ts";
import { attribute } from "./attribute.ts";
import type { Definition } from "./operators.ts";

/** Every element less the mean of its group, over the group's deviation. Axes of the group are marked. */
function standardize(x: Array64, grouped: (axis: number) => boolean, epsilon: number): Array64 {
  const inner = coordinates(x.dims.map((length, axis) => grouped(axis) ? length : 1));
  return build(x.dims, (coordinate) => {
    const group = inner.map((index) => at(x, coordinate.map((value, axis) => grouped(axis) ? index[axis] : value)));
    const mean = group.reduce((sum, value) => sum + value, 0) / group.length;
    const variance = group.reduce((sum, value) => sum + (value - mean) ** 2, 0) / group.length;
    return (at(x, coordinate) - mean) / Math.sqrt(variance + epsilon);
  });
}

const epsilonOf = (node: Node) => attribute(node, "epsilon", 1e-5);

/** Softmax along one axis, or until operator set 12 along all from that axis on. */
function softmax(node: Node, x: Array64, flat: boolean, logarithm: boolean): Array64 {
  const axis = fromEnd(attribute(node, "axis", flat ? 1 : -1), x.dims.length);
  const inner = coordinates(x.dims.map((length, other) => (flat ? other >= axis : other === axis) ? length : 1));
  return build(x.dims, (coordinate) => {
    const group = inner.map((index) =>
      at(x, coordinate.map((value, other) => (flat ? other >= axis : other === axis) ? index[other] : value))
    );
    const total = group.reduce((sum, value) => sum + Math.exp(value), 0);
    return logarithm ? at(x, coordinate) - Math.log(total) : Math.exp(at(x, coordinate)) / total;
  });
}

export const normalization: Readonly<Record<string, Definition>> = {
  Softmax: (node, [x]) => [softmax(node, x, false, false)],
  LogSoftmax: (node, [x]) => [softmax(node, x, false, true)],
  FlatSoftmax: (node, [x]) => [softmax(node, x, true, false)],
  FlatLogSoftmax: (node, [x]) => [softmax(node, x, true, true)],
  BatchNormalization: (node, [x, scale, shift, mean, variance]) => [build(x.dims, (coordinate) => {
    const c = coordinate[1];
    return (at(x, coordinate) - mean.data[c]) / Math.sqrt(variance.data[c] + epsilonOf(node)) * scale.data[c] + shift.data[c];
  })],
  LayerNormalization: (node, [x, scale, shift]) => {
    const first = fromEnd(attribute(node, "axis", -1), x.dims.length);
    const standard = standardize(x, (axis) => axis >= first, epsilonOf(node));
    return [
      build(x.dims, (coordinate) => at(standard, coordinate) * at(scale, coordinate) + (shift === undefined ? 0 : at(shift, coordinate))),
    ];
  },
  InstanceNormalization: (node, [x, scale, shift]) => {
    const standard = standardize(x, (axis) => axis >= 2, epsilonOf(node));
    return [build(x.dims, (coordinate) => at(standard, coordinate) * scale.data[coordinate[1]] + shift.data[coordinate[1]])];
  },
  LRN: (node, [x]) => {
    const length = attribute(node, "size", 1);
    const [alpha, beta, bias] = [attribute(node, "alpha", 1e-4), attribute(node, "beta", 0.75), attribute(node, "bias", 1)];
    return [build(x.dims, (coordinate) => {
      const c = coordinate[1];
      let sum = 0;
      for (let i = Math.max(0, c - Math.floor((length - 1) / 2)); i <= Math.min(x.dims[1] - 1, c + Math.ceil((length - 1) / 2)); i++) {
        sum += at(x, coordinate.with(1, i)) ** 2;
      }
      return at(x, coordinate) / (bias + alpha / length * sum) ** beta;
    })];
  },
  GlobalAveragePool: (_, [x]) => [pooled(x, (values) => values.reduce((sum, value) => sum + value, 0) / values.length)],
  GlobalMaxPool: (_, [x]) => [pooled(x, (values) => Math.max(...values))],
};

function pooled(x: Array64, apply: (values: number[]) => number): Array64 {
  const count = size(x.dims.slice(2));
  const dims = x.dims.map((length, axis) => axis < 2 ? length : 1);
  return {
    dims,
    data: Float64Array.from({ length: size(dims) }, (_, index) => apply(Array.from(x.data.slice(index * count, (index + 1) * count)))),
  };
}
