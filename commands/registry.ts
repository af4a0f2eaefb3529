import { InputError } from "../core/errors.ts";
import type { PluginUse } from "../core/record.ts";
import type { PluginRegistry } from "../core/registry.ts";
import { builtInPlugins } from "../plugins/mod.ts";
import { SANDBOX_LIMITS } from "../workers/sandbox/limits.ts";
import { openPlugins } from "../workers/sandbox/open_plugins.ts";
import type { OutsideModule } from "../workers/sandbox/outside_module.ts";
import { parseGrants } from "../workers/sandbox/permissions.ts";
import { number, type OptionValues, parseNumber, repeated, text } from "./options.ts";

/** Options of every command that can use plugins from outside. */
export const PLUGIN_OPTIONS = {
  plugin: repeated(text("FILE|FOLDER", "loads plugins from outside, in a process of their own that may only compute")),
  grant: repeated(text("NAME=PERMISSION", "gives a plugin what it asks for: net:HOST, read:PATH, write:PATH, env:NAME or sys:NAME")),
  trust: repeated(text("FILE|FOLDER", "loads plugins from outside into this program: quicker, and they may do all that it may")),
  option: repeated(text("NAME.OPTION=VALUE", "sets an option of a plugin from outside")),
  "plugin-seconds": number("N", `longest time of one call of a plugin (default ${SANDBOX_LIMITS.seconds})`, { low: 0.1, high: 86_400 }),
  "plugin-memory": number("MIB", `most memory of a plugin's process (default ${SANDBOX_LIMITS.memory})`, {
    low: 128,
    high: 1_048_576,
    integer: true,
  }),
};

/** Values of the options. */
export type PluginOptions = OptionValues<typeof PLUGIN_OPTIONS>;

/** The plugins of a run. */
export interface OpenedRegistry extends AsyncDisposable {
  /** The built-in ones and those from outside. */
  readonly registry: PluginRegistry;
  /** What workers need to connect to those from outside. */
  readonly modules: readonly OutsideModule[];
  /** Those from outside, for the record. */
  readonly uses: readonly PluginUse[];
  /** Values of the options of a plugin from outside. */
  optionsOf(name: string): Readonly<Record<string, number>> | undefined;
}

/**
 * Opens the plugins of a run. Where somebody sits at the terminal, permissions that were not granted are asked for.
 *
 * @throws InputError where a plugin cannot be loaded, has the name of another, or needs what is not granted.
 */
export async function openRegistry(given: PluginOptions): Promise<OpenedRegistry> {
  const trusted = new Set(given.trust);
  const requests = [
    ...given.plugin.filter((origin) => !trusted.has(origin)).map((origin) => ({ origin, trusted: false })),
    ...given.trust.map((origin) => ({ origin, trusted: true })),
  ];
  const { "plugin-seconds": seconds, "plugin-memory": memory } = given;
  const opened = await openPlugins(requests, {
    grants: parseGrants(given.grant),
    options: parsePluginOptions(given.option),
    limits: { ...(seconds === undefined ? {} : { seconds }), ...(memory === undefined ? {} : { memory }) },
    ...(Deno.stdin.isTerminal() && Deno.stderr.isTerminal() ? { ask } : {}),
  });
  try {
    const registry = builtInPlugins().register(...opened.plugins);
    const values = new Map(opened.uses.map(({ name, options }) => [name, options]));
    return { ...opened, registry, optionsOf: (name) => values.get(name), [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
  } catch (error) {
    await opened[Symbol.asyncDispose]();
    throw error;
  }
}

/** Reads `fog.density=3`, one or several. @throws InputError where one is malformed. */
function parsePluginOptions(texts: readonly string[]): Map<string, Record<string, number>> {
  const options = new Map<string, Record<string, number>>();
  for (const text of texts) {
    const match = /^([^.=]+)\.([^=]+)=(.*)$/.exec(text);
    if (match === null) throw new InputError(`--option must be written NAME.OPTION=VALUE: current value is "${text}"`);
    const [, name, option, value] = match;
    if (options.get(name)?.[option] !== undefined) throw new InputError(`--option sets "${name}.${option}" twice: set it once`);
    options.set(name, { ...options.get(name), [option]: parseNumber(value, `"${name}.${option}" of --option`) });
  }
  return options;
}

/** Asks on the terminal: whatever does not begin with a yes is a no. */
function ask(question: string): boolean {
  Deno.stderr.writeSync(new TextEncoder().encode(`${question} [y/N] `));
  const answer = new Uint8Array(64);
  const length = Deno.stdin.readSync(answer) ?? 0;
  return /^y(es)?\s*$/i.test(new TextDecoder().decode(answer.subarray(0, length)));
}
