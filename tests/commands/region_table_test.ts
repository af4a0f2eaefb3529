import { assertEquals } from "@std/assert";
import { describeRegions } from "../../commands/region_table.ts";
import type { RegionRecord } from "../../core/record.ts";
import { AZIMUTH, check, ELEVATION, growRecord, region, trap } from "../plugins/reporters/record_parts.ts";

/** The cells of a table of regions, a row each, by the names in its header. */
function cells(regions: readonly RegionRecord[]): Record<string, string>[] {
  const [, header, ...rows] = describeRegions(growRecord([AZIMUTH, ELEVATION], regions)).split("\n");
  const names = header.split(/ {2,}/), starts = names.map((name) => header.indexOf(name));
  return rows.slice(0, regions.length).map((row) =>
    Object.fromEntries(names.map((name, i) => [name, row.slice(starts[i], starts[i + 1]).trim()]))
  );
}

const grown = region({ a: [30, 0], b: [80, 40], method: "slab", evaluations: 200, gradientEvaluations: 45, stopped: "confirmed" });

Deno.test("describeRegions() tells what a region is, what its check says, and what it cost", () => {
  const checked = { ...check(true), mean: 0.9512, minimum: 0.2344, badShare: 0.03, verdict: "open" as const };
  const [row] = cells([{ ...grown, initialPoint: [50, 20], volumeRatio: 0.05556, check: checked, traps: [trap([50, 20])] }]);
  const { bad, ...others } = row;
  assertEquals([parseFloat(bad), bad.at(-1)], [3, "%"]);
  assertEquals(others, {
    method: "slab",
    target: "robust",
    at: "50,20",
    azimuth: "30 .. 80",
    elevation: "0 .. 40",
    volume: "5.56%",
    mean: "0.951",
    worst: "0.234",
    holds: "yes (open)",
    traps: "1",
    pictures: "245",
    stopped: "confirmed",
  });
});

Deno.test("describeRegions() leaves empty what is not known, and compares with the largest box where there is one", () => {
  const failed = { ...grown, largest: { a: [0, 0], b: [100, 40], volume: 4000, share: 0.5 }, check: { ...check(false), badShare: 0.25 } };
  const rows = cells([failed, { ...grown, largest: null, check: null, traps: null }]);
  assertEquals(rows.map((row) => row["of largest"]), ["0.50", ""]);
  assertEquals(rows.map(({ mean, worst, bad, holds, traps }) => [mean, worst, bad, holds, traps])[1], ["", "", "", "", ""]);
  assertEquals([parseFloat(rows[0].bad), rows[0].holds.slice(0, 2)], [25, "no"]);
});
