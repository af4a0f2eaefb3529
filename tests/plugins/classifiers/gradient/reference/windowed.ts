import type { Node } from "../../../../../plugins/classifiers/onnx/graph.ts";
import { type Array64, at, build, coordinates, strides, zeros } from "./array.ts";
import { attribute } from "./attribute.ts";
import type { Definition } from "./operators.ts";

interface Sliding {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly outputs: readonly number[];
}

function sliding(node: Node, inputs: readonly number[], kernel: readonly number[]): Sliding {
  const ones = inputs.map(() => 1);
  const steps = attribute(node, "strides", ones);
  const dilations = attribute(node, "dilations", ones);
  const pads = attribute(node, "pads", [...ones, ...ones].map(() => 0));
  const autoPad = attribute(node, "auto_pad", "NOTSET");
  const before: number[] = [], after: number[] = [], outputs: number[] = [];
  inputs.forEach((length, axis) => {
    const extent = (kernel[axis] - 1) * dilations[axis] + 1;
    if (autoPad === "SAME_UPPER" || autoPad === "SAME_LOWER") {
      outputs[axis] = Math.ceil(length / steps[axis]);
      const total = Math.max((outputs[axis] - 1) * steps[axis] + extent - length, 0);
      const small = Math.floor(total / 2);
      before[axis] = autoPad === "SAME_UPPER" ? small : total - small;
      after[axis] = total - before[axis];
      return;
    }
    before[axis] = autoPad === "VALID" ? 0 : pads[axis];
    after[axis] = autoPad === "VALID" ? 0 : pads[axis + inputs.length];
    const free = length + before[axis] + after[axis] - extent;
    outputs[axis] = Math.floor(free / steps[axis]) + 1;
    // With ceiling one more window fits if it starts before the padding at the end.
    const more = attribute(node, "ceil_mode", 0) === 1 && free % steps[axis] > 0 && outputs[axis] * steps[axis] < length + before[axis];
    if (more) outputs[axis]++;
  });
  return { strides: steps, dilations, before, after, outputs };
}

const inside = (position: readonly number[], dims: readonly number[]) => position.every((value, axis) => value >= 0 && value < dims[axis]);

function conv(node: Node, x: Array64, weights: Array64, bias: Array64 | undefined): Array64 {
  const [batch, , ...spatial] = x.dims;
  const [outputs, perGroup, ...kernel] = weights.dims;
  const group = attribute(node, "group", 1);
  const slide = sliding(node, spatial, kernel);
  const offsets = coordinates(kernel);
  return build([batch, outputs, ...slide.outputs], ([n, o, ...position]) => {
    const first = Math.floor(o / (outputs / group)) * perGroup;
    let sum = bias?.data[o] ?? 0;
    for (const offset of offsets) {
      const seen = position.map((value, axis) => value * slide.strides[axis] - slide.before[axis] + offset[axis] * slide.dilations[axis]);
      if (!inside(seen, spatial)) continue;
      for (let i = 0; i < perGroup; i++) sum += at(x, [n, first + i, ...seen]) * at(weights, [o, i, ...offset]);
    }
    return sum;
  });
}

function convTranspose(node: Node, x: Array64, weights: Array64, bias: Array64 | undefined): Array64 {
  const [batch, inputs, ...spatial] = x.dims;
  const [, perGroup, ...kernel] = weights.dims;
  const group = attribute(node, "group", 1);
  const ones = spatial.map(() => 1);
  const steps = attribute(node, "strides", ones);
  const dilations = attribute(node, "dilations", ones);
  const extra = attribute(node, "output_padding", ones.map(() => 0));
  const pads = [...attribute(node, "pads", [...ones, ...ones].map(() => 0))];
  const autoPad = attribute(node, "auto_pad", "NOTSET");
  const full = spatial.map((length, axis) => steps[axis] * (length - 1) + extra[axis] + (kernel[axis] - 1) * dilations[axis] + 1);
  const wanted = attribute(node, "output_shape") ??
    (autoPad.startsWith("SAME") ? spatial.map((length, axis) => length * steps[axis]) : undefined);
  wanted?.forEach((length, axis) => {
    const total = Math.max(full[axis] - length, 0);
    pads[axis] = autoPad === "SAME_UPPER" ? Math.floor(total / 2) : total - Math.floor(total / 2);
    pads[axis + spatial.length] = total - pads[axis];
  });
  const outputs = wanted ?? full.map((length, axis) => length - pads[axis] - pads[axis + spatial.length]);
  const result = zeros([batch, perGroup * group, ...outputs]);
  const offset = strides(result.dims);
  for (const [n, i, ...position] of coordinates(x.dims)) {
    const first = Math.floor(i / (inputs / group)) * perGroup;
    for (const tap of coordinates(kernel)) {
      const target = position.map((value, axis) => value * steps[axis] + tap[axis] * dilations[axis] - pads[axis]);
      if (!inside(target, outputs)) continue;
      for (let o = 0; o < perGroup; o++) {
        const index = [n, first + o, ...target].reduce((sum, value, axis) => sum + value * offset[axis], 0);
        result.data[index] += at(x, [n, i, ...position]) * at(weights, [i, o, ...tap]);
      }
    }
  }
  return bias === undefined ? result : build(result.dims, (coordinate) => at(result, coordinate) + bias.data[coordinate[1]]);
}

/** Pools what every window sees: values inside the input, and how many positions count besides. */
function pool(node: Node, x: Array64, apply: (values: readonly number[], positions: number) => number): Array64 {
  const spatial = x.dims.slice(2);
  const kernel = attribute(node, "kernel_shape", []);
  const slide = sliding(node, spatial, kernel);
  const offsets = coordinates(kernel);
  return build([...x.dims.slice(0, 2), ...slide.outputs], ([n, c, ...position]) => {
    const seen = offsets.map((offset) =>
      position.map((value, axis) => value * slide.strides[axis] - slide.before[axis] + offset[axis] * slide.dilations[axis])
    );
    // What hangs over the padding at the end is not counted.
    const counted = seen.filter((at) => at.every((value, axis) => value < spatial[axis] + slide.after[axis]));
    return apply(seen.filter((at) => inside(at, spatial)).map((inner) => at(x, [n, c, ...inner])), counted.length);
  });
}

export const windowed: Readonly<Record<string, Definition>> = {
  Conv: (node, [x, weights, bias]) => [conv(node, x, weights, bias)],
  ConvTranspose: (node, [x, weights, bias]) => [convTranspose(node, x, weights, bias)],
  MaxPool: (node, [x]) => [pool(node, x, (values) => Math.max(...values))],
  AveragePool: (node, [x]) => {
    const padded = attribute(node, "count_include_pad", 0) === 1;
    return [pool(node, x, (values, positions) => values.reduce((sum, value) => sum + value, 0) / (padded ? positions : values.length))];
  },
};
