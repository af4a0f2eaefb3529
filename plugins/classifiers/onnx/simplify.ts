import type { Attribute, Graph, Node, Tensor } from "./graph.ts";
import { floatTensor, intTensor } from "./graph_builder.ts";
import { DataType } from "./tensors.ts";

/** The graph with its `Constant` nodes as initializers, so that a constant looks the same wherever it came from. */
export function hoistConstants(graph: Graph): Graph {
  const initializers = new Map(graph.initializers);
  const nodes = graph.nodes.filter((node) => {
    const value = constantOf(node);
    if (value !== undefined) initializers.set(node.outputs[0], value);
    return value === undefined;
  });
  return { ...graph, nodes, initializers };
}

/**
 * The graph without the nodes and initializers that no output needs. A graph with sub-graphs stays as it is: these may use any value by its name.
 */
export function pruneUnused(graph: Graph): Graph {
  if (graph.nodes.some(hasSubgraph)) return graph;
  const needed = new Set(graph.outputs.map((output) => output.name));
  const nodes: Node[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((output) => output !== "" && needed.has(output))) continue;
    nodes.push(node);
    for (const input of node.inputs) needed.add(input);
  }
  return { ...graph, nodes: nodes.reverse(), initializers: new Map([...graph.initializers].filter(([name]) => needed.has(name))) };
}

/** Whether a node holds graphs, or anything else that is not read. */
export function hasSubgraph(node: Node): boolean {
  return [...node.attributes.values()].some((attribute) => attribute.type === "raw");
}

function constantOf(node: Node): Tensor | undefined {
  if (node.operator !== "Constant" || node.domain !== "") return undefined;
  for (const [name, attribute] of node.attributes) {
    const value = tensorOf(name, attribute);
    if (value !== undefined) return value;
  }
  return undefined;
}

function tensorOf(name: string, attribute: Attribute): Tensor | undefined {
  switch (`${name} ${attribute.type}`) {
    case "value tensor":
      return attribute.value as Tensor;
    case "value_float float":
      return floatTensor([], [attribute.value as number]);
    case "value_floats floats":
      return floatTensor([(attribute.value as readonly number[]).length], attribute.value as readonly number[]);
    case "value_int int":
      return { dataType: DataType.int64, dims: [], data: BigInt64Array.of(BigInt(attribute.value as number)) };
    case "value_ints ints":
      return intTensor(attribute.value as readonly number[]);
    default:
      return undefined;
  }
}
