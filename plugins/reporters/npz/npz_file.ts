import { unzipSync, type Zippable, zipSync } from "fflate";
import { InputError } from "../../../core/errors.ts";
import { decodeNpy, encodeNpy, type NumpyArray, type NumpyContent } from "../../../core/npy.ts";

/** Most bytes that the arrays of one file may take once unpacked, where the caller names no other number: 1 GiB. */
const MOST_BYTES = 2 ** 30;

/** How a `.npz` file is read. */
export interface NpzOptions {
  /** What to call the file in messages. */
  readonly name?: string;
  /** Names of the arrays that are wanted; all where absent. */
  readonly only?: readonly string[];
  /** Most bytes that the wanted arrays may take once unpacked. */
  readonly mostBytes?: number;
}

/** Writes arrays as a NumPy `.npz` file. No time is in it: the same arrays give the same bytes. */
export function encodeNpz(arrays: Readonly<Record<string, NumpyContent>>): Uint8Array {
  const files: Zippable = {};
  for (const [name, content] of Object.entries(arrays)) files[`${name}.npy`] = encodeNpy(content);
  // The earliest time that a zip file can hold, in local time as it keeps it.
  return zipSync(files, { mtime: new Date(1980, 0, 1), level: 6 });
}

/**
 * Reads the arrays of a NumPy `.npz` file. Sizes are looked at before anything is unpacked.
 *
 * @throws InputError where it is no such file, is damaged, or holds more than it may.
 */
export function decodeNpz(bytes: Uint8Array, options: NpzOptions = {}): Record<string, NumpyArray> {
  const { name = "A NumPy file", only, mostBytes = MOST_BYTES } = options;
  let total = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter({ name: file, originalSize }) {
        if (!file.endsWith(".npy") || only?.includes(file.slice(0, -".npy".length)) === false) return false;
        total += originalSize;
        if (total > mostBytes) throw new InputError(`${name} must hold at most ${mostBytes} bytes of arrays: it declares ${total} or more`);
        return true;
      },
    });
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${name} must be a NumPy .npz file: it cannot be unpacked (${error instanceof Error ? error.message : error})`);
  }
  const missing = only?.find((array) => !Object.hasOwn(files, `${array}.npy`));
  if (missing !== undefined) {
    throw new InputError(`${name} must hold an array named "${missing}": it has ${Object.keys(files).join(", ") || "none"}`);
  }
  return Object.fromEntries(
    Object.entries(files).map(([file, content]) => [file.slice(0, -".npy".length), decodeNpy(content, `Array "${file}" of ${name}`)]),
  );
}
