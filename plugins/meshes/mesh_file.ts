import { InputError } from "../../core/errors.ts";
import type { Appearance } from "../../core/renderer.ts";

/**
 * What a mesh is loaded with, besides its path. Materials are only looked for where its colors will be wanted, normals where it is shaded smoothly.
 */
export interface LoadMeshOptions extends Appearance {
  /** Gives the bytes of a file: of the mesh itself, and of the files beside it that it names (materials, buffers). Rejects where there is none. */
  readonly read: (path: string) => Promise<Uint8Array>;
}

/** A file that is being read: where it is, what is in it, and how to get at its neighbors. */
export interface MeshFile extends LoadMeshOptions {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads a file that a mesh names. It must lie in the mesh's folder or below: a mesh is data from elsewhere and must not reach further.
 *
 * @throws InputError where the name leaves the folder or the file cannot be read.
 */
export function readBeside(file: MeshFile, name: string): Promise<Uint8Array> {
  const parts = name.split(/[/\\]+/);
  if (/^[a-z][a-z0-9+.-]*:/i.test(name) || /^[/\\]/.test(name) || parts.includes("..") || name.trim() === "") {
    throw new InputError(`File "${name}" named in "${file.path}" must lie in the mesh's own folder`);
  }
  const folder = /^.*[/\\]/.exec(file.path)?.[0] ?? "";
  return readOrExplain(folder + parts.join("/"), `File "${name}" named in "${file.path}"`, file.read);
}

/** Reads a file. @throws InputError that begins with `what` where it cannot be read. */
export async function readOrExplain(path: string, what: string, read: LoadMeshOptions["read"]): Promise<Uint8Array> {
  try {
    return await read(path);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${what} must be a file that can be read: ${oneLine(error)}`, { cause: error });
  }
}

/** Runs a parser of somebody else's: whatever it throws says that the file is damaged. */
export function parseOrExplain<T>(file: MeshFile, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw damaged(file.path, error);
  }
}

/** The error for a file whose content is not what its name says. */
export function damaged(path: string, error: unknown): InputError {
  if (error instanceof InputError) return error;
  return new InputError(`Mesh "${path}" is damaged or not of the kind that its extension says: ${oneLine(error)}`, { cause: error });
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0].replace(/^THREE\.\w+: /, "").replace(/\.+$/, "");
}
