/**
 * What a gradient costs: the time of forward and backward pass over that of the forward pass, both measured in turns in one run; and the
 * same of processor time, which says more where the machine does other things too.
 *
 * deno run -A bench/gradient.ts [--batch 8] [--threads 2] [--repeats 12] [--side 224] [MODEL.onnx ...]
 *
 * Without models it takes those in ../shared/models, where they are there, and a small network that is trained.
 */
import { parseArgs } from "@std/cli/parse-args";
import process from "node:process";
import * as ort from "onnxruntime-node";
import { Random } from "../core/random.ts";
import { decodeModel, encodeModel } from "../plugins/classifiers/onnx/codec.ts";
import { differentiateGraph, exposeInitializers, withCrossEntropy, withSoftmax } from "../plugins/classifiers/onnx/gradient/mod.ts";
import type { Graph, ValueInfo } from "../plugins/classifiers/onnx/graph.ts";
import { floatTensor, GraphBuilder, int, ints } from "../plugins/classifiers/onnx/graph_builder.ts";

const options = parseArgs(Deno.args, {
  string: ["batch", "threads", "repeats", "side"],
  default: { batch: "8", threads: "2", repeats: "12", side: "224" },
});
const [batch, threads, repeats, side] = [options.batch, options.threads, options.repeats, options.side].map(Number);
const random = new Random(1);

console.log("model                        forward ms  with backward ms  ratio  of processor time  pictures a second");
for (const path of options._.length > 0 ? options._.map(String) : sharedModels()) {
  const model = decodeModel(await Deno.readFile(path), path);
  const graph = withSoftmax(model, model.outputs[0].name);
  const { graph: both } = differentiateGraph(graph, { output: "scores", wrt: [model.inputs[0].name], upstream: "shared" });
  await report(path.split("/").at(-1)!, [graph, both], batch);
}
await report("training step, batch 32", trainedNetwork(), 32);

/** Measures two graphs in turns, and prints the ratios of their shortest times: what else runs on the machine only ever adds. */
async function report(name: string, graphs: readonly [Graph, Graph], count: number): Promise<void> {
  const feeds = Object.fromEntries(graphs[1].inputs.map((input) => [input.name, randomTensor(input, count)]));
  const runs = await Promise.all(graphs.map(async (graph) => {
    const session = await ort.InferenceSession.create(encodeModel(graph), {
      intraOpNumThreads: threads,
      logSeverityLevel: 3,
      // Threads that wait would be counted as if they worked.
      extra: { session: { intra_op: { allow_spinning: "0" } } },
    });
    const own = Object.fromEntries(graph.inputs.map((input) => [input.name, feeds[input.name]]));
    await session.run(own);
    return { session, own, wall: Infinity, processor: Infinity };
  }));
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const run of runs) {
      const [start, before] = [performance.now(), process.cpuUsage()];
      await run.session.run(run.own);
      const { user, system } = process.cpuUsage(before);
      run.wall = Math.min(run.wall, performance.now() - start);
      run.processor = Math.min(run.processor, (user + system) / 1000);
    }
  }
  for (const { session } of runs) await session.release();
  const [forward, both] = runs;
  const columns: readonly (readonly [text: string, width: number])[] = [
    [forward.wall.toFixed(1), 11],
    [both.wall.toFixed(1), 18],
    [(both.wall / forward.wall).toFixed(2), 7],
    [(both.processor / forward.processor).toFixed(2), 21],
    [(1000 * count / both.wall).toFixed(1), 19],
  ];
  console.log(`${name.padEnd(28)}${columns.map(([text, width]) => text.padStart(width)).join("")}`);
}

function randomTensor({ dims }: ValueInfo, count: number): ort.Tensor {
  const sizes = dims.map((size, axis) => typeof size === "number" ? size : axis === 0 ? count : side);
  const length = sizes.reduce((left, right) => left * right, 1);
  return new ort.Tensor("float32", Float32Array.from({ length }, () => random.uniform()), sizes);
}

function sharedModels(): string[] {
  const folder = new URL("../../shared/models/", import.meta.url);
  try {
    return [...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith(".onnx")).map(({ name }) => new URL(name, folder).pathname)
      .sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** A network of four convolutions on pictures of 64 x 64, its loss, and that with the gradients of all weights. */
function trainedNetwork(): [Graph, Graph] {
  const builder = new GraphBuilder();
  const weights = (dims: readonly number[]) => {
    const length = dims.reduce((left, right) => left * right, 1);
    return builder.constant("weights", floatTensor(dims, Float32Array.from({ length }, () => 0.1 * random.normal())));
  };
  let value = builder.input("input", ["batch", 3, 64, 64]);
  for (const [inputs, outputs] of [[3, 16], [16, 32], [32, 64], [64, 64]]) {
    value = builder.node("Conv", [value, weights([outputs, inputs, 3, 3]), weights([outputs])], { pads: ints(1, 1, 1, 1) });
    value = builder.node("MaxPool", [builder.node("Relu", [value])], { kernel_shape: ints(2, 2), strides: ints(2, 2) });
  }
  value = builder.node("Flatten", [builder.node("GlobalAveragePool", [value])]);
  builder.node("Gemm", [value, weights([10, 64]), weights([10])], { transB: int(1) }, { outputs: ["logits"] });
  builder.output("logits", ["batch", 10]);
  const network = builder.build("trained");
  const names = [...network.initializers.keys()];
  const loss = exposeInitializers(withCrossEntropy(network, { logits: "logits" }), names);
  return [loss, differentiateGraph(loss, { output: "loss", wrt: names, upstream: "ones" }).graph];
}
