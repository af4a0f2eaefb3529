import { decodeModel } from "../plugins/classifiers/onnx/codec.ts";
import { BatchSupply } from "./data/supply.ts";
import { CLASSES, type DataSet } from "./data/studio.ts";
import { PICTURE_SIZE } from "./network/architecture.ts";
import { numbersOf, openSession, toTensor } from "./session.ts";
import { rightlyNamed } from "./step.ts";

/** Share of pictures that a network names rightly. */
export interface Accuracy {
  readonly all: number;
  /** By the names of the classes. */
  readonly byClass: Readonly<Record<string, number>>;
  /** Pictures drawn. */
  readonly pictures: number;
}

/** How accuracy is measured. */
export interface EvaluationOptions {
  readonly pictures: number;
  readonly workers: number;
}

const BATCH = 50;

/**
 * The accuracies of built-in networks on a data set. Every picture is drawn once.
 *
 * @param models Bytes of their ONNX files.
 */
export async function measureAccuracy(
  models: readonly Uint8Array[],
  data: DataSet,
  { pictures, workers }: EvaluationOptions,
): Promise<Accuracy[]> {
  const sessions = await Promise.all(models.map((model) => openSession(decodeModel(model, "network"))));
  using supply = new BatchSupply(data, { batch: BATCH, workers });
  const drawn = new Array<number>(CLASSES.length).fill(0);
  const right = models.map(() => new Array<number>(CLASSES.length).fill(0));
  for (let left = pictures; left > 0; left -= BATCH) {
    const { pictures: batch, labels } = await supply.next();
    labels.forEach((label) => drawn[label]++);
    for (const [i, session] of sessions.entries()) {
      const outputs = await session.run({ pictures: toTensor(batch, [BATCH, 3, PICTURE_SIZE, PICTURE_SIZE]) });
      const isRight = rightlyNamed(numbersOf(outputs.logits), labels, CLASSES.length);
      labels.forEach((label, k) => right[i][label] += isRight[k]);
    }
  }
  await Promise.all(sessions.map((session) => session.release()));
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  return right.map((hits) => ({
    all: sum(hits) / sum(drawn),
    byClass: Object.fromEntries(CLASSES.flatMap((name, i) => drawn[i] === 0 ? [] : [[name, hits[i] / drawn[i]]])),
    pictures: sum(drawn),
  }));
}
