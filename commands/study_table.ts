import type { StudyRecord } from "../core/record.ts";
import { table } from "./region_table.ts";

/** A study as the paper's table 2, for people: SRVR in percent with its interval, by method, what holds, and errors where the cards tell them. */
export function describeStudy(record: StudyRecord): string {
  const { networks, methods, check, complete, target } = record;
  const header = [
    "network",
    `SRVR % [${Math.round(100 * check.confidence)}%]`,
    ...(methods.length > 1 ? methods.map(({ name }) => name) : []),
    "holding",
    "hold",
    "at border",
    "regions",
    "top-1 error",
    "top-5 error",
  ];
  const rows = networks.map(({ name, accuracy, byMethod, ...measure }) => [
    name,
    `${percent(measure.srvr)} [${percent(measure.srvrLow)}, ${percent(measure.srvrHigh)}]`,
    ...(methods.length > 1 ? methods.map((method) => percent(byMethod[method.name].srvr)) : []),
    percent(measure.srvrHolding),
    percent(measure.holds, 0),
    percent(measure.atBorder, 0),
    String(measure.regions),
    accuracy === null ? "" : percent(1 - accuracy.top1),
    accuracy?.top5 == null ? "" : percent(1 - accuracy.top5),
  ]);
  return [
    `${target} regions of ${methods.map(({ name }) => name).join(", ")}${complete ? "" : " (not complete)"}`,
    table([header, ...rows]),
    ...rankings(record),
  ].join("\n");
}

/** The order of the networks, where there are several; by method where methods disagree. */
function rankings({ ranking, rankingByMethod }: StudyRecord): string[] {
  if (ranking.length < 2) return [];
  const orders = Object.entries(rankingByMethod).filter(([, order]) => order.join() !== ranking.join());
  return [`order: ${ranking.join(" > ")}`, ...orders.map(([method, order]) => `order by ${method}: ${order.join(" > ")}`)];
}

function percent(share: number, digits = 2): string {
  return Number.isNaN(share) ? "-" : (100 * share).toFixed(digits);
}
