/**
 * Compares gradients of exported torchvision networks with torch's autograd in float64, and the speed of both. Needs Python with torch and
 * torchvision; everything it writes goes to a temporary folder.
 *
 *     deno run -A bench/torch/compare.ts [--python python3] [--batch 8] [NETWORK ...]
 */
import { parseArgs } from "@std/cli/parse-args";
import * as ort from "onnxruntime-node";
import { Random } from "../../core/random.ts";
import { decodeModel, encodeModel } from "../../plugins/classifiers/onnx/codec.ts";
import type { Graph, Node } from "../../plugins/classifiers/onnx/graph.ts";
import { differentiateGraph, withSoftmax } from "../../plugins/classifiers/onnx/gradient/mod.ts";

const NETWORKS = [
  "alexnet",
  "vgg11_bn",
  "resnet50",
  "inception_v3",
  "squeezenet1_1",
  "mobilenet_v2",
  "mobilenet_v3_small",
  "densenet121",
  "efficientnet_b0",
  "convnext_tiny",
  "vit_b_16",
  "swin_t",
];

const options = parseArgs(Deno.args, { string: ["python", "batch"], default: { python: "python3", batch: "0" } });
const script = new URL("networks.py", import.meta.url).pathname;

console.log("network               gradient error  score error  largest score");
for (const name of options._.length > 0 ? options._.map(String) : NETWORKS) {
  const folder = await Deno.makeTempDir({ prefix: "orthotope_torch_" });
  try {
    await python("export", name, folder);
    await compare(name, folder);
    if (Number(options.batch) > 0) await race(name, folder, Number(options.batch));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function compare(name: string, folder: string): Promise<void> {
  const graph = withSoftmax(decodeModel(await Deno.readFile(`${folder}/network.onnx`), name), "logits");
  const size = graph.inputs[0].dims[2] as number;
  const picture = smoothPicture(size);
  const input = new ort.Tensor("float32", picture, [1, 3, size, size]);
  await Deno.writeFile(`${folder}/picture.f32`, new Uint8Array(picture.buffer));

  const { graph: both, upstream, gradients } = differentiateGraph(graph, { output: "scores", wrt: ["input"], upstream: "shared" });
  const session = await open(both);
  const scores = (await session.run({ input, [upstream!]: oneHot(0) })).scores.data as Float32Array;
  const best = scores.indexOf(Math.max(...scores));
  const results = await session.run({ input, [upstream!]: oneHot(best) });
  await session.release();
  await Deno.writeTextFile(`${folder}/class.json`, `${best}`);
  await writeDecisions(graph, input, folder);
  await python("differentiate", name, folder);

  const truth = new Float64Array((await Deno.readFile(`${folder}/gradient.f64`)).buffer);
  const trueScores = new Float64Array((await Deno.readFile(`${folder}/scores.f64`)).buffer);
  const errors = [relativeError(results[gradients[0]].data as Float32Array, truth), relativeError(scores, trueScores)];
  console.log(
    `${name.padEnd(20)} ${errors.map((error) => error.toExponential(1).padStart(14)).join("")} ${scores[best].toFixed(4).padStart(14)}`,
  );
}

/** Which way every rectifier and every maximum went in the forward pass. */
async function writeDecisions(graph: Graph, input: ort.Tensor, folder: string): Promise<void> {
  const deciding = graph.nodes.filter(({ operator }) => ["Relu", "Clip", "HardSwish", "HardSigmoid", "MaxPool"].includes(operator));
  const values = deciding.map((node) => node.operator === "HardSwish" ? node.inputs[0] : node.outputs[0]);
  const pooled = new Map(deciding.filter(({ operator }) => operator === "MaxPool").map((node) => [node, `${node.outputs[0]}_indices`]));
  const nodes = graph.nodes.map((node) => pooled.has(node) ? { ...node, outputs: [node.outputs[0], pooled.get(node)!] } : node);
  const wanted = [...new Set([...values, ...pooled.values()])];
  const outputs = wanted.map((name) => ({ name, dataType: name.endsWith("_indices") ? 7 : 1, dims: [] }));
  const entries: { readonly kind: string; readonly shape: readonly number[] }[] = [];
  const session = await open({ ...graph, nodes, outputs: outputs.length > 0 ? outputs : graph.outputs });
  const results = await session.run({ input });
  for (const [index, node] of deciding.entries()) {
    const { kind, data } = decision(node, pooled.has(node) ? results[pooled.get(node)!] : results[values[index]]);
    entries.push({ kind, shape: results[values[index]].dims });
    await Deno.writeFile(`${folder}/decision_${index}.bin`, new Uint8Array(data.buffer));
  }
  await session.release();
  await Deno.writeTextFile(`${folder}/decisions.json`, JSON.stringify(entries));
}

/** 0 below, 1 inside, 2 above; for maxima their positions. */
function decision(node: Node, { data }: ort.Tensor): { kind: string; data: Uint8Array<ArrayBuffer> | BigInt64Array<ArrayBuffer> } {
  if (node.operator === "MaxPool") return { kind: "max_pool", data: data as BigInt64Array<ArrayBuffer> };
  const sides = (low: number, high: number) => Uint8Array.from(data as Float32Array, (value) => value <= low ? 0 : value >= high ? 2 : 1);
  switch (node.operator) {
    case "Relu":
      return { kind: "relu", data: sides(0, Infinity) };
    case "Clip":
      return { kind: "clip", data: sides(0, 6) };
    case "HardSwish":
      return { kind: "gate", data: sides(-3, 3) };
    default:
      return { kind: "gate", data: sides(0, 1) };
  }
}

/** Pictures a second of forward and backward, beside torch's autograd. */
async function race(name: string, folder: string, batch: number): Promise<void> {
  const graph = withSoftmax(decodeModel(await Deno.readFile(`${folder}/network.onnx`), name), "logits");
  const size = graph.inputs[0].dims[2] as number;
  const { graph: both, upstream } = differentiateGraph(graph, { output: "scores", wrt: ["input"], upstream: "shared" });
  const input = new ort.Tensor("float32", Float32Array.from({ length: batch * 3 * size * size }, (_, index) => (index * 0.618) % 1), [
    batch,
    3,
    size,
    size,
  ]);
  const runs = [{ session: await open(graph, 2), feeds: { input } }, {
    session: await open(both, 2),
    feeds: { input, [upstream!]: oneHot(0) },
  }];
  const times = [Infinity, Infinity];
  for (let repeat = 0; repeat < 8; repeat++) {
    for (const [index, { session, feeds }] of runs.entries()) {
      const start = performance.now();
      await session.run(feeds);
      times[index] = Math.min(times[index], performance.now() - start);
    }
  }
  for (const { session } of runs) await session.release();
  const torch: { readonly forward: number; readonly both: number } = JSON.parse(await python("time", name, `${batch}`));
  const rate = (milliseconds: number) => (1000 * batch / milliseconds).toFixed(1);
  console.log(
    `  both / forward ${(times[1] / times[0]).toFixed(2)}, torch ${(torch.both / torch.forward).toFixed(2)}; ` +
      `pictures a second ${rate(times[1])}, torch ${rate(torch.both)}: ${(torch.both / times[1]).toFixed(2)} times as many`,
  );
}

/** A picture of low frequencies with a little noise, in [0, 1]. */
function smoothPicture(size: number): Float32Array<ArrayBuffer> {
  const random = new Random(7);
  const waves = Array.from(
    { length: 24 },
    () => ({ x: 12 * random.uniform(), y: 12 * random.uniform(), phase: 7 * random.uniform(), channel: random.integer(3) }),
  );
  const picture = new Float32Array(3 * size * size);
  for (let index = 0; index < picture.length; index++) {
    const [channel, row, column] = [Math.floor(index / size / size), Math.floor(index / size) % size, index % size];
    let value = 0.5 + 0.05 * random.normal();
    for (const wave of waves) if (wave.channel === channel) value += 0.1 * Math.sin((wave.x * column + wave.y * row) / size + wave.phase);
    picture[index] = Math.min(Math.max(value, 0), 1);
  }
  return picture;
}

function oneHot(index: number): ort.Tensor {
  const weights = new Float32Array(1000);
  weights[index] = 1;
  return new ort.Tensor("float32", weights, [1, 1000]);
}

function open(graph: Graph, threads = 1): Promise<ort.InferenceSession> {
  return ort.InferenceSession.create(encodeModel(graph), { intraOpNumThreads: threads, logSeverityLevel: 3 });
}

function relativeError(actual: Float32Array, expected: Float64Array): number {
  let difference = 0, norm = 0;
  for (let index = 0; index < expected.length; index++) {
    difference += (actual[index] - expected[index]) ** 2;
    norm += expected[index] ** 2;
  }
  return Math.sqrt(difference / norm);
}

async function python(...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(options.python, { args: [script, ...args] }).output();
  if (!success) throw new Error(`${options.python} ${args.join(" ")} failed: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}
