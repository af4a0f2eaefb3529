import { assert, assertEquals, assertMatch } from "@std/assert";
import { checkRegion } from "../../core/check.ts";
import { closedForm } from "../../core/closed_form.ts";
import { DEFAULTS } from "../../core/defaults.ts";
import { growRegions } from "../../core/growth.ts";
import { createLattice, sampleMap } from "../../core/lattice_map.ts";
import { type GrowRecord, type MapRecord, RECORD_VERSION, type RunHead } from "../../core/record.ts";
import { toRegionRecord } from "../../core/region_record.ts";
import type { Reporter, ReportFile, RunRecord } from "../../core/reporter.ts";
import { type Axis, SemanticSpace } from "../../core/semantic_space.ts";
import { naive } from "../methods/naive.ts";
import { type Requirement, Requirements } from "./requirement.ts";

/** What a reporter is tried on. */
export interface ReporterCase {
  /** Records by what is special about them. */
  readonly records: Readonly<Record<string, RunRecord>>;
  /** Looks at a file: throws what is wrong with it. */
  readonly checkFile?: (file: ReportFile) => void | Promise<void>;
}

/** What every reporter must obey, for a table of records. */
export function reporterConformance(reporter: Reporter, { records, checkFile }: ReporterCase): Requirement[] {
  const { all, test } = new Requirements();

  test("says what it does", () => {
    assertMatch(reporter.name, /^[a-z][a-z0-9_-]*$/);
    assert(reporter.description.length > 0);
  });

  for (const [title, record] of Object.entries(records)) {
    test(`valid files of: ${title}, the same again, the record untouched`, async () => {
      const files = await reporter.report(frozen(structuredClone(record)));
      assertEquals(new Set(files.map((file) => file.name)).size, files.length, "names must differ");
      for (const file of files) {
        assertMatch(file.name, /^[a-z0-9][a-z0-9_.-]*\.[a-z0-9]+$/, `"${file.name}" must be a file's name in lower case, with an ending`);
        assert(file.name !== "record.json" || reporter.name === "json", "record.json is that of the run: give another name");
        assert(file.bytes instanceof Uint8Array && file.bytes.length > 0, `${file.name} must have bytes`);
        await checkFile?.(file);
      }
      const again = await reporter.report(structuredClone(record));
      assertEquals(again.map((file) => file.name), files.map((file) => file.name), "other files the second time");
      again.forEach(({ name, bytes }, i) => assert(sameBytes(bytes, files[i].bytes), `${name} differs the second time`));
    });
  }

  return all;
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}

/** A record of which nothing can be changed. */
function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** Records as runs on a closed formula give them: maps, whole and broken off, and regions, in spaces of one to three parameters. */
export async function sampleRecords(): Promise<Record<string, RunRecord>> {
  const records: Record<string, RunRecord> = {};
  for (const n of [1, 2, 3]) {
    const space = new SemanticSpace(AXES.slice(0, n));
    const f = closedForm(
      space,
      (point) => 0.95 * Math.exp(-point.reduce((sum, value, k) => sum + ((value - MIDDLE[k]) / SPREAD[k]) ** 2, 0)),
    );
    const lattice = createLattice(space, { counts: space.axes.map(() => 5) });
    const { scores } = await sampleMap(f, lattice);
    const map = (values: readonly number[]): MapRecord => ({
      command: "map",
      run: headOf(space),
      axes: space.axes.map(({ name, unit }, i) => ({ name, unit, values: Array.from(lattice.axes[i]) })),
      shape: lattice.shape,
      scores: values,
      evaluations: values.length,
      complete: !values.some(Number.isNaN),
      summary: { mean: 0.5, minimum: 0, maximum: 0.95 },
    });
    records[`a map over ${n} parameters`] = map(Array.from(scores));
    records[`a map over ${n} parameters that was broken off`] = map(Array.from(scores, (score, i) => i < 2 ? score : NaN));
    const initialPoint = MIDDLE.slice(0, n);
    const regions = await growRegions(f, [{ method: naive, target: "robust", initialPoint, options: { steps: 5, epsilon: 1 } }]);
    const check = await checkRegion(f, regions[0].box, { ...DEFAULTS, initialPoint, samples: 20 });
    const grow = (checked: typeof check): GrowRecord => ({
      command: "grow",
      run: headOf(space),
      regions: regions.map((region) => toRegionRecord(region, { space, initialScore: 0.95, check: checked })),
      backdrop: null,
    });
    records[`a region over ${n} parameters`] = grow(check);
    records[`a region over ${n} parameters without a check`] = grow(null);
    records[`no region over ${n} parameters`] = { ...grow(null), regions: [] };
  }
  return records;
}

const AXES: readonly Axis[] = [
  { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
  { name: "elevation", unit: "degree", low: -10, high: 90 },
  { name: "distance", unit: "unit", low: 2, high: 5 },
];
const MIDDLE = [180, 40, 3];
const SPREAD = [60, 40, 1];

function headOf({ axes }: SemanticSpace): RunHead {
  return {
    version: RECORD_VERSION,
    versions: { orthotope: "0.0.0" },
    space: axes,
    fixed: {},
    classifier: { name: "formula", sha256: "0".repeat(64), width: 1, height: 1, facts: {} },
    mesh: { name: "none", sha256: "0".repeat(64), triangles: 1, colors: "white" },
    class: { index: 0, label: 'cup, "mug" & <saucer>' },
    renderer: "none",
    seed: 0,
  };
}
