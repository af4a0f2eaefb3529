import { InputError } from "../../../../core/errors.ts";
import type { Graph, Node } from "../graph.ts";
import { DataType, dataTypeName } from "../tensors.ts";
import { label } from "./attributes.ts";
import { withoutUnused } from "./fold.ts";
import type { Rule } from "./rule.ts";
import { layoutRules } from "./rules/layout.ts";
import { gradientRules } from "./rules/mod.ts";
import type { Values } from "./values.ts";

/** What a gradient flows through. */
export interface GradientPath {
  /** The nodes between the chosen values and the output, in the graph's order. */
  readonly nodes: readonly Node[];
  /** The values that depend on the chosen ones. */
  readonly active: ReadonlySet<string>;
}

/**
 * The path from chosen values to an output. Throws `InputError` where a node on it has no rule or computes in another type than float32.
 */
export function gradientPath(graph: Graph, values: Values, output: string, wrt: readonly string[]): GradientPath {
  const active = dependents(graph, values, wrt);
  const needed = new Set([output]);
  const nodes: Node[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((name) => needed.has(name) && active.has(name))) continue;
    nodes.unshift(node);
    node.inputs.forEach((name) => needed.add(name));
  }
  for (const node of nodes) {
    ruleOf(node);
    const other = node.outputs.find((name) => active.has(name) && values.has(name) && values.dataType(name) !== DataType.float);
    if (other !== undefined) {
      throw new InputError(
        `Results of ${label(node)} must be float32 to be differentiated: they are ${dataTypeName(values.dataType(other))}`,
      );
    }
  }
  return { nodes, active };
}

/** What to tell of an output that does not vary with a value: where that becomes whole numbers, or that there is no way between them. */
export function flatOutput(graph: Graph, values: Values, output: string, wrt: string): InputError {
  const active = dependents(graph, values, [wrt]);
  const touched = new Set([wrt]);
  const isWhole = (name: string) => touched.has(name) && values.has(name) && !isReal(values.dataType(name));
  let where: string | undefined;
  for (const node of withoutUnused(graph, new Set([output])).nodes) {
    if (node.operator === "Shape" || !node.inputs.some((name) => touched.has(name))) continue;
    for (const name of node.outputs) if (name !== "") touched.add(name);
    const [taken, made] = [node.inputs.find(isWhole), node.outputs.find(isWhole)];
    if (taken !== undefined && !carries(node, taken)) {
      where = `${label(node)} computes with ${dataTypeName(values.dataType(taken))}`;
      break;
    }
    if (made !== undefined && node.inputs.some((name) => active.has(name))) {
      where ??= `${label(node)} makes ${dataTypeName(values.dataType(made))} of it`;
    }
  }
  const what = `Output "${output}" must be a float value of the model that varies with "${wrt}"`;
  return new InputError(where === undefined ? what : `${what}: ${where}`);
}

/** Whether a node hands elements of a value on as they are. */
function carries({ operator, domain, inputs }: Node, value: string): boolean {
  if (domain !== "") return false;
  return operator === "Concat" ||
    inputs[0] === value && (Object.hasOwn(layoutRules, operator) || operator === "Cast" || operator === "Identity");
}

/** The gradient rule of a node's operator. */
export function ruleOf(node: Node): Rule {
  if (node.domain === "" && Object.hasOwn(gradientRules, node.operator)) return gradientRules[node.operator];
  throw new InputError(`No gradient rule is known for ${label(node)}${node.domain === "" ? "" : ` of domain ${node.domain}`}`);
}

/** The values that vary with the chosen ones. Integers and booleans do not, not continuously; what is not understood might. */
function dependents(graph: Graph, values: Values, wrt: readonly string[]): Set<string> {
  const active = new Set(wrt);
  for (const node of graph.nodes) {
    if (!node.inputs.some((name) => active.has(name))) continue;
    for (const name of node.outputs) if (name !== "" && (!values.has(name) || isReal(values.dataType(name)))) active.add(name);
  }
  return active;
}

function isReal(dataType: number): boolean {
  return [DataType.float, DataType.double, DataType.float16, DataType.bfloat16].some((real) => real === dataType);
}
