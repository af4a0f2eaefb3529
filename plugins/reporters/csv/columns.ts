import type { RegionRecord } from "../../../core/record.ts";
import type { Axis } from "../../../core/semantic_space.ts";
import type { Value } from "./format.ts";

/** Name and content of a column of a table with a row an item. */
export type Column<Item> = readonly [name: string, value: (item: Item) => Value];

/** A table as rows, the names of its columns first. */
export function rowsOf<Item>(columns: readonly Column<Item>[], items: readonly Item[]): Value[][] {
  return [columns.map(([name]) => name), ...items.map((item) => columns.map(([, value]) => value(item)))];
}

/** The columns of regions: those that all have, then the options and facts of their methods. */
export function regionColumns(space: readonly Axis[], regions: readonly RegionRecord[]): Column<RegionRecord>[] {
  return [
    ["method", ({ method }) => method],
    ["target", ({ target }) => target],
    ...space.map(({ name }, axis): Column<RegionRecord> => [`initial_${name}`, ({ initialPoint }) => initialPoint[axis]]),
    ["initial_score", ({ initialScore }) => initialScore],
    ...space.flatMap(({ name }, axis): Column<RegionRecord>[] => [[`a_${name}`, ({ a }) => a[axis]], [`b_${name}`, ({ b }) => b[axis]]]),
    ["volume", ({ volume }) => volume],
    ["volume_ratio", ({ volumeRatio }) => volumeRatio],
    ["steps", ({ steps }) => steps],
    ["evaluations", ({ evaluations }) => evaluations],
    ["gradient_evaluations", ({ gradientEvaluations }) => gradientEvaluations],
    ["gradients", ({ gradients }) => gradients],
    ["stopped", ({ stopped }) => stopped],
    ...CHECK_COLUMNS,
    ...(regions.some(({ largest }) => largest !== undefined) ? LARGEST_COLUMNS : []),
    ...(regions.some(({ traps }) => traps !== undefined) ? TRAP_COLUMNS : []),
    ...namesOf(regions.map(({ options }) => options)).map((
      name,
    ): Column<RegionRecord> => [`option_${name}`, ({ options }) => options[name]]),
    ...factColumns(regions),
  ];
}

const CHECK_COLUMNS: readonly Column<RegionRecord>[] = [
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
  ["check_threshold_bad_share", ({ check }) => check?.thresholds.badShare],
  ["check_contains_initial_point", ({ check }) => check?.containsInitialPoint],
  ["check_holds", ({ check }) => check?.holds],
  ["check_verdict", ({ check }) => check?.verdict],
];

const LARGEST_COLUMNS: readonly Column<RegionRecord>[] = [["share_of_largest", ({ largest }) => largest?.share]];

const TRAP_COLUMNS: readonly Column<RegionRecord>[] = [
  ["traps", ({ traps }) => traps?.length],
  ["deepest_trap_score", ({ traps }) => traps?.[0]?.score],
  ["traps_share", ({ traps }) => traps?.reduce((sum, { share }) => sum + share, 0)],
];

/** All names that occur, in alphabetical order. */
function namesOf(objects: readonly Readonly<Record<string, unknown>>[]): string[] {
  return [...new Set(objects.flatMap((object) => Object.keys(object)))].sort();
}

/** The facts of methods; of one with parts, each part has a column: `fact_test_mean`, and `fact_sides_1` of a list. */
function factColumns(regions: readonly RegionRecord[]): Column<RegionRecord>[] {
  const facts = new Map(regions.map((region) => [region, Object.fromEntries(partsOf("fact", region.facts))]));
  return namesOf([...facts.values()]).map((name) => [name, (region) => facts.get(region)?.[name]]);
}

function partsOf(name: string, fact: unknown): [name: string, value: Value][] {
  if (typeof fact !== "object" || fact === null) return [[name, fact as Value]];
  const parts = Array.isArray(fact) ? fact.map((part, i) => [String(i + 1), part] as const) : Object.entries(fact);
  return parts.flatMap(([part, value]) => partsOf(`${name}_${part}`, value));
}
