import { pathToFileURL } from "node:url";
import { InputError } from "../../core/errors.ts";
import type { OutsidePlugin } from "../../core/manifest.ts";
import type { Plugin } from "../../core/registry.ts";
import { described } from "./child/described.ts";
import { readDescriptions } from "./describe_plugin.ts";
import type { OutsideModule, PluginFacts } from "./outside_module.ts";
import { remotePlugins } from "./remote/mod.ts";
import { Sandbox } from "./sandbox.ts";

/** Plugins of a module, ready to be used. */
export interface Connection extends AsyncDisposable {
  readonly plugins: readonly Plugin[];
}

/** Connects to a module's plugins: those in a sandbox start with their first call. */
export async function connect(module: OutsideModule): Promise<Connection> {
  if (module.isolation === "trusted") return trusted(module, await importPlugins(module));
  return sandboxed(module.expected, new Sandbox(module));
}

/** Plugins of a sandbox. */
export function sandboxed(facts: readonly PluginFacts[], sandbox: Sandbox): Connection {
  return { plugins: remotePlugins(facts, sandbox), [Symbol.asyncDispose]: () => sandbox.close() };
}

/** Plugins of the program itself, given their options. */
export function trusted({ options }: Pick<OutsideModule, "options">, plugins: readonly OutsidePlugin[]): Connection {
  plugins.forEach((plugin, i) => plugin.configure?.(options[i]));
  return { plugins, [Symbol.asyncDispose]: () => Promise.resolve() };
}

/** Imports the plugins of a module into this program. @throws InputError where it exports none. */
export async function importPlugins({ path, origin }: { path: string; origin: string }): Promise<readonly OutsidePlugin[]> {
  const { default: exported } = await import(pathToFileURL(path).href).catch((error) => {
    throw new InputError(`Plugin "${origin}" cannot be loaded: ${String(error).split("\n")[0]}`, { cause: error });
  });
  return Array.isArray(exported) ? exported : [exported];
}

/** What plugins in this program say of themselves. @throws InputError where a manifest is wrong. */
export function describePlugins(plugins: readonly unknown[], origin: string): PluginFacts[] {
  return readDescriptions(plugins.map(described), origin);
}
