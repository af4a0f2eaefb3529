import { classCount, type ClassOutput, findActivation } from "./class_output.ts";
import type { Graph } from "./graph.ts";
import { floatTensor, GraphBuilder, int, ints, intTensor } from "./graph_builder.ts";
import { pruneUnused } from "./simplify.ts";
import { DataType } from "./tensors.ts";

/** Beyond the end of any axis of classes. */
const END = 2 ** 31 - 1;

/** Keeps the logarithm of a probability of 0 finite; the least normal float32, about. */
const TINY = 1.2e-38;

/** What {@linkcode takeLogits} should know. */
export interface LogitsOptions {
  /** Whether the network gives probabilities without an activation that can be taken off: then their logarithms are the logits. */
  readonly probabilities: boolean;
}

/**
 * The graph with one output, logits [batch, classes] in float32: a final activation is taken off (the softmax is ours, in float64), further axes
 * of size 1 are flattened, and the background class is dropped where there is one.
 */
export function takeLogits(graph: Graph, output: ClassOutput, { probabilities }: LogitsOptions): Graph {
  const { name, dataType, dims } = output.value;
  const activation = probabilities ? undefined : findActivation(graph, name);
  const builder = new GraphBuilder({ ...(activation ? bypass(graph, activation.after, activation.before) : graph), outputs: [] });
  let value = name === activation?.after ? activation.before : name;
  if (dims.length > 2) value = builder.node("Flatten", [value], { axis: int(1) });
  if (dataType !== DataType.float) value = builder.node("Cast", [value], { to: int(DataType.float) });
  if (probabilities) {
    value = builder.node("Log", [builder.node("Add", [value, builder.constant("tiny", floatTensor([], [TINY]))])]);
  }
  const classes = classCount(output);
  if (classes < output.size) value = dropFirst(builder, value, graph.opset);
  builder.output(value, [graph.inputs[0].dims[0], classes]);
  return pruneUnused(builder.build());
}

function bypass(graph: Graph, after: string, before: string): Graph {
  const nodes = graph.nodes.map((node) =>
    node.inputs.includes(after) ? { ...node, inputs: node.inputs.map((input) => input === after ? before : input) } : node
  );
  return { ...graph, nodes };
}

/** All columns but the first. The bounds of Slice were attributes before operator set 10. */
function dropFirst(builder: GraphBuilder, value: string, opset: number): string {
  const bounds = [["starts", 1], ["ends", END], ["axes", 1]] as const;
  if (opset < 10) return builder.node("Slice", [value], Object.fromEntries(bounds.map(([name, bound]) => [name, ints(bound)])));
  return builder.node("Slice", [value, ...bounds.map(([name, bound]) => builder.constant(name, intTensor([bound])))]);
}
