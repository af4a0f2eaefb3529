import type { PluginKinds } from "../core/registry.ts";
import { builtInPlugins } from "../plugins/mod.ts";
import { flag, type OptionValues } from "./options.ts";
import { table } from "./region_table.ts";

/** Options of `plugins`. */
export const options = { json: flag("prints the list as JSON"), help: flag("shows this help") };

const KINDS: readonly (keyof PluginKinds)[] = ["parameter", "renderer", "classifier", "method", "reporter"];

/** Lists all plugins. */
export function run({ json }: OptionValues<typeof options>): Promise<number> {
  const registry = builtInPlugins();
  if (json) {
    const list = KINDS.flatMap((kind) => registry.all(kind).map((plugin) => ({ ...plugin })));
    console.log(JSON.stringify(list, null, 2));
    return Promise.resolve(0);
  }
  for (const kind of KINDS) {
    const rows = kind === "parameter"
      ? registry.all(kind).map(({ name, unit, low, high, default: value, description }) => [
        name,
        `${low} .. ${high} ${unit}`,
        `default ${value}`,
        description,
      ])
      : registry.all(kind).map(({ name, description }) => [name, description]);
    console.log(`${kind}s\n${table(rows).replace(/^/gm, "  ")}\n`);
  }
  return Promise.resolve(0);
}
