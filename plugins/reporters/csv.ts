import type { GrowRecord, MapRecord, RegionRecord } from "../../core/record.ts";
import type { Reporter } from "../../core/reporter.ts";

/** What stands in a cell; nothing where it is unknown. */
type Value = string | number | boolean | null | undefined;

/** Name and content of a column of a table with a row a region. */
type Column = readonly [name: string, value: (region: RegionRecord) => Value];

/** Tables for spreadsheets and pandas, RFC 4180: one row a point of a map, or one row a region. */
export const csv: Reporter = {
  kind: "reporter",
  name: "csv",
  description: "Tables as CSV: one row a point of a map, one row a region",
  report(record) {
    const [name, rows] = record.command === "map" ? ["map.csv", mapRows(record)] as const : ["regions.csv", regionRows(record)] as const;
    return Promise.resolve([{ name, bytes: new TextEncoder().encode(formatCsv(rows)) }]);
  },
};

/** Rows as RFC 4180 has them: lines end in CR LF, and what holds a comma, a quote or a line break is quoted. Unknown numbers are left empty. */
export function formatCsv(rows: readonly (readonly Value[])[]): string {
  return rows.map((row) => row.map(formatCell).join(",") + "\r\n").join("");
}

function formatCell(value: Value): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function mapRows({ axes, scores }: MapRecord): Value[][] {
  const strides = axes.map((_, axis) => axes.slice(axis + 1).reduce((product, { values }) => product * values.length, 1));
  const point = (index: number) => axes.map(({ values }, axis) => values[Math.floor(index / strides[axis]) % values.length]);
  return [[...axes.map(({ name }) => name), "score"], ...scores.map((score, index) => [...point(index), score])];
}

function regionRows({ run: { space }, regions }: GrowRecord): Value[][] {
  const columns: Column[] = [
    ["method", ({ method }) => method],
    ["target", ({ target }) => target],
    ...space.map(({ name }, axis): Column => [`initial_${name}`, ({ initialPoint }) => initialPoint[axis]]),
    ["initial_score", ({ initialScore }) => initialScore],
    ...space.flatMap(({ name }, axis): Column[] => [[`a_${name}`, ({ a }) => a[axis]], [`b_${name}`, ({ b }) => b[axis]]]),
    ["volume", ({ volume }) => volume],
    ["volume_ratio", ({ volumeRatio }) => volumeRatio],
    ["steps", ({ steps }) => steps],
    ["evaluations", ({ evaluations }) => evaluations],
    ["gradient_evaluations", ({ gradientEvaluations }) => gradientEvaluations],
    ["gradients", ({ gradients }) => gradients],
    ["stopped", ({ stopped }) => stopped],
    ...CHECK_COLUMNS,
    ...namesOf(regions.map(({ options }) => options)).map((name): Column => [`option_${name}`, ({ options }) => options[name]]),
    ...namesOf(regions.map(({ facts }) => facts)).map((name): Column => [`fact_${name}`, ({ facts }) => scalar(facts[name])]),
  ];
  return [columns.map(([name]) => name), ...regions.map((region) => columns.map(([, value]) => value(region)))];
}

const CHECK_COLUMNS: readonly Column[] = [
  ["check_samples", ({ check }) => check?.samples],
  ["check_mean", ({ check }) => check?.mean],
  ["check_mean_low", ({ check }) => check?.meanLow],
  ["check_mean_high", ({ check }) => check?.meanHigh],
  ["check_variance", ({ check }) => check?.variance],
  ["check_variance_high", ({ check }) => check?.varianceHigh],
  ["check_minimum", ({ check }) => check?.minimum],
  ["check_bad_share", ({ check }) => check?.badShare],
  ["check_bad_share_high", ({ check }) => check?.badShareHigh],
  ["check_confidence", ({ check }) => check?.confidence],
  ["check_threshold_mean", ({ check }) => check?.thresholds.mean],
  ["check_threshold_variance", ({ check }) => check?.thresholds.variance],
  ["check_threshold_floor", ({ check }) => check?.thresholds.floor],
  ["check_contains_initial_point", ({ check }) => check?.containsInitialPoint],
  ["check_holds", ({ check }) => check?.holds],
  ["check_verdict", ({ check }) => check?.verdict],
];

/** All names that occur, in alphabetical order. */
function namesOf(objects: readonly Readonly<Record<string, unknown>>[]): string[] {
  return [...new Set(objects.flatMap((object) => Object.keys(object)))].sort();
}

/** A fact as it can stand in a cell; what has parts is written as JSON. */
function scalar(fact: unknown): Value {
  if (fact === undefined || fact === null || typeof fact === "number" || typeof fact === "boolean" || typeof fact === "string") return fact;
  return JSON.stringify(fact);
}
