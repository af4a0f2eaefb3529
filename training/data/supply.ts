import { CLASSES, type DataSet, labelOf, Studio } from "./studio.ts";
import type { StudioAnswer, StudioMessage } from "./studio_worker.ts";

/** Pictures and what they show. */
export interface Batch {
  /** [batch x 3 x 64 x 64], RGB in [0, 1]. */
  readonly pictures: Float32Array;
  /** Indices of the classes, [batch]. */
  readonly labels: Uint8Array;
  /** 1 at the class, else 0, [batch x classes]. */
  readonly targets: Float32Array;
}

/** How batches are made. */
export interface SupplyOptions {
  /** Pictures in a batch. */
  readonly batch: number;
  /** The batch to begin with. */
  readonly start?: number;
  /** Web Workers that draw; with none the caller's thread draws. */
  readonly workers: number;
}

/** Batches that a worker is asked for ahead of time. */
const AHEAD = 3;

/** Batches of a data set, one after the other, drawn ahead by workers. Batch k is the same however many there are. */
export class BatchSupply implements Disposable {
  readonly #set: DataSet;
  readonly #batch: number;
  readonly #workers: Worker[];
  readonly #studio: Studio;
  /** Pictures on order, by batch. */
  readonly #orders = new Map<number, Promise<Float32Array>>();
  #next: number;
  #ordered: number;

  constructor(set: DataSet, { batch, start = 0, workers }: SupplyOptions) {
    this.#set = set;
    this.#batch = batch;
    this.#next = this.#ordered = start;
    this.#studio = new Studio(set);
    this.#workers = Array.from({ length: workers }, () => {
      const worker = new Worker(new URL("./studio_worker.ts", import.meta.url), { type: "module" });
      worker.postMessage({ set } satisfies StudioMessage);
      return worker;
    });
  }

  /** The next batch. */
  async next(): Promise<Batch> {
    while (this.#workers.length > 0 && this.#ordered < this.#next + AHEAD * this.#workers.length) this.#order(this.#ordered++);
    const number = this.#next++;
    const first = number * this.#batch;
    const pictures = await (this.#orders.get(number) ?? this.#studio.draw(first, this.#batch));
    this.#orders.delete(number);
    const labels = Uint8Array.from({ length: this.#batch }, (_, i) => labelOf(this.#set, first + i));
    const targets = new Float32Array(this.#batch * CLASSES.length);
    labels.forEach((label, i) => targets[i * CLASSES.length + label] = 1);
    return { pictures, labels, targets };
  }

  /** Ends the workers. */
  [Symbol.dispose](): void {
    for (const worker of this.#workers) worker.terminate();
  }

  /** Asks for a batch.  */
  #order(number: number): void {
    const worker = this.#workers[number % this.#workers.length];
    const order = new Promise<Float32Array>((resolve, reject) => {
      const settle = () => {
        worker.removeEventListener("message", receive);
        worker.removeEventListener("error", fail);
      };
      const receive = (event: MessageEvent<StudioAnswer>) => {
        if (event.data.first !== number * this.#batch) return;
        settle();
        resolve(event.data.pictures);
      };
      const fail = (event: ErrorEvent) => {
        event.preventDefault();
        settle();
        reject(new Error(`A worker that draws pictures ended: ${event.message}`));
      };
      worker.addEventListener("message", receive);
      worker.addEventListener("error", fail);
    });
    this.#orders.set(number, order);
    worker.postMessage({ first: number * this.#batch, count: this.#batch } satisfies StudioMessage);
  }
}
