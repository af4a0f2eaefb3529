import { float, floats, int, ints, string } from "../../../../../plugins/classifiers/onnx/graph_builder.ts";
import { constant, list, type OperatorCase, real } from "../harness.ts";

const picture = real(["batch", 2, 4, 5]);

const resize = (mode: string, transform: string, size: readonly number[], more: OperatorCase["attributes"] = {}): OperatorCase => ({
  operator: "Resize",
  what: `${mode}, ${transform}, to ${size.join(" x ")}${Object.keys(more).map((name) => `, ${name} ${more[name].value}`)}`,
  attributes: { mode: string(mode), coordinate_transformation_mode: string(transform), ...more },
  inputs: [real([2, 2, 4, 5]), undefined, undefined, list([2, 2, ...size])],
});

const scaled = (mode: string, scales: readonly number[], attributes: OperatorCase["attributes"], opset: number): OperatorCase => ({
  operator: "Resize",
  what: `${mode}, by ${scales.join(" x ")}, opset ${opset}`,
  opset,
  attributes: { mode: string(mode), ...attributes },
  inputs: opset < 11
    ? [picture, constant([1, 1, ...scales], [4])]
    : [picture, opset < 13 ? constant([], [0]) : undefined, constant([1, 1, ...scales], [4])],
});

const asymmetric = { coordinate_transformation_mode: string("asymmetric") };

export const resizeCases: readonly OperatorCase[] = [
  ...["half_pixel", "pytorch_half_pixel", "asymmetric", "align_corners"].flatMap((transform) => [
    resize("linear", transform, [7, 9]),
    resize("linear", transform, [3, 2]),
    resize("nearest", transform, [8, 10]),
    resize("nearest", transform, [3, 4]),
  ]),
  resize("cubic", "half_pixel", [7, 9]),
  resize("cubic", "align_corners", [3, 8], { cubic_coeff_a: float(-0.5) }),
  resize("cubic", "half_pixel", [6, 7], { exclude_outside: int(1) }),
  resize("linear", "half_pixel", [1, 9]),
  resize("linear", "align_corners", [1, 9]),
  ...["floor", "ceil", "round_prefer_floor", "round_prefer_ceil"].map((rounding) =>
    resize("nearest", "half_pixel", [6, 3], { nearest_mode: string(rounding) })
  ),
  scaled("nearest", [2, 2], { ...asymmetric, nearest_mode: string("floor") }, 18),
  scaled("linear", [2, 2], {}, 18),
  scaled("linear", [1.5, 2], {}, 13),
  scaled("linear", [2, 0.6], { coordinate_transformation_mode: string("pytorch_half_pixel") }, 11),
  scaled("linear", [2, 2], { coordinate_transformation_mode: string("half_pixel_symmetric") }, 19),
  scaled("linear", [2, 3], {}, 10),
  scaled("nearest", [2, 3], {}, 10),
  scaled("nearest", [0.5, 0.6], {}, 10),
  {
    operator: "Resize",
    what: "by sizes, with empty scales, opset 11",
    opset: 11,
    attributes: { mode: string("linear"), coordinate_transformation_mode: string("half_pixel") },
    inputs: [real([2, 2, 4, 5]), constant([], [0]), constant([], [0]), list([2, 2, 6, 7])],
  },
  {
    operator: "Resize",
    what: "a crop, linear",
    attributes: { mode: string("linear"), coordinate_transformation_mode: string("tf_crop_and_resize"), extrapolation_value: float(3) },
    inputs: [real([2, 2, 4, 5]), constant([0, 0, 0.1, -0.2, 1, 1, 0.8, 0.9], [8]), undefined, list([2, 2, 5, 6])],
  },
  {
    operator: "Resize",
    what: "chosen axes",
    attributes: { mode: string("linear"), axes: ints(2, 3) },
    inputs: [picture, undefined, undefined, list([6, 7])],
  },
  {
    operator: "Upsample",
    what: "nearest, opset 7",
    opset: 7,
    attributes: { mode: string("nearest"), scales: floats(1, 1, 2, 3) },
    inputs: [picture],
  },
  {
    operator: "Upsample",
    what: "linear, opset 9",
    opset: 9,
    attributes: { mode: string("linear") },
    inputs: [picture, constant([1, 1, 2, 2], [4])],
  },
];
