import type { Adam } from "./adam.ts";
import type { Parameters } from "./parameters.ts";

/** Where a training stands. */
export interface Progress {
  /** Steps taken. */
  readonly step: number;
  readonly parameters: Parameters;
  readonly optimizer: Adam;
}

/** First bytes of a checkpoint, with the version of its layout. */
const MAGIC = 0x4f525431;

/**
 * The bytes of a checkpoint: magic, step, length of the key, the key (what is trained and how, in UTF-8, padded to 4 bytes), then the trained values, the statistics and
 * the optimizer's two means.
 */
export function encodeCheckpoint({ step, parameters, optimizer }: Progress, key: string): Uint8Array {
  const text = new TextEncoder().encode(key);
  const arrays = [parameters.trained, parameters.statistics, optimizer.first, optimizer.second];
  const start = 12 + Math.ceil(text.length / 4) * 4;
  const bytes = new Uint8Array(start + arrays.reduce((sum, array) => sum + array.byteLength, 0));
  new Uint32Array(bytes.buffer, 0, 3).set([MAGIC, step, text.length]);
  bytes.set(text, 12);
  let offset = start;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    offset += array.byteLength;
  }
  return bytes;
}

/**
 * Puts a checkpoint's numbers in place. Returns the steps taken; undefined, and changes nothing, where the checkpoint is of another training
 * (another key or network) or no checkpoint.
 */
export function restoreCheckpoint(bytes: Uint8Array, key: string, { parameters, optimizer }: Omit<Progress, "step">): number | undefined {
  const text = new TextEncoder().encode(key);
  const arrays = [parameters.trained, parameters.statistics, optimizer.first, optimizer.second];
  const start = 12 + Math.ceil(text.length / 4) * 4;
  if (bytes.length !== start + arrays.reduce((sum, array) => sum + array.byteLength, 0)) return undefined;
  const copy = bytes.slice();
  const [magic, step, length] = new Uint32Array(copy.buffer, 0, 3);
  if (magic !== MAGIC || length !== text.length || text.some((value, i) => copy[12 + i] !== value)) return undefined;
  let offset = start;
  for (const array of arrays) {
    array.set(new Float32Array(copy.buffer, offset, array.length));
    offset += array.byteLength;
  }
  return step;
}
