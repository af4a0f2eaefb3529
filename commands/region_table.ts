import type { FalsificationRecord, GrowRecord, RegionRecord } from "../core/record.ts";

/** Regions as a table for people. */
export function describeRegions({ run, regions }: GrowRecord): string {
  const names = run.space.map(({ name }) => name);
  const compared = regions.some(({ largest }) => largest !== undefined);
  const header = [
    "method",
    "target",
    "at",
    ...names,
    "volume",
    ...(compared ? ["of largest"] : []),
    "mean",
    "worst",
    "bad",
    "holds",
    "traps",
    "pictures",
    "stopped",
  ];
  const rows = regions.map((region) => [
    region.method,
    region.target,
    region.initialPoint.map(short).join(","),
    ...names.map((_, i) => `${short(region.a[i])} .. ${short(region.b[i])}`),
    `${(100 * region.volumeRatio).toFixed(2)}%`,
    ...(compared ? [region.largest ? region.largest.share.toFixed(2) : ""] : []),
    ...checkCells(region),
    region.traps === undefined || region.traps === null ? "" : String(region.traps.length),
    String(region.evaluations + region.gradientEvaluations),
    region.stopped,
  ]);
  const searched = regions.flatMap((region) => region.falsification ? [describeSearch(region, region.falsification)] : []);
  const turned = regions.some(({ target }) => target === "adversarial") ? ["Scores of adversarial regions are those of 1 - f"] : [];
  return [`${run.class.label} by ${run.classifier.name}`, table([header, ...rows]), ...turned, ...searched].join("\n");
}

function describeSearch(
  { method, check }: RegionRecord,
  { point, score, sampledScore, search, cuts }: FalsificationRecord,
): string {
  const place = `${score.toFixed(3)} at ${point.map(short).join(", ")}`;
  const found = search === "samples"
    ? `${method}: worst point found ${place}, among the samples`
    : `${method}: worst point found by ${search} ${place}, by samples alone ${sampledScore.toFixed(3)}`;
  if (cuts === 0) return found;
  const after = `${found}, after ${cuts === 1 ? "a cut" : `${cuts} cuts`}`;
  return check !== null && score < check.thresholds.floor ? `${after}, which did not rid the box of bad points` : after;
}

function checkCells({ check, falsification }: RegionRecord): string[] {
  if (check === null) return ["", "", "", ""];
  const { mean, minimum, badShare, holds, verdict } = check;
  const worst = Math.min(minimum, falsification?.score ?? Infinity);
  return [mean.toFixed(3), worst.toFixed(3), `${(100 * badShare).toFixed(1)}%`, `${holds ? "yes" : "no"} (${verdict})`];
}

/** A value of a parameter, to four digits. */
export function short(value: number): string {
  return Number(value.toPrecision(4)).toString();
}

/** Text in columns: the first three flush left, numbers as they come. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd()).join("\n");
}
