import type { ClassifierPlugin } from "./classifier.ts";
import { InputError, unknownName } from "./errors.ts";
import type { MethodPlugin } from "./region_method.ts";
import type { RendererPlugin } from "./renderer.ts";
import type { Reporter } from "./reporter.ts";
import type { ParameterPlugin } from "./semantic_parameter.ts";

/** The five kinds of plugin by the name of their kind. */
export interface PluginKinds {
  /** What varies. */
  readonly parameter: ParameterPlugin;
  /** What draws a scene. */
  readonly renderer: RendererPlugin;
  /** What scores a picture. */
  readonly classifier: ClassifierPlugin;
  /** What grows a region. */
  readonly method: MethodPlugin;
  /** What makes files of a record. */
  readonly reporter: Reporter;
}

/** Any plugin. */
export type Plugin = PluginKinds[keyof PluginKinds];

const NAME = /^[a-z][a-z0-9_-]*$/;

/** The plugins of a run, by kind and name. Built-in ones register through the same call as anyone else's. */
export class PluginRegistry {
  readonly #plugins: { [Kind in keyof PluginKinds]: Map<string, PluginKinds[Kind]> } = {
    parameter: new Map(),
    renderer: new Map(),
    classifier: new Map(),
    method: new Map(),
    reporter: new Map(),
  };

  /** Adds plugins. @throws InputError where a name is taken or badly formed, or the kind is unknown. */
  register(...plugins: readonly Plugin[]): this {
    for (const plugin of plugins) {
      const kind = this.#plugins[plugin.kind] as Map<string, Plugin> | undefined;
      if (kind === undefined) throw unknownName("plugin kind", String(plugin.kind), Object.keys(this.#plugins));
      if (!NAME.test(plugin.name)) {
        throw new InputError(`Name of a ${plugin.kind} must be lower-case letters, digits, "-" and "_": current name is "${plugin.name}"`);
      }
      if (kind.has(plugin.name)) throw new InputError(`There is a ${plugin.kind} named "${plugin.name}" already: choose another name`);
      kind.set(plugin.name, plugin);
    }
    return this;
  }

  /** The plugin of a kind and name. @throws InputError that lists the known names. */
  get<Kind extends keyof PluginKinds>(kind: Kind, name: string): PluginKinds[Kind] {
    const plugin = this.#plugins[kind].get(name);
    if (plugin === undefined) throw unknownName(kind, name, [...this.#plugins[kind].keys()]);
    return plugin;
  }

  /** All plugins of a kind, in the order of registration. */
  all<Kind extends keyof PluginKinds>(kind: Kind): PluginKinds[Kind][] {
    return [...this.#plugins[kind].values()];
  }
}
