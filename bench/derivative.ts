/**
 * What n derivatives cost: processor time of an exact picture with them, over (1 + n) times that of the exact picture alone, which is what differences
 * would cost, and over (1 + n) times that of a plain picture of 2 x 2 samples. Run with `deno task bench bench/derivative.ts [mesh file ...]`.
 */
import process from "node:process";
import { type Mesh, triangleCount } from "../core/mesh.ts";
import type { Shading } from "../core/renderer.ts";
import { DEFAULT_SCENE, readScene, type Scene, SCENE_SIZE } from "../core/scene.ts";
import { loadMesh } from "../plugins/meshes/load_mesh.ts";
import { createRaster } from "../plugins/renderers/raster/raster.ts";
import { RUNNING } from "../tests/plugins/renderers/raster/running_meshes.ts";
import { noiseSphere } from "./noise_sphere.ts";

const SIZE = 224;
const LENGTH = 3 * SIZE * SIZE;
const COUNTS = [1, 2, 4, 10];

/** Numbers of the scene along which pictures are differentiated: angles, distance, rotations, shifts, light. */
const NUMBERS = [0, 1, 2, 3, 10, 11, 13, 14, 5, 9];

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Views of the object, and how often each is drawn. */
const VIEWS = 12, ROUNDS = 6;

/** Milliseconds of processor time of each piece of work, all of them in turn: the least for each view, the mean over the views. */
function time(works: readonly ((view: number) => void)[]): number[] {
  const least = works.map(() => new Float64Array(VIEWS).fill(Infinity));
  for (let round = -2; round < ROUNDS; round++) {
    for (let view = 0; view < VIEWS; view++) {
      works.forEach((work, k) => {
        const start = processorTime();
        work(view);
        if (round >= 0) least[k][view] = Math.min(least[k][view], processorTime() - start);
      });
    }
  }
  return least.map((times) => times.reduce((sum, value) => sum + value, 0) / VIEWS);
}

const meshes: [string, Mesh, Shading?][] = [
  ["sphere", noiseSphere(16, 0.01)],
  ["sphere", noiseSphere(50, 0.005)],
  ["sphere", noiseSphere(112, 0.001)],
  ["rough", noiseSphere(112, 0.02)],
  ["sphere, smooth faces", noiseSphere(16, 0.01), "smooth"],
  ["sphere, smooth faces", noiseSphere(50, 0.005), "smooth"],
  ["sphere, smooth faces", noiseSphere(112, 0.001), "smooth"],
];
for (const name of ["box, sharp image", "smooth torus, sharp image"]) meshes.push([name, RUNNING[name].make(), RUNNING[name].shading]);
for (const file of Deno.args) meshes.push([file, await loadMesh(file, { read: (path) => Deno.readFile(path), colors: "white" })]);

const columns = COUNTS.map((n) => `n = ${n}: ms, over exact, over plain`);
console.log(["mesh", "triangles", "plain ms", "exact ms, over plain", ...columns].join(" | "));
for (const [name, mesh, shading] of meshes) {
  const renderer = createRaster(mesh, { width: SIZE, height: SIZE, colors: mesh.texture === undefined ? "white" : "mesh", shading });
  const picture = new Float32Array(LENGTH), derivatives = new Float32Array(10 * LENGTH);
  const scene = (view: number): Scene => ({
    ...DEFAULT_SCENE,
    camera: { ...DEFAULT_SCENE.camera, azimuth: 30 * view, elevation: 20, distance: 1.95 },
  });
  const tangents = NUMBERS.map((index) => {
    const row = new Float64Array(SCENE_SIZE);
    row[index] = 1;
    return readScene(row);
  });
  const [plain, exact, ...costs] = time([
    (view) => renderer.render([scene(view)], picture),
    ...[0, ...COUNTS].map((n) => (view: number) => renderer.differentiate!(scene(view), tangents.slice(0, n), picture, derivatives)),
  ]);
  const over = (cost: number, one: number, n: number) => (cost / one / (1 + n)).toFixed(2);
  const cells = costs.map((cost, k) => `${cost.toFixed(2)}, ${over(cost, exact, COUNTS[k])}, ${over(cost, plain, COUNTS[k])}`);
  console.log([name, triangleCount(mesh), plain.toFixed(2), `${exact.toFixed(2)}, ${over(exact, plain, 0)}`, ...cells].join(" | "));
}
