import type { Graph } from "../../../../../plugins/classifiers/onnx/graph.ts";
import type { Array64 } from "./array.ts";
import { definitions } from "./operators.ts";

/** All values of a graph in float64, from those of its inputs. Operators mean what they mean in operator set 13 and later. */
export function evaluateGraph(graph: Graph, feeds: ReadonlyMap<string, Array64>): Map<string, Array64> {
  const values = new Map(feeds);
  for (const [name, { dims, data }] of graph.initializers) {
    if (!values.has(name)) values.set(name, { dims, data: Float64Array.from(data as ArrayLike<number | bigint>, Number) });
  }
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((name) => values.get(name));
    const outputs = definitions[node.operator](node, inputs as Array64[]);
    node.outputs.forEach((name, index) => values.set(name, outputs[index]));
  }
  return values;
}
