import type { MapRecord, RegionRecord } from "../../../core/record.ts";
import type { RunRecord } from "../../../core/reporter.ts";
import { stridesOf } from "../../../core/shape.ts";
import type { BiasRecord, StudyRecord } from "../../../core/study_record.ts";
import { type Column, regionColumns, rowsOf } from "./columns.ts";
import type { Value } from "./format.ts";

/** A table of a record. */
export interface Table {
  /** Name of its file, without an ending. */
  readonly name: string;
  /** The names of the columns first. */
  readonly rows: readonly (readonly Value[])[];
}

/** The tables of a record: one row a point of a map, one row a region, one row a measure of a study. */
export function tablesOf(record: RunRecord): Table[] {
  switch (record.command) {
    case "map":
      return [{ name: "map", rows: mapRows(record) }];
    case "grow":
      return [{ name: "regions", rows: rowsOf(regionColumns(record.run.space, record.regions), record.regions) }];
    case "study":
      return [{ name: "srvr", rows: measureRows(record) }, { name: "regions", rows: studyRegionRows(record) }];
    case "bias":
      return [{ name: "data_maps", rows: dataMapRows(record) }, { name: "regions", rows: globalRegionRows(record) }];
  }
}

/** The coordinates of each point of a lattice, in the order of its scores. */
function pointOf(axes: MapRecord["axes"]): (index: number) => number[] {
  const strides = stridesOf(axes.map(({ values }) => values.length));
  return (index) => axes.map(({ values }, axis) => values[Math.floor(index / strides[axis]) % values.length]);
}

function mapRows({ axes, scores, gradients }: MapRecord): Value[][] {
  const point = pointOf(axes);
  const n = axes.length;
  const slopes = (index: number) => gradients?.values.slice(index * n, (index + 1) * n) ?? [];
  const names = axes.map(({ name }) => name);
  return [
    [...names, "score", ...(gradients === undefined ? [] : names.map((name) => `gradient_${name}`))],
    ...scores.map((score, index) => [...point(index), score, ...slopes(index)]),
  ];
}

/** A row a network: of all classes and methods (empty cells), of each method, of each class, and of each method of each class. */
function measureRows({ networks }: StudyRecord): Value[][] {
  const rows = networks.flatMap((network) => {
    const groups = ([["", network], ...Object.entries(network.byClass)] as const).flatMap(([of, group]) => [
      { class: of, method: "", measure: group },
      ...Object.entries(group.byMethod).map(([method, measure]) => ({ class: of, method, measure })),
    ]);
    return groups.map((group) => ({ network, ...group }));
  });
  const columns: Column<typeof rows[number]>[] = [
    ["network", ({ network }) => network.name],
    ["class", (row) => row.class],
    ["method", ({ method }) => method],
    ["srvr", ({ measure }) => measure.srvr],
    ["srvr_low", ({ measure }) => measure.srvrLow],
    ["srvr_high", ({ measure }) => measure.srvrHigh],
    ["srvr_holding", ({ measure }) => measure.srvrHolding],
    ["srvr_holding_low", ({ measure }) => measure.srvrHoldingLow],
    ["srvr_holding_high", ({ measure }) => measure.srvrHoldingHigh],
    ["regions", ({ measure }) => measure.regions],
    ["mean_ratio", ({ measure }) => measure.meanRatio],
    ["median_ratio", ({ measure }) => measure.medianRatio],
    ["holds", ({ measure }) => measure.holds],
    ["confirmed", ({ measure }) => measure.confirmed],
    ["bad_share", ({ measure }) => measure.badShare],
    ["at_border", ({ measure }) => measure.atBorder],
    ["evaluations", ({ measure }) => measure.evaluations],
    ["gradient_evaluations", ({ measure }) => measure.gradientEvaluations],
    ["top1", ({ network }) => network.accuracy?.top1],
    ["top5", ({ network }) => network.accuracy?.top5],
  ];
  return rowsOf(columns, rows);
}

function studyRegionRows({ run: { space }, results }: StudyRecord): Value[][] {
  const rows = results.flatMap(({ regions, ...subject }) => regions.map((region) => ({ subject, region })));
  type Row = typeof rows[number];
  return rowsOf<Row>([
    ["network", ({ subject }) => subject.network],
    ["class", ({ subject }) => subject.class],
    ["shape", ({ subject }) => subject.shape],
    ...ofRegion<Row>(regionColumns(space, rows.map(({ region }) => region))),
  ], rows);
}

function dataMapRows({ axes, networks, classes }: BiasRecord): Value[][] {
  const point = pointOf(axes);
  return [
    ["class", ...axes.map(({ name }) => name), "mean", "deviation", "network_deviation", ...networks.map(({ name }) => `score_${name}`)],
    ...classes.flatMap(({ name, mean, deviation, networkDeviation, networks }) =>
      mean.map((score, i) => [name, ...point(i), score, deviation[i], networkDeviation[i], ...networks.map(({ scores }) => scores[i])])
    ),
  ];
}

function globalRegionRows({ run: { space }, networks, classes }: BiasRecord): Value[][] {
  const rows = classes.flatMap((of) => of.regions.map((region) => ({ of, region })));
  type Row = typeof rows[number];
  return rowsOf<Row>([
    ["class", ({ of }) => of.name],
    ...ofRegion<Row>(regionColumns(space, rows.map(({ region }) => region))),
    ...networks.map(({ name }, i): Column<Row> => [`mean_${name}`, ({ region }) => region.networkMeans[i]]),
  ], rows);
}

function ofRegion<Row extends { readonly region: RegionRecord }>(columns: readonly Column<RegionRecord>[]): Column<Row>[] {
  return columns.map(([name, value]): Column<Row> => [name, ({ region }) => value(region)]);
}
