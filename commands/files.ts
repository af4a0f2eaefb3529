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

/** Tries whether a folder can be written, before the work whose results are to go there; leaves nothing behind. @throws InputError where it cannot. */
export function requireFolder(folder: string): void {
  const missing = missingFolders(folder);
  try {
    Deno.mkdirSync(folder, { recursive: true });
    Deno.removeSync(Deno.makeTempFileSync({ dir: folder }));
  } catch (error) {
    throw explained(error, folder);
  } finally {
    // One by one, as only an empty folder goes: somebody else may have written there meanwhile.
    for (const made of missing) removeEmpty(made);
  }
}

/** A folder and those that it is in, as far as they do not exist, the innermost first. */
function missingFolders(folder: string): string[] {
  const missing: string[] = [];
  for (let path = folder.replace(/[/\\]+$/, ""); path !== ""; path = path.replace(/[/\\]*[^/\\]*$/, "")) {
    try {
      Deno.statSync(path);
      return missing;
    } catch {
      missing.push(path);
    }
  }
  return missing;
}

function removeEmpty(folder: string): void {
  try {
    Deno.removeSync(folder);
  } catch {
    // It is not there, or not empty: either way it stays as it is.
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
    return new InputError(
      `May not write "${path}": tasks write below the project's folder only, allow another by deno run with --allow-write=FOLDER`,
    );
  }
  if (error instanceof Deno.errors.IsADirectory) return new InputError(`Cannot write "${path}": it is a folder, give a file's name`);
  if (error instanceof Deno.errors.AlreadyExists) return new InputError(`Cannot write into "${path}": it is a file, give a folder`);
  if (error instanceof Deno.errors.NotADirectory) {
    return new InputError(`Cannot write "${path}": a part of its path is a file, give a folder in its place`);
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return new InputError(`Cannot write "${path}": ${error.message}`);
  }
  return error;
}
