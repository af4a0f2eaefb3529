import { InputError } from "../../core/errors.ts";
import { type ExpectedFile, IncomingFile, type OnBytes, type TransferredFile } from "./transfer.ts";

/**
 * Copies a file that the user has; the copy gets its name once size and hash are verified.
 *
 * @throws InputError where it cannot be read, or is another file.
 */
export async function importFile(
  source: string,
  path: string,
  { signal, onBytes, ...expected }: ExpectedFile & { readonly signal: AbortSignal; readonly onBytes?: OnBytes },
): Promise<TransferredFile> {
  using input = await openInput(source);
  await using copy = await IncomingFile.open(path);
  await copy.restart();
  const buffer = new Uint8Array(1 << 20);
  for (let read = await input.read(buffer); read !== null; read = await input.read(buffer)) {
    signal.throwIfAborted();
    await copy.append(buffer.subarray(0, read));
    onBytes?.(copy.bytes);
  }
  return await copy.finish(expected, `"${source}"`);
}

async function openInput(path: string): Promise<Deno.FsFile> {
  try {
    const file = await Deno.open(path);
    if ((await file.stat()).isFile) return file;
    file.close();
    throw new InputError(`Cannot import "${path}": it is no file`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new InputError(`Cannot find "${path}": give the path of an existing file`);
    if (error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable) {
      throw new InputError(`May not read "${path}": allow it with --allow-read`);
    }
    throw error;
  }
}
