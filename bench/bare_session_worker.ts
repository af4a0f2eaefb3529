/// <reference lib="deno.worker" />
import * as ort from "onnxruntime-node";
import { parseProvider } from "../plugins/classifiers/provider.ts";

/** What a bare session is opened with. */
interface Opening {
  readonly bytes: Uint8Array;
  readonly batch: number;
  /** Default `cpu`. */
  readonly provider?: string;
}

/** A bare network session on ready tensors: told how many batches, it runs them and says when it is done. */
let session: ort.InferenceSession;
let feeds: Record<string, ort.Tensor>;
/** Runs a batch: several where the network takes fewer pictures at once. */
let runs = 1;

self.onmessage = async ({ data }: MessageEvent<Opening | { batches: number }>) => {
  if ("bytes" in data) {
    const { name, device } = parseProvider(data.provider ?? "cpu");
    session = await ort.InferenceSession.create(data.bytes, {
      executionProviders: [device === undefined ? name : { name: "cuda", deviceId: device }],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      extra: { session: { intra_op: { allow_spinning: "0" } } },
    });
    const [input] = session.inputMetadata;
    if (!input.isTensor) throw new Error("the input is no tensor");
    const side = Number(input.shape[3]);
    const batch = typeof input.shape[0] === "number" ? input.shape[0] : data.batch;
    runs = Math.ceil(data.batch / batch);
    const pictures = Float32Array.from({ length: batch * 3 * side * side }, (_, i) => (i % 97) / 96);
    feeds = { [input.name]: new ort.Tensor("float32", pictures, [batch, 3, side, side]) };
    await session.run(feeds);
  } else {
    for (let i = 0; i < data.batches * runs; i++) await session.run(feeds);
  }
  self.postMessage("done");
};
