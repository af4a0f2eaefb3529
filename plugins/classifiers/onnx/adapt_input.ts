import type { Normalization } from "../../../core/classifier.ts";
import { changesNothing } from "../normalization.ts";
import { withFloatInput } from "./float_input.ts";
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
  const floats = input.dataType === DataType.float ? graph : withFloatInput(graph, input.name);
  const steps = stepsOf(input, normalization, floats === undefined);
  const builder = new GraphBuilder({ ...floats ?? graph, inputs: [] }, []);
  let value = builder.input(steps.length > 0 ? builder.fresh("pictures") : input.name, ["batch", 3, height, width]);
  steps.forEach((step, i) => value = step(builder, value, i === steps.length - 1 ? [input.name] : 1));
  for (const node of (floats ?? graph).nodes) builder.add(node);
  return builder.build();
}

type Step = (builder: GraphBuilder, value: string, outputs: 1 | readonly string[]) => string;

/** @param cast Whether the network computes with its input as it is, which must then be of its element type. */
function stepsOf(input: ImageInput, normalization: Normalization | undefined, cast: boolean): Step[] {
  const steps: Step[] = [];
  const arithmetic = (operator: string, name: string, values: readonly number[]): Step => (builder, value, outputs) => {
    const constant = builder.constant(name, floatTensor(values.length > 1 ? [1, values.length, 1, 1] : [], values));
    return builder.node(operator, [value, constant], {}, { outputs });
  };
  if (normalization !== undefined && !changesNothing(normalization)) {
    steps.push(arithmetic("Sub", "mean", normalization.mean), arithmetic("Div", "deviation", normalization.deviation));
  }
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
