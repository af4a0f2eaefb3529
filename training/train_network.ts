import { Random } from "../core/random.ts";
import { encodeModel } from "../plugins/classifiers/onnx/codec.ts";
import { BatchSupply } from "./data/supply.ts";
import { CLASSES, type DataSet } from "./data/studio.ts";
import type { Architecture } from "./network/architecture.ts";
import { inferenceGraph, trainingGraph, type Values } from "./network/graphs.ts";
import { Adam } from "./optimization/adam.ts";
import { encodeCheckpoint, restoreCheckpoint } from "./optimization/checkpoint.ts";
import { Parameters } from "./optimization/parameters.ts";
import { learningRate } from "./optimization/schedule.ts";
import { GradientStep, type StepResult } from "./step.ts";

/** Where a training keeps its checkpoint. */
export interface CheckpointStore {
  /** The bytes last written; undefined where there are none. */
  read(): Promise<Uint8Array | undefined>;
  /** Replaces them, at once or not at all. */
  write(bytes: Uint8Array): Promise<void>;
}

/** What is trained, on what, and how. */
export interface TrainingOptions {
  readonly architecture: Architecture;
  readonly data: DataSet;
  readonly steps: number;
  /** Pictures in a step. */
  readonly batch: number;
  /** Peak of the learning rate; the architecture's by default. */
  readonly rate?: number;
  /** Decoupled weight decay a unit of learning rate; 0.02 by default. */
  readonly weightDecay?: number;
  /** Seeds the first weights. The data have a seed of their own. */
  readonly seed: number;
  /** Numbers of a trained network to go on from, as `storedValues` gives them, in place of random ones. */
  readonly initial?: Values;
  /** Web Workers that draw pictures; they do not change the result. */
  readonly workers: number;
  readonly checkpoint?: CheckpointStore;
  /** Steps between checkpoints; 100 by default. */
  readonly checkpointEvery?: number;
  readonly onStep?: (step: number, result: StepResult) => void;
  readonly signal?: AbortSignal;
}

/**
 * Trains a network and returns the bytes of its ONNX file. The same options give the same bytes on the same machine, whatever the number of workers
 * and however often the training was broken off and resumed from its checkpoint.
 */
export async function trainNetwork(options: TrainingOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { architecture, data, steps, batch, initial, checkpoint, checkpointEvery = 100, signal } = options;
  const { rate = architecture.learningRate, weightDecay = 0.02 } = options;
  const classes = CLASSES.length;
  const graph = trainingGraph(architecture, { classes, batch, folded: initial !== undefined });
  const parameters = new Parameters(graph.parameters);
  const optimizer = new Adam(parameters.trained.length, { weightDecay });
  parameters.initialize(new Random(options.seed));
  initial?.forEach((values, name) => parameters.values.get(name)!.set(values));

  const key = JSON.stringify({ name: architecture.name, data, steps, batch, rate, weightDecay, seed: options.seed });
  const saved = await checkpoint?.read();
  const start = saved === undefined ? 0 : restoreCheckpoint(saved, key, { parameters, optimizer }) ?? 0;
  const schedule = { peak: rate, steps, warmUp: Math.min(50, steps >> 3) };

  const gradientStep = await GradientStep.open(graph, parameters, classes);
  using supply = new BatchSupply(data, { batch, start, workers: options.workers });
  try {
    for (let step = start; step < steps; step++) {
      signal?.throwIfAborted();
      const result = await gradientStep.run(await supply.next());
      optimizer.step(parameters.trained, gradientStep.gradients, {
        step: step + 1,
        rate: learningRate(schedule, step),
        decays: parameters.decays,
      });
      const done = step + 1;
      if (done % checkpointEvery === 0) await checkpoint?.write(encodeCheckpoint({ step: done, parameters, optimizer }, key));
      options.onStep?.(done, result);
    }
  } finally {
    await gradientStep.dispose();
  }
  return Uint8Array.from(encodeModel(inferenceGraph(architecture, classes, parameters.values)));
}
