import type { Node } from "../../../../../plugins/classifiers/onnx/graph.ts";
import { type Array64, at, build } from "./array.ts";
import { attribute } from "./attribute.ts";
import type { Definition } from "./operators.ts";

export const resampling: Readonly<Record<string, Definition>> = {
  Upsample: (
    node,
    [x, scales],
  ) => [upsample(node, x, scales ? Array.from(scales.data, (scale) => Math.fround(scale)) : attribute(node, "scales", []))],
  Resize: (node, [x, roi, scalesInput, sizesInput]) => {
    const axes = attribute(node, "axes", x.dims.map((_, axis) => axis));
    const sizes = sizesInput?.data.length ? sizesInput.data : undefined;
    const scales = x.dims.map((length, axis) => {
      const index = axes.indexOf(axis);
      return index < 0 ? 1 : sizes === undefined ? scalesInput.data[index] : sizes[index] / length;
    });
    const lengths = x.dims.map((length, axis) => {
      const index = axes.indexOf(axis);
      return index >= 0 && sizes !== undefined ? sizes[index] : Math.floor(length * scales[axis] + 1e-9);
    });
    const transform = attribute(node, "coordinate_transformation_mode", "half_pixel");
    const regions = x.dims.map((_, axis) => {
      const index = axes.indexOf(axis);
      return roi?.data.length && index >= 0 ? [roi.data[index], roi.data[index + axes.length]] : [0, 1];
    });
    const position = (axis: number, index: number): number => {
      const length = x.dims[axis], target = lengths[axis], scale = scales[axis];
      if (length === target && scale === 1 && transform !== "tf_crop_and_resize") return index;
      switch (transform) {
        case "half_pixel":
          return (index + 0.5) / scale - 0.5;
        case "pytorch_half_pixel":
          return target > 1 ? (index + 0.5) / scale - 0.5 : 0;
        case "asymmetric":
          return index / scale;
        case "align_corners":
          return target === 1 ? 0 : index * (length - 1) / (target - 1);
        case "half_pixel_symmetric":
          return length / 2 * (1 - target / (scale * length)) + (index + 0.5) / scale - 0.5;
        case "tf_crop_and_resize": {
          const [start, end] = regions[axis];
          return target > 1 ? start * (length - 1) + index * (end - start) * (length - 1) / (target - 1) : (start + end) / 2 * (length - 1);
        }
        default:
          throw new Error(transform);
      }
    };
    const mode = attribute(node, "mode", "nearest");
    const outside = (positions: readonly number[]) =>
      transform === "tf_crop_and_resize" && positions.some((value, axis) => value < 0 || value > x.dims[axis] - 1);
    return [build(lengths, (coordinate) => {
      const positions = coordinate.map((index, axis) => position(axis, index));
      if (outside(positions)) return attribute(node, "extrapolation_value", 0);
      if (mode === "nearest") {
        return at(
          x,
          positions.map((value, axis) => clampTo(nearest(value, attribute(node, "nearest_mode", "round_prefer_floor")), x.dims[axis])),
        );
      }
      return mode === "linear" ? linear(x, positions) : cubic(node, x, positions);
    })];
  },
};

/** What `Upsample` and the first `Resize` did: output `i` lies at `i / scale`. */
function upsample(node: Node, x: Array64, scales: readonly number[]): Array64 {
  return build(x.dims.map((length, axis) => Math.floor(length * scales[axis])), (coordinate) => {
    const positions = coordinate.map((index, axis) => index / scales[axis]);
    if (attribute(node, "mode", "nearest") === "linear") return linear(x, positions);
    return at(x, positions.map((value, axis) => clampTo(scales[axis] < 1 ? Math.ceil(value) : Math.floor(value), x.dims[axis])));
  });
}

const clampTo = (value: number, length: number) => Math.min(Math.max(value, 0), length - 1);

function nearest(value: number, rounding: string): number {
  const half = value - Math.floor(value) === 0.5;
  if (rounding === "floor" || rounding === "round_prefer_floor" && half) return Math.floor(value);
  if (rounding === "ceil" || rounding === "round_prefer_ceil" && half) return Math.ceil(value);
  return Math.round(value);
}

/** Interpolates along one axis after the other. */
function linear(x: Array64, positions: readonly number[], done: readonly number[] = []): number {
  const axis = done.length;
  if (axis === positions.length) return at(x, done);
  const first = Math.floor(positions[axis]);
  const share = positions[axis] - first;
  const pick = (index: number) => linear(x, positions, [...done, clampTo(index, x.dims[axis])]);
  return share === 0 ? pick(first) : (1 - share) * pick(first) + share * pick(first + 1);
}

/** Interpolates along one axis after the other with Keys's kernel: the only piecewise cubic that is right for parabolas where a is -1/2. */
function cubic(node: Node, x: Array64, positions: readonly number[], done: readonly number[] = []): number {
  const axis = done.length;
  if (axis === positions.length) return at(x, done);
  const a = attribute(node, "cubic_coeff_a", -0.75);
  const length = x.dims[axis];
  const first = Math.floor(positions[axis]) - 1;
  const kernel = (d: number) =>
    d < 1 ? (a + 2) * d ** 3 - (a + 3) * d ** 2 + 1 : d < 2 ? a * d ** 3 - 5 * a * d ** 2 + 8 * a * d - 4 * a : 0;
  let sum = 0, total = 0;
  for (let tap = first; tap < first + 4; tap++) {
    const outside = tap < 0 || tap >= length;
    const weight = kernel(Math.abs(positions[axis] - tap));
    if (weight === 0 || outside && attribute(node, "exclude_outside", 0) === 1) continue;
    total += weight;
    sum += weight * cubic(node, x, positions, [...done, clampTo(tap, length)]);
  }
  return sum / total;
}
