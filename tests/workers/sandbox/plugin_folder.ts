import type { ParameterPlugin, RemoteParameter } from "../../../core/semantic_parameter.ts";
import { DEFAULT_SCENE } from "../../../core/scene.ts";
import type { Plugin } from "../../../core/registry.ts";
import type { Reporter } from "../../../core/reporter.ts";
import { type OpenedPlugins, openPlugins, type OpenPluginsOptions } from "../../../workers/sandbox/open_plugins.ts";
import { withFolder, writeText } from "../../commands/command_line.ts";

/** Limits that keep tests of what breaks them short. */
export const SHORT = { seconds: 3, startSeconds: 30, memory: 512 };

/** A parameter; `apply` and what else differs are given as source text. */
export function parameterSource({ name = "odd", apply = "scene", before = "", fields = "" } = {}): string {
  return `${before}
export default {
  kind: "parameter",
  name: "${name}",
  version: "1.0.0",
  description: "a parameter of a test",
  unit: "share",
  low: 0,
  high: 1,
  default: 0,
  apply: (scene, value) => ${apply},
  ${fields}
};
`;
}

/** Writes sources into a folder of its own, opens them (the names that are given, or all), and closes them afterwards. */
export async function withPlugins(
  sources: Readonly<Record<string, string>>,
  use: (opened: OpenedPlugins, folder: string) => Promise<void>,
  options: OpenPluginsOptions & { readonly open?: readonly string[]; readonly trusted?: boolean } = {},
): Promise<void> {
  await withFolder(async (folder) => {
    for (const [name, source] of Object.entries(sources)) await writeText(`${folder}/${name}`, source);
    const { open = Object.keys(sources), trusted = false } = options;
    await using opened = await openPlugins(open.map((name) => ({ origin: `${folder}/${name}`, trusted })), { limits: SHORT, ...options });
    await use(opened, folder);
  });
}

/** Applies a parameter to the default scene. */
export function applyOnce(plugin: Plugin, value = 0.5) {
  return (plugin as ParameterPlugin as RemoteParameter).applyAll([DEFAULT_SCENE], Float64Array.of(value));
}

/** The text that a reporter makes of a record. */
export async function reportText(plugin: Plugin, record: unknown = { command: "map" }): Promise<string> {
  const [{ bytes }] = await (plugin as Reporter).report(record as never);
  return new TextDecoder().decode(bytes);
}
