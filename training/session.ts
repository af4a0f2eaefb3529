import * as ort from "onnxruntime-node";
import { encodeModel } from "../plugins/classifiers/onnx/codec.ts";
import type { Graph } from "../plugins/classifiers/onnx/graph.ts";

/** Makes a session of one thread, so that sums are always taken in the same order. */
export function openSession(graph: Graph): Promise<ort.InferenceSession> {
  return ort.InferenceSession.create(encodeModel(graph), {
    executionProviders: ["cpu"],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    // Gradient graphs leave constants behind that nothing uses; warnings about them help nobody.
    logSeverityLevel: 3,
  });
}

/** A float32 tensor for a session. */
export function toTensor(data: Float32Array, dims: readonly number[]): ort.Tensor {
  return new ort.Tensor("float32", data, dims);
}

/** The numbers of an output. */
export function numbersOf(output: ort.InferenceSession.OnnxValueMapType[string]): Float32Array {
  return (output as ort.Tensor).data as Float32Array;
}
