import type { Graph, Node, Tensor } from "../graph.ts";
import { floatTensor } from "../graph_builder.ts";
import { hasSubgraph } from "../simplify.ts";
import { DataType, elementCount } from "../tensors.ts";
import { intOf } from "./attributes.ts";
import { Emitter } from "./emitter.ts";
import { foldNormalizations } from "./fold_normalization.ts";
import { foldPadding } from "./fold_padding.ts";
import type { Values } from "./values.ts";

/**
 * The same function with less in it: what follows from constants and shapes is a stored tensor, shape arithmetic is gone where at most one
 * dimension is free, copies are gone, normalizations are part of the convolutions before them, and nodes that nothing uses are left out. A
 * graph with sub-graphs stays as it is: these may use any value by its name.
 *
 * @param keep Values that must stay: those that someone differentiates, or differentiates for.
 */
export function foldGraph(graph: Graph, keep: readonly string[]): Graph {
  if (graph.nodes.some(hasSubgraph)) return graph;
  const kept = new Set([...keep, ...graph.outputs.map(({ name }) => name)]);
  const emitter = new Emitter(graph, "folded/");
  const renamed = new Map<string, string>();
  const constants = new Map<string, Tensor>();

  for (const original of graph.nodes) {
    const node = { ...original, inputs: original.inputs.map((name) => renamed.get(name) ?? name) };
    const [output] = node.outputs;
    if (isCopy(node, emitter.values) && !kept.has(output)) {
      renamed.set(output, node.inputs[0]);
      continue;
    }
    emitter.add(withPlainTarget(node, emitter));
    const constant = kept.has(output) ? undefined : constantOf(node, emitter);
    if (constant !== undefined) constants.set(output, constant);
  }
  const folded = emitter.build(graph.opset, graph.outputs);
  const initializers = new Map([...folded.initializers, ...constants]);
  const nodes = folded.nodes.filter(({ outputs }) => !constants.has(outputs[0]));
  return withoutUnused(foldPadding(foldNormalizations({ ...folded, nodes, initializers }, kept), kept), kept);
}

/** The graph without the nodes and tensors that no kept value depends on. */
export function withoutUnused(graph: Graph, kept: ReadonlySet<string>): Graph {
  if (graph.nodes.some(hasSubgraph)) return graph;
  const used = new Set(kept);
  const nodes: Node[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((name) => used.has(name))) continue;
    nodes.unshift(node);
    node.inputs.forEach((name) => used.add(name));
  }
  return { ...graph, nodes, initializers: new Map([...graph.initializers].filter(([name]) => used.has(name))) };
}

/** Whether a node returns what it is given. `Dropout` does in use; its mask and its training form are another matter. */
function isCopy(node: Node, values: Values): boolean {
  if (node.domain !== "") return false;
  if (node.operator === "Cast") return values.has(node.inputs[0]) && values.dataType(node.inputs[0]) === intOf(node, "to", 0);
  return node.operator === "Identity" || node.operator === "Dropout" && node.outputs.length === 1 && node.inputs.length < 3;
}

/** The reshape to a constant target, where that can say it: -1 stands for the one dimension that is free. */
function withPlainTarget(node: Node, emitter: Emitter): Node {
  if (node.domain !== "" || node.operator !== "Reshape" || emitter.values.constant(node.inputs[1]) !== undefined) return node;
  emitter.values.infer(node);
  if (!emitter.values.has(node.outputs[0])) return node;
  const dims = emitter.values.dims(node.outputs[0]);
  if (dims.filter((size) => size === undefined).length > 1) return node;
  return { ...node, inputs: [node.inputs[0], emitter.ints(dims.map((size) => size ?? -1))] };
}

/** The tensor that a node always returns; undefined where it depends on inputs. */
function constantOf(node: Node, emitter: Emitter): Tensor | undefined {
  const value = node.attributes.get("value");
  if (node.domain === "" && node.operator === "Constant" && value?.type === "tensor") return value.value;
  const data = emitter.values.constant(node.outputs[0]);
  if (data === undefined) return undefined;
  const dims = emitter.values.dims(node.outputs[0]) as readonly number[];
  if (elementCount(dims) !== data.length) return undefined;
  switch (emitter.values.dataType(node.outputs[0])) {
    case DataType.float:
      return floatTensor(dims, data);
    case DataType.int64:
      // The largest integers, which stand for "to the end", are rounded up as numbers.
      return {
        dataType: DataType.int64,
        dims,
        data: BigInt64Array.from(data, (value) => BigInt(Math.min(value, Number.MAX_SAFE_INTEGER))),
      };
    case DataType.int32:
      return { dataType: DataType.int32, dims, data: Int32Array.from(data) };
    case DataType.bool:
      return { dataType: DataType.bool, dims, data: Uint8Array.from(data) };
    default:
      return undefined;
  }
}
