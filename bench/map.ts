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
import { BareSessions, median, timed } from "./bare_sessions.ts";

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
using bare = await BareSessions.open({ bytes, workers, batch: DEFAULTS.batch });
const runBare = () => bare.run(lattice.size);
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
console.log(`median ratio, map over bare sessions, ${workers} workers: ${median(ratios).toFixed(3)}`);
