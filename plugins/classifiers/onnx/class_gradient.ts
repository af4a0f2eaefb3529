import { differentiateGraph } from "./gradient/mod.ts";
import type { Graph } from "./graph.ts";
import { floatTensor, GraphBuilder, int, intTensor } from "./graph_builder.ts";
import { inFloat32 } from "./in_float32.ts";

/**
 * A graph that gives logits [batch, classes] and the gradient of one class's softmax score for every picture, [batch, 3, height, width], in one run.
 * Its second input is that class as a row of weights [1, classes], 1 for the class and 0 for the others.
 *
 * @param network Pictures to logits, both float32. What it computes in other types of real numbers is done in float32 here.
 * @throws InputError where the network cannot be differentiated.
 */
export function classGradientGraph(network: Graph): Graph {
  const graph = inFloat32(network);
  const [pictures, logits] = [graph.inputs[0], graph.outputs[0]];
  const { graph: differentiated, upstream, gradients } = differentiateGraph(graph, { output: logits.name, wrt: [pictures.name] });
  const builder = new GraphBuilder({ ...differentiated, inputs: [], outputs: [] }, []);
  builder.input(pictures.name, pictures.dims);
  const weights = builder.input(builder.fresh("class"), [1, logits.dims[1]]);
  for (const node of differentiated.nodes) {
    builder.add(node);
    if (node.outputs.includes(logits.name)) scoreGradient(builder, { logits: logits.name, weights, gradient: upstream! });
  }
  builder.output(logits.name, logits.dims);
  builder.output(gradients[0], pictures.dims);
  return builder.build();
}

interface ScoreValues {
  readonly logits: string;
  readonly weights: string;
  /** Where the gradient goes. */
  readonly gradient: string;
}

/**
 * The gradient of the score s_c = softmax(logits)_c for the logits: -s_c s_j, and s_c (1 - s_c) for c itself, where 1 - s_c is the sum of the other
 * scores: the difference would be nothing but rounding where s_c is near 1.
 */
function scoreGradient(builder: GraphBuilder, { logits, weights, gradient }: ScoreValues): void {
  const axis = builder.constant("class_axis", intTensor([1]));
  const sum = (values: string) => builder.node("ReduceSum", [values, axis], { keepdims: int(1) });
  const scores = builder.node("Softmax", [logits], { axis: int(1) });
  const others = builder.node("Mul", [scores, builder.node("Sub", [builder.constant("one", floatTensor([], [1])), weights])]);
  const own = builder.node("Mul", [weights, sum(others)]);
  const score = sum(builder.node("Mul", [scores, weights]));
  builder.node("Mul", [score, builder.node("Sub", [own, others])], {}, { outputs: [gradient] });
}
