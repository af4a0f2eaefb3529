import { InputError } from "../core/errors.ts";
import { CATALOG, type CatalogEntry } from "../plugins/classifiers/catalog.ts";

/** Where pulled networks are kept, below the current folder. */
export const MODEL_FOLDER = "models";

/** The file of a network of the catalog. */
export function pulledPath({ name }: CatalogEntry, folder = MODEL_FOLDER): string {
  return `${folder}/${name}.onnx`;
}

/** The file that says the hash of a pulled network, as `sha256sum` reads it. */
export function hashPath({ name }: CatalogEntry, folder = MODEL_FOLDER): string {
  return `${folder}/${name}.sha256`;
}

/** The hash that a network of the catalog must have: the pinned one, or that of its first pull; undefined where there was none. */
export async function expectedHash(entry: CatalogEntry, folder = MODEL_FOLDER): Promise<string | undefined> {
  if (entry.sha256 !== undefined) return entry.sha256;
  try {
    return /^[0-9a-f]{64}\b/.exec(await Deno.readTextFile(hashPath(entry, folder)))?.[0];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Checks that a pulled network is what it was when it was pulled. @throws InputError where it is not. */
export async function requireHash(entry: CatalogEntry, sha256: string): Promise<void> {
  const expected = await expectedHash(entry);
  if (expected === undefined || expected === sha256) return;
  throw new InputError(
    `"${
      pulledPath(entry)
    }" is not the network that was published as ${entry.name}: remove it, and pull it again with "models pull ${entry.name}"`,
  );
}

/** The network of the catalog that a file is, by its hash. */
export function entryOfHash(sha256: string): CatalogEntry | undefined {
  return CATALOG.find((entry) => entry.sha256 === sha256);
}
