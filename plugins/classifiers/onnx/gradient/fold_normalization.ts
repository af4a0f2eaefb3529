import { product } from "../../../../core/shape.ts";
import type { Graph, Node, Tensor } from "../graph.ts";
import { floatTensor } from "../graph_builder.ts";
import { floatOf, intOf } from "./attributes.ts";

/**
 * Multiplies batch normalizations with stored statistics into the convolutions before them: `s (W x + b - mean) + shift = (s W) x + ...`. A
 * backward pass then has one multiplication less.
 *
 * @param kept Values that must stay as they are.
 */
export function foldNormalizations(graph: Graph, kept: ReadonlySet<string>): Graph {
  const uses = new Map<string, number>();
  for (const name of graph.nodes.flatMap(({ inputs }) => inputs)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const convolutions = new Map(
    graph.nodes.filter(({ operator, domain }) => operator === "Conv" && domain === "").map((node) => [node.outputs[0], node]),
  );
  const initializers = new Map(graph.initializers);
  const replaced = new Map<Node, Node | undefined>();

  for (const node of graph.nodes) {
    const before = convolutions.get(node.inputs[0]);
    const parameters = storedParameters(node, graph, kept);
    if (before === undefined || parameters === undefined || uses.get(node.inputs[0]) !== 1 || kept.has(node.inputs[0])) continue;
    const [, weightName, biasName] = before.inputs;
    const weights = floats(graph.initializers.get(weightName));
    const bias = biasName ? floats(graph.initializers.get(biasName)) : new Float32Array(parameters[0].length);
    if (weights === undefined || bias === undefined || kept.has(weightName) || kept.has(biasName)) continue;
    const folded = multiply(weights, bias, parameters, floatOf(node, "epsilon", 1e-5));
    const names = [`${node.outputs[0]}/weights`, `${node.outputs[0]}/bias`];
    initializers.set(names[0], floatTensor(graph.initializers.get(weightName)!.dims, folded.weights));
    initializers.set(names[1], floatTensor([folded.bias.length], folded.bias));
    replaced.set(before, undefined);
    replaced.set(node, { ...before, inputs: [before.inputs[0], ...names], outputs: [node.outputs[0]] });
  }
  const nodes = graph.nodes.flatMap((node) => replaced.has(node) ? replaced.get(node) ?? [] : [node]);
  return { ...graph, nodes, initializers };
}

/** Scale, shift, mean and variance of a batch normalization in its inference form, if all are stored. */
function storedParameters(node: Node, graph: Graph, kept: ReadonlySet<string>): Float32Array[] | undefined {
  if (node.operator !== "BatchNormalization" || node.domain !== "" || node.outputs.length > 1 || intOf(node, "training_mode", 0) === 1) {
    return undefined;
  }
  const names = node.inputs.slice(1);
  const parameters = names.map((name) => kept.has(name) ? undefined : floats(graph.initializers.get(name)));
  return parameters.every((parameter) => parameter !== undefined) ? parameters : undefined;
}

function multiply(weights: Float32Array, bias: Float32Array, [scale, shift, mean, variance]: readonly Float32Array[], epsilon: number) {
  const factors = Float64Array.from(scale, (value, channel) => value / Math.sqrt(variance[channel] + epsilon));
  const perChannel = weights.length / product([scale.length]);
  return {
    weights: weights.map((value, index) => value * factors[Math.floor(index / perChannel)]),
    bias: bias.map((value, channel) => (value - mean[channel]) * factors[channel] + shift[channel]),
  };
}

function floats(tensor: Tensor | undefined): Float32Array | undefined {
  return tensor?.data instanceof Float32Array ? tensor.data : undefined;
}
