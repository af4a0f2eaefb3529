import type { ClassifierInfo, ClassifierSource } from "../core/classifier.ts";
import type { Mesh } from "../core/mesh.ts";
import { InputError, PluginFailure } from "../core/errors.ts";
import type { Appearance } from "../core/renderer.ts";
import type { OutsideModule } from "./sandbox/outside_module.ts";

/** What a worker is started with: everything between a scene and a score. */
export interface PipelineSetup extends Appearance {
  /** Names of the plugins. */
  readonly renderer: string;
  readonly classifier: string;
  readonly mesh: Mesh;
  readonly source: ClassifierSource;
  /** Pictures' derivatives: the renderer's own where it has them, or differences of pictures. */
  readonly derivatives: "exact" | "picture";
  /** Modules of plugins from outside that it needs. */
  readonly plugins?: readonly OutsideModule[];
}

/** A batch of scenes to be scored. */
export interface ScoreJob {
  readonly kind: "score";
  /** Scenes, [count x SCENE_SIZE]. */
  readonly scenes: Float64Array;
  readonly classIndex: number;
}

/** A batch of scenes to be scored and differentiated. */
export interface DifferentiateJob {
  readonly kind: "differentiate";
  readonly scenes: Float64Array;
  /** Derivatives of the scenes, [count x n x SCENE_SIZE]. */
  readonly tangents: Float64Array;
  readonly classIndex: number;
}

/** What a worker can be asked. */
export type Job = ScoreJob | DifferentiateJob;

/** Scores [count], and gradients [count x n] where they were asked for. */
export interface JobResult {
  readonly scores: Float64Array;
  readonly gradients?: Float64Array;
}

/**
 * Messages to a worker, which it takes in order: its set-up first, then jobs, and another mesh for the jobs after it. A mesh is not answered: one that
 * cannot be rendered fails those jobs.
 */
export type ToWorker =
  | { readonly kind: "start"; readonly setup: PipelineSetup }
  | { readonly kind: "mesh"; readonly mesh: Mesh }
  | { readonly kind: "job"; readonly job: Job };

/** Messages from a worker: one for its set-up and one a job, in order; or that it is going. */
export type FromWorker =
  | { readonly kind: "ready"; readonly info: ClassifierInfo; readonly derivatives: "exact" | "picture"; readonly whiteBox: boolean }
  | { readonly kind: "done"; readonly result: JobResult }
  | { readonly kind: "failed"; readonly error: PlainError }
  | { readonly kind: "gone" };

/** An error as it crosses between threads. */
export interface PlainError {
  readonly input: boolean;
  /** Whether it is a plugin that failed. */
  readonly plugin?: boolean;
  readonly message: string;
  readonly stack?: string;
}

/** Makes an error fit to be posted. */
export function toPlainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { input: false, message: String(error) };
  return { input: error instanceof InputError, plugin: error instanceof PluginFailure, message: error.message, stack: error.stack };
}

/** The error that was posted. */
export function fromPlainError({ input, plugin, message, stack }: PlainError): Error {
  if (plugin) return new PluginFailure(message);
  if (input) return new InputError(message);
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
