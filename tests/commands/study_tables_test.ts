import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { describeBias } from "../../commands/bias_table.ts";
import { describeStudy } from "../../commands/study_table.ts";
import type { StudyRecord } from "../../core/study_record.ts";
import { AZIMUTH, DISTANCE, ELEVATION } from "../plugins/reporters/record_parts.ts";
import { biasRecord, studyRecord } from "../plugins/reporters/study_records.ts";

const STUDY = studyRecord([AZIMUTH, ELEVATION], [6, 4]);

/** The last lines, about the order of three networks, where the differences have these intervals. */
function orderOf(first: [low: number, high: number], second: [low: number, high: number]): string[] {
  const difference = (first: string, second: string, [low, high]: [number, number]) => ({ first, second, difference: 0.1, low, high });
  const record: StudyRecord = {
    ...STUDY,
    ranking: ["c", "a", "b"],
    rankingByMethod: { naive: ["c", "a", "b"], slab: ["a", "c", "b"] },
    differences: [difference("a", "b", second), difference("a", "c", first), difference("b", "c", [-1, 1])],
  };
  return describeStudy(record).split("\n").filter((line) => line.startsWith("order"));
}

Deno.test("describeStudy() orders networks with ties where the interval of the difference contains 0", () => {
  const bySlab = "order by slab, without intervals: a > c > b";
  assertEquals(orderOf([-0.3, -0.1], [0.1, 0.3]), ["order: c > a > b", bySlab]);
  assertEquals(orderOf([-0.3, 0.1], [0.1, 0.3]), [
    "order: c ~ a > b (~: the 95% interval of the difference of the two contains 0)",
    bySlab,
  ]);
  assertEquals(orderOf([-0.3, -0.1], [-0.1, 0.3])[0].split(" (")[0], "order: c > a ~ b");
  assertEquals(orderOf([NaN, NaN], [NaN, NaN])[0], "order: c > a > b (one shape and one point give no intervals)");
});

Deno.test("describeStudy() gives the bad share of networks and of methods; of older records there is none", () => {
  const cells = (record: StudyRecord) => {
    const lines = describeStudy(record).split("\n");
    const [all, byMethod] = lines.filter((line) => line.startsWith("network ")).map((line) => line.indexOf("bad %"));
    return lines.filter((line) => line.startsWith("vgg ")).map((line, i) => line.slice(i === 0 ? all : byMethod).split(" ")[0]);
  };
  assertEquals(cells(STUDY), ["4.0", "4.0", "4.0", "4.0"]);
  const networks = STUDY.networks.map(({ badShare: _, ...network }) => network);
  assertEquals(cells({ ...STUDY, networks }), ["-", "4.0", "4.0", "4.0"]);
});

Deno.test("describeStudy() says of an unfinished study that it is a part, and gives no order", () => {
  const text = describeStudy(studyRecord([AZIMUTH, ELEVATION, DISTANCE], null));
  assertStringIncludes(text, ": a part, 8 of 16 pairs of network and shape, of which no order follows");
  assert(!text.includes("order:") && !text.includes("order by"), text);
});

Deno.test("describeBias() gives the mean of the networks beside the lowest and the highest", () => {
  const record = biasRecord([AZIMUTH, ELEVATION], [6, 4]);
  assertEquals(record.classes[0].regions[0].networkMeans, [0, 0.1, 0.2]);
  const row = describeBias(record).split("\n").find((line) => line.includes("0.000 .. 0.200"))!;
  assert(/ 0\.100 +0\.000 \.\. 0\.200 /.test(row), row);
});
