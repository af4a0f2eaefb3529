import type { Node } from "../../../../../plugins/classifiers/onnx/graph.ts";

/** The value of an attribute, or a fallback of the same type. */
export function attribute(node: Node, name: string, fallback: number): number;
export function attribute(node: Node, name: string, fallback: string): string;
export function attribute(node: Node, name: string, fallback: number[]): number[];
export function attribute(node: Node, name: string): number[] | undefined;
export function attribute(node: Node, name: string, fallback?: unknown): unknown {
  return node.attributes.get(name)?.value ?? fallback;
}
