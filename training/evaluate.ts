import { decodeModel } from "../plugins/classifiers/onnx/codec.ts";
import { BatchSupply } from "./data/supply.ts";
import { CLASSES, type DataSet } from "./data/studio.ts";
import { PICTURE_SIZE } from "./network/architecture.ts";
import { numbersOf, openSession, toTensor } from "./session.ts";
import { hits } from "./step.ts";

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

/** The accuracy of a built-in network (bytes of its ONNX file) on a data set. */
export async function measureAccuracy(model: Uint8Array, data: DataSet, { pictures, workers }: EvaluationOptions): Promise<Accuracy> {
  const session = await openSession(decodeModel(model, "network"));
  using supply = new BatchSupply(data, { batch: BATCH, workers });
  const right = new Array<number>(CLASSES.length).fill(0);
  const drawn = new Array<number>(CLASSES.length).fill(0);
  const batches = Math.ceil(pictures / BATCH);
  for (let i = 0; i < batches; i++) {
    const batch = await supply.next();
    const outputs = await session.run({ pictures: toTensor(batch.pictures, [BATCH, 3, PICTURE_SIZE, PICTURE_SIZE]) });
    const logits = numbersOf(outputs.logits);
    batch.labels.forEach((label, k) => {
      drawn[label]++;
      right[label] += hits(logits.subarray(k * CLASSES.length, (k + 1) * CLASSES.length), batch.labels.subarray(k, k + 1), CLASSES.length);
    });
  }
  await session.release();
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  return {
    all: sum(right) / sum(drawn),
    byClass: Object.fromEntries(CLASSES.flatMap((name, i) => drawn[i] === 0 ? [] : [[name, right[i] / drawn[i]]])),
    pictures: sum(drawn),
  };
}
