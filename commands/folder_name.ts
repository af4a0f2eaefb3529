import { DEFAULTS } from "../core/defaults.ts";
import type { GrowRecord, MapRecord } from "../core/record.ts";
import { sha256 } from "../workers/input_files.ts";

/** Options that a record shows in fields of its own, whatever way they were written. */
const SHOWN = new Set([
  ...["mesh", "classifier", "labels", "class", "parameters", "set", "colors", "shading", "renderer", "seed"],
  ...["plugin", "trust", "grant", "option", "at", "method", "target", "step", "counts"],
]);

/** Options that change no record: how it is computed, and what else is written. */
const NEUTRAL = new Set(["workers", "threads", "plugin-seconds", "plugin-memory", "out", "json", "quiet", "help", "csv", "npz"]);

/** What holds without an option, by the names of options. */
const STANDARD = { ...DEFAULTS, bad: DEFAULTS.badShare, confident: DEFAULTS.mean } as Readonly<Record<string, unknown>>;

/** A folder name that tells runs apart: the same for the same configuration. */
export async function folderName(record: MapRecord | GrowRecord, given: Readonly<Record<string, unknown>>): Promise<string> {
  const { run, command } = record;
  const subject = command === "grow"
    ? record.regions.map(({ method, target, options, initialPoint }) => ({ method, target, options, initialPoint }))
    : record.axes;
  const asked = Object.entries(given).filter(([name, value]) => value !== undefined && !isTold(name, value, record)).sort();
  const hash = await sha256(new TextEncoder().encode(JSON.stringify({ run, subject, asked })));
  return [command, run.mesh.name, run.classifier.name, hash.slice(0, 8)].join("-").replaceAll(/[^A-Za-z0-9._-]/g, "_");
}

/** Whether an option says nothing that the record's head and subject do not say, or what would hold without it. */
function isTold(name: string, value: unknown, record: MapRecord | GrowRecord): boolean {
  if (SHOWN.has(name) || NEUTRAL.has(name) || STANDARD[name] === value) return true;
  return record.command === "grow" && record.regions.some(({ options }) => options[name] === value);
}
