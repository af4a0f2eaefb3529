/**
 * Pictures a second of a map by provider and renderer, end to end, over those of bare network sessions on ready tensors with the same provider and
 * number of workers, in turn in one run.
 *
 * deno task bench bench/providers.ts NETWORK [PROVIDERS] [WORKERS] [BATCH] [ROUNDS]
 *
 * NETWORK is a file or a name; PROVIDERS are separated by spaces or plus signs, as in cpu+cuda:0,cuda:1 (default: those that work).
 */
import { createLattice, sampleMap } from "../core/lattice_map.ts";
import { DEFAULTS } from "../core/defaults.ts";
import { SceneSpace } from "../core/scene_space.ts";
import { availableProviders, whyNot } from "../plugins/classifiers/onnx/choose_provider.ts";
import { parseProviders } from "../plugins/classifiers/provider.ts";
import { builtInPlugins } from "../plugins/mod.ts";
import { findAdapter } from "../plugins/renderers/three/adapter.ts";
import { readClassifier } from "../workers/classifier_file.ts";
import { openFunction } from "../workers/open_function.ts";
import { BareSessions, median, timed } from "./bare_sessions.ts";

const [network, providersText, workersText = String(navigator.hardwareConcurrency), batchText = String(DEFAULTS.batch), roundsText = "3"] =
  Deno.args;
if (network === undefined) {
  console.error("usage: bench/providers.ts NETWORK [PROVIDERS] [WORKERS] [BATCH] [ROUNDS]");
  Deno.exit(2);
}
const workers = Number(workersText), batch = Number(batchText), rounds = Number(roundsText);

const working: string[] = [];
for (const name of await availableProviders()) if (await whyNot(name) === undefined) working.push(name);
const providers = providersText === undefined ? working : providersText.split(/[\s+]+/);
const renderers = ["raster", ...(await findAdapter() === undefined ? [] : ["three"])];

const registry = builtInPlugins();
const scenes = new SceneSpace(["azimuth", "elevation"].map((name) => ({ parameter: registry.get("parameter", name) })));
const lattice = createLattice(scenes.space, { counts: [4 * workers, batch] });
const { bytes } = await readClassifier(network);

console.log(`${network}, ${workers} workers, ${batch} pictures a job, ${lattice.size} pictures`);
console.log("provider         renderer  bare/s   map/s    map/bare");
for (const provider of providers) {
  using bare = await BareSessions.open({ bytes, workers, batch, providers: parseProviders(provider) });
  for (const renderer of renderers) {
    await using opened = await openFunction({
      registry,
      scenes,
      mesh: DEFAULTS.mesh,
      classifier: network,
      class: 0,
      provider,
      renderer,
      workers,
      batch,
    });
    const runBare = () => bare.run(lattice.size);
    const runMap = () => sampleMap(opened.f, lattice);
    await runMap();
    await runBare();
    const bareSeconds: number[] = [], mapSeconds: number[] = [];
    for (let round = 0; round < rounds; round++) {
      bareSeconds.push(await timed(runBare));
      mapSeconds.push(await timed(runMap));
    }
    const ratio = median(bareSeconds.map((seconds, i) => seconds / mapSeconds[i]));
    console.log([
      provider.padEnd(15),
      renderer.padEnd(8),
      (lattice.size / median(bareSeconds)).toFixed(1).padStart(7),
      (lattice.size / median(mapSeconds)).toFixed(1).padStart(7),
      ratio.toFixed(3).padStart(8),
    ].join("  "));
  }
}
// WebGPU devices of the workers would keep the process.
Deno.exit(0);
