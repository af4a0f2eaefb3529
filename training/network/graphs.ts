import { InputError } from "../../core/errors.ts";
import { differentiateGraph } from "../../plugins/classifiers/onnx/gradient/differentiate.ts";
import type { Graph } from "../../plugins/classifiers/onnx/graph.ts";
import { type Architecture, PICTURE_SIZE } from "./architecture.ts";
import { InferenceLayers } from "./inference_layers.ts";
import type { ParameterInfo } from "./layers.ts";
import { type BatchStatistic, TrainingLayers } from "./training_layers.ts";

/** The graph of one training step. */
export interface TrainingGraph {
  /** Inputs `pictures`, `targets` and every trained parameter; outputs `loss`, `logits`, statistics and gradients. */
  readonly graph: Graph;
  readonly parameters: readonly ParameterInfo[];
  readonly statistics: readonly BatchStatistic[];
  /** Name of the output that holds the loss's gradient for a trained parameter. */
  readonly gradients: ReadonlyMap<string, string>;
}

/** Numbers of a network by the names of its parameters. */
export type Values = ReadonlyMap<string, Float32Array>;

/** Whether a parameter has a gradient: running statistics have none. */
export function isTrained({ role }: ParameterInfo): boolean {
  return role !== "mean" && role !== "variance";
}

/** What a training graph is made for. */
export interface TrainingGraphOptions {
  readonly classes: number;
  /** Pictures at a time. */
  readonly batch: number;
  /** Whether normalization is in the weights already, as in a network that is shipped. */
  readonly folded?: boolean;
}

/** The graph that gives loss and gradients of a batch. */
export function trainingGraph(architecture: Architecture, { classes, batch, folded = false }: TrainingGraphOptions): TrainingGraph {
  const layers = new TrainingLayers(batch, { folded });
  const graph = layers.crossEntropy(architecture.describe(layers, layers.pictures(PICTURE_SIZE), classes));
  const wrt = layers.parameters.filter(isTrained).map(({ name }) => name);
  const differentiated = differentiateGraph(graph, { output: "loss", wrt, upstream: "ones" });
  return {
    graph: differentiated.graph,
    parameters: layers.parameters,
    statistics: layers.statistics,
    gradients: new Map(wrt.map((name, i) => [name, differentiated.gradients[i]])),
  };
}

/** The graph that is shipped: input `pictures` [batch x 3 x 64 x 64], RGB in [0, 1], output `logits` [batch x classes]. */
export function inferenceGraph(architecture: Architecture, classes: number, values: Values): Graph {
  const layers = new InferenceLayers(values);
  return layers.finish(architecture.name, architecture.describe(layers, layers.pictures(PICTURE_SIZE), classes));
}

/**
 * The numbers of a network that `inferenceGraph` wrote, to go on training from.
 *
 * @throws InputError where the graph is of another architecture.
 */
export function storedValues(architecture: Architecture, classes: number, graph: Graph): Values {
  const layers = new TrainingLayers(1, { folded: true });
  architecture.describe(layers, layers.pictures(PICTURE_SIZE), classes);
  return new Map(layers.parameters.map(({ name, dims }) => {
    const tensor = graph.initializers.get(name);
    if (!(tensor?.data instanceof Float32Array) || String(tensor.dims) !== String(dims)) {
      throw new InputError(
        `The network must be a built-in ${architecture.name} of ${classes} classes: its "${name}" has shape [${
          tensor?.dims ?? "none"
        }], not [${dims}]`,
      );
    }
    return [name, tensor.data];
  }));
}
