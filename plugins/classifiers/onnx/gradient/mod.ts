/**
 * Reverse-mode differentiation of ONNX graphs: from a model, one model of standard operators that gives its outputs and vector-Jacobian
 * products for inputs or stored weights in one run. It needs nothing of the rest of the project but the model's codec.
 *
 * @module
 */
export type { Attribute, Graph, Node, Tensor, ValueInfo } from "../graph.ts";
export { type DifferentiatedGraph, differentiateGraph, type DifferentiateOptions } from "./differentiate.ts";
export { type CrossEntropyOptions, exposeInitializers, withCrossEntropy, withSoftmax } from "./heads.ts";
export { upgradeGraph } from "./upgrade.ts";
