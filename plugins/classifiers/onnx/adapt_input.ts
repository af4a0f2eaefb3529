import type { Normalization } from "../../../core/classifier.ts";
import { changesNothing } from "../normalization.ts";
import type { Graph } from "./graph.ts";
import { floatTensor, GraphBuilder, int, ints } from "./graph_builder.ts";
import type { ImageInput } from "./image_input.ts";
import { DataType } from "./tensors.ts";

/** What pictures become on their way into a network. */
export interface InputAdaptation {
  /** Size of the pictures, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly normalization?: Normalization;
}

/**
 * The graph with an input of pictures [batch, 3, height, width], float32, in [0, 1]: what else the network wants (normalization, bytes, channels
 * last, another element type) is done by nodes in front of it, so that gradients pass through them as through the rest.
 */
export function adaptInput(graph: Graph, input: ImageInput, { width, height, normalization }: InputAdaptation): Graph {
  const steps = stepsOf(graph, input, normalization);
  const builder = new GraphBuilder({ ...graph, inputs: [] }, []);
  let value = builder.input(steps.length > 0 ? builder.fresh("pictures") : input.name, ["batch", 3, height, width]);
  steps.forEach((step, i) => value = step(builder, value, i === steps.length - 1 ? [input.name] : 1));
  for (const node of graph.nodes) builder.add(node);
  return builder.build();
}

type Step = (builder: GraphBuilder, value: string, outputs: 1 | readonly string[]) => string;

function stepsOf(graph: Graph, input: ImageInput, normalization: Normalization | undefined): Step[] {
  const steps: Step[] = [];
  const arithmetic = (operator: string, name: string, values: readonly number[]): Step => (builder, value, outputs) => {
    const constant = builder.constant(name, floatTensor(values.length > 1 ? [1, values.length, 1, 1] : [], values));
    return builder.node(operator, [value, constant], {}, { outputs });
  };
  if (normalization !== undefined && !changesNothing(normalization)) {
    steps.push(arithmetic("Sub", "mean", normalization.mean), arithmetic("Div", "deviation", normalization.deviation));
  }
  const cast = input.dataType !== DataType.float && !castsItself(graph, input);
  if (input.dataType === DataType.uint8) {
    steps.push(arithmetic("Mul", "white", [255]));
    // The cast to bytes rounds down.
    if (cast) steps.push(arithmetic("Add", "half", [0.5]));
  }
  if (input.layout === "NHWC") {
    steps.push((builder, value, outputs) => builder.node("Transpose", [value], { perm: ints(0, 2, 3, 1) }, { outputs }));
  }
  if (cast) steps.push((builder, value, outputs) => builder.node("Cast", [value], { to: int(input.dataType) }, { outputs }));
  return steps;
}

/**
 * Whether all that the network does with its input is to cast it: then it needs no cast to bytes first, which would round the pictures and cut
 * their gradient off.
 */
function castsItself(graph: Graph, input: ImageInput): boolean {
  return graph.nodes.every((node) => !node.inputs.includes(input.name) || node.operator === "Cast");
}
