import type { MethodFacts, MethodOption } from "../../core/region_method.ts";
import type { ParameterFacts } from "../../core/semantic_parameter.ts";
import type { SandboxLimits } from "./limits.ts";

/** What a plugin from outside says of itself: its manifest, as plain data. */
export type PluginFacts =
  & ManifestFacts
  & (ParameterFacts | MethodFacts | NamedFacts<"renderer"> | NamedFacts<"classifier"> | NamedFacts<"reporter">);

/** What the manifests of all kinds have, with defaults filled in. */
export interface ManifestFacts {
  /** Version of the plugin. */
  readonly version: string;
  /** What it asks for. */
  readonly permissions: readonly string[];
  /** Numbers that the user may set. */
  readonly options: Readonly<Record<string, MethodOption>>;
  /** Whether it has a function `configure()`. */
  readonly configurable: boolean;
}

/** What is said of plugins of the kinds that have nothing else to say. */
export interface NamedFacts<Kind> {
  /** What it plugs into. */
  readonly kind: Kind;
  /** In lower case, words joined by hyphens. */
  readonly name: string;
  /** One line for people. */
  readonly description: string;
}

/** A module of plugins that has been opened: plain data, with which each worker connects to it anew. */
export interface OutsideModule {
  /** What to call it in messages: the file or folder as the user named it. */
  readonly origin: string;
  /** `process`: in a sandbox. `trusted`: in the program itself. */
  readonly isolation: "process" | "trusted";
  /** Absolute path of the file. */
  readonly path: string;
  /** Absolute path of its folder: the current folder of its process. */
  readonly folder: string;
  /** Its text. */
  readonly source: string;
  /** Deno's flags for what was granted. */
  readonly flags: readonly string[];
  /** What its process may use. */
  readonly limits: SandboxLimits;
  /** What it said of its plugins when it was opened, without permissions; it must say the same again. */
  readonly expected: readonly PluginFacts[];
  /** Values of the plugins' options, in their order. */
  readonly options: readonly Readonly<Record<string, number>>[];
}
