import { InputError } from "../core/errors.ts";
import type { RunRecord } from "../core/reporter.ts";
import { readRecord } from "../plugins/reporters/record_schema.ts";
import { readInput } from "../workers/input_files.ts";

/** A run read from its folder. */
export interface ReadRun {
  /** Of the folder, without those that it is in. */
  readonly name: string;
  readonly folder: string;
  readonly record: RunRecord;
}

/** Reads runs from their folders, or from their `record.json` itself. @throws InputError where one is missing or damaged. */
export async function readRuns(paths: readonly string[]): Promise<ReadRun[]> {
  const runs: ReadRun[] = [];
  for (const path of new Set(paths.map((path) => path.replace(/[/\\]+$/, "")))) runs.push(await readRun(path));
  return runs;
}

/** Reads all runs in a folder, by name; `leaveOut` is told why one cannot be read. @throws InputError where none is left. */
export async function readAllRuns(parent: string, leaveOut: (reason: string) => void): Promise<ReadRun[]> {
  const runs: ReadRun[] = [];
  for (const folder of await findRuns(parent)) {
    try {
      runs.push(await readRun(folder));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      leaveOut(error.message);
    }
  }
  if (runs.length === 0) {
    throw new InputError(`There is no run to report in "${parent}": give the folder of one, or make one with map or grow`);
  }
  return runs;
}

async function readRun(path: string): Promise<ReadRun> {
  const file = path.endsWith(".json") ? path : `${path}/record.json`;
  const folder = file.replace(/[/\\]?[^/\\]*$/, "") || ".";
  const record = readRecord(new TextDecoder().decode(await readInput(file, "record")), `Record "${file}"`);
  return { name: folder.split(/[/\\]/).at(-1) ?? folder, folder, record };
}

/** The folders in a folder that have a record, by name. */
async function findRuns(parent: string): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(parent)) {
      if (isDirectory && await isFile(`${parent}/${name}/record.json`)) found.push(`${parent}/${name}`);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort();
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
