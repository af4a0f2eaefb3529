/** Milliseconds a picture of the rasterizer, and ratios. Run with `deno run bench/raster.ts`. */
import { triangleCount } from "../core/mesh.ts";
import { DEFAULT_SCENE, type Scene } from "../core/scene.ts";
import { RasterRenderer } from "../plugins/renderers/raster/raster_renderer.ts";
import { noiseSphere } from "./noise_sphere.ts";
import { plainRasterizer } from "./plain_rasterizer.ts";

const SIZE = 224;
const ROUNDS = 40;

/** Least time of a run over several rounds, in milliseconds: what the machine can do when nothing else disturbs it. */
function time(run: (round: number) => void): number {
  for (let round = 0; round < 10; round++) run(round);
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    run(round);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function scene(azimuth: number, distance: number): Scene {
  return { ...DEFAULT_SCENE, camera: { ...DEFAULT_SCENE.camera, azimuth, distance } };
}

console.log("triangles  covered  raster ms  colors ms  plain ms  raster/plain  colors/raster");
for (const rings of [16, 22, 50, 112, 250]) {
  const white = noiseSphere(rings, 0.02), painted = noiseSphere(rings, 0.02, true);
  const picture = new Float32Array(3 * SIZE * SIZE);
  const options = { width: SIZE, height: SIZE } as const;
  const raster = new RasterRenderer(white, { ...options, colors: "white" });
  const colors = new RasterRenderer(painted, { ...options, colors: "mesh" });
  const plain = plainRasterizer(white, SIZE);
  for (const distance of [5, 1.95]) {
    const [a, b, c] = [
      time((round) => raster.render([scene(7 * round, distance)], picture)),
      time((round) => colors.render([scene(7 * round, distance)], picture)),
      time((round) => plain(7 * round, distance, picture)),
    ];
    const covered = picture.subarray(0, SIZE * SIZE).reduce((count, value) => count + (value > 0 ? 1 : 0), 0) / SIZE ** 2;
    console.log([
      String(triangleCount(white)).padStart(9),
      `${(100 * covered).toFixed(0)} %`.padStart(7),
      a.toFixed(2).padStart(9),
      b.toFixed(2).padStart(9),
      c.toFixed(2).padStart(8),
      (a / c).toFixed(2).padStart(12),
      (b / a).toFixed(2).padStart(13),
    ].join("  "));
  }
}
