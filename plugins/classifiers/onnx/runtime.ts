import type * as OnnxRuntime from "onnxruntime-node";
import { InputError } from "../../../core/errors.ts";
import { encodeModel } from "./codec.ts";
import type { Graph } from "./graph.ts";

/** A session of ONNX Runtime. */
export type Session = OnnxRuntime.InferenceSession;
/** A tensor of ONNX Runtime. */
export type RuntimeTensor = OnnxRuntime.Tensor;

/** How a session runs. */
export interface SessionOptions {
  /** What to call the model in messages. */
  readonly name: string;
  readonly threads: number;
  readonly provider: string;
  /** Whether the runtime rewrites the graph to make it faster; it does by default. */
  readonly optimize?: boolean;
}

let loaded: Promise<typeof OnnxRuntime> | undefined;

/** ONNX Runtime, loaded when it is first wanted: it takes longer to load than all else. */
export function runtime(): Promise<typeof OnnxRuntime> {
  loaded ??= import("onnxruntime-node").then((module) => {
    // Its own log goes to standard error; what matters of it is in the errors that it throws.
    module.env.logLevel = "fatal";
    return module;
  });
  return loaded;
}

/** A session that runs a graph. @throws InputError where the runtime refuses the graph or lacks the provider. */
export async function openSession(graph: Graph, { name, threads, provider, optimize = true }: SessionOptions): Promise<Session> {
  const { InferenceSession, listSupportedBackends } = await runtime();
  const known = listSupportedBackends().map((backend) => backend.name);
  if (!known.includes(provider)) {
    throw new InputError(`Provider ${provider} is not in this machine's ONNX Runtime: choose one of ${known.join(", ")}`);
  }
  const bytes = encodeModel(graph);
  try {
    return await InferenceSession.create(bytes, {
      executionProviders: [provider],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: optimize ? "all" : "disabled",
      logSeverityLevel: 4,
      extra: { session: { intra_op: { allow_spinning: "0" } } },
    });
  } catch (error) {
    if (provider === "cpu") throw cannotRun(name, error);
    throw new InputError(`Provider ${provider} cannot run model ${name} on this machine: ${reasonOf(error)}`, { cause: error });
  }
}

/** The error for a model that the runtime takes and then cannot run. */
export function cannotRun(name: string, error: unknown): InputError {
  return error instanceof InputError ? error : new InputError(`Model ${name} cannot run: ${reasonOf(error)}`, { cause: error });
}

/** What the runtime says in an error, in one line, without the place in its source. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, " ").replace(/^\/\S+:\d+ .*? was false\. /, "").replace(/[.\s]+$/, "").slice(0, 300);
}
