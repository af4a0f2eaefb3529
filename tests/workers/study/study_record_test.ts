import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { RunRecord } from "../../../core/reporter.ts";
import { formatJson } from "../../../plugins/reporters/json.ts";
import { reporters } from "../../../plugins/reporters/mod.ts";
import { readRecord } from "../../../plugins/reporters/record_schema.ts";
import { biasRecord } from "../../../workers/study/bias_record.ts";
import { writeContent } from "../../../workers/study/item_content.ts";
import { planUnits, type StudyUnit } from "../../../workers/study/items.ts";
import type { Plan, StudyPlan } from "../../../workers/study/plan.ts";
import { StudyStore } from "../../../workers/study/store.ts";
import { studyRecord } from "../../../workers/study/study_record.ts";
import { withFolder } from "../../commands/command_line.ts";
import { expanding } from "../../core/expanding_method.ts";
import { region } from "../../plugins/reporters/record_parts.ts";
import { BIAS as NAIVE_BIAS, STUDY } from "./plans.ts";

const BIAS = { ...NAIVE_BIAS, method: { name: "expanding", options: { steps: 200 } } };

/** A map whose mean is a share, low at its first points. */
function mapOf(mean: number): string {
  return writeContent({ scores: Array.from({ length: 12 }, (_, i) => i < 6 ? mean - 0.2 : mean + 0.2) });
}

/** Regions that cover a share of Omega, one an initial point. */
function regionsOf(ratio: number): string {
  return writeContent({
    regions: STUDY.points.map((initialPoint) =>
      region({ method: "naive", initialPoint, a: [0, 0], b: [360 * ratio, 50], volumeRatio: ratio })
    ),
  });
}

async function withStore(plan: Plan, use: (store: StudyStore, units: readonly StudyUnit[]) => Promise<void> | void): Promise<void> {
  const units = await planUnits(plan);
  await withFolder(async (folder) => {
    using store = StudyStore.open(folder);
    await use(store, units);
  });
}

/** What every reporter and the reader of records must stand; the figures are those of SVG, drawn once. */
async function requireReports(record: RunRecord): Promise<void> {
  for (const reporter of reporters.filter(({ name }) => name !== "png")) {
    for (const { bytes } of await reporter.report(record)) assert(bytes.length > 0);
  }
  assertEquals(formatJson(readRecord(formatJson(record))), formatJson(record));
}

Deno.test("studyRecord() measures what a store holds, in the order of the plan, and says whether that is all", () =>
  withStore(STUDY, async (store, units) => {
    await requireReports(studyRecord(STUDY, units, store));
    for (const { network, map, grow } of units) {
      store.put(map!.key, mapOf(0.5));
      store.put(grow!.key, regionsOf(network === 0 ? 0.1 : 0.3));
    }
    const record = studyRecord(STUDY, units.toReversed(), store);
    assertEquals(record.complete, true);
    assertEquals(record.results.map(({ network, class: of, shape }) => `${network} ${of} ${shape}`), [
      "a one x",
      "a one y",
      "a two x",
      "b one x",
      "b one y",
      "b two x",
    ]);
    assertAlmostEquals(record.networks[1].byClass.two.byMethod.naive.srvr, 0.3, 1e-12);
    assertEquals([record.ranking, record.rankingByMethod], [["b", "a"], { naive: ["b", "a"] }]);
    assertAlmostEquals(record.differences[0].difference, -0.2, 1e-12);
    assertAlmostEquals(record.results[0].meanScore!, 0.5, 1e-12);
    await requireReports(record);
  }));

Deno.test("studyRecord() of a part: classes that are there count, and the rest is missing", () =>
  withStore(STUDY, async (store, units) => {
    store.put(units[0].map!.key, mapOf(0.5));
    store.put(units[0].grow!.key, regionsOf(0.2));
    store.put(units[3].map!.key, mapOf(0.5));
    const record = studyRecord(STUDY, units, store);
    assertEquals([record.complete, record.results.length, record.ranking], [false, 2, ["a"]]);
    assertAlmostEquals(record.networks[0].srvr, 0.2, 1e-12);
    assertEquals([record.networks[0].byClass.two.srvr, record.networks[1].srvr], [NaN, NaN]);
    await requireReports(record);
  }));

Deno.test("studyRecord() leaves out shapes that the filtering network does not know, for all networks", async () => {
  const plan: StudyPlan = { ...STUDY, filter: { network: "b", score: 0.4 } };
  await withStore(plan, async (store, units) => {
    for (const { network, class: of, shape, map, grow } of units) {
      const known = !(of === 0 && shape === 1);
      store.put(map!.key, mapOf(network === 1 && !known ? 0.39 : 0.41));
      if (known) store.put(grow!.key, regionsOf(0.2));
    }
    const record = studyRecord(plan, units, store);
    assertEquals(record.complete, true);
    assertEquals(record.classes.map(({ shapes }) => shapes.map(({ kept }) => kept)), [[true, false], [true]]);
    assertEquals(record.results.map(({ regions }) => regions.length), [2, 0, 2, 2, 0, 2]);
    await requireReports(record);
  });
});

Deno.test("biasRecord() averages the shapes that all networks have, class by class", () =>
  withStore(BIAS, async (store, units) => {
    await requireReports(await biasRecord(BIAS, units, { store, method: expanding }));
    for (const { network, class: of, shape, map } of units) {
      if (of === 1 || (network === 1 && shape === 1)) continue;
      store.put(map!.key, mapOf(network === 0 ? 0.3 + 0.2 * shape : 0.4));
    }
    const record = await biasRecord(BIAS, units, { store, method: expanding });
    assertEquals([record.complete, record.classes.map(({ name }) => name)], [false, ["one"]]);
    const [{ shapes, mean, networkDeviation, networks, regions }] = record.classes;
    assertEquals(shapes.map(({ kept }) => kept), [true, false]);
    assertAlmostEquals(mean[0], 0.15, 1e-12);
    assertAlmostEquals(networkDeviation[0], 0.05, 1e-12);
    for (const { explained } of networks) assertAlmostEquals(explained, 1, 1e-12);
    assert(regions.length > 0);
    for (const { target, networkMeans } of regions) assertEquals([target, networkMeans.length], ["adversarial", 2]);
    await requireReports(record);
  }));
