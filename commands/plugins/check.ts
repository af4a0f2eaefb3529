import { InputError, PluginFailure } from "../../core/errors.ts";
import type { Plugin } from "../../core/registry.ts";
import { conformance } from "../../plugins/conformance/mod.ts";
import { flag, type OptionValues } from "../options.ts";
import { openRegistry, PLUGIN_OPTIONS } from "../registry.ts";
import type { CommandContext, ExitStatus } from "../run.ts";

/** What stands before the options of `plugins check`. */
export const operands = ["FILE|FOLDER"];

/** Options of `plugins check`. */
export const options = { ...PLUGIN_OPTIONS, help: flag("shows this help") };

/** Tries plugins against all that their kinds must do, in their own process as in a run, and prints what fails. */
export async function run(given: OptionValues<typeof options>, { operands: [origin] }: CommandContext): Promise<ExitStatus> {
  const named = [...given.plugin, ...given.trust, ...(origin === undefined ? [] : [origin])];
  if (named.length === 0) throw new InputError('plugins check needs a file or folder, as in "plugins check ./fog.ts"');
  const plugin = origin === undefined || given.trust.includes(origin) ? given.plugin : [...given.plugin, origin];
  await using opened = await openRegistry({ ...given, plugin });
  let failures = 0;
  for (const { kind, name, version } of opened.uses) {
    console.log(`${kind} ${name} ${version}`);
    failures += await tryPlugin(opened.registry.get(kind, name));
  }
  console.log(failures === 0 ? "All of it holds" : `${failures} ${failures === 1 ? "requirement fails" : "requirements fail"}`);
  return failures === 0 ? 0 : 2;
}

/** Tries one plugin. Returns how many requirements fail; a process that was ended fails all that come after it. */
async function tryPlugin(plugin: Plugin): Promise<number> {
  let failures = 0;
  let ended: string | undefined;
  try {
    for (const { name, check } of await conformance(plugin)) {
      const problem: string | undefined = ended === undefined ? await problemOf(check) : "not tried";
      if (problem !== undefined) failures++;
      console.log(`  ${problem === undefined ? "ok    " : "FAILED"} ${name}${problem === undefined ? "" : `: ${problem}`}`);
    }
  } catch (error) {
    if (!(error instanceof PluginFailure)) throw error;
    console.log(`  FAILED ${error.message}`);
    failures++;
  }
  return failures;

  async function problemOf(check: () => void | Promise<void>): Promise<string | undefined> {
    try {
      await check();
    } catch (error) {
      const { message } = error instanceof Error ? error : new Error(String(error));
      if (error instanceof PluginFailure) ended = message;
      return inPlainWords(message);
    }
  }
}

/** An assertion's message in one line: it begins with words of its own, and goes on with what was compared. */
function inPlainWords(message: string): string {
  const close = /^Expected actual: "(.+?)" to be close to "(.+?)": delta ".+?" is greater than ".+?"(?:: (.+?))?\.?$/;
  return message.trim().split("\n")[0]
    .replace(/^Values are not equal: /, "")
    .replace(close, (_, actual, expected, what = "a value") => `${what} is ${Number(actual)}, must be ${Number(expected)}`);
}
