import type { ClassifierPlugin } from "./classifier.ts";
import type { MethodOption, RegionMethod } from "./region_method.ts";
import type { RendererPlugin } from "./renderer.ts";
import type { Reporter } from "./reporter.ts";
import type { SemanticParameter } from "./semantic_parameter.ts";

/**
 * What a plugin from outside says of itself besides what every plugin of its kind does. It is part of the plugin, and plain data:
 *
 * ```ts
 * import type { OutsidePlugin } from "../mod.ts";
 *
 * const gray: OutsidePlugin = {
 *   kind: "parameter",
 *   name: "gray",
 *   version: "1.0.0",
 *   description: "gray of the object",
 *   unit: "share",
 *   low: 0.1,
 *   high: 1,
 *   default: 1,
 *   apply: (scene, value) => ({ ...scene, object: { ...scene.object, color: [value, value, value] } }),
 * };
 * ```
 */
export interface PluginManifest {
  /** Version of the plugin, for the record. */
  readonly version: string;
  /**
   * What it needs besides computing, as `net:example.org`, `read:data`, `write:cache`, `env:TOKEN` or `sys:hostname`; paths are relative to its
   * folder. It gets what is in this list and granted by the user, nothing else.
   */
  readonly permissions?: readonly string[];
  /** Numbers that the user may set. A method finds them in its problem, any other plugin is given them by `configure`. */
  readonly options?: Readonly<Record<string, MethodOption>>;
  /** Is called once, before anything else, with a value for each option. */
  configure?(options: Readonly<Record<string, number>>): void;
}

/** What a module of plugins exports by default, one or a list of them. */
export type OutsidePlugin = PluginManifest & (SemanticParameter | RendererPlugin | ClassifierPlugin | RegionMethod | Reporter);
