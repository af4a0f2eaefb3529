import { assertEquals } from "@std/assert";
import { csv } from "../../../plugins/reporters/csv.ts";
import { formatCsv } from "../../../plugins/reporters/csv/format.ts";
import { AZIMUTH, check, DISTANCE, ELEVATION, growRecord, mapRecord, region, trap, withGradients } from "./record_parts.ts";
import { biasRecord, studyRecord } from "./study_records.ts";

async function table(record: Parameters<typeof csv.report>[0], name?: string): Promise<string[][]> {
  const files = await csv.report(record);
  const { bytes } = files.find((file) => file.name === name) ?? files[0];
  return readCsv(new TextDecoder().decode(bytes));
}

/** Rows as objects, by the names of their columns. */
function rowsOf([names, ...rows]: string[][]): Record<string, string>[] {
  return rows.map((row) => Object.fromEntries(row.map((cell, i) => [names[i], cell])));
}

/** A reader of RFC 4180, character by character. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const row = rows[rows.length - 1];
    if (quoted && text.startsWith('""', i)) row[row.length - 1] += text[i++];
    else if (text[i] === '"') quoted = !quoted;
    else if (!quoted && text[i] === ",") row.push("");
    else if (!quoted && text.startsWith("\r\n", i)) {
      rows.push([""]);
      i++;
    } else row[row.length - 1] += text[i];
  }
  assertEquals(rows.pop(), [""], "the last line ends too");
  return rows;
}

Deno.test("formatCsv() quotes what RFC 4180 wants quoted, and leaves unknown numbers empty", () => {
  assertEquals(
    formatCsv([["a,b", 'say "x"', "1\r\n2"], [NaN, null, undefined], [0.1, -0, true]]),
    '"a,b","say ""x""","1\r\n2"\r\n,,\r\n0.1,0,true\r\n',
  );
});

Deno.test("csv of a map has a row a point, in the order of the scores", async () => {
  const record = mapRecord([AZIMUTH, DISTANCE], [3, 2], {
    score: ([azimuth, distance]) => azimuth === 120 && distance === 5 ? NaN : azimuth / 360 + distance / 100,
  });
  assertEquals(await table(record), [
    ["azimuth", "distance", "score"],
    ["0", "1.5", "0.015"],
    ["0", "5", "0.05"],
    ["120", "1.5", String(120 / 360 + 0.015)],
    ["120", "5", ""],
    ["240", "1.5", String(240 / 360 + 0.015)],
    ["240", "5", String(240 / 360 + 0.05)],
  ]);
});

Deno.test("csv of regions has a row a region, bounds by the names of the axes, and the check", async () => {
  const record = growRecord([AZIMUTH, ELEVATION], [
    region({ a: [-20.5, 0], b: [80, 40.25], facts: { rounds: 4, reason: 'a, "b"\nc', faces: [1, 2], test: { mean: 0.9, low: null } } }),
    region({ a: [1, 2], b: [3, 4], method: "naive", target: "adversarial", options: { lambda: 0.1 }, check: null }),
    region({ a: [1, 2], b: [3, 4], check: { ...check(false), thresholds: { mean: 0.6, variance: 0.08, floor: 0.35, badShare: 0.01 } } }),
  ]);
  const [names, ...rows] = await table(record);
  const [first, second, third] = rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
  assertEquals(rows.every(({ length }) => length === names.length), true);
  assertEquals([first.method, first.target, first.a_azimuth, first.b_azimuth, first.a_elevation, first.b_elevation], [
    ...["slab", "robust", "-20.5", "80", "0", "40.25"],
  ]);
  assertEquals([first.initial_azimuth, first.initial_elevation, first.initial_score], ["29.75", "20.125", "0.9"]);
  assertEquals([first.option_eta, first.option_lambda, second.option_eta, second.option_lambda], ["0.1", "", "", "0.1"]);
  assertEquals([first.fact_rounds, first.fact_reason, second.fact_reason], ["4", 'a, "b"\nc', ""]);
  assertEquals(names.filter((name) => name.startsWith("fact_")), [
    ...["fact_faces_1", "fact_faces_2", "fact_reason", "fact_rounds", "fact_test_low", "fact_test_mean"],
  ]);
  assertEquals([first.fact_faces_1, first.fact_faces_2, first.fact_test_low, first.fact_test_mean], ["1", "2", "", "0.9"]);
  assertEquals([first.check_holds, second.check_holds, third.check_holds, third.check_mean], ["true", "", "false", "0.4"]);
  assertEquals([first.check_verdict, first.check_threshold_floor, second.check_verdict], ["confirmed", "0.5", ""]);
  assertEquals([first, second, third].map((row) => row.check_threshold_bad_share), ["", "", "0.01"]);
});

Deno.test("csv of no region is a line of names", async () => {
  const rows = await table(growRecord([AZIMUTH], []));
  assertEquals(rows.length, 1);
  assertEquals(rows[0].slice(0, 5), ["method", "target", "initial_azimuth", "initial_score", "a_azimuth"]);
});

Deno.test("csv of a map with gradients has them beside the score, by the names of the axes", async () => {
  const record = withGradients(mapRecord([AZIMUTH, ELEVATION], [4, 3]));
  const rows = rowsOf(await table(record));
  assertEquals(rows.length, 12);
  rows.forEach((row, i) => {
    assertEquals([row.gradient_azimuth, row.gradient_elevation], record.gradients!.values.slice(2 * i, 2 * i + 2).map(String));
  });
});

Deno.test("csv of regions counts traps where they were looked for", async () => {
  const [one, none, unknown] = rowsOf(
    await table(growRecord([AZIMUTH], [
      region({ a: [1], b: [2], traps: [trap([1.5]), trap([1.6])] }),
      region({ a: [1], b: [2], traps: [] }),
      region({ a: [1], b: [2] }),
    ])),
  );
  assertEquals([one.traps, one.deepest_trap_score, one.traps_share], ["2", "0.04", "0.04"]);
  assertEquals([none.traps, none.deepest_trap_score, unknown.traps], ["0", "", ""]);
});

Deno.test("csv of a study has a row a region with its subject, and SRVR of all, by method, by class, and by both", async () => {
  const study = studyRecord([AZIMUTH, ELEVATION], [4, 3]);
  const regions = rowsOf(await table(study, "regions.csv"));
  assertEquals(regions.length, 4 * 3 * 3);
  assertEquals([regions[0].network, regions[0].class, regions[0].shape, regions[0].method], ["alexnet", "cup", "cup:0", "naive"]);
  const measures = rowsOf(await table(study, "srvr.csv"));
  assertEquals(measures.length, 4 * (1 + 3) * (1 + 2));
  const find = (network: string, of: string, method: string) =>
    measures.find((row) => row.network === network && row.class === of && row.method === method)!;
  const [alexnet] = study.networks;
  assertEquals(find("alexnet", "", "").srvr, String(alexnet.srvr));
  assertEquals(find("alexnet", "cup", "slab").bad_share, "0.04");
  assertEquals(find("alexnet", "", "slab").srvr, String(alexnet.byMethod.slab.srvr));
  assertEquals(find("alexnet", "chair", "").srvr_low, String(alexnet.byClass.chair.srvrLow));
  assertEquals(find("alexnet", "chair", "oir_b").srvr, String(alexnet.byClass.chair.byMethod.oir_b.srvr));
  assertEquals([find("alexnet", "", "").top1, find("alexnet", "", "").top5], ["0.6", ""]);
});

Deno.test("csv of a bias has a row a point of each class with every network's score, and the class-global regions", async () => {
  const bias = biasRecord([AZIMUTH, ELEVATION], [4, 3]);
  const points = rowsOf(await table(bias, "data_maps.csv"));
  assertEquals(points.length, 2 * 12);
  assertEquals([points[13].class, points[13].azimuth, points[13].elevation], ["Coffee Mug", "0", "40"]);
  assertEquals(points[13].score_vgg, String(bias.classes[1].networks[1].scores[1]));
  assertEquals(points[13].network_deviation, String(bias.classes[1].networkDeviation[1]));
  const regions = rowsOf(await table(bias, "regions.csv"));
  assertEquals(regions.map((row) => [row.class, row.target, row.mean_resnet]), [
    ["coffee mug, cup", "adversarial", "0.2"],
    ["coffee mug, cup", "adversarial", "0.2"],
  ]);
});
