/**
 * The share of each stage in what scores with gradients cost: the plain picture, the picture's derivatives, the network forward and backward. Least
 * processor time of several rounds.
 *
 * deno task bench bench/stages.ts NETWORK.onnx MESH ...
 */
import process from "node:process";
import { DEFAULT_SCENE, readScene, type Scene, SCENE_SIZE } from "../core/scene.ts";
import { onnx } from "../plugins/classifiers/onnx/mod.ts";
import { loadMesh } from "../plugins/meshes/load_mesh.ts";
import { RasterRenderer } from "../plugins/renderers/raster/raster_renderer.ts";

const [path, ...meshes] = Deno.args;
if (meshes.length === 0) {
  console.error("usage: bench/stages.ts NETWORK.onnx MESH ...");
  Deno.exit(2);
}
/** Numbers of the scene along which pictures are differentiated: angles, distance, rotations, shifts, light. */
const NUMBERS = [0, 1, 2, 3, 10, 11, 13, 14, 5, 9];
const COUNTS = [1, 2, 4, 10];
const ROUNDS = 8, BATCH = 4;

const network = await onnx.load({ name: path, bytes: await Deno.readFile(path), threads: 1, provider: "cpu", gradients: true });
const { width, height } = network.info;
const size = 3 * width * height;
const tangents = NUMBERS.map((index) => {
  const row = new Float64Array(SCENE_SIZE);
  row[index] = 1;
  return readScene(row);
});
const scene: Scene = { ...DEFAULT_SCENE, camera: { ...DEFAULT_SCENE.camera, azimuth: 130, elevation: 30 } };

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Least milliseconds of each piece of work, all of them in turn. */
async function least(works: readonly (() => unknown)[]): Promise<number[]> {
  const times = works.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [k, work] of works.entries()) {
      const start = processorTime();
      await work();
      times[k] = Math.min(times[k], processorTime() - start);
    }
  }
  return times;
}

console.log(`mesh | n | picture | derivatives | network forward | network backward | ms a point`);
for (const file of meshes) {
  const mesh = await loadMesh(file, { read: (name) => Deno.readFile(name), colors: "white" });
  const renderer = new RasterRenderer(mesh, { width, height, colors: "white" });
  const pictures = new Float32Array(BATCH * size), picture = pictures.subarray(0, size), derivatives = new Float32Array(10 * size);
  renderer.render(new Array<Scene>(BATCH).fill(scene), pictures);
  const [forward, both, plain, ...costs] = await least([
    () => network.classify(pictures, BATCH),
    () => network.differentiate?.(pictures, BATCH, 0),
    () => renderer.render([scene], picture),
    ...COUNTS.map((n) => () => renderer.differentiate(scene, tangents.slice(0, n), picture, derivatives)),
  ]);
  for (const [k, derivative] of costs.entries()) {
    const total = derivative + both / BATCH;
    const share = (time: number) => `${(100 * time / total).toFixed(0)} %`;
    console.log(
      [file, COUNTS[k], share(plain), share(derivative - plain), share(forward / BATCH), share((both - forward) / BATCH), total.toFixed(1)]
        .join(
          " | ",
        ),
    );
  }
}
await network.dispose();
