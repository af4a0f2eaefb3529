/** Gives up on a connection on which nothing comes. */
export class Watch implements Disposable {
  readonly #controller = new AbortController();
  readonly #patience: number;
  readonly #stop: () => void;
  readonly #outer: AbortSignal;
  #timer: ReturnType<typeof setTimeout>;
  /** Whether nothing came for too long. */
  stalled = false;

  /** @param patience Seconds. @param outer Aborts as well. */
  constructor(patience: number, outer: AbortSignal) {
    this.#patience = patience;
    this.#outer = outer;
    this.#stop = () => this.#controller.abort(outer.reason);
    outer.addEventListener("abort", this.#stop, { once: true });
    if (outer.aborted) this.#stop();
    this.#timer = this.#start();
  }

  /** Aborted when nothing came for too long, or the outer signal is. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something came. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#start();
  }

  /** Stops waiting, and the connection. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#outer.removeEventListener("abort", this.#stop);
    this.#controller.abort();
  }

  #start(): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      this.stalled = true;
      this.#controller.abort();
    }, 1000 * this.#patience);
  }
}

/** Waits for so many seconds. Rejects with the signal's reason when it is aborted. */
export function wait(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, 1000 * seconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}
