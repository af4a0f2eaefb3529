import type * as OnnxRuntime from "onnxruntime-node";
import { InputError } from "../../../core/errors.ts";
import { parseProvider } from "../provider.ts";
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
  const { name: backend, device } = parseProvider(provider);
  const known = listSupportedBackends().map((candidate) => candidate.name);
  if (!known.includes(backend)) {
    throw new InputError(`Provider ${backend} is not in this machine's ONNX Runtime: choose one of ${known.join(", ")}, or auto`);
  }
  const bytes = encodeModel(graph);
  try {
    return await InferenceSession.create(bytes, {
      // The runtime takes a device for TensorRT as for CUDA; its types know of the one alone.
      executionProviders: [device === undefined ? backend : { name: backend as "cuda", deviceId: device }],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: optimize ? "all" : "disabled",
      logSeverityLevel: 4,
      extra: { session: { intra_op: { allow_spinning: "0" } } },
    });
  } catch (error) {
    if (backend === "cpu") throw cannotRun(name, error);
    throw cannotProvide(provider, name, error);
  }
}

/** The error for a provider that does not run a model here: what is missing, and how to get it, where that is known. */
function cannotProvide(provider: string, name: string, error: unknown): InputError {
  const reason = reasonOf(error);
  const missing = MISSING.find(({ sign }) => sign.test(reason))?.advice;
  return new InputError(
    missing === undefined ? `Provider ${provider} cannot run model ${name} on this machine: ${reason}` : `Provider ${provider} ${missing}`,
    { cause: error },
  );
}

/** What providers lack, by what the runtime says of it. */
const MISSING: readonly { readonly sign: RegExp; readonly advice: string }[] = [
  {
    sign: /failed to load (shared )?library/i,
    advice: "needs libraries that are not here: fetch them with " +
      '"deno install --allow-scripts=npm:onnxruntime-node" (Linux on x64), and have CUDA 12 with cuDNN 9 on the machine',
  },
  {
    sign: /failed to get a webgpu adapter/i,
    advice: "needs a GPU with a Vulkan, Metal or Direct3D 12 driver, and finds none on this machine",
  },
  { sign: /invalid device ordinal/i, advice: "names a GPU that this machine does not have: counting starts at 0" },
  { sign: /no CUDA-capable device/i, advice: "needs an NVIDIA GPU with a driver, and finds none on this machine" },
];

/** The error for a model that the runtime takes and then cannot run. */
export function cannotRun(name: string, error: unknown): InputError {
  return error instanceof InputError ? error : new InputError(`Model ${name} cannot run: ${reasonOf(error)}`, { cause: error });
}

/** What the runtime says in an error, in one line, without the place in its source. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, " ").replace(/^\/\S+:\d+ .*? was false\. /, "").replace(/[.\s]+$/, "").slice(0, 300);
}
