/**
 * Pictures a second of a classifier, by batch size and threads, over those of a bare session of the same file on the same tensors, and what gradients
 * cost; all of them in turn in one run. Beside the ratio of the shortest times that of processor time, which a busy machine disturbs less.
 *
 * deno task bench bench/classifier.ts NETWORK.onnx [ROUNDS]
 */
import process from "node:process";
import * as ort from "onnxruntime-node";
import { onnx } from "../plugins/classifiers/onnx/mod.ts";

const [path, roundsText = "15"] = Deno.args;
if (path === undefined) {
  console.error("usage: bench/classifier.ts NETWORK.onnx [ROUNDS]");
  Deno.exit(2);
}
const rounds = Number(roundsText);
const bytes = await Deno.readFile(path);

console.log("threads batch  bare/s  classify/s  ratio  CPU ratio  differentiate/s  (forward + backward) / forward");
for (const threads of [1, 2]) {
  const start = performance.now();
  const classifier = await onnx.load({ name: path, bytes, threads, provider: "cpu", gradients: false });
  const loaded = performance.now() - start;
  const whiteBox = await onnx.load({ name: path, bytes, threads, provider: "cpu", gradients: true });
  const session = await ort.InferenceSession.create(bytes, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  });
  const { width, height } = classifier.info;
  for (const batch of [1, 2, 4, 8, 16]) {
    const pictures = Float32Array.from({ length: batch * 3 * width * height }, (_, i) => (i % 97) / 96);
    const feeds = { [session.inputNames[0]]: new ort.Tensor("float32", pictures, [batch, 3, height, width]) };
    const [bare, classify, differentiate] = await measure([
      () => session.run(feeds),
      () => classifier.classify(pictures, batch),
      async () => await whiteBox.differentiate?.(pictures, batch, 0),
    ]);
    const cells = [
      String(threads).padStart(7),
      String(batch).padStart(6),
      (batch / bare.wall).toFixed(1).padStart(8),
      (batch / classify.wall).toFixed(1).padStart(12),
      (bare.wall / classify.wall).toFixed(3).padStart(7),
      (bare.cpu / classify.cpu).toFixed(3).padStart(11),
      (batch / differentiate.wall).toFixed(1).padStart(17),
      (differentiate.cpu / classify.cpu).toFixed(2).padStart(9),
    ];
    console.log(cells.join(""));
  }
  console.log(`${threads} threads: loaded in ${loaded.toFixed(0)} ms`);
  await Promise.all([session.release(), classifier.dispose(), whiteBox.dispose()]);
}

/** Seconds of a piece of work: the shortest on the clock, and of the processor over all rounds. */
interface Cost {
  wall: number;
  cpu: number;
}

/** What each piece of work costs, one after the other in each round. */
async function measure(works: readonly (() => Promise<unknown>)[]): Promise<Cost[]> {
  const costs = works.map((): Cost => ({ wall: Infinity, cpu: 0 }));
  for (const work of works) await work();
  for (let round = 0; round < rounds; round++) {
    for (const [i, work] of works.entries()) {
      const [start, cpu] = [performance.now(), process.cpuUsage()];
      await work();
      const { user, system } = process.cpuUsage(cpu);
      costs[i].wall = Math.min(costs[i].wall, (performance.now() - start) / 1000);
      costs[i].cpu += (user + system) / 1e6;
    }
  }
  return costs;
}
