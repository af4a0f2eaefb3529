import type { InferenceSession, Tensor } from "onnxruntime-node";
import type { Batch } from "./data/supply.ts";
import { PICTURE_SIZE } from "./network/architecture.ts";
import { isTrained, type TrainingGraph } from "./network/graphs.ts";
import type { Parameters } from "./optimization/parameters.ts";
import { numbersOf, openSession, toTensor } from "./session.ts";

/** Share of the running statistics that a step replaces by the batch's. */
const STATISTICS_RATE = 0.05;

/** Loss and hits of a batch, before the step that it leads to. */
export interface StepResult {
  readonly loss: number;
  /** Share of pictures whose class has the greatest logit. */
  readonly accuracy: number;
}

/** Runs the training graph: loss, gradients, running statistics. */
export class GradientStep {
  /** The gradients of the last batch, in the order of `parameters.trained`. */
  readonly gradients: Float32Array;
  readonly #session: InferenceSession;
  readonly #graph: TrainingGraph;
  readonly #parameters: Parameters;
  readonly #classes: number;

  private constructor(session: InferenceSession, graph: TrainingGraph, parameters: Parameters, classes: number) {
    this.#session = session;
    this.#graph = graph;
    this.#parameters = parameters;
    this.#classes = classes;
    this.gradients = new Float32Array(parameters.trained.length);
  }

  /** @param parameters Are read at every step; their statistics are updated. */
  static async open(graph: TrainingGraph, parameters: Parameters, classes: number): Promise<GradientStep> {
    return new GradientStep(await openSession(graph.graph), graph, parameters, classes);
  }

  /** Computes the gradients of a batch. */
  async run({ pictures, targets, labels }: Batch): Promise<StepResult> {
    const feeds: Record<string, Tensor> = {
      pictures: toTensor(pictures, [labels.length, 3, PICTURE_SIZE, PICTURE_SIZE]),
      targets: toTensor(targets, [labels.length, this.#classes]),
    };
    const trained = this.#parameters.infos.filter(isTrained);
    for (const { name, dims } of trained) feeds[name] = toTensor(this.#parameters.values.get(name)!, dims);
    const outputs = await this.#session.run(feeds);

    let start = 0;
    for (const { name } of trained) {
      const gradient = numbersOf(outputs[this.#graph.gradients.get(name)!]);
      this.gradients.set(gradient, start);
      start += gradient.length;
    }
    for (const { parameter, output } of this.#graph.statistics) {
      const [running, now] = [this.#parameters.values.get(parameter)!, numbersOf(outputs[output])];
      for (let i = 0; i < running.length; i++) running[i] += STATISTICS_RATE * (now[i] - running[i]);
    }
    const accuracy = rightlyNamed(numbersOf(outputs.logits), labels, this.#classes).reduce((sum, right) => sum + right, 0) / labels.length;
    return { loss: numbersOf(outputs.loss)[0], accuracy };
  }

  /** Frees the session. */
  async dispose(): Promise<void> {
    await this.#session.release();
  }
}

/** 1 for every row of logits [batch x classes] that is greatest at its label alone, else 0, [batch]. */
export function rightlyNamed(logits: Float32Array, labels: Uint8Array, classes: number): Uint8Array {
  return labels.map((label, i) => {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    return row.every((value, k) => k === label || value < row[label]) ? 1 : 0;
  });
}
