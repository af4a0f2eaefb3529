/**
 * Pictures a second of a map, end to end, over those of bare network sessions on ready tensors with the same number of workers, in turn in one run.
 *
 * deno task bench bench/map.ts MESH NETWORK.onnx [WORKERS]
 */
import { createLattice, sampleMap } from "../core/lattice_map.ts";
import { parseSceneSpace } from "../commands/parameter_options.ts";
import { DEFAULTS } from "../core/defaults.ts";
import { builtInPlugins } from "../plugins/mod.ts";
import { openFunction } from "../workers/open_function.ts";

const [mesh, classifier, workersText = String(navigator.hardwareConcurrency)] = Deno.args;
if (classifier === undefined) {
  console.error("usage: bench/map.ts MESH NETWORK.onnx [WORKERS]");
  Deno.exit(2);
}
const workers = Number(workersText);
const ROUNDS = 7;

const registry = builtInPlugins();
const scenes = parseSceneSpace(DEFAULTS.parameters, [], registry);
await using opened = await openFunction({ registry, scenes, mesh, classifier, class: 0, workers });
const lattice = createLattice(scenes.space, { counts: [24, 20] });

const bytes = await Deno.readFile(classifier);
const bare = await Promise.all(Array.from({ length: workers }, async () => {
  const worker = new Worker(new URL("./bare_session_worker.ts", import.meta.url), { type: "module" });
  await ask(worker, { bytes, batch: DEFAULTS.batch });
  return worker;
}));

function ask(worker: Worker, message: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(message);
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const batches = lattice.size / DEFAULTS.batch / workers;
const runBare = () => Promise.all(bare.map((worker) => ask(worker, { batches })));
const runMap = () => sampleMap(opened.f, lattice);
await runMap();
await runBare();
const ratios: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const bareSeconds = await timed(runBare);
  const mapSeconds = await timed(runMap);
  ratios.push(bareSeconds / mapSeconds);
  console.log(
    `bare ${(lattice.size / bareSeconds).toFixed(1)}/s  map ${(lattice.size / mapSeconds).toFixed(1)}/s  ratio ${
      ratios.at(-1)!.toFixed(3)
    }`,
  );
}
console.log(`median ratio, map over bare sessions, ${workers} workers: ${ratios.toSorted((a, b) => a - b)[ROUNDS >> 1].toFixed(3)}`);
for (const worker of bare) worker.terminate();
