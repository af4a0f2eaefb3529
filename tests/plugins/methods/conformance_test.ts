import { methods } from "../../../plugins/methods/mod.ts";
import { methodConformance } from "./conformance.ts";

for (const method of methods) methodConformance(method, method.options.steps === undefined ? {} : { steps: 150, epsilon: 0.01 });
