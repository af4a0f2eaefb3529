import { InputError } from "../core/errors.ts";
import { biasRecord } from "../workers/study/bias_record.ts";
import { planUnits } from "../workers/study/items.ts";
import { commonPlan, mergeStores } from "../workers/study/merge_stores.ts";
import { StudyStore } from "../workers/study/store.ts";
import { studyRecord } from "../workers/study/study_record.ts";
import { describeBias } from "./bias_table.ts";
import { makeFolder } from "./files.ts";
import { flag, type OptionValues, repeated, text } from "./options.ts";
import { Progress } from "./progress.ts";
import { openRegistry, PLUGIN_OPTIONS } from "./registry.ts";
import { type CommandContext, type ExitStatus, writeReports } from "./run.ts";
import { STUDY_REPORTERS } from "./study_run.ts";
import { describeStudy } from "./study_table.ts";

/** Options of `study merge`. */
export const options = {
  from: repeated(text("DIR", "run folder of a part of a study, or of data semantic maps")),
  out: text("DIR", "run folder of the whole"),
  ...PLUGIN_OPTIONS,
  json: flag("prints the record on standard output"),
  quiet: flag("no progress and no messages"),
  help: flag("shows this help"),
};

/** Joins the stores of a study that was split, and writes what its record says now. */
export async function run(given: OptionValues<typeof options>, { fail }: CommandContext): Promise<ExitStatus> {
  const { from, out, json, quiet } = given;
  if (out === undefined) throw new InputError("--out is missing: give the run folder of the whole");
  const progress = new Progress({ quiet: quiet === true });
  await using plugins = await openRegistry(given);
  const plan = commonPlan(from);
  const units = await planUnits(plan);
  await makeFolder(out);
  using store = StudyStore.open(out);
  mergeStores(from, store);
  const record = plan.kind === "study"
    ? studyRecord(plan, units, store)
    : await biasRecord(plan, units, { store, method: plugins.registry.get("method", plan.method.name) });
  await writeReports(record, { plugins, folder: out, json, progress, fail, reporters: STUDY_REPORTERS });
  if (!json) console.log(record.command === "study" ? describeStudy(record) : describeBias(record));
  return 0;
}
