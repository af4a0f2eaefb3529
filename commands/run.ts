import { DEFAULTS } from "../core/defaults.ts";
import type { GrowRecord, MapRecord } from "../core/record.ts";
import type { PluginRegistry } from "../core/registry.ts";
import type { SceneSpace } from "../core/scene_space.ts";
import { sha256 } from "../workers/input_files.ts";
import { type FunctionSetup, parseNormalization } from "../workers/open_function.ts";
import { writeFiles } from "./files.ts";
import type { Progress } from "./progress.ts";
import type { SharedOptions } from "./shared_options.ts";

/** What a command is run with. */
export interface CommandContext {
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** How a command ended: 0, or 130 where it was interrupted. */
export type ExitStatus = number;

/** The set-up of a rendered function that the shared options describe. */
export function functionSetup(
  options: SharedOptions,
  { registry, scenes, gradients }: { registry: PluginRegistry; scenes: SceneSpace; gradients: boolean },
): FunctionSetup {
  const { normalization, gradient = "exact" } = options;
  return {
    registry,
    scenes,
    mesh: options.mesh ?? DEFAULTS.mesh,
    classifier: options.classifier ?? DEFAULTS.classifier,
    class: options.class,
    labels: options.labels,
    colors: options.colors,
    normalization: normalization === undefined ? undefined : parseNormalization(normalization),
    renderer: options.renderer,
    provider: options.provider,
    gradients: !gradients || gradient === "function" ? "none" : gradient,
    workers: options.workers,
    threads: options.threads,
    batch: options.batch,
    seed: options.seed,
  };
}

/** Writes what the reporters make of a record into the run's folder, and the record on standard output where that is wanted. */
export async function writeRun(
  record: MapRecord | GrowRecord,
  { registry, options, progress, reporters }: {
    registry: PluginRegistry;
    options: SharedOptions;
    progress: Progress;
    reporters: readonly string[];
  },
): Promise<string> {
  const folder = options.out ?? `${DEFAULTS.out}/${await folderName(record)}`;
  for (const name of reporters) await writeFiles(folder, await registry.get("reporter", name).report(record));
  if (options.json) {
    const [json] = await registry.get("reporter", "json").report(record);
    await Deno.stdout.write(json.bytes);
  }
  progress.say(`Wrote ${folder}`);
  return folder;
}

/** A folder name that tells runs apart: the same for the same configuration. */
async function folderName(record: MapRecord | GrowRecord): Promise<string> {
  const { run, command } = record;
  const subject = command === "grow"
    ? record.regions.map(({ method, target, options, initialPoint }) => ({ method, target, options, initialPoint }))
    : record.axes;
  const hash = await sha256(new TextEncoder().encode(JSON.stringify({ run, subject })));
  return [command, run.mesh.name, run.classifier.name, hash.slice(0, 8)].join("-").replaceAll(/[^A-Za-z0-9._-]/g, "_");
}
