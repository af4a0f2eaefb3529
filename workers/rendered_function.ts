import { PluginFailure } from "../core/errors.ts";
import type { SceneSpace } from "../core/scene_space.ts";
import { SCENE_SIZE } from "../core/scene.ts";
import type { Differentiated, SemanticFunction } from "../core/semantic_function.ts";
import type { SemanticSpace } from "../core/semantic_space.ts";
import type { GradientSource } from "../core/record.ts";
import type { Job, JobResult } from "./protocol.ts";
import type { Scorer } from "./scorer.ts";

/** How a rendered function is evaluated. */
export interface RenderedFunctionOptions {
  /** The class z whose score it is. */
  readonly classIndex: number;
  /** Most points a job. */
  readonly batch: number;
  /** Whether it offers gradients. */
  readonly gradients: boolean;
  /** Is told of a plugin's failure before those who wait for scores are. */
  readonly onFailure?: (failure: PluginFailure) => void;
}

/** f(u) = C_z(R(S_z, u)), equation (1): points become scenes here, and scores on the workers of a pool, or in this thread. */
export class RenderedFunction implements SemanticFunction {
  readonly space: SemanticSpace;
  readonly gradientSource: GradientSource;
  readonly differentiate?: (points: Float64Array, signal?: AbortSignal) => Promise<Differentiated>;
  readonly #scenes: SceneSpace;
  readonly #scorer: Scorer;
  readonly #options: RenderedFunctionOptions;

  constructor(scenes: SceneSpace, scorer: Scorer, options: RenderedFunctionOptions) {
    this.space = scenes.space;
    this.#scenes = scenes;
    this.#scorer = scorer;
    this.#options = options;
    this.gradientSource = scorer.info.derivatives;
    if (options.gradients && scorer.info.whiteBox) {
      this.differentiate = (points, signal) => this.#telling(this.#differentiate(points, signal));
    }
  }

  /** Scores of points, [count x n]. */
  evaluate(points: Float64Array, signal?: AbortSignal): Promise<Float64Array> {
    return this.#telling(this.#evaluate(points, signal));
  }

  async #telling<Result>(result: Promise<Result>): Promise<Result> {
    try {
      return await result;
    } catch (error) {
      if (error instanceof PluginFailure) this.#options.onFailure?.(error);
      throw error;
    }
  }

  async #evaluate(points: Float64Array, signal?: AbortSignal): Promise<Float64Array> {
    const { classIndex, batch } = this.#options;
    const rows = await this.#scenes.rows(this.space.project(points));
    const results = await this.#runChunks(this.space.count(points), batch, (from, to) => ({
      kind: "score",
      scenes: rows.slice(from * SCENE_SIZE, to * SCENE_SIZE),
      classIndex,
    }), signal);
    return concatenated(results.map(({ scores }) => scores));
  }

  async #differentiate(points: Float64Array, signal?: AbortSignal): Promise<Differentiated> {
    const { classIndex, batch } = this.#options;
    const projected = this.space.project(points);
    const rows = await this.#scenes.rows(projected);
    const tangents = await this.#scenes.tangents(projected);
    const n = this.space.dimensions;
    const most = Math.max(1, Math.min(batch, Math.floor(TANGENTS_A_JOB / n)));
    const results = await this.#runChunks(this.space.count(points), most, (from, to) => ({
      kind: "differentiate",
      scenes: rows.slice(from * SCENE_SIZE, to * SCENE_SIZE),
      tangents: tangents.slice(from * n * SCENE_SIZE, to * n * SCENE_SIZE),
      classIndex,
    }), signal);
    return {
      scores: concatenated(results.map(({ scores }) => scores)),
      gradients: concatenated(results.map(({ gradients }) => gradients!)),
    };
  }

  /**
   * Cuts a batch into jobs. How it is cut depends on the batch alone, not on the workers: some networks round a picture's score by its place in a
   * job, and the same run must give the same bytes with any number of workers.
   */
  #runChunks(count: number, most: number, job: (from: number, to: number) => Job, signal?: AbortSignal): Promise<JobResult[]> {
    const size = Math.min(most, Math.ceil(count / JOBS_A_BATCH));
    const jobs: Promise<JobResult>[] = [];
    for (let from = 0; from < count; from += size) jobs.push(this.#scorer.run(job(from, Math.min(from + size, count)), signal));
    return Promise.all(jobs);
  }
}

/** Small batches are cut into about so many jobs, so that many workers share them. */
const JOBS_A_BATCH = 16;

/** Bounds the memory of a job: each tangent is a picture. */
const TANGENTS_A_JOB = 32;

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
