import type { Plugin, PluginKinds } from "../core/registry.ts";
import { flag, type OptionValues } from "./options.ts";
import { table } from "./region_table.ts";
import { type OpenedRegistry, openRegistry, PLUGIN_OPTIONS } from "./registry.ts";

/** Options of `plugins`. */
export const options = { ...PLUGIN_OPTIONS, json: flag("prints the list as JSON"), help: flag("shows this help") };

const KINDS: readonly (keyof PluginKinds)[] = ["parameter", "renderer", "classifier", "method", "reporter"];

/** Lists all plugins, with those from outside that are named. */
export async function run(given: OptionValues<typeof options>): Promise<number> {
  await using opened = await openRegistry(given);
  const { registry } = opened;
  if (given.json) {
    const list = KINDS.flatMap((kind) => registry.all(kind).map((plugin) => ({ ...plugin, ...originOf(plugin, opened) })));
    console.log(JSON.stringify(list, null, 2));
    return 0;
  }
  for (const kind of KINDS) {
    const rows = registry.all(kind).map((plugin) => {
      const { origin, permissions } = originOf(plugin, opened);
      return [plugin.name, ...facts(plugin), origin, permissions.length === 0 ? "" : `may ${permissions.join(", ")}`, plugin.description];
    });
    const lines = registry.all(kind).flatMap((plugin, i) => [table(rows).split("\n")[i], ...optionLines(plugin)]);
    console.log(`${kind}s\n${lines.map((line) => `  ${line}`).join("\n")}\n`);
  }
  return 0;
}

/** Where a plugin is from, and what it may do besides computing. */
function originOf({ kind, name }: Plugin, { uses }: OpenedRegistry): { readonly origin: string; readonly permissions: readonly string[] } {
  const use = uses.find((candidate) => candidate.kind === kind && candidate.name === name);
  if (use === undefined) return { origin: "built in", permissions: [] };
  return {
    origin: `${use.origin} ${use.version}`,
    permissions: use.isolation === "trusted" ? ["all that this program may"] : use.permissions,
  };
}

function facts(plugin: Plugin): string[] {
  return plugin.kind === "parameter" ? [`${plugin.low} .. ${plugin.high} ${plugin.unit}`, `default ${plugin.default}`] : [];
}

function optionLines(plugin: Plugin): string[] {
  if (!("options" in plugin)) return [];
  const rows = Object.entries(plugin.options).map(([name, { default: value, low, high, description }]) => [
    `    ${name}`,
    `${value}`,
    `${low} .. ${high}`,
    description,
  ]);
  return rows.length === 0 ? [] : table(rows).split("\n");
}
