import type { Classifier, ClassifierInfo, ClassifierSource, PictureGradients } from "../../../core/classifier.ts";
import { InputError } from "../../../core/errors.ts";
import { classGradientGraph } from "./class_gradient.ts";
import { decodeModel } from "./codec.ts";
import { Network } from "./network.ts";
import { type PreparedModel, prepareModel } from "./prepare.ts";
import { softmax } from "./softmax.ts";

/** An image classifier in ONNX Runtime. */
export class OnnxClassifier implements Classifier {
  readonly info: ClassifierInfo;
  /** Present where gradients were asked for and the network has them. */
  readonly differentiate?: Classifier["differentiate"];
  readonly #name: string;
  readonly #network: Network;
  readonly #gradient: Network | undefined;
  #scores = new Float64Array(0);

  private constructor(name: string, { network, info }: PreparedModel, gradient: Network | string | undefined) {
    this.#name = name;
    this.#network = network;
    this.#gradient = gradient instanceof Network ? gradient : undefined;
    if (this.#gradient !== undefined) this.differentiate = this.#differentiate;
    const fact = gradient instanceof Network ? "exact" : gradient;
    this.info = fact === undefined ? info : { ...info, facts: { ...info.facts, gradients: fact } };
  }

  /** Loads any image classifier in ONNX. @throws InputError where the bytes are damaged, or the model is no image classifier or cannot run. */
  static async load(source: ClassifierSource): Promise<OnnxClassifier> {
    const prepared = await prepareModel(decodeModel(source.bytes, source.name), source);
    const gradient = source.gradients ? await openGradient(prepared, source) : undefined;
    return new OnnxClassifier(source.name, prepared, gradient);
  }

  /** @throws InputError where the network gives NaN or an infinity. */
  async classify(pictures: Float32Array, count: number): Promise<Float64Array> {
    const [logits] = await this.#network.run(pictures, count);
    return this.#softmax(logits, count);
  }

  /** Frees the sessions. */
  async dispose(): Promise<void> {
    await this.#network.release();
    await this.#gradient?.release();
  }

  readonly #differentiate = async (pictures: Float32Array, count: number, classIndex: number): Promise<PictureGradients> => {
    const { classes } = this.info;
    if (!(classIndex >= 0 && classIndex < classes)) {
      throw new RangeError(`Class must be an index in [0, ${classes - 1}]: current value is ${classIndex}`);
    }
    const weights = new Float32Array(classes);
    weights[classIndex] = 1;
    const [logits, gradients] = await this.#gradient!.run(pictures, count, weights);
    const all = this.#softmax(logits, count);
    return { scores: Float64Array.from({ length: count }, (_, i) => all[i * classes + classIndex]), gradients };
  };

  #softmax(logits: Float32Array, count: number): Float64Array {
    const { classes } = this.info;
    if (this.#scores.length !== count * classes) this.#scores = new Float64Array(count * classes);
    if (!softmax(logits, classes, this.#scores)) {
      throw new InputError(
        `Model ${this.#name} gives NaN or infinite scores: check its weights, and the normalization that it was trained with`,
      );
    }
    return this.#scores;
  }
}

/** The network of the gradient; or, where an operator of the model has none, why: the classifier is then a black box. */
async function openGradient({ graph, chunk }: PreparedModel, source: ClassifierSource): Promise<Network | string> {
  try {
    return await Network.open(classGradientGraph(graph), { ...source, ...(chunk === undefined ? {} : { chunk }) });
  } catch (error) {
    if (error instanceof InputError) return `none: ${error.message}`;
    throw error;
  }
}
