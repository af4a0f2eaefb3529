import { float, int } from "../../../../../plugins/classifiers/onnx/graph_builder.ts";
import { type OperatorCase, real, stored } from "../harness.ts";

const gemm = (transA: number, transB: number): OperatorCase => ({
  operator: "Gemm",
  what: `transA ${transA}, transB ${transB}, factors`,
  attributes: { transA: int(transA), transB: int(transB), alpha: float(0.5), beta: float(1.5) },
  inputs: [real(transA ? [4, 2] : [2, 4]), stored(transB ? [3, 4] : [4, 3]), stored([3])],
});

const matmul = (what: string, left: ("batch" | number)[], right: ("batch" | number)[]): OperatorCase => ({
  operator: "MatMul",
  what,
  inputs: [real(left), real(right)],
});

export const matrixCases: readonly OperatorCase[] = [
  gemm(0, 0),
  gemm(0, 1),
  gemm(1, 0),
  gemm(1, 1),
  { operator: "Gemm", what: "free batch", attributes: { transB: int(1) }, inputs: [real(["batch", 4]), stored([3, 4]), stored([3])] },
  { operator: "Gemm", what: "without C", inputs: [real(["batch", 4]), stored([4, 3])] },
  { operator: "Gemm", what: "scalar C", inputs: [real(["batch", 4]), stored([4, 3]), stored([])] },
  { operator: "Gemm", what: "full C, opset 7", opset: 7, inputs: [real([2, 4]), stored([4, 3]), stored([2, 3])] },
  { operator: "Gemm", what: "C a column", inputs: [real([2, 4]), stored([4, 3]), stored([2, 1])] },
  matmul("matrices", [2, 3], [3, 4]),
  matmul("a stack by one matrix", ["batch", 5, 3], [3, 4]),
  matmul("one matrix by a stack", [5, 3], ["batch", 3, 4]),
  matmul("stacks", ["batch", 2, 5, 3], ["batch", 2, 3, 4]),
  matmul("stacks with broadcasting", ["batch", 1, 5, 3], [1, 3, 3, 2]),
  matmul("stacks of different depth", ["batch", 2, 2, 3], [2, 3, 2]),
  matmul("vector by matrix", [3], [3, 4]),
  matmul("matrix by vector", [2, 3], [3]),
  matmul("stack by vector", ["batch", 2, 3], [3]),
  matmul("vector by stack", [3], ["batch", 3, 4]),
  matmul("vectors", [3], [3]),
];
