/**
 * What it costs that a scene parameter lives in another process: seconds of a map with it there over seconds with it in the program, in turn in one
 * run, and what part of the map's time its messages take.
 *
 * deno run -P=test bench/sandbox.ts MESH NETWORK.onnx [WORKERS]
 */
import { createLattice, sampleMap } from "../core/lattice_map.ts";
import { SceneSpace } from "../core/scene_space.ts";
import type { RemoteParameter } from "../core/semantic_parameter.ts";
import { builtInPlugins } from "../plugins/mod.ts";
import { openFunction } from "../workers/open_function.ts";
import { openPlugins } from "../workers/sandbox/open_plugins.ts";

const [mesh, classifier, workersText = String(navigator.hardwareConcurrency)] = Deno.args;
if (classifier === undefined) {
  console.error("usage: bench/sandbox.ts MESH NETWORK.onnx [WORKERS]");
  Deno.exit(2);
}
const workers = Number(workersText);
const ROUNDS = 8;
const COUNTS = [24, 16];
const FOG = new URL("../docs/plugins/fog.ts", import.meta.url).pathname;

const start = performance.now();
await using outside = await openPlugins([{ origin: FOG, trusted: false }]);
console.log(`process started and plugin loaded in ${(performance.now() - start).toFixed(0)} ms`);
await using inside = await openPlugins([{ origin: FOG, trusted: true }]);

let messages = 0;
const remote = outside.plugins[0] as RemoteParameter;
const timed: RemoteParameter = {
  ...remote,
  async applyAll(scenes, values) {
    const started = performance.now();
    const applied = await remote.applyAll(scenes, values);
    messages += performance.now() - started;
    return applied;
  },
};

async function open(fog: RemoteParameter | typeof inside.plugins[0]) {
  const registry = builtInPlugins().register(fog);
  const scenes = new SceneSpace(
    ["azimuth", "fog"].map((name) => ({ parameter: registry.get("parameter", name) })),
    [],
    registry.all("parameter"),
  );
  return {
    ...await openFunction({ registry, scenes, mesh, classifier, class: 0, workers }),
    lattice: createLattice(scenes.space, { counts: COUNTS }),
  };
}

const [near, far] = [await open(inside.plugins[0]), await open(timed)];

async function seconds({ f, lattice }: typeof near): Promise<number> {
  const started = performance.now();
  await sampleMap(f, lattice);
  return (performance.now() - started) / 1000;
}

await seconds(near);
await seconds(far);
const ratios: number[] = [];
const shares: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  messages = 0;
  // Each goes first every other time.
  const first = await seconds(round % 2 === 0 ? near : far);
  const second = await seconds(round % 2 === 0 ? far : near);
  const [nearSeconds, farSeconds] = round % 2 === 0 ? [first, second] : [second, first];
  ratios.push(farSeconds / nearSeconds);
  shares.push(messages / 1000 / farSeconds);
  console.log(
    `in the program ${nearSeconds.toFixed(2)} s  in a process ${farSeconds.toFixed(2)} s  ratio ${ratios.at(-1)!.toFixed(3)}  ` +
      `messages ${messages.toFixed(0)} ms, ${(100 * shares.at(-1)!).toFixed(2)} %`,
  );
}
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];
console.log(
  `median ratio ${median(ratios).toFixed(3)}; messages take ${(100 * median(shares)).toFixed(2)} % of a map of ${near.lattice.size} points`,
);
await near[Symbol.asyncDispose]();
await far[Symbol.asyncDispose]();
