/**
 * The picture's derivative against central differences of the picture itself over short steps, where it hardly changes: quantiles over views of the
 * relative L2 error, and the share of views in which one pixel makes more than half of it. There what is seen of an edge was told differently on
 * the two sides, and the picture jumps.
 *
 * deno task bench bench/derivative_pointwise.ts [MESH ...]
 */
import type { Mesh } from "../core/mesh.ts";
import type { Shading } from "../core/renderer.ts";
import { DEFAULT_SCENE, readScene, type Scene, SCENE_SIZE } from "../core/scene.ts";
import { loadMesh } from "../plugins/meshes/load_mesh.ts";
import { ExactRenderer } from "../plugins/renderers/raster/exact.ts";
import { RUNNING } from "../tests/plugins/renderers/raster/running_meshes.ts";
import { noiseSphere } from "./noise_sphere.ts";
import { quantile } from "./slab_table.ts";

const SIZE = 224, PIXELS = SIZE * SIZE, VIEWS = 40;
/** Half steps of azimuth, in degrees: one degree moves the outline by about a pixel and a half. */
const STEPS = [0.003, 0.03];

const meshes: (readonly [string, Mesh, Shading?])[] = [
  ["sphere", noiseSphere(16, 0.01)],
  ["rough", noiseSphere(50, 0.02)],
  ["sphere, smooth faces", noiseSphere(16, 0.01), "smooth"],
  ["rough, smooth faces", noiseSphere(50, 0.02), "smooth"],
  ...Object.entries(RUNNING).filter(([name]) => name.includes("image")).map(([name, { make, shading }]) =>
    [name, make(), shading] as const
  ),
];
for (const file of Deno.args) meshes.push([file, await loadMesh(file, { read: (path) => Deno.readFile(path), colors: "white" })]);

const row = new Float64Array(SCENE_SIZE);
row[0] = 1;
const alongAzimuth = [readScene(row)];
const sceneAt = (azimuth: number): Scene => ({
  ...DEFAULT_SCENE,
  camera: { ...DEFAULT_SCENE.camera, azimuth, elevation: 20, distance: 1.95 },
});

console.log("mesh | half step in degrees | relative error, 10 % | 25 % | median | 75 % | 90 % | views in which one pixel makes most of it");
for (const [name, mesh, shading] of meshes) {
  const renderer = new ExactRenderer(mesh, { width: SIZE, height: SIZE, colors: mesh.texture === undefined ? "white" : "mesh", shading });
  const [before, after, derivative] = [0, 1, 2].map(() => new Float32Array(3 * PIXELS));
  for (const step of STEPS) {
    const errors: number[] = [];
    let jumping = 0;
    for (let view = 0; view < VIEWS; view++) {
      const azimuth = 9 * view + 1.234;
      renderer.differentiate(sceneAt(azimuth), alongAzimuth, before, derivative);
      renderer.render([sceneAt(azimuth - step)], before);
      renderer.render([sceneAt(azimuth + step)], after);
      let error = 0, length = 0, most = 0;
      for (let i = 0; i < PIXELS; i++) {
        const square = ((after[i] - before[i]) / (2 * step) - derivative[i]) ** 2;
        error += square;
        length += derivative[i] ** 2;
        most = Math.max(most, square);
      }
      errors.push(Math.sqrt(error / length));
      if (most > error / 2) jumping++;
    }
    const quantiles = [0.1, 0.25, 0.5, 0.75, 0.9].map((share) => quantile(errors, share).toPrecision(2));
    console.log([name, step, ...quantiles, jumping / VIEWS].join(" | "));
  }
}
