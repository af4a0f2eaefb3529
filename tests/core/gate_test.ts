import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { InputError } from "../../core/errors.ts";
import { type GateDemands, type GateOptions, judgeRuns } from "../../core/gate.ts";
import { formatJunit } from "../../core/junit.ts";
import type { RegionRecord } from "../../core/record.ts";
import type { RunRecord } from "../../core/reporter.ts";
import { AZIMUTH, check, ELEVATION, falsification, growRecord, mapRecord, region } from "../plugins/reporters/record_parts.ts";
import { biasRecord, studyRecord } from "../plugins/reporters/study_records.ts";

const SPACE = [AZIMUTH, ELEVATION];

function judge(record: RunRecord, demands: GateDemands, options: Partial<GateOptions> = {}) {
  return judgeRuns([{ name: "new", record }], { demands, floor: 0.35, ...options });
}

function facts(record: RunRecord, demands: GateDemands, options: Partial<GateOptions> = {}) {
  return judge(record, demands, options).map(({ subject, measure, value, met }) => [subject, measure, value, met]);
}

function grown(...regions: readonly Partial<RegionRecord>[]) {
  return growRecord(SPACE, regions.map((given) => region({ a: [100, 20], b: [160, 40], initialPoint: [130, 30], ...given })));
}

function assertRefused(judged: () => unknown, message: string) {
  assertStringIncludes(assertThrows(judged, InputError).message, message);
}

Deno.test("judgeRuns() asks each region for its volume, which is 0 where it does not hold, and the run for how many hold", () => {
  const record = grown({ volumeRatio: 0.25 }, { volumeRatio: 0.5, check: check(false), initialPoint: [140, 35], target: "adversarial" });
  const [one, two] = ["cup, cup.obj at 130,30 by slab", "cup, cup.obj at 140,35 by slab, adversarial"];
  assertEquals(facts(record, { volume: 0.25, holds: 0.6, confirmed: 0.5 }), [
    [one, "volume", 0.25, true],
    [two, "volume", 0, false],
    ["cup, cup.obj, all regions", "holds", 0.5, false],
    ["cup, cup.obj, all regions", "confirmed", 0.5, true],
  ]);
});

Deno.test("judgeRuns() takes the worst point that a search found, and the share of bad points at most", () => {
  const record = grown({ falsification: falsification([130, 30], { score: 0.05 }) });
  const [subject] = ["cup, cup.obj at 130,30 by slab"];
  assertEquals(facts(record, { worst: 0.1, bad: 0.125, mean: 0.95 }), [
    [subject, "mean", 0.95, true],
    [subject, "worst", 0.05, false],
    [subject, "bad", 0.125, true],
  ]);
});

Deno.test("judgeRuns() finds that what is not known meets no demand", () => {
  const verdicts = judge(grown({ check: null }), { volume: 0, holds: 0, bad: 1 });
  assertEquals(verdicts.map(({ value, met }) => [value, met]), Array(3).fill([NaN, false]));
});

Deno.test("judgeRuns() judges a map by its mean, its lowest score and the share below the floor", () => {
  const record = mapRecord(SPACE, [2, 2], { score: ([azimuth, elevation]) => azimuth === 0 ? 1 : elevation < 0 ? 0.25 : 0.75 });
  const subject = "cup, cup.obj";
  assertEquals(facts(record, { mean: 0.75, worst: 0.3, bad: 0.25 }), [
    [subject, "mean", 0.75, true],
    [subject, "worst", 0.25, false],
    [subject, "bad", 0.25, true],
  ]);
  assertEquals(facts(record, { bad: 0.25 }, { floor: 0.8 }), [[subject, "bad", 0.5, false]]);
});

Deno.test("judgeRuns() judges all classes of a study together, each too where that is wanted, by the SRVR of what holds", () => {
  const record = studyRecord(SPACE, [3, 2]);
  assertEquals(facts(record, { volume: 0.05 }).map(([, , value, met]) => [value, met]), [
    ...[[0.02, false], [0.04, false], [0.06, true], [0.08, true]],
  ]);
  const each = judge(record, { bad: 0.1 }, { eachClass: true });
  assertEquals(each.slice(0, 4).map(({ network, subject }) => `${network}: ${subject}`), [
    ...["alexnet: all classes", "alexnet: cup", "alexnet: chair", "vgg: all classes"],
  ]);
});

Deno.test("judgeRuns() lets a run fall behind its baseline by no more than the drop, whatever the two networks are called", () => {
  const was = grown({ volumeRatio: 0.5 });
  const old = { ...was, run: { ...was.run, classifier: { ...was.run.classifier, name: "old" } } };
  const against = (volumeRatio: number) => judge(grown({ volumeRatio }), { drop: 0.125 }, { baseline: [{ name: "old", record: old }] });
  const [verdict, ...more] = against(0.375);
  assertEquals([verdict.limit, verdict.met, verdict.baseline, more.length], [0.375, true, { run: "old", value: 0.5 }, 0]);
  assertEquals(against(0.37)[0].met, false);
  assertEquals(judge(grown({}), { drop: 1 }, { baseline: [{ name: "old", record: old }] })[0].limit, 0);
  const study = studyRecord(SPACE, [3, 2]);
  const itself = judge(study, { drop: 0 }, { baseline: [{ name: "old", record: study }], eachClass: true });
  assert(
    itself.length === 12 && itself.every(({ met, value, baseline }) => met && value === baseline!.value),
    "networks are found by name",
  );
});

Deno.test("judgeRuns() compares only what was measured in the same way", () => {
  const old = grown({});
  const compare = (record: RunRecord) => () => judge(record, { drop: 0 }, { baseline: [{ name: "old", record: old }] });
  assertRefused(compare(grown({ initialPoint: [131, 30] })), 'The baseline has no "cup, cup.obj at 131,30 by slab"');
  assertRefused(compare(mapRecord(SPACE, [2, 2])), 'The baseline has no "cup, cup.obj"');
  assertRefused(
    compare(grown({ check: { ...check(true), thresholds: { ...check(true).thresholds, mean: 0.9 } } })),
    "their demands differ",
  );
  assertRefused(compare(grown({ options: { steps: 4 } })), "their methods differ");
  const { run, ...rest } = grown({});
  assertRefused(compare({ ...rest, run: { ...run, fixed: { distance: 3 } } }), "their parameters differ");
  assertRefused(compare({ ...rest, run: { ...run, shading: "smooth" } }), "their renderers differ");
  assertRefused(compare({ ...rest, run: { ...run, mesh: { ...run.mesh, sha256: "c" } } }), "their meshes differ");
});

Deno.test("judgeRuns() refuses runs that are not complete, and demands that can be asked of none", () => {
  assertRefused(() => judge(grown({ stopped: "interrupted" }), { holds: 1 }), '"new" is not complete');
  assertRefused(() => judge(mapRecord(SPACE, [2, 2], { score: () => NaN }), { mean: 0 }), '"new" is not complete');
  assertRefused(() => judge(studyRecord(SPACE, null), { holds: 1 }), '"new" is not complete');
  assertRefused(() => judge(biasRecord(SPACE, [2, 2]), { holds: 1 }), "grow, map and study");
  assertRefused(
    () => judge(mapRecord(SPACE, [2, 2]), { holds: 1 }),
    'Nothing is asked of "new": a run of map can be asked for mean, worst, bad',
  );
  assertRefused(() => judge(mapRecord(SPACE, [2, 2]), { holds: 1, mean: 0 }), 'A demand for "holds" can be made of none of these runs');
});

Deno.test("formatJunit() writes a case a verdict, whose name does not follow what was measured", () => {
  const { run, ...rest } = grown({ volumeRatio: 0.375 });
  const record = { ...rest, run: { ...run, class: { index: 0, label: 'a "<cup>" & saucer' } } };
  const earlier = { ...record, regions: record.regions.map((given) => ({ ...given, volumeRatio: 0.5 })) };
  const text = formatJunit(judge(record, { volume: 0.25, drop: 0.0625 }, { baseline: [{ name: "runs/old", record: earlier }] }));
  const name = "a &#34;&#60;cup&#62;&#34; &#38; saucer, cup.obj at 130,30 by slab";
  assertEquals(
    text,
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="orthotope" tests="2" failures="1">
  <testsuite name="new" tests="2" failures="1">
    <testcase classname="models/small.onnx" name="${name}: volume at least 0.25"/>
    <testcase classname="models/small.onnx" name="${name}: volume against runs/old">
      <failure message="measured 0.375, must be at least 0.4375"/>
    </testcase>
  </testsuite>
</testsuites>
`,
  );
});
