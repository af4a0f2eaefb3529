import { DEFAULTS } from "../core/defaults.ts";
import { InputError } from "../core/errors.ts";
import { Random } from "../core/random.ts";
import { DEFAULT_SCENE } from "../core/scene.ts";
import { availableProviders } from "../plugins/classifiers/onnx/choose_provider.ts";
import { builtInPlugins } from "../plugins/mod.ts";
import { describeAdapter, findAdapter } from "../plugins/renderers/three/adapter.ts";
import { type ClassifierFile, readClassifier } from "../workers/classifier_file.ts";
import { openMesh } from "../workers/open_mesh.ts";
import { runVersions } from "../workers/versions.ts";
import { pictureRate } from "./doctor/rate.ts";
import { flag, number, type OptionValues, text } from "./options.ts";
import { Progress } from "./progress.ts";
import { table } from "./region_table.ts";
import type { CommandContext, ExitStatus } from "./run.ts";

/** Options of `doctor`. */
export const options = {
  classifier: text("FILE|NAME", `the network to measure providers with (default ${DEFAULTS.classifier})`),
  mesh: text("FILE|NAME", `the object to measure renderers with (default ${DEFAULTS.mesh})`),
  seconds: number("N", "how long to measure each (default 5; 0 measures nothing)", { low: 0, high: 600 }),
  json: flag("prints what was found as JSON"),
  quiet: flag("no progress and no messages"),
  help: flag("shows this help"),
};

/** Whether something works here: why not, or how fast. */
interface Finding {
  readonly name: string;
  readonly works: boolean;
  readonly reason?: string;
  /** Absent where nothing was measured. */
  readonly picturesPerSecond?: number;
}

/** Tells what this machine can do: versions, providers, the WebGPU adapter, and how fast networks and renderers run. */
export async function run(given: OptionValues<typeof options>, { signal }: Pick<CommandContext, "signal">): Promise<ExitStatus> {
  const progress = new Progress({ quiet: given.quiet === true });
  const { seconds = 5 } = given;
  const classifier = await readClassifier(given.classifier ?? DEFAULTS.classifier);
  const adapter = await findAdapter();
  const facts = {
    versions: { ...runVersions(), deno: Deno.version.deno, v8: Deno.version.v8 },
    machine: { system: Deno.build.os, architecture: Deno.build.arch, cores: navigator.hardwareConcurrency },
    adapter: adapter === undefined ? null : describeAdapter(adapter),
  };
  const providers: Finding[] = [];
  for (const name of await availableProviders()) {
    if (signal.aborted) break;
    if (seconds > 0) progress.say(`Trying provider ${name}`);
    providers.push(await tryProvider(name, classifier, { seconds, signal }));
  }
  const renderers: Finding[] = [];
  for (const { name } of builtInPlugins().all("renderer")) {
    if (signal.aborted) break;
    if (seconds > 0) progress.say(`Trying renderer ${name}`);
    renderers.push(await tryRenderer(name, given.mesh ?? DEFAULTS.mesh, { seconds, signal }));
  }
  const measured = { classifier: classifier.name, mesh: given.mesh ?? DEFAULTS.mesh, batch: DEFAULTS.batch, threads: 1, seconds };
  if (given.json) console.log(JSON.stringify({ ...facts, measured, providers, renderers }, null, 2));
  else console.log(describe({ ...facts, measured, providers, renderers }));
  return signal.aborted ? 130 : 0;
}

interface Measurement {
  readonly seconds: number;
  readonly signal: AbortSignal;
}

function tryProvider(provider: string, { name, bytes, normalization }: ClassifierFile, measurement: Measurement): Promise<Finding> {
  return finding(provider, async () => {
    const source = { name, bytes, normalization, threads: 1, provider, gradients: false };
    const classifier = await builtInPlugins().get("classifier", "onnx").load(source);
    const random = new Random(0);
    const { width, height } = classifier.info;
    const pictures = Float32Array.from({ length: DEFAULTS.batch * 3 * width * height }, () => random.uniform());
    try {
      return await rate(async () => void await classifier.classify(pictures, DEFAULTS.batch), measurement);
    } finally {
      await classifier.dispose();
    }
  });
}

function tryRenderer(name: string, meshName: string, measurement: Measurement): Promise<Finding> {
  return finding(name, async () => {
    const { mesh } = await openMesh(meshName, { colors: "white" });
    const side = 224;
    const renderer = await builtInPlugins().get("renderer", name).create(mesh, { width: side, height: side, colors: "white" });
    const pictures = new Float32Array(DEFAULTS.batch * 3 * side * side);
    const scenes = Array.from({ length: DEFAULTS.batch }, (_, i) => ({
      ...DEFAULT_SCENE,
      camera: { ...DEFAULT_SCENE.camera, azimuth: 360 * i / DEFAULTS.batch, elevation: 20 },
    }));
    try {
      return await rate(() => renderer.render(scenes, pictures), measurement);
    } finally {
      renderer.dispose();
    }
  });
}

async function rate(run: () => void | Promise<void>, { seconds, signal }: Measurement): Promise<number | undefined> {
  return seconds === 0 ? void await run() : await pictureRate(run, { pictures: DEFAULTS.batch, seconds, signal });
}

/** What comes of a trial: that it does not work here is a finding, and no mistake. */
async function finding(name: string, trial: () => Promise<number | undefined>): Promise<Finding> {
  try {
    const picturesPerSecond = await trial();
    return { name, works: true, ...(picturesPerSecond === undefined ? {} : { picturesPerSecond }) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { name, works: false, reason: error.message };
  }
}

function describe({ versions, machine, adapter, measured, providers, renderers }: {
  versions: Readonly<Record<string, string>>;
  machine: { readonly system: string; readonly architecture: string; readonly cores: number };
  adapter: string | null;
  measured: { readonly classifier: string; readonly mesh: string; readonly batch: number };
  providers: readonly Finding[];
  renderers: readonly Finding[];
}): string {
  const head = table([
    ["versions", Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(", ")],
    ["machine", `${machine.system} ${machine.architecture}, ${machine.cores} cores`],
    ["WebGPU", adapter ?? "no adapter"],
  ]);
  const rows = (findings: readonly Finding[]) =>
    table(findings.map(({ name, works, reason, picturesPerSecond }) => [
      name,
      works ? "works" : "does not work",
      reason ?? (picturesPerSecond === undefined ? "" : `${picturesPerSecond.toFixed(picturesPerSecond < 100 ? 1 : 0)} pictures/s`),
    ]));
  return [
    head,
    `providers: ${measured.classifier}, one session, one thread, ${measured.batch} pictures at a time`,
    rows(providers).replace(/^/gm, "  "),
    `renderers: ${measured.mesh}, 224 x 224, one thread, ${measured.batch} pictures at a time`,
    rows(renderers).replace(/^/gm, "  "),
  ].join("\n");
}
