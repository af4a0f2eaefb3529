import type { Reporter } from "../../core/reporter.ts";
import { formatCsv } from "./csv/format.ts";
import { tablesOf } from "./csv/tables.ts";

/** Tables for spreadsheets and pandas, RFC 4180: one row a point of a map, one row a region, one row a measure of a study. */
export const csv: Reporter = {
  kind: "reporter",
  name: "csv",
  description: "Tables as CSV: one row a point of a map, one row a region",
  report(record) {
    const encoder = new TextEncoder();
    return Promise.resolve(tablesOf(record).map(({ name, rows }) => ({ name: `${name}.csv`, bytes: encoder.encode(formatCsv(rows)) })));
  },
};
