import type { PluginRegistry } from "../core/registry.ts";
import { builtInPlugins } from "../plugins/mod.ts";
import { parseProviders } from "../plugins/classifiers/provider.ts";
import { Pipeline } from "./pipeline.ts";
import type { Job, JobResult, PipelineSetup } from "./protocol.ts";
import { type PoolInfo, WorkerPool } from "./worker_pool.ts";

/** What scores scenes: the workers of a pool, or this thread. */
export interface Scorer {
  /** What it found when it loaded the classifier. */
  readonly info: PoolInfo;
  /** Does a job. Rejects with the signal's reason when it is aborted. */
  run(job: Job, signal?: AbortSignal): Promise<JobResult>;
  /** Frees all that it holds. */
  close(): Promise<void>;
}

/**
 * Starts workers; but where the renderer or the classifier is an object of this program, which no other thread can have, all is done here.
 *
 * @throws InputError where the classifier or mesh cannot be loaded.
 */
export function startScorer(setup: PipelineSetup, { registry, workers }: { registry: PluginRegistry; workers: number }): Promise<Scorer> {
  const builtIn = builtInPlugins();
  const isElsewhere = (kind: "renderer" | "classifier") => {
    const name = setup[kind];
    const isOutside = setup.plugins?.some(({ expected }) => expected.some((facts) => facts.kind === kind && facts.name === name));
    return isOutside === true || builtIn.all(kind).some((plugin) => plugin === registry.get(kind, name));
  };
  return isElsewhere("renderer") && isElsewhere("classifier") ? WorkerPool.start(setup, { workers }) : LocalScorer.start(setup, registry);
}

/** Scores in this thread, one job after the other. */
class LocalScorer implements Scorer {
  readonly info: PoolInfo;
  readonly #pipeline: Pipeline;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(pipeline: Pipeline) {
    const { classifier, derivativeSource: derivatives } = pipeline;
    this.#pipeline = pipeline;
    this.info = { info: classifier.info, derivatives, whiteBox: classifier.differentiate !== undefined };
  }

  static async start(setup: PipelineSetup, registry: PluginRegistry): Promise<LocalScorer> {
    const [provider] = parseProviders(setup.source.provider);
    return new LocalScorer(await Pipeline.create({ ...setup, source: { ...setup.source, provider } }, registry));
  }

  run(job: Job, signal?: AbortSignal): Promise<JobResult> {
    const result = this.#last.then(() => {
      signal?.throwIfAborted();
      return this.#pipeline.run(job);
    });
    this.#last = result.catch(() => undefined);
    return result;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#pipeline.dispose();
  }
}
