import type { Graph, Node } from "../graph.ts";
import { int, ints } from "../graph_builder.ts";
import { intOf, intsOf, stringOf } from "./attributes.ts";

/**
 * Makes padding with zeros part of the convolution or average pooling behind it. A backward pass then needs no cut, which would take pictures
 * out of the runtime's blocked layout.
 *
 * @param kept Values that must stay as they are.
 */
export function foldPadding(graph: Graph, kept: ReadonlySet<string>): Graph {
  const uses = new Map<string, number>();
  for (const name of graph.nodes.flatMap(({ inputs }) => inputs)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const paddings = new Map(graph.nodes.flatMap((node) => node.operator === "Pad" && node.domain === "" ? [[node.outputs[0], node]] : []));
  const replaced = new Map<Node, Node | undefined>();

  for (const node of graph.nodes) {
    const padding = paddings.get(node.inputs[0]);
    if (padding === undefined || uses.get(node.inputs[0]) !== 1 || kept.has(node.inputs[0])) continue;
    const pads = spatialZeros(padding, graph);
    const attributes = pads && withPads(node, pads);
    if (attributes === undefined) continue;
    replaced.set(padding, undefined);
    replaced.set(node, { ...node, inputs: [padding.inputs[0], ...node.inputs.slice(1)], attributes });
  }
  return { ...graph, nodes: graph.nodes.flatMap((node) => replaced.has(node) ? replaced.get(node) ?? [] : [node]) };
}

/** How many zeros a node puts before and behind every spatial axis; undefined where it does anything else. */
function spatialZeros(node: Node, { initializers }: Graph): readonly number[] | undefined {
  const [, sizes, value, axes] = node.inputs.map((name) => initializers.get(name));
  if (stringOf(node, "mode", "constant") !== "constant" || sizes === undefined || axes !== undefined || node.inputs[3]) return undefined;
  if (node.inputs[2] && Number(value?.data[0]) !== 0) return undefined;
  const pads = Array.from(sizes.data as BigInt64Array, Number);
  const rank = pads.length / 2;
  const [before, after] = [pads.slice(0, rank), pads.slice(rank)];
  const apart = [before, after].every((list) => list.every((size, axis) => axis < 2 ? size === 0 : size >= 0));
  return apart ? [...before.slice(2), ...after.slice(2)] : undefined;
}

/** The attributes of a node that pads that much more; undefined where it cannot, or would count the zeros in another way. */
function withPads(node: Node, more: readonly number[]): Node["attributes"] | undefined {
  if (node.domain !== "" || stringOf(node, "auto_pad", "NOTSET") !== "NOTSET") return undefined;
  const own = intsOf(node, "pads", more.map(() => 0));
  const pads = more.map((size, index) => size + own[index]);
  const attributes = new Map([...node.attributes, ["pads", ints(...pads)] as const]);
  if (node.operator === "Conv") return attributes;
  if (node.operator !== "AveragePool" || intOf(node, "ceil_mode", 0) === 1) return undefined;
  const counted = intOf(node, "count_include_pad", 0) === 1 || own.every((size) => size === 0);
  return counted ? attributes.set("count_include_pad", int(1)) : undefined;
}
