/** What the sessions are of. */
export interface BareSessionOptions {
  /** The network. */
  readonly bytes: Uint8Array;
  readonly workers: number;
  /** Pictures at a time. */
  readonly batch: number;
  /** Where the sessions run, in turn; the processor by default. */
  readonly providers?: readonly string[];
}

/** Network sessions on workers that score ready tensors: what is left for a map to lose. */
export class BareSessions implements Disposable {
  readonly #workers: readonly Worker[];
  readonly #batch: number;

  private constructor(workers: readonly Worker[], batch: number) {
    this.#workers = workers;
    this.#batch = batch;
  }

  /** Opens a session on each worker. */
  static async open({ bytes, workers, batch, providers = [] }: BareSessionOptions): Promise<BareSessions> {
    const opened = Array.from({ length: workers }, async (_, i) => {
      const worker = new Worker(new URL("./bare_session_worker.ts", import.meta.url), { type: "module" });
      const provider = providers[i % providers.length];
      await ask(worker, { bytes, batch, ...(provider === undefined ? {} : { provider }) });
      return worker;
    });
    return new BareSessions(await Promise.all(opened), batch);
  }

  /** Scores so many pictures, shared by the workers. */
  async run(pictures: number): Promise<void> {
    const batches = pictures / this.#batch / this.#workers.length;
    await Promise.all(this.#workers.map((worker) => ask(worker, { batches })));
  }

  [Symbol.dispose](): void {
    for (const worker of this.#workers) worker.terminate();
  }
}

function ask(worker: Worker, message: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(message);
  });
}

/** Seconds that some work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The middle one of some numbers. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
