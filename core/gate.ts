import { InputError } from "./errors.ts";
import { type GateMeasure, type GateRow, gateRows, type GateRun } from "./gate_rows.ts";

/** What runs are asked for: shares of 1 and scores. Each is asked of all that it can be asked of, see {@linkcode GateMeasure}. */
export interface GateDemands {
  /** Least share of the semantic space that a region covers which holds. */
  readonly volume?: number;
  /** Least share of regions that hold. */
  readonly holds?: number;
  /** Least share of regions for which that is certain. */
  readonly confirmed?: number;
  /** Least mean score. */
  readonly mean?: number;
  /** Least score of any point. */
  readonly worst?: number;
  /** Largest share of bad points. */
  readonly bad?: number;
  /** How much less than in the baseline the volume may be, or of a map the mean. */
  readonly drop?: number;
}

/** How runs are judged. */
export interface GateOptions {
  /** What is asked. */
  readonly demands: GateDemands;
  /** What `drop` looks back at: as a rule, runs of an earlier network. */
  readonly baseline?: readonly GateRun[];
  /** A point of a map below this is a bad one; regions have a floor of their own. */
  readonly floor: number;
  /** Whether each class of a study is judged too, and not all of them together only. */
  readonly eachClass?: boolean;
}

/** Whether one thing that was measured is as it was asked for. */
export interface GateVerdict {
  /** The run, as it was given. */
  readonly run: string;
  /** Name of the network. */
  readonly network: string;
  /** What of the run: a region, a class, ... */
  readonly subject: string;
  /** What was measured. */
  readonly measure: GateMeasure;
  /** What came out; NaN where it is not known, which meets no demand. */
  readonly value: number;
  /** Which end of what is allowed `limit` is. */
  readonly bound: "at least" | "at most";
  /** What was asked for. */
  readonly limit: number;
  /** Where the limit came from, of a demand that looks back. */
  readonly baseline?: { readonly run: string; readonly value: number };
  /** Whether the value is on the right side of the limit, or on it. */
  readonly met: boolean;
}

/**
 * Judges runs of `grow`, `map` and `study` by what is asked of them: a verdict for each demand and each thing that it can be asked of, in the order
 * of the runs.
 *
 * @throws InputError where a run is not complete, a demand can be asked of no run, or of a run nothing is asked, and where the baseline has not
 * measured the same.
 */
export function judgeRuns(runs: readonly GateRun[], { demands, baseline = [], floor, eachClass }: GateOptions): GateVerdict[] {
  const rowsOf = (run: GateRun) => gateRows(run, { floor, eachClass: eachClass === true });
  const earlier = baseline.flatMap(rowsOf);
  const verdicts = runs.flatMap((run) => {
    const rows = rowsOf(run);
    const own = rows.flatMap((row) => [
      ...MEASURES.flatMap((measure) => verdictOf(row, measure, demands[measure])),
      ...(demands.drop === undefined ? [] : setBack(row, earlier, demands.drop)),
    ]);
    if (own.length === 0) {
      throw new InputError(`Nothing is asked of "${run.name}": a run of ${run.record.command} can be asked for ${known(rows)}`);
    }
    return own;
  });
  for (const measure of MEASURES) {
    if (demands[measure] !== undefined && !verdicts.some((verdict) => verdict.measure === measure)) {
      throw new InputError(`A demand for "${measure}" can be made of none of these runs: leave it out`);
    }
  }
  return verdicts;
}

const MEASURES: readonly GateMeasure[] = ["volume", "holds", "confirmed", "mean", "worst", "bad"];

function verdictOf({ run, network, subject, measures }: GateRow, measure: GateMeasure, limit: number | undefined): GateVerdict[] {
  const value = measures[measure];
  if (value === undefined || limit === undefined) return [];
  const isLeast = measure !== "bad";
  return [{
    ...{ run, network, subject, measure, value },
    bound: isLeast ? "at least" : "at most",
    limit,
    met: isLeast ? value >= limit : value <= limit,
  }];
}

/** Compares a row with that of the baseline. */
function setBack(row: GateRow, earlier: readonly GateRow[], drop: number): GateVerdict[] {
  const measure = (["volume", "mean"] as const).find((name) => row.measures[name] !== undefined);
  if (measure === undefined) return [];
  const same = earlier.filter(({ subject, measures }) => subject === row.subject && measures[measure] !== undefined);
  const networks = new Set(same.map(({ network }) => network));
  const found = same.find(({ network }) => network === row.network) ?? (networks.size === 1 ? same[0] : undefined);
  if (found === undefined) {
    throw new InputError(
      networks.size > 1
        ? `The baseline has "${row.subject}" by ${[...networks].join(", ")}, and none of them is ${row.network}: give runs of one of them`
        : `The baseline has no "${row.subject}", which "${row.run}" has: make it with the same options`,
    );
  }
  for (const [part, value] of Object.entries(row.setting)) {
    if (found.setting[part] !== value) {
      throw new InputError(`"${row.run}" and "${found.run}" cannot be compared: their ${part} differ, make both with the same options`);
    }
  }
  const value = found.measures[measure]!;
  return verdictOf(row, measure, Math.max(0, value - drop)).map((verdict) => ({ ...verdict, baseline: { run: found.run, value } }));
}

function known(rows: readonly GateRow[]): string {
  const names = MEASURES.filter((measure) => rows.some(({ measures }) => measures[measure] !== undefined));
  return names.join(", ");
}
