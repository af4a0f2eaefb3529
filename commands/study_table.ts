import type { Measure } from "../core/measures.ts";
import type { StudyRecord } from "../core/study_record.ts";
import { table } from "./region_table.ts";

/** A study as the paper's table 2, for people: SRVR in percent with its interval, by method, what holds, and errors where the cards tell them. */
export function describeStudy(record: StudyRecord): string {
  const { networks, methods, check, complete, target } = record;
  const several = methods.length > 1;
  const header = [
    "network",
    `SRVR % [${Math.round(100 * check.confidence)}%]`,
    ...(several ? methods.map(({ name }) => name) : []),
    "SRVR % holding [same]",
    "hold %",
    "bad %",
    "at border %",
    "regions",
    "top-1 error %",
    "top-5 error %",
  ];
  const rows = networks.map(({ name, accuracy, byMethod, ...measure }) => [
    name,
    `${percent(measure.srvr)} [${percent(measure.srvrLow)}, ${percent(measure.srvrHigh)}]`,
    ...(several ? methods.map((method) => percent(byMethod[method.name].srvr)) : []),
    ...holdingCells(measure, true),
    accuracy === null ? "" : percent(1 - accuracy.top1),
    accuracy?.top5 == null ? "" : percent(1 - accuracy.top5),
  ]);
  return [
    `${target} regions of ${methods.map(({ name }) => name).join(", ")}${complete ? "" : `: a part, ${describePart(record)}`}`,
    table([header, ...rows]),
    ...(several ? [methodTable(record)] : []),
    ...(complete ? rankings(record) : []),
  ].join("\n");
}

/** What holds of the regions, by network and method. */
function methodTable({ networks, methods }: StudyRecord): string {
  const rows = networks.flatMap(({ name, byMethod }) =>
    methods.map((method) => [name, method.name, percent(byMethod[method.name].srvr), ...holdingCells(byMethod[method.name])])
  );
  return table([["network", "method", "SRVR %", "SRVR % holding", "hold %", "bad %", "at border %", "regions"], ...rows]);
}

function holdingCells(
  { srvrHolding, srvrHoldingLow = NaN, srvrHoldingHigh = NaN, holds, badShare = NaN, atBorder, regions }: Measure,
  isWhole = false,
): string[] {
  const interval = isWhole ? ` [${percent(srvrHoldingLow)}, ${percent(srvrHoldingHigh)}]` : "";
  return [percent(srvrHolding) + interval, percent(holds, 0), percent(badShare, 1), percent(atBorder, 0), String(regions)];
}

/** What there is of a study that is not complete: networks may lack different shapes, so that nothing says which is ahead. */
function describePart({ networks, classes, results }: StudyRecord): string {
  const all = networks.length * classes.reduce((sum, { shapes }) => sum + shapes.length, 0);
  return `${results.length} of ${all} pairs of network and shape, of which no order follows`;
}

/** The order of the networks, where there are several; by method where methods disagree. */
function rankings({ ranking, rankingHolding = ranking, rankingByMethod, differences, check }: StudyRecord): string[] {
  if (ranking.length < 2) return [];
  const intervals = ranking.slice(1).map((name, i) => differences.find(({ first, second }) => isPair([first, second], [ranking[i], name])));
  const signs = intervals.map((interval) => interval !== undefined && interval.low <= 0 && interval.high >= 0 ? "~" : ">");
  const confidence = Math.round(100 * check.confidence);
  const notes = [
    ...(signs.includes("~") ? [`~: the ${confidence}% interval of the difference of the two contains 0`] : []),
    ...(intervals.some((interval) => !Number.isFinite(interval?.low)) ? ["one shape and one point give no intervals"] : []),
  ];
  const order = ranking.map((name, i) => i === 0 ? name : `${signs[i - 1]} ${name}`).join(" ");
  const orders = Object.entries(rankingByMethod).filter(([, order]) => order.join() !== ranking.join());
  const held = rankingHolding.join() === ranking.join() ? [] : [["regions that hold", rankingHolding] as const];
  return [
    `order: ${order}${notes.length === 0 ? "" : ` (${notes.join("; ")})`}`,
    ...[...held, ...orders].map(([by, order]) => `order by ${by}, without intervals: ${order.join(" > ")}`),
  ];
}

function isPair([first, second]: readonly string[], pair: readonly string[]): boolean {
  return first !== second && pair.includes(first) && pair.includes(second);
}

function percent(share: number, digits = 2): string {
  return Number.isNaN(share) ? "-" : (100 * share).toFixed(digits);
}
