import { InputError } from "../../../../../core/errors.ts";
import type { Node } from "../../graph.ts";
import { label } from "../attributes.ts";
import { computeShapes } from "./compute.ts";
import { evaluate } from "./evaluate.ts";
import type { Known, ShapeRule } from "./known.ts";
import { layoutShapes } from "./layout.ts";

const RULES: Readonly<Record<string, ShapeRule>> = { ...computeShapes, ...layoutShapes };

/**
 * Types, shapes and, of shape arithmetic, elements of a node's outputs.
 *
 * @param inputs What is known of its inputs; undefined for an optional one that is left out.
 * @returns Undefined where the operator has no shape rule.
 * @throws InputError where a shape depends on the content of pictures, or a window does not fit.
 */
export function inferNode(node: Node, inputs: readonly (Known | undefined)[]): readonly Known[] | undefined {
  if (node.domain !== "" || !Object.hasOwn(RULES, node.operator)) return undefined;
  const outputs = RULES[node.operator](node, inputs as readonly Known[]);
  for (const { dims } of outputs) {
    if (dims.some((size) => !Number.isInteger(size) || size < 0)) {
      throw new InputError(`Sizes in ${label(node)} must be whole and not negative: its output has shape [${dims}]`);
    }
  }
  const [first, ...rest] = outputs;
  if (first.data !== undefined) return outputs;
  const data = evaluate(node, inputs as readonly Known[], first);
  return data === undefined ? outputs : [{ ...first, data }, ...rest];
}
