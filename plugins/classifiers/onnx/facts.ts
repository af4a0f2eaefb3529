import type { ClassifierInfo, Normalization } from "../../../core/classifier.ts";
import { changesNothing } from "../normalization.ts";
import { parseProvider } from "../provider.ts";
import { classCount, type ClassOutput, findActivation } from "./class_output.ts";
import type { Graph } from "./graph.ts";
import type { ImageInput } from "./image_input.ts";
import type { OpenedNetwork } from "./open_in_batches.ts";
import { dataTypeName } from "./tensors.ts";

/** What {@linkcode factsOf} tells of. */
export interface FactSources extends OpenedNetwork {
  readonly input: ImageInput;
  readonly output: ClassOutput;
  readonly width: number;
  readonly height: number;
  readonly normalization?: Normalization;
  readonly provider: string;
}

/** What was found in a file and what was made of it, in words. */
export function factsOf(model: Graph, found: FactSources): ClassifierInfo["facts"] {
  const { input, output, normalization } = found;
  const others = model.outputs.filter(({ name }) => name !== output.value.name);
  return {
    input: input.name,
    elementType: dataTypeName(input.dataType),
    layout: input.layout,
    size: input.width === undefined || input.height === undefined ? "free" : "fixed",
    batch: batchFact(found),
    batchInvariant: found.invariant,
    normalization: normalization !== undefined && !changesNothing(normalization)
      ? `(x - [${normalization.mean.join(", ")}]) / [${normalization.deviation.join(", ")}]`
      : "none",
    output: output.value.name,
    ...(others.length > 0 ? { otherOutputs: others.map(({ name }) => name).join(", ") } : {}),
    scores: scoresFact(model, found),
    ...(classCount(output) < output.size ? { background: "class 0 of the file is dropped" } : {}),
    opset: model.opset,
    ...(model.producer === undefined ? {} : { producer: model.producer }),
    provider: parseProvider(found.provider).name,
  };
}

function batchFact({ batching, chunk }: OpenedNetwork): string {
  switch (batching) {
    case "free":
      return "free";
    case "freed":
      return "fixed in the file, freed";
    case "fixed":
      return chunk === 1 ? "one by one" : `${chunk} at a time`;
  }
}

function scoresFact(model: Graph, { output, probabilities }: FactSources): string {
  if (probabilities) return "probabilities as the network gives them";
  const activation = findActivation(model, output.value.name)?.activation;
  return activation === undefined ? "softmax of its logits" : `softmax of what goes into its final ${activation}`;
}
