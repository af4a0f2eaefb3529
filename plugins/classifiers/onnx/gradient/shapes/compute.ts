import { InputError } from "../../../../../core/errors.ts";
import type { Node } from "../../graph.ts";
import { DataType } from "../../tensors.ts";
import { intOf, intsOf, label, stringOf } from "../attributes.ts";
import { transposedWindowsOf, windowsOf } from "../window.ts";
import { broadcast, type Known, knownTensor, type ShapeRule } from "./known.ts";

const like: ShapeRule = (_, [input]) => [{ dataType: input.dataType, dims: input.dims }];

const elementwise: ShapeRule = (_, inputs) => [{ dataType: inputs[0].dataType, dims: broadcast(...inputs.map(({ dims }) => dims)) }];

const comparison: ShapeRule = (_, inputs) => [{ dataType: DataType.bool, dims: broadcast(...inputs.map(({ dims }) => dims)) }];

const pool: ShapeRule = (node, [input]) => {
  const kernels = intsOf(node, "kernel_shape", []);
  const dims = [...input.dims.slice(0, 2), ...windowsOf(node, input.dims.slice(2), kernels).map(({ output }) => output)];
  return [{ dataType: input.dataType, dims }, { dataType: DataType.int64, dims }];
};

const globalPool: ShapeRule = (_, [{ dataType, dims }]) => [{ dataType, dims: dims.map((size, axis) => axis < 2 ? size : 1) }];

const table = (rule: ShapeRule, operators: string): Record<string, ShapeRule> =>
  Object.fromEntries(operators.split(" ").map((operator) => [operator, rule]));

/** Shape rules of operators that compute. */
export const computeShapes: Readonly<Record<string, ShapeRule>> = {
  ...table(
    like,
    "Identity Relu LeakyRelu Clip Sigmoid HardSigmoid HardSwish Tanh Erf Gelu Softmax LogSoftmax LRN Sqrt Exp Log Neg Abs Sign Floor Ceil " +
      "Round Reciprocal Softplus Softsign Elu Selu Celu Mish Sin Cos Tan Not Hardmax InstanceNormalization GroupNormalization " +
      "ThresholdedRelu LpNormalization CumSum Dropout",
  ),
  ...table(elementwise, "Add Sub Mul Div Pow Mod Min Max Sum Mean PRelu And Or Xor"),
  ...table(comparison, "Equal Less LessOrEqual Greater GreaterOrEqual IsNaN IsInf"),
  ...table(pool, "MaxPool AveragePool LpPool"),
  ...table(globalPool, "GlobalAveragePool GlobalMaxPool GlobalLpPool"),
  Dropout: (_, [{ dataType, dims }]) => [{ dataType, dims }, { dataType: DataType.bool, dims }],
  Where: (_, [condition, left, right]) => [{ dataType: left.dataType, dims: broadcast(condition.dims, left.dims, right.dims) }],
  Cast: (node, [{ dims }]) => [{ dataType: intOf(node, "to", DataType.float), dims }],
  QuantizeLinear: (node, [{ dims }, , zero]) => [{ dataType: zero?.dataType ?? intOf(node, "output_dtype", DataType.uint8), dims }],
  DequantizeLinear: (_, [{ dims }, { dataType }]) => [{ dataType, dims }],
  Constant: (node) => [constantValue(node)],
  Conv: (node, [input, weights]) => {
    const windows = windowsOf(node, input.dims.slice(2), weights.dims.slice(2));
    return [{ dataType: input.dataType, dims: [input.dims[0], weights.dims[0], ...windows.map(({ output }) => output)] }];
  },
  ConvTranspose: (node, [input, weights]) => {
    const windows = transposedWindowsOf(node, input.dims.slice(2), weights.dims.slice(2));
    const channels = weights.dims[1] * intOf(node, "group", 1);
    return [{ dataType: input.dataType, dims: [input.dims[0], channels, ...windows.map((window) => window.input)] }];
  },
  Gemm: (node, [left, right]) => {
    const rows = left.dims[intOf(node, "transA", 0)];
    const columns = right.dims[1 - intOf(node, "transB", 0)];
    return [{ dataType: left.dataType, dims: [rows, columns] }];
  },
  MatMul: (_, [left, right]) => {
    const rows = left.dims.length > 1 ? left.dims.slice(-2, -1) : [];
    const columns = right.dims.length > 1 ? right.dims.slice(-1) : [];
    const batch = broadcast(left.dims.slice(0, -2), right.dims.slice(0, -2));
    return [{ dataType: left.dataType, dims: [...batch, ...rows, ...columns] }];
  },
  BatchNormalization: (_, [input, scale]) => [input, scale, scale, scale, scale].map(({ dataType, dims }) => ({ dataType, dims })),
  LayerNormalization: (node, [{ dataType, dims }]) => {
    const axis = intOf(node, "axis", -1);
    const first = axis < 0 ? axis + dims.length : axis;
    const statistics = dims.map((size, position) => position < first ? size : 1);
    return [dims, statistics, statistics].map((dims) => ({ dataType, dims }));
  },
  Resize: (node, [input, , scales, sizes]) => {
    const axes = intsOf(node, "axes", input.dims.map((_, axis) => axis)).map((axis) => axis < 0 ? axis + input.dims.length : axis);
    const dims = [...input.dims];
    const given = sizes?.data?.length ? sizes.data : scales?.data;
    if (given === undefined || stringOf(node, "keep_aspect_ratio_policy", "stretch") !== "stretch") {
      throw new InputError(`Sizes or scales of ${label(node)} must be constant and stretch each axis by itself`);
    }
    axes.forEach((axis, position) => dims[axis] = given === sizes?.data ? given[position] : Math.floor(dims[axis] * given[position]));
    return [{ dataType: input.dataType, dims }];
  },
};

function constantValue(node: Node): Known {
  for (const [name, attribute] of node.attributes) {
    if (attribute.type === "tensor") return knownTensor(attribute.value);
    const dataType = name.startsWith("value_float") ? DataType.float : DataType.int64;
    if (attribute.type === "float" || attribute.type === "int") return { dataType, dims: [], data: [attribute.value] };
    if (attribute.type === "floats" || attribute.type === "ints") {
      return { dataType, dims: [attribute.value.length], data: attribute.value };
    }
  }
  throw new InputError(`Attributes of ${label(node)} must hold a dense tensor of numbers`);
}
