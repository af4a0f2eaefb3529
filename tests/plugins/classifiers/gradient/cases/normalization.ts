import { float, int } from "../../../../../plugins/classifiers/onnx/graph_builder.ts";
import { type OperatorCase, real, stored } from "../harness.ts";

const batchNormalization = (
  what: string,
  opset: number,
  picture: readonly number[],
  attributes: OperatorCase["attributes"] = {},
): OperatorCase => ({
  operator: "BatchNormalization",
  what,
  opset,
  attributes,
  inputs: [real(["batch", 3, ...picture]), stored([3]), stored([3]), stored([3]), stored([3], [0.5, 2])],
});

const layerNormalization = (
  what: string,
  axis: number,
  dims: readonly number[],
  attributes: OperatorCase["attributes"] = {},
): OperatorCase => ({
  operator: "LayerNormalization",
  what,
  attributes: { axis: int(axis), ...attributes },
  inputs: [real(["batch", 2, 3, 4]), stored(dims), stored(dims)],
});

const softmax = (operator: string, axis: number | undefined, opset: number, range: readonly [number, number] = [-2, 2]): OperatorCase => ({
  operator,
  what: `axis ${axis ?? "by default"}, opset ${opset}, logits in [${range}]`,
  opset,
  attributes: axis === undefined ? {} : { axis: int(axis) },
  inputs: [real(["batch", 3, 4], range)],
});

export const normalizationCases: readonly OperatorCase[] = [
  batchNormalization("pictures", 18, [3, 2]),
  batchNormalization("epsilon", 15, [3, 2], { epsilon: float(0.1) }),
  batchNormalization("rows", 18, []),
  batchNormalization("opset 7", 7, [3, 2], { epsilon: float(1e-3) }),
  batchNormalization("opset 9", 9, [3, 2]),
  batchNormalization("opset 14", 14, [3, 2]),
  layerNormalization("last axis", -1, [4]),
  layerNormalization("two axes", 2, [3, 4], { epsilon: float(0.01) }),
  layerNormalization("all but the batch", 1, [2, 3, 4]),
  { operator: "LayerNormalization", what: "without a shift", inputs: [real(["batch", 5]), stored([5])] },
  { operator: "InstanceNormalization", what: "", inputs: [real(["batch", 3, 4, 2]), stored([3]), stored([3])] },
  {
    operator: "InstanceNormalization",
    what: "epsilon, one axis",
    attributes: { epsilon: float(0.1) },
    inputs: [real(["batch", 3, 5]), stored([3]), stored([3])],
  },
  ...[1, 3, 5].map((size): OperatorCase => ({
    operator: "LRN",
    what: `over ${size} channels`,
    attributes: { size: int(size), alpha: float(0.5), beta: float(0.6), bias: float(1.5) },
    inputs: [real(["batch", 6, 2, 3])],
  })),
  ...["Softmax", "LogSoftmax"].flatMap((operator) => [
    softmax(operator, undefined, 18),
    softmax(operator, 1, 18),
    softmax(operator, 0, 13),
    softmax(operator, undefined, 12),
    softmax(operator, 2, 11),
    softmax(operator, 1, 7),
    softmax(operator, -1, 18, [-9, 9]),
  ]),
];
