import { InputError } from "../../core/errors.ts";
import { readInput, sha256 } from "../input_files.ts";
import { isBelow } from "./permissions.ts";

/** The source of a module of plugins. */
export interface PluginFile {
  /** The file or folder as the user named it. */
  readonly origin: string;
  /** Absolute path of the file. */
  readonly path: string;
  /** Absolute path of its folder. */
  readonly folder: string;
  readonly source: string;
  readonly sha256: string;
}

/**
 * Reads a plugin: a file, or `plugin.ts` of a folder.
 *
 * @throws InputError where there is none, or the folder's `plugin.ts` is a link that leads out of it.
 */
export async function readPluginFile(origin: string): Promise<PluginFile> {
  // What cannot be looked at is read as a file, which says why.
  const isFolder = await Deno.stat(origin).then((info) => info.isDirectory, () => false);
  const name = isFolder ? `${origin.replace(/[/\\]+$/, "")}/plugin.ts` : origin;
  if (!/\.[mc]?[jt]s$/.test(name)) {
    throw new InputError(`Plugin "${origin}" must be a TypeScript or JavaScript file, or a folder with a plugin.ts`);
  }
  const bytes = await readInput(name, "plugin");
  const path = await Deno.realPath(name);
  const folder = isFolder ? await Deno.realPath(origin) : path.replace(/[/\\][^/\\]*$/, "");
  if (!isBelow(path, folder)) throw new InputError(`Plugin "${origin}" must lie in its own folder: its plugin.ts is a link to "${path}"`);
  return { origin, path, folder, source: new TextDecoder().decode(bytes), sha256: await sha256(bytes) };
}
