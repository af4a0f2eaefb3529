export { type DifferentiatedGraph, differentiateGraph, type DifferentiateOptions } from "./differentiate.ts";
export { upgradeGraph } from "./upgrade.ts";
