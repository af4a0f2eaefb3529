import { floatTensor, GraphBuilder, int, ints } from "../../plugins/classifiers/onnx/graph_builder.ts";

/** A value of a network under construction, [batch x channels x height x width]; a vector has height and width 1. */
export interface Feature {
  readonly name: string;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** What an array of numbers is to its layer. Means and variances are running statistics: they follow the batches and have no gradient. */
export type Role = "weight" | "bias" | "scale" | "shift" | "mean" | "variance";

/** One array of a network's numbers. */
export interface ParameterInfo {
  readonly name: string;
  readonly role: Role;
  readonly dims: readonly number[];
  /** How many numbers one output of the layer sums. */
  readonly fanIn: number;
}

/** A window that slides over a picture. */
export interface WindowOptions {
  readonly size: number;
  /** 1 by default. */
  readonly stride?: number;
  /** Zeros around; for a convolution half the size, rounded down, by default, else 0. */
  readonly padding?: number;
}

/** A convolution, what comes after it, and how. */
export interface ConvolutionOptions extends WindowOptions {
  readonly filters: number;
  /** Whether its outputs are normalized over the batch: they then have a scale and a shift each in place of a bias. */
  readonly normalize?: boolean;
  /** Whether a rectifier follows; true by default. */
  readonly activate?: boolean;
}

/** What batch normalization adds to a variance. */
export const EPSILON = 1e-3;

/**
 * The layers that networks are described with. The same description gives the graph that is trained and the one that is shipped: they differ in
 * the layers that have weights.
 */
export abstract class Layers {
  protected readonly builder = new GraphBuilder();
  readonly #counts = new Map<string, number>();

  /** @param batch How many pictures at a time; a name where that is free. */
  constructor(protected readonly batch: number | string) {}

  /** All that the layers hold, in the order of the description. */
  abstract get parameters(): readonly ParameterInfo[];

  /** Convolves `x` [batch x channels x height x width], dims of the weights [filters x channels x size x size], and adds a bias. */
  protected abstract convolve(x: Feature, layer: string, options: ConvolutionOptions): string;
  /** Multiplies `x` [batch x channels] by weights [channels x units] and adds a bias. */
  protected abstract multiply(x: Feature, layer: string, units: number): string;

  /** The pictures, RGB in [0, 1], brought to [-1, 1]. */
  pictures(size: number): Feature {
    const input = this.builder.input("pictures", [this.batch, 3, size, size]);
    const spread = this.builder.node("Mul", [input, this.builder.constant("spread", floatTensor([], [2]))]);
    const name = this.builder.node("Sub", [spread, this.builder.constant("center", floatTensor([], [1]))]);
    return { name, channels: 3, height: size, width: size };
  }

  /** Convolution, normalization and rectifier. */
  convolution(x: Feature, options: ConvolutionOptions): Feature {
    const { size, stride = 1, padding = size >> 1, activate = true } = options;
    const name = this.convolve(x, this.#layer("convolution"), { ...options, stride, padding });
    const feature = slide(x, options.filters, { size, stride, padding }, name);
    return activate ? this.rectify(feature) : feature;
  }

  /** A layer in which every output sees every input. */
  dense(x: Feature, units: number, { activate = true } = {}): Feature {
    const feature = { name: this.multiply(x, this.#layer("dense"), units), channels: units, height: 1, width: 1 };
    return activate ? this.rectify(feature) : feature;
  }

  /** max(x, 0). */
  rectify(x: Feature): Feature {
    return { ...x, name: this.builder.node("Relu", [x.name]) };
  }

  /** The greatest value in each window. */
  maxPool(x: Feature, { size, stride = 1, padding = 0 }: WindowOptions): Feature {
    const name = this.builder.node("MaxPool", [x.name], windowAttributes(size, stride, padding));
    return slide(x, x.channels, { size, stride, padding }, name);
  }

  /** The mean of each window. */
  averagePool(x: Feature, { size, stride = 1, padding = 0 }: WindowOptions): Feature {
    const name = this.builder.node("AveragePool", [x.name], { ...windowAttributes(size, stride, padding), count_include_pad: int(1) });
    return slide(x, x.channels, { size, stride, padding }, name);
  }

  /** The mean of each channel, as a vector. */
  globalAverage(x: Feature): Feature {
    const mean = this.builder.node("GlobalAveragePool", [x.name]);
    return { ...this.flatten({ ...x, name: mean, height: 1, width: 1 }) };
  }

  /** All values as one vector. */
  flatten(x: Feature): Feature {
    const name = this.builder.node("Flatten", [x.name], { axis: int(1) });
    return { name, channels: x.channels * x.height * x.width, height: 1, width: 1 };
  }

  /** x + y, and a rectifier: the end of a residual block. */
  addAndRectify(x: Feature, y: Feature): Feature {
    return this.rectify({ ...x, name: this.builder.node("Add", [x.name, y.name]) });
  }

  /** Channels side by side. */
  concatenate(...branches: readonly Feature[]): Feature {
    const name = this.builder.node("Concat", branches.map((branch) => branch.name), { axis: int(1) });
    return { ...branches[0], name, channels: branches.reduce((sum, branch) => sum + branch.channels, 0) };
  }

  #layer(kind: string): string {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return `${kind}${count}`;
  }
}

/** Attributes of a convolution or pooling. */
export function windowAttributes(size: number, stride: number, padding: number) {
  return { kernel_shape: ints(size, size), strides: ints(stride, stride), pads: ints(padding, padding, padding, padding) };
}

function slide(x: Feature, channels: number, { size, stride, padding }: Required<WindowOptions>, name: string): Feature {
  const along = (length: number) => Math.floor((length + 2 * padding - size) / stride) + 1;
  return { name, channels, height: along(x.height), width: along(x.width) };
}
