import type { Mesh } from "../core/mesh.ts";
import { AUTO, parseProviders } from "../plugins/classifiers/provider.ts";
import { fromPlainError, type FromWorker, type Job, type JobResult, type PipelineSetup, type ToWorker } from "./protocol.ts";

/** How a pool is started. */
export interface PoolOptions {
  /** Workers, each with its own renderer and network session. */
  readonly workers: number;
  /** The worker's module; the built-in plugins' by default. */
  readonly entry?: URL;
}

/** What the workers found when they loaded the classifier. */
export type PoolInfo = Omit<Extract<FromWorker, { kind: "ready" }>, "kind">;

/** A worker ended twice on the same batch, or could not be started. */
export class WorkerDeath extends Error {
  override readonly name = "WorkerDeath";
}

interface Ticket {
  readonly job: Job;
  readonly signal?: AbortSignal;
  readonly resolve: (result: JobResult) => void;
  readonly reject: (error: unknown) => void;
  deaths: number;
}

/** A worker, and the jobs it was given, the one it is at first. */
interface Slot {
  /** Which of the pool's workers it is: where its network runs depends on it. */
  readonly place: number;
  worker: Worker;
  ready: boolean;
  readonly tickets: Ticket[];
}

/** Jobs at a worker at a time: while it does one, the next is there already. */
const DEPTH = 2;

/**
 * Web Workers that score scenes. Jobs are done in any order by whichever worker is free; a worker that dies is replaced and its job is done again,
 * once.
 */
export class WorkerPool {
  readonly info: PoolInfo;
  readonly workers: number;
  #setup: PipelineSetup;
  readonly #entry: URL;
  readonly #slots: Slot[] = [];
  readonly #queue: Ticket[] = [];
  readonly #ending: Promise<void>[] = [];
  #failure: unknown;

  private constructor(setup: PipelineSetup, entry: URL, workers: number, first: Slot, info: PoolInfo) {
    this.#setup = setup;
    this.#entry = entry;
    this.workers = workers;
    this.info = info;
    this.#adopt(first);
    for (let place = 1; place < workers; place++) this.#adopt(this.#spawn(place));
  }

  /**
   * Starts workers. Resolves as soon as the first is ready: the others join when they are.
   *
   * @throws InputError where the classifier or mesh cannot be loaded.
   */
  static async start(
    setup: PipelineSetup,
    { workers, entry = new URL("./scene_worker.ts", import.meta.url) }: PoolOptions,
  ): Promise<WorkerPool> {
    const slot = spawn(setup, entry, 0);
    const info = await new Promise<PoolInfo>((resolve, reject) => {
      slot.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.kind === "ready") resolve({ info: data.info, derivatives: data.derivatives, whiteBox: data.whiteBox });
        else reject(data.kind === "failed" ? fromPlainError(data.error) : new WorkerDeath("A worker ended while it started"));
      };
      slot.worker.onerror = (event) => {
        event.preventDefault();
        reject(new WorkerDeath(`A worker ended while it started: ${event.message}`));
      };
    }).catch((error) => {
      slot.worker.terminate();
      throw error;
    });
    slot.ready = true;
    return new WorkerPool(withChosenProvider(setup, info), entry, workers, slot, info);
  }

  /** Does a job. Rejects with the signal's reason when it is aborted: a job that a worker is at is finished, its result dropped. */
  run(job: Job, signal?: AbortSignal): Promise<JobResult> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (this.#failure !== undefined) return reject(this.#failure);
      const abort = () => {
        const place = this.#queue.indexOf(ticket);
        if (place >= 0) this.#queue.splice(place, 1);
        reject(signal!.reason);
      };
      const settled = <T>(settle: (value: T) => void) => (value: T) => {
        signal?.removeEventListener("abort", abort);
        settle(value);
      };
      const ticket: Ticket = { job, signal, resolve: settled(resolve), reject: settled(reject), deaths: 0 };
      signal?.addEventListener("abort", abort, { once: true });
      this.#queue.push(ticket);
      this.#hand();
    });
  }

  /** Renders another mesh in the jobs that follow. Throws where a job is under way: its mesh would depend on who does it when. */
  setMesh(mesh: Mesh): void {
    if (this.#queue.length > 0 || this.#slots.some(({ tickets }) => tickets.length > 0)) {
      throw new Error("The mesh of a pool cannot change while jobs are under way");
    }
    this.#setup = { ...this.#setup, mesh };
    for (const { worker } of this.#slots) worker.postMessage({ kind: "mesh", mesh } satisfies ToWorker);
  }

  /**
   * Ends the workers; jobs under way are lost. Resolves when all have ended: one that is still creating its session is ended when it has, since to end
   * it in the middle of that would end the program.
   */
  async close(): Promise<void> {
    this.#fail(new WorkerDeath("The pool is closed"));
    await Promise.all(this.#ending);
  }

  #spawn(place: number): Slot {
    return spawn(this.#setup, this.#entry, place);
  }

  #adopt(slot: Slot): void {
    this.#slots.push(slot);
    slot.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(slot, data);
    slot.worker.onerror = (event) => {
      event.preventDefault();
      this.#bury(slot, event.message);
    };
  }

  #receive(slot: Slot, message: FromWorker): void {
    if (message.kind === "gone") return this.#bury(slot, "it closed");
    if (message.kind === "ready") {
      slot.ready = true;
    } else if (!slot.ready) {
      return this.#fail(message.kind === "failed" ? fromPlainError(message.error) : new WorkerDeath("A worker ended while it started"));
    } else {
      const ticket = slot.tickets.shift()!;
      if (message.kind === "done") ticket.resolve(message.result);
      else ticket.reject(fromPlainError(message.error));
    }
    this.#hand();
  }

  /** Gives waiting jobs to the workers that have the fewest. */
  #hand(): void {
    for (let depth = 0; depth < DEPTH; depth++) {
      for (const slot of this.#slots) {
        if (!slot.ready || slot.tickets.length > depth) continue;
        const ticket = this.#queue.shift();
        if (ticket === undefined) return;
        slot.tickets.push(ticket);
        slot.worker.postMessage({ kind: "job", job: ticket.job } satisfies ToWorker);
      }
    }
  }

  /** Replaces a worker that died. Only the job that it was at counts as a victim; one that waited behind it does not. */
  #bury(slot: Slot, reason: string): void {
    const place = this.#slots.indexOf(slot);
    if (place < 0) return;
    this.#slots.splice(place, 1);
    slot.worker.terminate();
    const [victim, ...waiting] = slot.tickets;
    if (!slot.ready) return this.#fail(new WorkerDeath(`A worker ended while it started: ${reason}`));
    this.#queue.unshift(...waiting);
    if (victim !== undefined) {
      victim.deaths++;
      if (victim.deaths > 1) return this.#fail(new WorkerDeath(`A worker ended twice on the same batch: ${reason}`));
      this.#queue.unshift(victim);
    }
    this.#adopt(this.#spawn(slot.place));
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    for (const slot of this.#slots) this.#ending.push(ended(slot));
    const tickets = [...this.#slots.flatMap((slot) => slot.tickets), ...this.#queue];
    this.#slots.length = 0;
    this.#queue.length = 0;
    for (const ticket of tickets) ticket.reject(this.#failure);
  }
}

function spawn(setup: PipelineSetup, entry: URL, place: number): Slot {
  const message: ToWorker = { kind: "start", setup: setupAt(setup, place) };
  const worker = new Worker(entry, { type: "module" });
  worker.postMessage(message);
  return { place, worker, ready: false, tickets: [] };
}

/** The set-up of one of the workers: they take the providers in turn. */
function setupAt(setup: PipelineSetup, place: number): PipelineSetup {
  const providers = parseProviders(setup.source.provider);
  return { ...setup, source: { ...setup.source, provider: providers[place % providers.length] } };
}

/** The set-up with what the first worker chose, where it was to choose: all do as it does. */
function withChosenProvider(setup: PipelineSetup, { info }: PoolInfo): PipelineSetup {
  const { provider } = info.facts;
  if (setup.source.provider !== AUTO || typeof provider !== "string") return setup;
  return { ...setup, source: { ...setup.source, provider } };
}

/** Ends a worker, once it is through with its start. */
function ended({ worker, ready }: Slot): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      worker.terminate();
      resolve();
    };
    if (ready) return end();
    worker.onmessage = end;
    worker.onerror = (event) => {
      event.preventDefault();
      end();
    };
  });
}
