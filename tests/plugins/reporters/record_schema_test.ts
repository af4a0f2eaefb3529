import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { InputError } from "../../../core/errors.ts";
import { formatJson } from "../../../plugins/reporters/json.ts";
import { readRecord } from "../../../plugins/reporters/record_schema.ts";
import { AZIMUTH, ELEVATION, growRecord, mapRecord, region, trap } from "./record_parts.ts";
import { RECORDS } from "./records.ts";
import { biasRecord, studyRecord } from "./study_records.ts";

Deno.test("readRecord() gives back every record that was written", () => {
  for (const [title, record] of Object.entries(RECORDS)) {
    if (title.includes("nasty")) continue;
    assertEquals(readRecord(formatJson(record)), record, title);
  }
});

Deno.test("readRecord() keeps a strange name as JSON keeps it", () => {
  const record = RECORDS["map of a class with a nasty name"];
  assertEquals(readRecord(formatJson(record)).run, JSON.parse(JSON.stringify(record.run)));
});

const MAP = mapRecord([AZIMUTH, ELEVATION], [4, 3]);
const STUDY = studyRecord([AZIMUTH, ELEVATION], [4, 3]);
const BIAS = biasRecord([AZIMUTH, ELEVATION], [4, 3]);
const GROWTH = growRecord([AZIMUTH, ELEVATION], [region({ a: [1, 2], b: [3, 4] })]);

/** The text of a record with one of its fields, given by its path, replaced. */
function changed(record: object, path: string, value: unknown): string {
  const copy: Record<string, unknown> = JSON.parse(JSON.stringify(record));
  const names = path.split(".");
  let target = copy;
  for (const name of names.slice(0, -1)) target = target[name] as Record<string, unknown>;
  target[names[names.length - 1]] = value;
  return JSON.stringify(copy);
}

Deno.test("readRecord() refuses what is no record, or does not fit together, with one line that names it", () => {
  const [slice] = GROWTH.backdrop?.slices ?? [];
  const cases: [string, string][] = [
    ["", "must be JSON"],
    ["{", "must be JSON"],
    ["[]", "is no record"],
    ["null", "is no record"],
    [changed(MAP, "command", "dream"), "command"],
    [changed(MAP, "run.version", 99), "must be of version 1: current version is 99"],
    [changed(MAP, "run.space", []), "at least one parameter"],
    [changed(MAP, "run.space.0.low", 400), 'Range of "azimuth"'],
    [changed(MAP, "scores", [1, 2]), "must have 12 scores: it has 2"],
    [changed(MAP, "scores.3", "high"), "scores.3"],
    [changed(MAP, "shape", [3, 4]), 'axis "azimuth" must have 3 values: it has 4'],
    [changed(MAP, "axes", MAP.axes.slice(1)), "must have 2 axes"],
    [changed(GROWTH, "regions.0.a", [1]), "bounds of region 1 must have 2 numbers"],
    [changed(GROWTH, "regions.0.a", [5, 2]), "lower bounds of region 1"],
    [changed(GROWTH, "regions.0.a.0", null), "regions.0.a.0"],
    [changed(GROWTH, "regions.0.target", "good"), "regions.0.target"],
    [changed(GROWTH, "regions.0.trace.1.b", []), "bounds of region 1"],
    [changed(GROWTH, "regions.0.check.verdict", 1), "regions.0.check.verdict"],
    [changed(GROWTH, "backdrop.slices", [{ ...slice, axes: [0, 2] }]), "a slice must lie in a space of 2 parameters"],
    [changed(GROWTH, "backdrop.slices", [{ ...slice, scores: [1] }]), "must have 64 scores: it has 1"],
    [changed(GROWTH, "regions.0.traps", [trap([1, 2, 3])]), "bounds of region 1 must have 2 numbers"],
    [
      changed(MAP, "gradients", { source: "exact", values: [1] }),
      "gradients of 12 points over 2 parameters must be 24 numbers: they are 1",
    ],
    [changed(MAP, "gradients", { source: "guess", values: [] }), "gradients.source"],
    [changed(STUDY, "results.0.network", "other"), 'it has no network "other"'],
    [changed(STUDY, "results.0.shape", "other"), 'its class "cup" has no shape "other"'],
    [changed(STUDY, "results.1.scores", [1]), "must have 12 scores: it has 1"],
    [changed(STUDY, "map", null), "it has scores of maps but not their lattice"],
    [changed(STUDY, "points", [[1]]), "initial points must have 2 numbers"],
    [changed(STUDY, "networks.1.byMethod.slab.srvr", "much"), "networks.1.byMethod.slab.srvr"],
    [changed(BIAS, "classes.0.mean", [1]), "must have 12 scores: it has 1"],
    [changed(BIAS, "classes.1.networks", []), 'class "Coffee Mug" must have maps of 3 networks'],
  ];
  for (const [text, message] of cases) {
    const error = assertThrows(() => readRecord(text, 'Record "runs/a/record.json"'), InputError, message);
    assertEquals(error.message.includes("\n"), false);
    if (!message.startsWith("Range") && !message.startsWith("at least")) assertStringIncludes(error.message, 'Record "runs/a/record.json"');
  }
});
