/// <reference lib="deno.worker" />
import type { PluginRegistry } from "../core/registry.ts";
import { Pipeline } from "./pipeline.ts";
import { type FromWorker, toPlainError, type ToWorker } from "./protocol.ts";
import { connect } from "./sandbox/connect.ts";

/** The worker's side of the pool: builds a pipeline from the first message, then does one job after the other. */
export function serve(registry: PluginRegistry): void {
  const worker = self as unknown as DedicatedWorkerGlobalScope;
  const post = (message: FromWorker, transfer: Transferable[] = []) => worker.postMessage(message, transfer);
  announceDeparture(worker, post);
  let pipeline: Pipeline | undefined;
  let queue = Promise.resolve();
  worker.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    queue = queue.then(async () => {
      try {
        if (data.kind === "start") {
          for (const module of data.setup.plugins ?? []) registry.register(...(await connect(module)).plugins);
          pipeline = await Pipeline.create(data.setup, registry);
          post({
            kind: "ready",
            info: pipeline.classifier.info,
            derivatives: pipeline.derivativeSource,
            whiteBox: pipeline.classifier.differentiate !== undefined,
          });
        } else if (data.kind === "mesh") {
          // Where the start failed there is nothing to give a mesh to, and the pool has heard of it.
          await pipeline?.setMesh(data.mesh);
        } else {
          const result = await pipeline!.run(data.job);
          const transfer = [result.scores.buffer, ...(result.gradients === undefined ? [] : [result.gradients.buffer])];
          post({ kind: "done", result }, transfer as ArrayBuffer[]);
        }
      } catch (error) {
        post({ kind: "failed", error: toPlainError(error) });
      }
    });
  };
}

/** A worker that closes or exits raises no event where it was started, so it says so itself. */
function announceDeparture(worker: DedicatedWorkerGlobalScope, post: (message: FromWorker) => void): void {
  const close = worker.close.bind(worker);
  worker.close = () => {
    post({ kind: "gone" });
    close();
  };
  worker.addEventListener("unload", () => post({ kind: "gone" }));
}
