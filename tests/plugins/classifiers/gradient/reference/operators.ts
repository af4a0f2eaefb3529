import type { Node } from "../../../../../plugins/classifiers/onnx/graph.ts";
import { type Array64, at, broadcastDims, build } from "./array.ts";
import { layout } from "./layout.ts";
import { matrix } from "./matrix.ts";
import { normalization } from "./normalization.ts";
import { resampling } from "./resampling.ts";
import { attribute } from "./attribute.ts";
import { windowed } from "./windowed.ts";

/** The definition of an operator as the ONNX documents state it, in float64, written for plainness. */
export type Definition = (node: Node, inputs: readonly Array64[]) => readonly Array64[];

const map = (apply: (value: number, node: Node) => number): Definition => (node, [x]) => [{
  dims: x.dims,
  data: x.data.map((value) => apply(value, node)),
}];

const zip = (apply: (...values: number[]) => number): Definition => (_, inputs) => {
  const dims = broadcastDims(...inputs.map(({ dims }) => dims));
  return [build(dims, (coordinate) => apply(...inputs.map((input) => at(input, coordinate))))];
};

/** The error function by its series, or its continued fraction far out. */
export function erf(x: number): number {
  const z = Math.abs(x);
  if (z < 3) {
    let term = z, sum = z;
    for (let n = 1; n < 80; n++) {
      term *= -z * z / n;
      sum += term / (2 * n + 1);
    }
    return Math.sign(x) * 2 / Math.sqrt(Math.PI) * sum;
  }
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (z + fraction);
  return Math.sign(x) * (1 - Math.exp(-z * z) / Math.sqrt(Math.PI) / (z + fraction));
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const clamp = (x: number, low: number, high: number) => Math.min(Math.max(x, low), high);

function gelu(x: number, node: Node): number {
  const tanh = attribute(node, "approximate", "none") === "tanh";
  return x / 2 * (1 + (tanh ? Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)) : erf(x / Math.SQRT2)));
}

export const definitions: Readonly<Record<string, Definition>> = {
  ...layout,
  ...matrix,
  ...normalization,
  ...resampling,
  ...windowed,
  Identity: map((x) => x),
  Dropout: map((x) => x),
  Relu: map((x) => Math.max(x, 0)),
  LeakyRelu: map((x, node) => x < 0 ? x * attribute(node, "alpha", 0.01) : x),
  Elu: map((x, node) => x < 0 ? attribute(node, "alpha", 1) * (Math.exp(x) - 1) : x),
  Sigmoid: map(sigmoid),
  HardSigmoid: map((x, node) => clamp(attribute(node, "alpha", 0.2) * x + attribute(node, "beta", 0.5), 0, 1)),
  HardSwish: map((x) => x * clamp(x / 6 + 0.5, 0, 1)),
  Tanh: map(Math.tanh),
  Erf: map(erf),
  Gelu: map(gelu),
  Softplus: map((x) => Math.log(1 + Math.exp(x))),
  Softsign: map((x) => x / (1 + Math.abs(x))),
  Sqrt: map(Math.sqrt),
  Exp: map(Math.exp),
  Log: map(Math.log),
  Neg: map((x) => -x),
  Abs: map(Math.abs),
  Reciprocal: map((x) => 1 / x),
  Sin: map(Math.sin),
  Cos: map(Math.cos),
  Floor: map(Math.floor),
  Cast: map((x) => x),
  Not: map((x) => Number(!x)),
  Add: zip((x, y) => x + y),
  Sub: zip((x, y) => x - y),
  Mul: zip((x, y) => x * y),
  Div: zip((x, y) => x / y),
  Pow: zip(Math.pow),
  Greater: zip((x, y) => Number(x > y)),
  Less: zip((x, y) => Number(x < y)),
  PRelu: zip((x, slope) => x < 0 ? x * slope : x),
  Where: zip((condition, x, y) => condition ? x : y),
  Sum: zip((...values) => values.reduce((sum, value) => sum + value)),
  Mean: zip((...values) => values.reduce((sum, value) => sum + value) / values.length),
  Max: zip(Math.max),
  Min: zip(Math.min),
  Clip: (node, [x, low, high]) => {
    const bounds = [low?.data[0] ?? attribute(node, "min", -Infinity), high?.data[0] ?? attribute(node, "max", Infinity)];
    return [{ dims: x.dims, data: x.data.map((value) => clamp(value, bounds[0], bounds[1])) }];
  },
};
