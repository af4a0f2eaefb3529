/**
 * What n derivatives cost: time of a picture with them over (1 + n) times that of a plain picture. At most 1 is the aim. Run with
 * `deno task bench bench/derivative.ts [mesh file ...]`.
 */
import { type Mesh, triangleCount } from "../core/mesh.ts";
import { DEFAULT_SCENE, readScene, type Scene, SCENE_SIZE } from "../core/scene.ts";
import { loadMesh } from "../plugins/meshes/load_mesh.ts";
import { RasterRenderer } from "../plugins/renderers/raster/raster_renderer.ts";
import { noiseSphere } from "./noise_sphere.ts";

const SIZE = 224;
const LENGTH = 3 * SIZE * SIZE;
const COUNTS = [0, 1, 2, 4, 10];

/** Numbers of the scene along which pictures are differentiated: angles, distance, rotations, shifts, light. */
const NUMBERS = [0, 1, 2, 3, 10, 11, 13, 14, 5, 9];

/** Least time of a run, in milliseconds: what the machine can do when nothing else disturbs it. */
function time(run: (round: number) => void): number {
  for (let round = 0; round < 12; round++) run(round);
  let best = Infinity;
  for (let round = 0; round < 40; round++) {
    const start = performance.now();
    run(round);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

const meshes: [string, Mesh][] = [
  ["sphere", noiseSphere(16, 0.01)],
  ["sphere", noiseSphere(50, 0.005)],
  ["sphere", noiseSphere(112, 0.001)],
  ["rough", noiseSphere(112, 0.02)],
];
for (const file of Deno.args) meshes.push([file, await loadMesh(file, { read: (path) => Deno.readFile(path), colors: "white" })]);

console.log(`mesh | triangles | plain ms | ${COUNTS.map((n) => `n = ${n}: ms, over 1 + n pictures`).join(" | ")}`);
for (const [name, mesh] of meshes) {
  const renderer = new RasterRenderer(mesh, { width: SIZE, height: SIZE, colors: "white" });
  const picture = new Float32Array(LENGTH), derivatives = new Float32Array(10 * LENGTH);
  const scene = (round: number): Scene => ({
    ...DEFAULT_SCENE,
    camera: { ...DEFAULT_SCENE.camera, azimuth: 9 * round, elevation: 20, distance: 1.95 },
  });
  const tangents = NUMBERS.map((index) => {
    const row = new Float64Array(SCENE_SIZE);
    row[index] = 1;
    return readScene(row);
  });
  const plain = time((round) => renderer.render([scene(round)], picture));
  const cells = COUNTS.map((n) => {
    const cost = time((round) => renderer.differentiate(scene(round), tangents.slice(0, n), picture, derivatives));
    return `${cost.toFixed(2)}, ${(cost / plain / (1 + n)).toFixed(2)}`;
  });
  console.log([name, triangleCount(mesh), plain.toFixed(2), ...cells].join(" | "));
}
