import { InputError } from "../../../core/errors.ts";
import { product } from "../../../core/shape.ts";
import { classCount, type ClassOutput, findActivation } from "./class_output.ts";
import { freeBatch, mayFixBatch } from "./free_batch.ts";
import type { Graph } from "./graph.ts";
import { Network } from "./network.ts";
import { type Probe, probe } from "./probe.ts";
import { cannotRun, type SessionOptions } from "./runtime.ts";
import { takeLogits } from "./take_logits.ts";

/** What is known of a graph before it is opened. */
export interface BatchOptions extends SessionOptions {
  /** Dimensions of the pictures that the file was made for. */
  readonly dims: readonly number[];
  /** Whether the file fixes how many pictures it takes. */
  readonly fixed: boolean;
}

/** How a network came to take batches: as the file says, by a change of its graph, or not at all. */
export type Batching = "free" | "freed" | "fixed";

/** A network that was tried and works. */
export interface OpenedNetwork {
  /** Its graph: pictures to logits. */
  readonly graph: Graph;
  /** Gives logits, or where `probabilities` is set, these. */
  readonly network: Network;
  readonly batching: Batching;
  /** How many pictures the graph takes at once, where batching is `fixed`. */
  readonly chunk?: number;
  /** Whether a picture gives the same to the last bit in any batch. */
  readonly invariant: boolean;
  /** Whether it gives probabilities that no activation in the graph explains. */
  readonly probabilities: boolean;
}

/** How far a sum of probabilities may be from 1: some are float16. */
const TOLERANCE = 1e-3;

type Probed = Probe & Pick<OpenedNetwork, "network">;

type Attempt = Pick<OpenedNetwork, "graph" | "batching" | "chunk">;

/**
 * Opens a graph from pictures to scores as a network from pictures to logits that takes any number of pictures: as it is where that works, with
 * its batch freed where that does, else so many at a time as the file says.
 *
 * @throws InputError where it cannot run, or where pictures in a batch change each other's scores.
 */
export async function openInBatches(graph: Graph, output: ClassOutput, options: BatchOptions): Promise<OpenedNetwork> {
  let failure: InputError | undefined;
  for (const attempt of attempts(graph, options)) {
    try {
      return await open(await attempt(), output, options);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      failure ??= error;
    }
  }
  throw failure;
}

/** What to try, the best first, made when it is tried. */
function attempts(graph: Graph, { name, dims, fixed }: BatchOptions): (() => Attempt | Promise<Attempt>)[] {
  const asItIs = (): Attempt => ({ graph, batching: fixed ? "freed" : "free" });
  const changed = async (): Promise<Attempt> => ({ graph: await freeBatch(graph, { name, dims }), batching: "freed" });
  const inChunks = (): Attempt => ({ graph: withBatch(graph, dims[0]), batching: "fixed", chunk: dims[0] });
  if (!mayFixBatch(graph)) return [asItIs, inChunks];
  return fixed ? [changed, inChunks] : [asItIs, changed, inChunks];
}

/** The graph as one for so many pictures, so that all its shapes are known. */
function withBatch(graph: Graph, batch: number): Graph {
  return { ...graph, inputs: graph.inputs.map((input) => ({ ...input, dims: [batch, ...input.dims.slice(1)] })) };
}

async function open(attempt: Attempt, output: ClassOutput, options: BatchOptions): Promise<OpenedNetwork> {
  const explained = findActivation(attempt.graph, output.value.name) !== undefined;
  const direct = takeLogits(attempt.graph, output, { probabilities: false });
  const { network, rows, invariant } = await openAndProbe(attempt, direct, options);
  const probabilities = !explained && mayBeProbabilities(rows, output);
  return {
    ...attempt,
    network,
    invariant,
    probabilities,
    graph: probabilities ? takeLogits(attempt.graph, output, { probabilities }) : direct,
  };
}

/** Whether rows are not negative and of sum 1, or less where a background class was taken away. */
function mayBeProbabilities(rows: readonly Float32Array[], output: ClassOutput): boolean {
  const least = classCount(output) < output.size ? 0 : 1 - TOLERANCE;
  return rows.every((row) => {
    const sum = row.reduce((total, value) => total + value, 0);
    return sum > least && sum < 1 + TOLERANCE && row.every((value) => value >= 0);
  });
}

async function openAndProbe({ chunk }: Attempt, graph: Graph, options: BatchOptions): Promise<Probed> {
  const network = await Network.open(graph, { ...options, ...(chunk === undefined ? {} : { chunk }) });
  try {
    const found = await probe(network, product(options.dims.slice(1)));
    if (found.batches) return { ...found, network };
  } catch (error) {
    await network.release();
    throw cannotRun(options.name, error);
  }
  await network.release();
  throw new InputError(
    `Model ${options.name} gives a picture other scores in a batch than alone: export it for inference, not for training`,
  );
}
