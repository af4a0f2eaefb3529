import { DEFAULTS } from "../core/defaults.ts";
import { PluginFailure } from "../core/errors.ts";
import type { GrowRecord, MapRecord } from "../core/record.ts";
import type { RunRecord } from "../core/reporter.ts";
import type { SceneSpace } from "../core/scene_space.ts";
import { type FunctionSetup, parseNormalization } from "../workers/open_function.ts";
import { removeEarlierRun } from "./earlier_run.ts";
import { requireFolder, writeFiles } from "./files.ts";
import { folderName } from "./folder_name.ts";
import type { Progress } from "./progress.ts";
import type { OpenedRegistry } from "./registry.ts";
import type { SharedOptions } from "./shared_options.ts";

/** What a command is run with. */
export interface CommandContext {
  /** Aborted by Ctrl-C, and by `stop`. */
  readonly signal: AbortSignal;
  /** What the user wrote after the command and before its options. */
  readonly operands: readonly string[];
  /** A plugin has failed and the run goes on: it is told at the end, with exit status 2. */
  fail(failure: PluginFailure): void;
  /** A plugin has failed and the run cannot go on: what is done is kept, and the failure is told at the end. */
  stop(failure: PluginFailure): void;
}

/** How a command ended: 0, {@linkcode NOT_MET}, or 130 where it was interrupted. */
export type ExitStatus = number;

/** The exit status of a run that does not meet what is asked of it; 1 is what a crash gives, and 2 is for a mistake in what was given. */
export const NOT_MET: ExitStatus = 3;

/** The set-up of a rendered function that the shared options describe. @throws InputError where its results could not be written. */
export function functionSetup(
  options: SharedOptions,
  { plugins, scenes, gradients, stop }: { plugins: OpenedRegistry; scenes: SceneSpace; gradients: boolean; stop: CommandContext["stop"] },
): FunctionSetup {
  requireFolder(options.out ?? DEFAULTS.out);
  const { normalization, gradient = "exact" } = options;
  return {
    registry: plugins.registry,
    modules: plugins.modules,
    uses: plugins.uses,
    onFailure: stop,
    scenes,
    mesh: options.mesh ?? DEFAULTS.mesh,
    classifier: options.classifier ?? DEFAULTS.classifier,
    class: options.class,
    labels: options.labels,
    colors: options.colors,
    shading: options.shading,
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
  { plugins, options, progress, reporters, fail }: {
    plugins: OpenedRegistry;
    options: SharedOptions;
    progress: Progress;
    reporters: readonly string[];
    fail: CommandContext["fail"];
  },
): Promise<string> {
  const folder = options.out ?? `${DEFAULTS.out}/${await folderName(record, options)}`;
  await writeReports(record, { plugins, folder, json: options.json, progress, reporters, fail });
  return folder;
}

/** How reports are written. */
export interface ReportOptions {
  readonly plugins: OpenedRegistry;
  readonly folder: string;
  /** Whether the record is printed on standard output. */
  readonly json?: boolean;
  readonly progress: Progress;
  /** Names of reporters; those from outside report as well. */
  readonly reporters: readonly string[];
  readonly fail: CommandContext["fail"];
}

/** Writes what reporters make of a record into a folder, in place of what an earlier run has left there. */
export async function writeReports(
  record: RunRecord,
  { plugins: { registry, uses }, folder, json, progress, reporters, fail }: ReportOptions,
): Promise<void> {
  await removeEarlierRun(folder);
  const written = new Set<string>();
  const outside = uses.filter(({ kind }) => kind === "reporter").map(({ name }) => name);
  for (const name of [...reporters, ...outside]) {
    const files = await unlessFailed(registry.get("reporter", name).report(record), [], fail);
    const taken = files.find((file) => written.has(file.name.toLowerCase()));
    if (taken !== undefined) {
      fail(new PluginFailure(`Reporter "${name}" must not write "${taken.name}", which another has written`));
      continue;
    }
    for (const file of files) written.add(file.name.toLowerCase());
    await writeFiles(folder, files);
  }
  if (json) {
    const [{ bytes }] = await registry.get("reporter", "json").report(record);
    await writeAll(bytes);
  }
  progress.say(`Wrote ${folder}`);
}

/** Prints bytes on standard output: a pipe takes them in parts. */
export async function writeAll(bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) written += await Deno.stdout.write(bytes.subarray(written));
}

/** A result, or what stands for it where a plugin has failed. */
export async function unlessFailed<Result>(result: Promise<Result>, otherwise: Result, fail?: CommandContext["fail"]): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    if (!(error instanceof PluginFailure)) throw error;
    fail?.(error);
    return otherwise;
  }
}
