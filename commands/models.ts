import { BUILT_IN_NETWORKS } from "../plugins/classifiers/built_in_networks.ts";
import { CATALOG, type CatalogEntry } from "../plugins/classifiers/catalog.ts";
import { pulledPath } from "../workers/pulled_models.ts";
import { flag, type OptionValues } from "./options.ts";
import { table } from "./region_table.ts";
import type { ExitStatus } from "./run.ts";

/** Options of `models` and `models list`. */
export const options = { json: flag("prints the list as JSON"), help: flag("shows this help") };

/** Lists the networks that have names: the built-in ones, and the catalog with what is here of it. */
export async function run({ json }: OptionValues<typeof options>): Promise<ExitStatus> {
  const entries = await Promise.all(CATALOG.map(async (entry) => ({ ...entry, pulled: await isPulled(entry) })));
  if (json) {
    console.log(JSON.stringify({ builtIn: BUILT_IN_NETWORKS.map(({ name }) => name), catalog: entries }, null, 2));
    return 0;
  }
  const header = ["network", "MB", "side", "top-1 error", "top-5 error", "license", "errors are those of", ""];
  const rows = entries.map(({ name, bytes, side, top1Error, top5Error, license, published, pulled }) => [
    name,
    bytes === undefined ? "not pinned" : (bytes / 1e6).toFixed(0),
    String(side),
    `${top1Error.toFixed(2)}%`,
    `${top5Error.toFixed(2)}%`,
    license,
    published,
    pulled ? "pulled" : "",
  ]);
  console.log(`built in: ${BUILT_IN_NETWORKS.map(({ name }) => name).join(", ")}\n`);
  console.log(table([header, ...rows]));
  console.log(`\nFetch one with "deno task models pull NAME", then use it with --classifier NAME`);
  return 0;
}

async function isPulled(entry: CatalogEntry): Promise<boolean> {
  try {
    return (await Deno.stat(pulledPath(entry))).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
