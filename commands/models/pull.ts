import { InputError, unknownName } from "../../core/errors.ts";
import { CATALOG, type CatalogEntry } from "../../plugins/classifiers/catalog.ts";
import { expectedHash, hashPath, MODEL_FOLDER, pulledPath } from "../../workers/pulled_models.ts";
import { explained, makeFolder, writeOutput } from "../files.ts";
import { flag, type Option, type OptionValues, repeated, text } from "../options.ts";
import { Progress } from "../progress.ts";
import type { CommandContext, ExitStatus } from "../run.ts";
import { adviceOf } from "./advice.ts";
import { download } from "./download.ts";
import { importFile } from "./import_file.ts";
import { type ExpectedFile, hashOf, type OnBytes, type TransferredFile } from "./transfer.ts";

/** Options of `models pull`. */
export const options = {
  name: { ...repeated(text("NAME", "the network, by its name in the catalog")), bare: true },
  from: text("FILE", "imports a file that you have in place of downloading it"),
  url: text("URL", "downloads it from another place: the file must be the same"),
  sha256: sha256Option("HEX", "the hash that a network without a pinned one must have"),
  quiet: flag("no progress and no messages"),
  help: flag("shows this help"),
};

/** Fetches networks of the catalog and verifies them. */
export async function run(given: OptionValues<typeof options>, { signal }: Pick<CommandContext, "signal">): Promise<ExitStatus> {
  const progress = new Progress({ quiet: given.quiet === true });
  const entries = given.name.map(entryOf);
  if (entries.length === 0) throw new InputError(`models pull needs a NAME: known are ${CATALOG.map(({ name }) => name).join(", ")}`);
  if (entries.length > 1 && (given.from ?? given.url ?? given.sha256) !== undefined) {
    throw new InputError("--from, --url and --sha256 are of one network: name one");
  }
  for (const entry of entries) {
    try {
      await pull(entry, given, { progress, signal });
    } catch (error) {
      progress.end();
      if (signal.aborted) return 130;
      throw explained(error, pulledPath(entry));
    }
  }
  return 0;
}

async function pull(
  entry: CatalogEntry,
  { from, url, sha256 }: OptionValues<typeof options>,
  { progress, signal }: { progress: Progress; signal: AbortSignal },
): Promise<void> {
  const path = pulledPath(entry);
  const known = await expectedHash(entry);
  if (known !== undefined && sha256 !== undefined && known !== sha256) {
    throw new InputError(`--sha256 of ${entry.name} must be ${known}: current value is ${sha256}`);
  }
  const expected: ExpectedFile = { bytes: entry.bytes, sha256: known ?? sha256 };
  if (await isThere(path, expected.sha256)) return progress.say(`${entry.name} is here already: ${path}`);
  await makeFolder(MODEL_FOLDER);
  progress.start(entry.name, "MB");
  const onBytes: OnBytes = (bytes) => progress.update(bytes, entry.bytes ?? 0, bytes / 1e6);
  const found = from === undefined
    ? await downloadFromAny(url === undefined ? entry.urls : [url], path, { entry, expected, signal, onBytes, progress })
    : await importFile(from, path, { ...expected, signal, onBytes });
  progress.end();
  await writeOutput(hashPath(entry), new TextEncoder().encode(`${found.sha256}  ${entry.name}.onnx\n`));
  progress.say(`${entry.name} is here: ${path}, ${found.bytes} bytes, SHA-256 ${found.sha256}`);
  if (expected.sha256 === undefined) {
    progress.say(`No hash of ${entry.name} is pinned: this first one is trusted from now on, compare it with what others have`);
  }
}

async function downloadFromAny(
  urls: readonly string[],
  path: string,
  { entry, expected, signal, onBytes, progress }: {
    entry: CatalogEntry;
    expected: ExpectedFile;
    signal: AbortSignal;
    onBytes: OnBytes;
    progress: Progress;
  },
): Promise<TransferredFile> {
  const failures: string[] = [];
  for (const url of urls) {
    try {
      return await download(url, path, { ...expected, signal, onBytes });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      failures.push(error.message);
    }
  }
  progress.end();
  progress.say(adviceOf(entry));
  throw new InputError(`Cannot pull ${entry.name}: ${failures.join("; ")}`);
}

function entryOf(name: string): CatalogEntry {
  const entry = CATALOG.find((candidate) => candidate.name === name);
  if (entry === undefined) throw unknownName("network of the catalog", name, CATALOG.map((candidate) => candidate.name));
  return entry;
}

async function isThere(path: string, sha256: string | undefined): Promise<boolean> {
  if (sha256 === undefined) return false;
  try {
    using file = await Deno.open(path);
    return await hashOf(file) === sha256;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function sha256Option(argument: string, description: string): Option<string> {
  return {
    argument,
    description,
    parse(value, name) {
      if (!/^[0-9a-f]{64}$/i.test(value)) throw new InputError(`${name} must be 64 hexadecimal digits: current value is "${value}"`);
      return value.toLowerCase();
    },
  };
}
