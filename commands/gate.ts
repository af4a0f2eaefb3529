import { DEFAULTS } from "../core/defaults.ts";
import { InputError } from "../core/errors.ts";
import { type GateDemands, type GateVerdict, judgeRuns } from "../core/gate.ts";
import type { GateRun } from "../core/gate_rows.ts";
import { describeDemand, digits, formatJunit } from "../core/junit.ts";
import { counted } from "../plugins/reporters/figures/words.ts";
import { formatJson } from "../plugins/reporters/json.ts";
import { writeFiles } from "./files.ts";
import { flag, number, type OptionValues, repeated, text } from "./options.ts";
import { Progress } from "./progress.ts";
import { table } from "./region_table.ts";
import { readRuns } from "./report_runs.ts";
import { type ExitStatus, NOT_MET, writeAll } from "./run.ts";

const share = (description: string) => number("X", description, { low: 0, high: 1 });

/** Options of `gate`. */
export const options = {
  run: { ...repeated(text("DIR", "folder of a run of grow, map or study; the name of the option may be left out")), bare: true },
  volume: share("least share of the space that a region covers, of a study its SRVR; what does not hold counts as empty"),
  holds: share("least share of the regions of a run that hold"),
  confirmed: share("least share of the regions of a run that are confirmed to hold"),
  mean: share("least mean score of a map, or of each region"),
  worst: share("least score of any point of a map, or that is known of each region"),
  bad: share("largest share of bad points, of a map, of each region, or of the regions of a study"),
  against: repeated(text("DIR", "folder of the same run by an earlier network, for --drop")),
  drop: share("how much less than in --against the volume may be, or the mean of a map"),
  floor: share(`a point of a map below this is a bad one (default ${DEFAULTS.floor}); regions have that of their run`),
  "each-class": flag("asks the same of each class of a study, besides all together"),
  out: text("DIR", `where gate.json and gate.xml (JUnit) go (default: the run's own folder, ${DEFAULTS.out}/gate of several)`),
  json: flag("prints gate.json on standard output"),
  quiet: flag("no messages"),
  help: flag("shows this help"),
};

/** Judges runs by what is asked of them. Returns {@linkcode NOT_MET} where a demand is not met. */
export async function run(given: OptionValues<typeof options>): Promise<ExitStatus> {
  const progress = new Progress({ quiet: given.quiet === true });
  if (given.run.length === 0) throw new InputError("gate needs the folder of a run, as in: gate runs/new --holds 1");
  const demands = demandsOf(given);
  const runs = await readRuns(given.run);
  const isRead = (command: string) => runs.some(({ record }) => record.command === command);
  if (given.floor !== undefined && !(isRead("map") && given.bad !== undefined)) {
    throw new InputError("--floor is for --bad of maps: regions are judged by the floor of their run");
  }
  if (given["each-class"] && !isRead("study")) throw new InputError("--each-class is for studies: none of these runs is one");
  const verdicts = judgeRuns(runs.map(named), {
    demands,
    baseline: (await readRuns(given.against)).map(named),
    floor: given.floor ?? DEFAULTS.floor,
    eachClass: given["each-class"],
  });
  const met = verdicts.every((verdict) => verdict.met);
  const [json, junit] = [formatJson({ command: "gate", met, demands, verdicts }), formatJunit(verdicts)]
    .map((content) => new TextEncoder().encode(content));
  const folder = given.out ?? (runs.length === 1 ? runs[0].folder : `${DEFAULTS.out}/gate`);
  await writeFiles(folder, [{ name: "gate.json", bytes: json }, { name: "gate.xml", bytes: junit }]);
  progress.say(`Wrote ${folder}/gate.json and gate.xml`);
  if (given.json) await writeAll(json);
  else console.log(describeVerdicts(verdicts));
  return met ? 0 : NOT_MET;
}

/** @throws InputError where nothing is asked, or something without what it needs. */
function demandsOf({ volume, holds, confirmed, mean, worst, bad, drop, against }: OptionValues<typeof options>): GateDemands {
  const demands = { volume, holds, confirmed, mean, worst, bad, drop };
  if ((drop === undefined) !== (against.length === 0)) {
    throw new InputError("--drop says how far a run may fall behind --against: give both");
  }
  const names = Object.keys(demands).map((name) => `--${name}`);
  if (Object.values(demands).every((value) => value === undefined)) {
    throw new InputError(`Nothing is asked: give one of ${names.join(", ")}`);
  }
  return demands;
}

function named({ folder: name, record }: { readonly folder: string; readonly record: GateRun["record"] }): GateRun {
  return { name, record };
}

/** Verdicts as a table for people. */
function describeVerdicts(verdicts: readonly GateVerdict[]): string {
  const header = ["network", "of", "demand", "measured", "met"];
  const rows = verdicts.map((verdict) => {
    const { network, subject, value, met } = verdict;
    return [network, subject, describeDemand(verdict), digits(value), met ? "yes" : "NO"];
  });
  const failed = verdicts.filter(({ met }) => !met).length;
  const last = failed === 0
    ? "All demands are met"
    : `${failed} of ${counted(verdicts.length, "demand")} ${failed === 1 ? "is" : "are"} not met`;
  return `${table([header, ...rows])}\n${last}`;
}
