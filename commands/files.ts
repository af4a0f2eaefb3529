import { InputError } from "../core/errors.ts";

/** Writes files into a folder, each under its final name only once it is complete. @throws InputError where the folder may not be written. */
export async function writeFiles(folder: string, files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true });
    for (const { name, bytes } of files) await writeFile(`${folder}/${name}`, bytes);
  } catch (error) {
    throw explained(error, folder);
  }
}

/** Makes a folder, and those that it is in. @throws InputError where that may not be. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true });
  } catch (error) {
    throw explained(error, folder);
  }
}

/** Writes one file atomically. */
export async function writeOutput(path: string, bytes: Uint8Array): Promise<void> {
  try {
    const folder = path.replace(/[^/\\]*$/, "");
    if (folder !== "") await Deno.mkdir(folder, { recursive: true });
    await writeFile(path, bytes);
  } catch (error) {
    throw explained(error, path);
  }
}

async function writeFile(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.${Deno.pid}.tmp`;
  try {
    await Deno.writeFile(partial, bytes);
    await Deno.rename(partial, path);
  } catch (error) {
    // The partial file may never have come to be: what matters is why.
    await Deno.remove(partial).catch(() => undefined);
    throw error;
  }
}

/** An error of writing as the mistake that it is, where it is one; any other as it came. */
export function explained(error: unknown, path: string): unknown {
  if (error instanceof Deno.errors.NotCapable) {
    return new InputError(`May not write "${path}": tasks write below the current folder only, allow another with --allow-write=FOLDER`);
  }
  if (error instanceof Deno.errors.IsADirectory) return new InputError(`Cannot write "${path}": it is a folder, give a file's name`);
  if (
    error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotADirectory ||
    error instanceof Deno.errors.AlreadyExists
  ) {
    return new InputError(`Cannot write "${path}": ${error.message}`);
  }
  return error;
}
