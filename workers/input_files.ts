import { InputError } from "../core/errors.ts";

/** Reads a file that the user named. @throws InputError where it is missing, a folder, or may not be read. */
export async function readInput(path: string | URL, what: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new InputError(`Cannot find the ${what} "${path}": give the path of an existing file`);
    if (error instanceof Deno.errors.NotADirectory) {
      throw new InputError(`Cannot find the ${what} "${path}": a part of its path is a file, not a folder`);
    }
    if (error instanceof Deno.errors.IsADirectory) throw new InputError(`Cannot read the ${what} "${path}": it is a folder, give a file`);
    if (error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable) {
      throw new InputError(`May not read the ${what} "${path}": allow it with --allow-read`);
    }
    throw error;
  }
}

/** SHA-256 of some bytes, as 64 hexadecimal digits. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** Name of a file without its folder and ending. */
export function baseName(path: string): string {
  return path.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, "");
}
