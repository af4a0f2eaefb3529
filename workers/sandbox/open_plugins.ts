import { InputError, unknownName } from "../../core/errors.ts";
import { requireOption } from "../../core/method_options.ts";
import type { PluginUse } from "../../core/record.ts";
import type { Plugin } from "../../core/registry.ts";
import { connect, type Connection, describePlugins, importPlugins, sandboxed } from "./connect.ts";
import { SANDBOX_LIMITS, type SandboxLimits } from "./limits.ts";
import type { OutsideModule, PluginFacts } from "./outside_module.ts";
import { type Grants, permissionFlags } from "./permissions.ts";
import { type PluginFile, readPluginFile } from "./plugin_file.ts";
import { Sandbox } from "./sandbox.ts";

/** A module of plugins that a user names. */
export interface PluginRequest {
  /** A file, or a folder with `plugin.ts`. */
  readonly origin: string;
  /** Whether it is loaded into the program itself: quick, and with all that the program may do. */
  readonly trusted: boolean;
}

/** How plugins are opened. */
export interface OpenPluginsOptions {
  /** What the user grants, by name of plugin. */
  readonly grants?: Grants;
  /** Values of options, by name of plugin. */
  readonly options?: ReadonlyMap<string, Readonly<Record<string, number>>>;
  /** What a plugin's process may use, where it is not {@linkcode SANDBOX_LIMITS}. */
  readonly limits?: Partial<SandboxLimits>;
  /** Asks whoever sits at the terminal; absent where nobody does. */
  readonly ask?: (question: string) => boolean;
}

/** Plugins from outside, ready to be used. */
export interface OpenedPlugins extends AsyncDisposable {
  /** In the order of the requests: register them. */
  readonly plugins: readonly Plugin[];
  /** What workers need to connect to them. */
  readonly modules: readonly OutsideModule[];
  /** For the record. */
  readonly uses: readonly PluginUse[];
}

/**
 * Opens modules of plugins from outside, each in a process of its own unless it is trusted.
 *
 * @throws InputError where one cannot be loaded, its manifest is wrong, it needs a permission that is not granted, or something was granted or set
 * that no plugin has.
 */
export async function openPlugins(requests: readonly PluginRequest[], options: OpenPluginsOptions = {}): Promise<OpenedPlugins> {
  const opened: Opened[] = [];
  const close = async () => {
    for (const { connection } of opened) await connection[Symbol.asyncDispose]();
  };
  try {
    for (const { origin, trusted } of requests) {
      const file = await readPluginFile(origin);
      opened.push(await (trusted ? openTrusted : openSandboxed)(file, options));
    }
    const names = opened.flatMap(({ uses }) => uses.map(({ name }) => name));
    for (const [option, given] of [["--grant", options.grants], ["--option", options.options]] as const) {
      const stranger = [...given?.keys() ?? []].find((name) => !names.includes(name));
      if (stranger === undefined) continue;
      if (names.length > 0) throw unknownName(`plugin of ${option}`, stranger, names);
      const others = option === "--option" ? ", and give options of built-in methods by their own names, as --steps" : "";
      throw new InputError(`${option} names "${stranger}", and there is no plugin from outside: load it with --plugin${others}`);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    plugins: opened.flatMap(({ connection }) => connection.plugins),
    modules: opened.map(({ module }) => module),
    uses: opened.flatMap(({ uses }) => uses),
    [Symbol.asyncDispose]: close,
  };
}

interface Opened {
  readonly module: OutsideModule;
  readonly connection: Connection;
  readonly uses: readonly PluginUse[];
}

async function openTrusted(file: PluginFile, options: OpenPluginsOptions): Promise<Opened> {
  const facts = describePlugins(await importPlugins(file), file.origin);
  const module: OutsideModule = {
    ...setup(file, options),
    isolation: "trusted",
    flags: [],
    expected: facts,
    options: chosenOptions(facts, options),
  };
  return { module, connection: await connect(module), uses: usesOf(module, file.sha256, facts.map(({ permissions }) => permissions)) };
}

async function openSandboxed(file: PluginFile, options: OpenPluginsOptions): Promise<Opened> {
  // Looked at without any permission first: what it asks for is not known yet.
  const sandbox = new Sandbox({ ...setup(file, options), flags: [] });
  try {
    const facts = await sandbox.describe();
    const permissions = facts.map((plugin) => granted(plugin, file, options));
    const values = chosenOptions(facts, options);
    const module: OutsideModule = {
      ...setup(file, options),
      isolation: "process",
      flags: await permissionFlags([...new Set(permissions.flat())], file.folder),
      expected: facts,
      options: values,
    };
    const plain = module.flags.length === 0 && facts.every(({ configurable }) => !configurable);
    if (!plain) await sandbox.close();
    return {
      module,
      connection: plain ? sandboxed(facts, sandbox) : await connect(module),
      uses: usesOf(module, file.sha256, permissions),
    };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

function setup({ origin, path, folder, source }: PluginFile, { limits }: OpenPluginsOptions) {
  return { origin, path, folder, source, limits: { ...SANDBOX_LIMITS, ...limits } };
}

/** What a plugin asks for, all of it granted. */
function granted({ name, permissions }: PluginFacts, { origin }: PluginFile, { grants, ask }: OpenPluginsOptions): readonly string[] {
  const given = grants?.get(name) ?? new Set<string>();
  const unwanted = [...given].find((permission) => !permissions.includes(permission));
  if (unwanted !== undefined) {
    const asked = permissions.length === 0 ? "nothing" : permissions.join(", ");
    throw new InputError(`--grant gives plugin "${name}" ${unwanted}, which its manifest does not ask for: it asks for ${asked}`);
  }
  const missing = permissions.filter((permission) => !given.has(permission));
  if (missing.length > 0 && ask?.(`Plugin "${name}" of "${origin}" asks for ${missing.join(", ")}. Allow it for this run?`) !== true) {
    throw new InputError(`Plugin "${name}" needs ${missing.join(", ")}: allow it with --grant ${name}=${missing.join(",")}`);
  }
  return permissions;
}

/** A value for each option of each plugin: what was chosen, or its default. */
function chosenOptions(facts: readonly PluginFacts[], { options: chosen }: OpenPluginsOptions): Record<string, number>[] {
  return facts.map(({ name, options }) => {
    const given = chosen?.get(name) ?? {};
    for (const [key, value] of Object.entries(given)) {
      if (!Object.hasOwn(options, key)) {
        throw new InputError(`Plugin "${name}" has no option "${key}": it has ${Object.keys(options).join(", ") || "none"}`);
      }
      requireOption(`Option "${key}" of plugin "${name}"`, value, options[key]);
    }
    return Object.fromEntries(Object.entries(options).map(([key, option]) => [key, given[key] ?? option.default]));
  });
}

function usesOf(
  { expected, origin, isolation, options }: OutsideModule,
  sha256: string,
  permissions: readonly (readonly string[])[],
): PluginUse[] {
  return expected.map(({ kind, name, version }, i) => ({
    kind,
    name,
    version,
    origin,
    sha256,
    isolation,
    permissions: permissions[i],
    options: options[i],
  }));
}
