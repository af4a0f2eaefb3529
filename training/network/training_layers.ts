import type { Graph } from "../../plugins/classifiers/onnx/graph.ts";
import { floatTensor, int, intTensor } from "../../plugins/classifiers/onnx/graph_builder.ts";
import { type ConvolutionOptions, EPSILON, type Feature, Layers, type ParameterInfo, type Role, windowAttributes } from "./layers.ts";

/** The mean and variance of a batch that a normalized layer hands out, by the names of the running statistics that follow them. */
export interface BatchStatistic {
  readonly parameter: string;
  readonly output: string;
}

/**
 * Layers whose weights are inputs of the graph, so that one session serves all steps of a training, and which normalize by the statistics of the
 * batch, written in operators that have gradients.
 */
export class TrainingLayers extends Layers {
  readonly #parameters: ParameterInfo[] = [];
  readonly #statistics: BatchStatistic[] = [];
  readonly #size: number;

  readonly #folded: boolean;

  /** @param batch Pictures at a time. @param options.folded Whether normalization is in the weights already, as in a network that is shipped. */
  constructor(batch: number, { folded = false } = {}) {
    super(batch);
    this.#size = batch;
    this.#folded = folded;
  }

  override get parameters(): readonly ParameterInfo[] {
    return this.#parameters;
  }

  /** What the graph hands out for the running statistics. */
  get statistics(): readonly BatchStatistic[] {
    return this.#statistics;
  }

  protected override convolve(x: Feature, layer: string, options: ConvolutionOptions): string {
    const { filters, size, stride = 1, padding = 0 } = options;
    const normalize = options.normalize && !this.#folded;
    const fanIn = x.channels * size * size;
    const weight = this.#parameter(layer, "weight", [filters, x.channels, size, size], fanIn);
    const inputs = normalize ? [x.name, weight] : [x.name, weight, this.#parameter(layer, "bias", [filters], fanIn)];
    const name = this.builder.node("Conv", inputs, windowAttributes(size, stride, padding), { name: layer });
    return normalize ? this.#normalize(name, layer, filters) : name;
  }

  protected override multiply(x: Feature, layer: string, units: number): string {
    const weight = this.#parameter(layer, "weight", [x.channels, units], x.channels);
    const bias = this.#parameter(layer, "bias", [units], x.channels);
    return this.builder.node("Gemm", [x.name, weight, bias], {}, { name: layer });
  }

  /**
   * Ends the graph with the mean cross entropy of `logits` and an input `targets` [batch x classes], whose rows are shares that sum to 1. Outputs
   * are `loss` (a scalar), `logits` and the batch's statistics.
   */
  crossEntropy(logits: Feature): Graph {
    const { builder } = this;
    const targets = builder.input("targets", [this.#size, logits.channels]);
    const logarithms = builder.node("LogSoftmax", [logits.name], { axis: int(-1) });
    const product = builder.node("Mul", [logarithms, targets]);
    const sum = builder.node("ReduceSum", [product, builder.constant("all", intTensor([0, 1]))], { keepdims: int(0) });
    builder.nodes("Mul", [sum, builder.constant("share", floatTensor([], [-1 / this.#size]))], {}, { outputs: ["loss"] });
    builder.nodes("Identity", [logits.name], {}, { outputs: ["logits"] });
    builder.output("loss", []);
    builder.output("logits", [this.#size, logits.channels]);
    return builder.build("training");
  }

  /** (x - mean) / sqrt(variance + epsilon) * scale + shift, by channel, as one multiplication and one addition over the picture. */
  #normalize(x: string, layer: string, channels: number): string {
    const { builder } = this;
    const dims = [1, channels, 1, 1];
    const scale = this.#parameter(layer, "scale", dims, 1);
    const shift = this.#parameter(layer, "shift", dims, 1);
    const axes = builder.constant("axes", intTensor([0, 2, 3]));
    const average = (value: string) => builder.node("ReduceMean", [value, axes], { keepdims: int(1) });
    const mean = average(x);
    const variance = builder.node("Sub", [average(builder.node("Mul", [x, x])), builder.node("Mul", [mean, mean])]);
    this.#statistic(layer, "mean", mean, dims);
    this.#statistic(layer, "variance", variance, dims);
    const deviation = builder.node("Sqrt", [builder.node("Add", [variance, builder.constant("epsilon", floatTensor([], [EPSILON]))])]);
    const factor = builder.node("Div", [scale, deviation]);
    const offset = builder.node("Sub", [shift, builder.node("Mul", [mean, factor])]);
    return builder.node("Add", [builder.node("Mul", [x, factor]), offset]);
  }

  #parameter(layer: string, role: Role, dims: readonly number[], fanIn: number): string {
    const name = `${layer}.${role}`;
    this.#parameters.push({ name, role, dims, fanIn });
    return this.builder.input(name, dims);
  }

  #statistic(layer: string, role: Role, value: string, dims: readonly number[]): void {
    const parameter = `${layer}.${role}`;
    this.#parameters.push({ name: parameter, role, dims, fanIn: 1 });
    const output = this.builder.nodes("Identity", [value], {}, { outputs: [`${parameter}.batch`] })[0];
    this.builder.output(output, dims);
    this.#statistics.push({ parameter, output });
  }
}
