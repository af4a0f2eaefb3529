import { InputError } from "../../../../core/errors.ts";
import type { Attribute, Node } from "../graph.ts";

/** The integer attribute `name` of a node, or `fallback` where the node leaves it out. */
export function intOf(node: Node, name: string, fallback: number): number {
  return read(node, name, "int", fallback);
}

/** The float attribute `name` of a node, or `fallback` where the node leaves it out. */
export function floatOf(node: Node, name: string, fallback: number): number {
  return read(node, name, "float", fallback);
}

/** The string attribute `name` of a node, or `fallback` where the node leaves it out. */
export function stringOf(node: Node, name: string, fallback: string): string {
  return read(node, name, "string", fallback);
}

/** The integers of attribute `name` of a node, or `fallback` where the node leaves it out. */
export function intsOf<Fallback>(node: Node, name: string, fallback: Fallback): readonly number[] | Fallback {
  return read<readonly number[] | Fallback>(node, name, "ints", fallback);
}

/** How messages call a node: its name, or its first output where it has none. */
export function label(node: Node): string {
  return `node "${node.name || node.outputs[0]}" (operator ${node.operator})`;
}

function read<Value>(node: Node, name: string, type: Attribute["type"], fallback: Value): Value {
  const attribute = node.attributes.get(name);
  if (attribute === undefined) return fallback;
  if (attribute.type !== type) {
    throw new InputError(`Attribute "${name}" of ${label(node)} must be of type ${type}: its type is ${attribute.type}`);
  }
  return attribute.value as Value;
}
