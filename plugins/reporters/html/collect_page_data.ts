import type { RegionRecord } from "../../../core/record.ts";
import type { RunRecord } from "../../../core/reporter.ts";
import { MAP_RAMP, SPREAD_RAMP } from "../figures/score_ramp.ts";
import { base64Of, type NamedMesh, packMesh } from "./pack_mesh.ts";
import { PACKED_ONE, type PageData, type PageRun, UNKNOWN } from "./page_data.ts";

/** A run with the name under which a page shows it. */
export interface NamedRecord {
  readonly name: string;
  readonly record: RunRecord;
}

/** Rows of all traces of a page together, and of one. */
const TRACE_ROWS = 40_000;
const MOST_ROWS = 160;

/** What a page shows of runs. Without its mesh a run has maps and tables, but no pictures. */
export function collectPageData(
  runs: readonly NamedRecord[],
  { title, meshes }: { readonly title: string; readonly meshes: readonly NamedMesh[] },
): PageData {
  const regions = runs.reduce((sum, { record }) => sum + countRegions(record), 0);
  const rows = Math.min(MOST_ROWS, Math.max(2, Math.floor(TRACE_ROWS / Math.max(regions, 1))));
  return {
    title,
    runs: runs.map(({ name, record }) => ({ name, record: thinned(record, rows) })),
    meshes: meshes.map(packMesh),
    ramps: { score: MAP_RAMP.table.toBase64(), spread: SPREAD_RAMP.table.toBase64() },
  };
}

function countRegions(record: RunRecord): number {
  if (record.command === "map") return 0;
  if (record.command === "grow") return record.regions.length;
  const groups = record.command === "study" ? record.results : record.classes;
  return groups.reduce((sum, { regions }) => sum + regions.length, 0);
}

/** A record with at most so many rows a trace, and without what pages do not show. */
function thinned(record: RunRecord, rows: number): PageRun["record"] {
  const thin = <Region extends RegionRecord>(region: Region): Region => ({ ...region, trace: thinTrace(region.trace, rows) });
  switch (record.command) {
    case "map":
      return record;
    case "grow":
      return { ...record, regions: record.regions.map(thin) };
    case "bias":
      return { ...record, classes: record.classes.map((of) => ({ ...of, regions: of.regions.map(thin) })) };
    case "study":
      return {
        ...record,
        results: record.results.map(({ scores, ...result }) => ({
          ...result,
          regions: result.regions.map(thin),
          packed: scores === null ? null : packScores(scores),
        })),
      };
  }
}

/** Rows at even distances, with the first and the last, at seven digits: enough for a drawing. */
export function thinTrace(trace: RegionRecord["trace"], most: number): RegionRecord["trace"] {
  const count = Math.min(trace.length, most);
  const short = (values: readonly number[]) => values.map((value) => Number(value.toPrecision(7)));
  return Array.from({ length: count }, (_, i) => trace[count === 1 ? 0 : Math.round(i * (trace.length - 1) / (count - 1))])
    .map(({ step, a, b, loss }) => ({ step, a: short(a), b: short(b), loss: Number(loss.toPrecision(7)) }));
}

function packScores(scores: readonly number[]): string {
  const packed = Uint16Array.from(scores, (score) => Number.isNaN(score) ? UNKNOWN : Math.round(score * PACKED_ONE));
  return base64Of(packed);
}
