import { InputError } from "../../../../core/errors.ts";
import type { Graph, ValueInfo } from "../graph.ts";
import { GraphBuilder, int, intTensor } from "../graph_builder.ts";
import { upgradeGraph } from "./upgrade.ts";

/** The graph with one more output: softmax scores of its logits [batch, classes], named `scores`. */
export function withSoftmax(graph: Graph, logits: string, scores = "scores"): Graph {
  const builder = new GraphBuilder(graph);
  builder.node("Softmax", [logits], { axis: int(1) }, { outputs: [scores] });
  builder.output(scores, outputOf(graph, logits).dims);
  return builder.build();
}

/** Names of a cross entropy's ends. */
export interface CrossEntropyOptions {
  /** The output [batch, classes] that holds the logits. */
  readonly logits: string;
  /** Name of the input [batch, classes] that takes target distributions, one-hot or smoothed; "targets" by default. */
  readonly targets?: string;
  /** Name of the output, a scalar; "loss" by default. */
  readonly loss?: string;
}

/** The graph with the softmax cross entropy of its logits and target distributions, the mean over the batch, as one more output. */
export function withCrossEntropy(graph: Graph, { logits, targets = "targets", loss = "loss" }: CrossEntropyOptions): Graph {
  const builder = new GraphBuilder(upgradeGraph(graph));
  builder.input(targets, outputOf(graph, logits).dims);
  const likelihoods = builder.node("LogSoftmax", [logits], { axis: int(1) });
  const axes = builder.constant("class_axis", intTensor([1]));
  const examples = builder.node("ReduceSum", [builder.node("Mul", [likelihoods, targets]), axes]);
  builder.node("Neg", [builder.node("ReduceMean", [examples], { keepdims: int(0) })], {}, { outputs: [loss] });
  builder.output(loss, []);
  return builder.build();
}

/**
 * The graph with stored tensors turned into inputs, so that a trainer can feed them.
 *
 * @throws InputError where a name is no stored tensor.
 */
export function exposeInitializers(graph: Graph, names: readonly string[]): Graph {
  const exposed = names.map((name): ValueInfo => {
    const tensor = graph.initializers.get(name);
    if (tensor === undefined) throw new InputError(`Value "${name}" must be a stored tensor of the model to become an input`);
    return { name, dataType: tensor.dataType, dims: tensor.dims };
  });
  const initializers = new Map([...graph.initializers].filter(([name]) => !names.includes(name)));
  return { ...graph, inputs: [...graph.inputs, ...exposed], initializers };
}

function outputOf(graph: Graph, name: string): ValueInfo {
  const output = graph.outputs.find((output) => output.name === name);
  if (output === undefined) {
    throw new InputError(`Value "${name}" must be an output of the model: it has ${graph.outputs.map(({ name }) => name).join(", ")}`);
  }
  return output;
}
