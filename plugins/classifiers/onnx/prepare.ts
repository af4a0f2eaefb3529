import type { ClassifierInfo, Normalization } from "../../../core/classifier.ts";
import { InputError } from "../../../core/errors.ts";
import { adaptInput } from "./adapt_input.ts";
import { classCount, declaresSizes, findClassOutput } from "./class_output.ts";
import { factsOf } from "./facts.ts";
import type { Graph } from "./graph.ts";
import { findImageInput, type ImageInput } from "./image_input.ts";
import { HALVES, inFloat32 } from "./in_float32.ts";
import { measureShapes } from "./measure_shapes.ts";
import { type OpenedNetwork, openInBatches } from "./open_in_batches.ts";
import type { SessionOptions } from "./runtime.ts";
import { hoistConstants } from "./simplify.ts";

/** How to prepare a model. */
export interface PrepareOptions extends SessionOptions {
  readonly normalization?: Normalization;
}

/** A model in the form that all classifiers have here: its graph takes pictures [batch, 3, height, width] in [0, 1] and gives logits [batch, classes]. */
export interface PreparedModel extends OpenedNetwork {
  readonly info: ClassifierInfo;
}

/** Sides to try where a network says none, the usual one first: some work with one size only and do not say so. */
const SIDES = [224, 299, 256, 384, 128, 64, 32];

/** The oldest operator set that ONNX Runtime runs. */
const OLDEST_OPSET = 7;

/**
 * Finds what a network takes and gives, brings its graph into one form, and tries it on noise.
 *
 * @throws InputError where the model is no image classifier, or cannot run.
 */
export async function prepareModel(model: Graph, options: PrepareOptions): Promise<PreparedModel> {
  const { name } = options;
  if (model.opset < OLDEST_OPSET) {
    throw new InputError(`Model ${name} is written in operator set ${model.opset}: export it with operator set ${OLDEST_OPSET} or later`);
  }
  const graph = hoistConstants(model);
  const input = findImageInput(graph, name);
  const side = input.width ?? input.height;
  let failure: unknown;
  for (const tried of side === undefined ? SIDES : [side]) {
    try {
      return await prepareAt(graph, input, { ...options, height: input.height ?? tried, width: input.width ?? tried });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      // What the usual size failed of is what to tell.
      failure ??= error;
    }
  }
  throw failure;
}

/** Prepare options at one size of pictures. */
interface SizedOptions extends PrepareOptions {
  readonly width: number;
  readonly height: number;
}

/**
 * What a file computes in 16 bits is computed in float32: the runtime does so too where it has no operator for them, but rounds what is between,
 * so that scores would not vary continuously. Float64 stays where the runtime has operators for it.
 */
async function prepareAt(model: Graph, input: ImageInput, options: SizedOptions): Promise<PreparedModel> {
  const given = adaptInput(model, input, options);
  const graph = inFloat32(given, HALVES);
  try {
    return await open({ graph, model, input, converted: graph !== given }, options);
  } catch (error) {
    const plain = inFloat32(graph);
    if (!(error instanceof InputError) || plain === graph) throw error;
    return await open({ graph: plain, model, input, converted: true }, options).catch(() => {
      throw error;
    });
  }
}

/** A model, and the graph that was made of it for pictures as they are here. */
interface Adapted {
  readonly graph: Graph;
  readonly model: Graph;
  readonly input: ImageInput;
  /** Whether the graph computes in another type than the model. */
  readonly converted: boolean;
}

async function open({ graph, model, input, converted }: Adapted, options: SizedOptions): Promise<PreparedModel> {
  const { name, width, height } = options;
  const dims = [input.batch ?? 1, 3, height, width];
  const sized = await withSizes(graph, { name, dims });
  const output = findClassOutput(sized, name);
  const opened = await openInBatches(sized, output, { ...options, dims, fixed: input.batch !== undefined });
  const facts = { ...factsOf(model, { input, output, ...opened, ...options }), ...(converted ? { arithmetic: "float32" } : {}) };
  return { ...opened, info: { width, height, classes: classCount(output), facts } };
}

/** The graph with the sizes of its outputs, measured where the file does not say them. */
async function withSizes(graph: Graph, { name, dims }: { readonly name: string; readonly dims: readonly number[] }): Promise<Graph> {
  if (declaresSizes(graph)) return graph;
  const shapes = await measureShapes(graph, { name, values: graph.outputs.map((output) => output.name), dims });
  return { ...graph, outputs: graph.outputs.map((output) => ({ ...output, dims: shapes.get(output.name) ?? output.dims })) };
}
