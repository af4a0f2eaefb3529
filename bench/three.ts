/**
 * Milliseconds a picture of `three` against `raster`, by shading, triangles and scenes a call, in turn in one run, on what WebGPU adapter there is. Beside
 * the times on the clock those of the processor, which a busy machine disturbs less: with a GPU they are what is left for networks.
 *
 * deno task bench bench/three.ts [ROUNDS]
 */
import process from "node:process";
import { triangleCount } from "../core/mesh.ts";
import { DEFAULT_SCENE } from "../core/scene.ts";
import { createRaster } from "../plugins/renderers/raster/raster.ts";
import { describeAdapter, findAdapter } from "../plugins/renderers/three/adapter.ts";
import { ThreeRenderer } from "../plugins/renderers/three/three_renderer.ts";
import { noiseSphere } from "./noise_sphere.ts";

const SIZE = 224;
const rounds = Number(Deno.args[0] ?? 5);

const adapter = await findAdapter();
if (adapter === undefined) {
  console.error("There is no WebGPU adapter on this machine: nothing to measure");
  Deno.exit(2);
}
console.log(`adapter: ${describeAdapter(adapter)}`);

interface Time {
  readonly clock: number;
  readonly processor: number;
}

async function timed(run: () => void | Promise<void>): Promise<Time> {
  const before = process.cpuUsage(), start = performance.now();
  await run();
  const { user, system } = process.cpuUsage(before);
  return { clock: performance.now() - start, processor: (user + system) / 1000 };
}

/** Least times of two runs that take turns. */
async function compare(runs: readonly (() => void | Promise<void>)[]): Promise<Time[]> {
  for (const run of runs) await run();
  const best = runs.map((): Time => ({ clock: Infinity, processor: Infinity }));
  for (let round = 0; round < rounds; round++) {
    for (const [i, run] of runs.entries()) {
      const { clock, processor } = await timed(run);
      best[i] = { clock: Math.min(best[i].clock, clock), processor: Math.min(best[i].processor, processor) };
    }
  }
  return best;
}

console.log("shading  triangles  scenes  raster ms  three ms  three/raster  raster CPU ms  three CPU ms  CPU ratio");
for (const shading of ["flat", "smooth"] as const) {
  for (const rings of [16, 50, 112, 250]) {
    const mesh = noiseSphere(rings, 0.02);
    const options = { width: SIZE, height: SIZE, colors: "white", shading } as const;
    const raster = createRaster(mesh, options);
    const three = await ThreeRenderer.create(mesh, options);
    for (const count of [1, 8, 64]) {
      const scenes = Array.from({ length: count }, (_, i) => ({ ...DEFAULT_SCENE, camera: { ...DEFAULT_SCENE.camera, azimuth: 7 * i } }));
      const pictures = new Float32Array(count * 3 * SIZE * SIZE);
      const [a, b] = await compare([() => raster.render(scenes, pictures), () => three.render(scenes, pictures)]);
      console.log([
        shading.padStart(7),
        String(triangleCount(mesh)).padStart(9),
        String(count).padStart(6),
        (a.clock / count).toFixed(2).padStart(9),
        (b.clock / count).toFixed(2).padStart(8),
        (b.clock / a.clock).toFixed(2).padStart(12),
        (a.processor / count).toFixed(2).padStart(13),
        (b.processor / count).toFixed(2).padStart(12),
        (b.processor / a.processor).toFixed(2).padStart(9),
      ].join("  "));
    }
    three.dispose();
  }
}
// The device would keep the process.
Deno.exit(0);
