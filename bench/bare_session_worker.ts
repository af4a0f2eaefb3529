/// <reference lib="deno.worker" />
import * as ort from "onnxruntime-node";

/** A bare network session on ready tensors: told how many batches, it runs them and says when it is done. */
let session: ort.InferenceSession;
let feeds: Record<string, ort.Tensor>;

self.onmessage = async ({ data }: MessageEvent<{ bytes: Uint8Array; batch: number } | { batches: number }>) => {
  if ("bytes" in data) {
    session = await ort.InferenceSession.create(data.bytes, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      extra: { session: { intra_op: { allow_spinning: "0" } } },
    });
    const [input] = session.inputMetadata;
    if (!input.isTensor) throw new Error("the input is no tensor");
    const side = Number(input.shape[3]);
    const pictures = Float32Array.from({ length: data.batch * 3 * side * side }, (_, i) => (i % 97) / 96);
    feeds = { [input.name]: new ort.Tensor("float32", pictures, [data.batch, 3, side, side]) };
    await session.run(feeds);
  } else {
    for (let i = 0; i < data.batches; i++) await session.run(feeds);
  }
  self.postMessage("done");
};
