import { InputError, unknownName } from "../../core/errors.ts";
import { builtInPlugins } from "../../plugins/mod.ts";
import { writeOutput } from "../files.ts";
import { flag, type OptionValues, text } from "../options.ts";
import type { CommandContext, ExitStatus } from "../run.ts";
import { EXAMPLES, fileName, renamedExample } from "./examples.ts";

/** What stands before the options of `plugins new`. */
export const operands = ["KIND", "NAME"];

/** Options of `plugins new`. */
export const options = {
  out: text("DIR", "folder of the files (default: the current one)"),
  help: flag("shows this help"),
};

const NAME = /^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/;

/** Writes a plugin that works, an example of its kind under another name, and its test. */
export async function run({ out = "." }: OptionValues<typeof options>, { operands: [kind, name] }: CommandContext): Promise<ExitStatus> {
  const kinds = Object.keys(EXAMPLES);
  if (name === undefined) {
    throw new InputError(`plugins new needs KIND and NAME, as in "plugins new parameter haze": kinds are ${kinds.join(", ")}`);
  }
  if (!isKind(kind)) throw unknownName("plugin kind", kind, kinds);
  if (!NAME.test(name)) throw new InputError(`Name of a plugin must be lower-case words joined by "-" or "_": current name is "${name}"`);
  if (builtInPlugins().all(kind).some((plugin) => plugin.name === name)) {
    throw new InputError(`There is a built-in ${kind} named "${name}" already: choose another name`);
  }
  const paths = (["", "_test"] as const).map((suffix) => ({ suffix, path: `${out}/${fileName(name)}${suffix}.ts` }));
  for (const { path } of paths) {
    if (await exists(path)) throw new InputError(`"${path}" is there already: choose another name, or remove it`);
  }
  for (const { suffix, path } of paths) {
    await writeOutput(path, new TextEncoder().encode(await renamedExample(kind, name, suffix)));
    console.error(`Wrote ${path}`);
  }
  return 0;
}

function isKind(kind: string): kind is keyof typeof EXAMPLES {
  return Object.hasOwn(EXAMPLES, kind);
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
