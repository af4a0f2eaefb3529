import { float32Tensor } from "./float32_tensor.ts";
import type { Graph, Node, Tensor } from "./graph.ts";
import { int } from "./graph_builder.ts";
import { hasSubgraph } from "./simplify.ts";
import { DataType } from "./tensors.ts";

const FIRST = [0];

/** Operators that move elements or choose among them, and which of their inputs hold these: others are shapes, indices and conditions. */
const MOVERS: Readonly<Record<string, readonly number[] | "all">> = {
  Clip: [0, 1, 2],
  Concat: "all",
  DepthToSpace: FIRST,
  Expand: FIRST,
  Flatten: FIRST,
  Gather: FIRST,
  Identity: FIRST,
  Max: "all",
  Min: "all",
  Pad: [0, 2],
  Reshape: FIRST,
  Slice: FIRST,
  SpaceToDepth: FIRST,
  Split: FIRST,
  Squeeze: FIRST,
  Tile: FIRST,
  Transpose: FIRST,
  Unsqueeze: FIRST,
  Where: [1, 2],
};

/** Types of whole numbers that hold every byte. */
const WIDE: readonly number[] = [DataType.uint8, DataType.uint16, DataType.int16, DataType.int32, DataType.int64];
/** Types of real numbers. */
const REAL: readonly number[] = [DataType.float, DataType.double, DataType.float16, DataType.bfloat16];

/**
 * The graph with an input of float32, where all that it does with its input until it casts it is to move elements and to choose among them,
 * which is the same for numbers of any type. Pictures are then not rounded, to bytes say, which would cut their gradient off.
 *
 * @returns Undefined where the graph computes with its input as it is.
 */
export function withFloatInput(graph: Graph, input: string): Graph | undefined {
  if (graph.nodes.some(hasSubgraph)) return undefined;
  const mover = new Mover(graph, input);
  const nodes: Node[] = [];
  for (const node of graph.nodes) {
    const moved = mover.take(node);
    if (moved === undefined) return undefined;
    nodes.push(moved);
  }
  const inputs = graph.inputs.map((value) => value.name === input ? { ...value, dataType: DataType.float } : value);
  return { ...graph, inputs, nodes, initializers: mover.initializers };
}

/** Follows what was made float32 through the nodes. */
class Mover {
  readonly initializers: Map<string, Tensor>;
  readonly #floats: Set<string>;
  readonly #bytes: boolean;

  constructor(graph: Graph, input: string) {
    this.initializers = new Map(graph.initializers);
    this.#floats = new Set([input]);
    this.#bytes = graph.inputs.some(({ name, dataType }) => name === input && dataType === DataType.uint8);
  }

  /** The node for float32; undefined where it does more with it than to move it. */
  take(node: Node): Node | undefined {
    const given = node.inputs.map((name) => this.#floats.has(name));
    if (!given.includes(true)) return node;
    if (node.domain !== "") return undefined;
    if (node.operator === "Shape" || node.operator === "Size") return node;
    if (node.operator === "Cast") return this.#takeCast(node);
    const moved = Object.hasOwn(MOVERS, node.operator) ? MOVERS[node.operator] : [];
    const inputs = node.inputs.map((name, index) =>
      moved === "all" || moved.includes(index) ? this.#asFloat(name) : given[index] ? undefined : name
    );
    if (!inputs.every((name) => name !== undefined)) return undefined;
    for (const name of node.outputs) if (name !== "") this.#floats.add(name);
    return { ...node, inputs };
  }

  #takeCast(node: Node): Node | undefined {
    const to = node.attributes.get("to");
    if (to?.type !== "int") return undefined;
    if (REAL.includes(to.value)) return node;
    if (!this.#bytes || !WIDE.includes(to.value)) return undefined;
    this.#floats.add(node.outputs[0]);
    return { ...node, attributes: new Map([["to", int(DataType.float)]]) };
  }

  /** What is moved along: float32 itself, left out, or stored. */
  #asFloat(name: string): string | undefined {
    if (name === "" || this.#floats.has(name)) return name;
    const tensor = this.initializers.get(name);
    if (tensor === undefined) return undefined;
    const float = `${name}/float32`;
    this.initializers.set(float, float32Tensor(tensor));
    return float;
  }
}
