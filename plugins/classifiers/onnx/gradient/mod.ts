export { type DifferentiatedGraph, differentiateGraph, type DifferentiateOptions } from "./differentiate.ts";
export { type CrossEntropyOptions, exposeInitializers, withCrossEntropy, withSoftmax } from "./heads.ts";
export { upgradeGraph } from "./upgrade.ts";
