import type { Graph } from "../../plugins/classifiers/onnx/graph.ts";
import { floatTensor } from "../../plugins/classifiers/onnx/graph_builder.ts";
import { type ConvolutionOptions, EPSILON, type Feature, Layers, type ParameterInfo, windowAttributes } from "./layers.ts";

/** Layers whose weights are stored in the graph; normalization by the running statistics is folded into the weights before it. */
export class InferenceLayers extends Layers {
  readonly #values: ReadonlyMap<string, Float32Array>;

  /** @param values The numbers of each parameter, by the names that `TrainingLayers` gave. */
  constructor(values: ReadonlyMap<string, Float32Array>) {
    super("batch");
    this.#values = values;
  }

  override get parameters(): readonly ParameterInfo[] {
    return [];
  }

  protected override convolve(x: Feature, layer: string, { filters, size, stride = 1, padding = 0 }: ConvolutionOptions): string {
    const isNormalized = this.#values.has(`${layer}.scale`);
    const { weight, bias } = isNormalized
      ? this.#folded(layer, filters)
      : { weight: this.#value(layer, "weight"), bias: this.#value(layer, "bias") };
    const weights = this.builder.constant(`${layer}.weight`, floatTensor([filters, x.channels, size, size], weight));
    const biases = this.builder.constant(`${layer}.bias`, floatTensor([filters], bias));
    return this.builder.node("Conv", [x.name, weights, biases], windowAttributes(size, stride, padding), { name: layer });
  }

  protected override multiply(x: Feature, layer: string, units: number): string {
    const weights = this.builder.constant(`${layer}.weight`, floatTensor([x.channels, units], this.#value(layer, "weight")));
    const biases = this.builder.constant(`${layer}.bias`, floatTensor([units], this.#value(layer, "bias")));
    return this.builder.node("Gemm", [x.name, weights, biases], {}, { name: layer });
  }

  /** Ends the graph with an output `logits`, [batch x classes]. */
  finish(name: string, logits: Feature): Graph {
    this.builder.nodes("Identity", [logits.name], {}, { outputs: ["logits"] });
    this.builder.output("logits", [this.batch, logits.channels]);
    return this.builder.build(name);
  }

  #folded(layer: string, filters: number): { weight: Float32Array; bias: Float32Array } {
    const weight = this.#value(layer, "weight").slice();
    const [scale, shift] = [this.#value(layer, "scale"), this.#value(layer, "shift")];
    const [mean, variance] = [this.#value(layer, "mean"), this.#value(layer, "variance")];
    const bias = new Float32Array(filters);
    const size = weight.length / filters;
    for (let filter = 0; filter < filters; filter++) {
      const factor = scale[filter] / Math.sqrt(variance[filter] + EPSILON);
      bias[filter] = shift[filter] - mean[filter] * factor;
      for (let i = filter * size; i < (filter + 1) * size; i++) weight[i] *= factor;
    }
    return { weight, bias };
  }

  #value(layer: string, role: string): Float32Array {
    const value = this.#values.get(`${layer}.${role}`);
    if (value === undefined) throw new RangeError(`Values must hold "${layer}.${role}": they hold ${[...this.#values.keys()].join(", ")}`);
    return value;
  }
}
