import type { Classifier, ClassifierInfo, ClassifierSource, PictureGradients } from "../../../core/classifier.ts";
import { InputError } from "../../../core/errors.ts";
import { chooseProvider } from "./choose_provider.ts";
import { classGradientGraph } from "./class_gradient.ts";
import { decodeModel } from "./codec.ts";
import { Network } from "./network.ts";
import { type PreparedModel, prepareModel } from "./prepare.ts";
import { probe } from "./probe.ts";
import { normalize, softmax } from "./softmax.ts";

/** An image classifier in ONNX Runtime. */
export class OnnxClassifier implements Classifier {
  readonly info: ClassifierInfo;
  /** Present where gradients were asked for and the network has them. */
  readonly differentiate?: Classifier["differentiate"];
  readonly #name: string;
  readonly #network: Network;
  readonly #gradient: Network | undefined;
  /** What makes scores of what the network gives. */
  readonly #finish: typeof softmax;
  #scores = new Float64Array(0);

  private constructor(name: string, { network, info, probabilities }: PreparedModel, gradient?: Network) {
    this.#name = name;
    this.#network = network;
    this.#finish = probabilities ? normalize : softmax;
    this.#gradient = gradient;
    this.info = info;
    if (gradient !== undefined) this.differentiate = this.#differentiate;
  }

  /** Loads any image classifier in ONNX. @throws InputError where the bytes are damaged, or the model is no image classifier or cannot run. */
  static async load(given: ClassifierSource): Promise<OnnxClassifier> {
    const source = { ...given, provider: await chooseProvider(given.provider) };
    const prepared = await prepareModel(decodeModel(source.bytes, source.name), source);
    if (!source.gradients) return new OnnxClassifier(source.name, prepared);
    const gradient = await openGradient(prepared, source);
    const exact = typeof gradient !== "string";
    const batchInvariant = prepared.invariant && (!exact || gradient.invariant);
    const facts = { ...prepared.info.facts, batchInvariant, gradients: exact ? "exact" : gradient };
    return new OnnxClassifier(source.name, { ...prepared, info: { ...prepared.info, facts } }, exact ? gradient.network : undefined);
  }

  /** @throws InputError where the network gives NaN or an infinity. */
  async classify(pictures: Float32Array, count: number): Promise<Float64Array> {
    const [values] = await this.#network.run(pictures, count);
    return this.#score(values, count, this.#finish);
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
    const [logits, gradients] = await this.#gradient!.run(pictures, count, oneHot(classIndex, classes));
    const all = this.#score(logits, count, softmax);
    return { scores: Float64Array.from({ length: count }, (_, i) => all[i * classes + classIndex]), gradients };
  };

  #score(values: Float32Array, count: number, finish: typeof softmax): Float64Array {
    const { classes } = this.info;
    if (this.#scores.length !== count * classes) this.#scores = new Float64Array(count * classes);
    if (!finish(values, classes, this.#scores)) {
      throw new InputError(
        `Model ${this.#name} gives NaN or infinite scores: check its weights, and the normalization that it was trained with`,
      );
    }
    return this.#scores;
  }
}

/** The gradient of a network. */
interface OpenedGradient {
  readonly network: Network;
  /** Whether a picture has the same gradient to the last bit in any batch. */
  readonly invariant: boolean;
}

/** The network of the gradient; or, where an operator of the model has none, why: the classifier is then a black box. */
async function openGradient({ graph, chunk, info }: PreparedModel, source: ClassifierSource): Promise<OpenedGradient | string> {
  try {
    const network = await Network.open(classGradientGraph(graph), { ...source, ...(chunk === undefined ? {} : { chunk }) });
    const { invariant } = await probe(network, 3 * info.height * info.width, oneHot(0, info.classes));
    return { network, invariant };
  } catch (error) {
    if (error instanceof InputError) return `none: ${error.message}`;
    throw error;
  }
}

function oneHot(index: number, length: number): Float32Array {
  const row = new Float32Array(length);
  row[index] = 1;
  return row;
}
