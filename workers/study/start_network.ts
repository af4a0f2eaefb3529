import type { Mesh } from "../../core/mesh.ts";
import type { PluginUse } from "../../core/record.ts";
import type { PluginRegistry } from "../../core/registry.ts";
import type { Appearance } from "../../core/renderer.ts";
import { chooseClassifier } from "../classifier_choice.ts";
import type { ClassifierFile } from "../classifier_file.ts";
import { neededModules } from "../open_function.ts";
import type { OutsideModule } from "../sandbox/outside_module.ts";
import { WorkerPool } from "../worker_pool.ts";
import type { NetworkChoice } from "./choices.ts";

/** The plugins of a study. */
export interface StudyPlugins {
  readonly registry: PluginRegistry;
  /** Modules of plugins from outside, and what the record says of these. */
  readonly modules: readonly OutsideModule[];
  readonly uses: readonly PluginUse[];
}

/** How the workers of a network are started. */
export interface StartOptions extends StudyPlugins, Appearance {
  readonly mesh: Mesh;
  readonly renderer: string;
  readonly provider: string;
  readonly gradients: "exact" | "picture" | "none";
  readonly workers: number;
  readonly threads: number;
}

/** Starts workers with sessions of a network. @throws InputError where its file is missing or damaged. */
export async function startNetwork(
  { file, labels, normalization }: Pick<NetworkChoice, "file" | "labels" | "normalization">,
  options: StartOptions,
): Promise<{ pool: WorkerPool; read: ClassifierFile }> {
  const { registry, modules, uses, mesh, colors, shading, renderer, provider, gradients, workers, threads } = options;
  const { plugin, file: read } = await chooseClassifier(file, { registry, labels, uses });
  const pool = await WorkerPool.start({
    renderer,
    classifier: plugin,
    mesh,
    colors,
    shading,
    source: {
      name: file,
      bytes: read.bytes,
      normalization: normalization ?? read.normalization,
      threads,
      provider,
      gradients: gradients !== "none",
    },
    derivatives: gradients === "picture" ? "picture" : "exact",
    ...neededModules(modules, { classifier: plugin, renderer }),
  }, { workers });
  return { pool, read };
}
