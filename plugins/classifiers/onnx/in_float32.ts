import { float32Tensor } from "./float32_tensor.ts";
import type { Attribute, Graph, Tensor, ValueInfo } from "./graph.ts";
import { int, tensor } from "./graph_builder.ts";
import { hasSubgraph } from "./simplify.ts";
import { DataType } from "./tensors.ts";

/** Attributes that say of which type the results of a node are. */
const TYPES: readonly string[] = ["to", "dtype", "output_dtype"];

/** Real numbers of 16 bits. */
export const HALVES: readonly number[] = [DataType.float16, DataType.bfloat16];
const OTHERS: readonly number[] = [...HALVES, DataType.double];

/**
 * The graph with float32 in place of other types of real numbers, in all that it takes, stores, computes and gives. The same graph where there
 * is none of them, or where sub-graphs may use a value by its name.
 *
 * @param others Which types to replace; all of them by default.
 */
export function inFloat32(graph: Graph, others: readonly number[] = OTHERS): Graph {
  const isOther = ({ dataType }: { readonly dataType: number }) => others.includes(dataType);
  const value = (info: ValueInfo) => isOther(info) ? { ...info, dataType: DataType.float } : info;
  const stored = (constant: Tensor) => isOther(constant) ? float32Tensor(constant) : constant;
  const attribute = (name: string, given: Attribute): Attribute => {
    if (given.type === "tensor" && isOther(given.value)) return tensor(stored(given.value));
    return given.type === "int" && TYPES.includes(name) && others.includes(given.value) ? int(DataType.float) : given;
  };
  const { inputs, outputs, initializers, nodes } = graph;
  const changes = [...inputs, ...outputs, ...initializers.values()].some(isOther) ||
    nodes.some((node) => [...node.attributes].some(([name, given]) => attribute(name, given) !== given));
  if (!changes || nodes.some(hasSubgraph)) return graph;
  return {
    ...graph,
    nodes: nodes.map((node) => ({
      ...node,
      attributes: new Map(Array.from(node.attributes, ([name, given]) => [name, attribute(name, given)])),
    })),
    inputs: inputs.map(value),
    outputs: outputs.map(value),
    initializers: new Map(Array.from(initializers, ([name, constant]) => [name, stored(constant)])),
  };
}
