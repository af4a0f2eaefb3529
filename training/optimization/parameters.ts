import type { Random } from "../../core/random.ts";
import { product } from "../../core/shape.ts";
import { isTrained } from "../network/graphs.ts";
import type { ParameterInfo } from "../network/layers.ts";

/** All numbers of a network in two arrays, one that is trained and one of running statistics, and each parameter's place in them. */
export class Parameters {
  readonly trained: Float32Array;
  readonly statistics: Float32Array;
  /** Views of the arrays by the parameters' names. */
  readonly values: ReadonlyMap<string, Float32Array>;
  /** 1 for every trained number that weight decay pulls on, else 0: the weights, not biases, scales and shifts. */
  readonly decays: Uint8Array;
  readonly infos: readonly ParameterInfo[];

  constructor(infos: readonly ParameterInfo[]) {
    const total = (chosen: readonly ParameterInfo[]) => chosen.reduce((sum, info) => sum + product(info.dims), 0);
    const trained = infos.filter(isTrained);
    const statistics = infos.filter((info) => !isTrained(info));
    this.infos = infos;
    this.trained = new Float32Array(total(trained));
    this.statistics = new Float32Array(total(statistics));
    this.decays = new Uint8Array(this.trained.length);
    const values = new Map<string, Float32Array>();
    for (const [array, members] of [[this.trained, trained], [this.statistics, statistics]] as const) {
      let start = 0;
      for (const info of members) {
        const end = start + product(info.dims);
        values.set(info.name, array.subarray(start, end));
        if (info.role === "weight") this.decays.fill(1, start, end);
        start = end;
      }
    }
    this.values = values;
  }

  /**
   * Starting values: weights normal with variance 2 / fanIn (He et al. 2015), so that rectifiers keep the scale of what passes through; scales
   * and variances 1, all else 0.
   */
  initialize(random: Random): void {
    for (const info of this.infos) {
      const values = this.values.get(info.name)!;
      if (info.role === "weight") {
        const deviation = Math.sqrt(2 / info.fanIn);
        for (let i = 0; i < values.length; i++) values[i] = deviation * random.normal();
      } else {
        values.fill(info.role === "scale" || info.role === "variance" ? 1 : 0);
      }
    }
  }
}
