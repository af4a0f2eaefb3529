import { assertAlmostEquals, assertEquals } from "@std/assert";
import { dataMap, explainedShare } from "../../core/data_map.ts";
import { Random } from "../../core/random.ts";

Deno.test("dataMap() averages networks alike, whatever number of shapes each has, and gives the spread of all and of networks", () => {
  const { mean, deviation, networkDeviation, networks } = dataMap([[[0, 1], [1, 1]], [[0, 0.5]]]);
  assertEquals(networks.map((map) => Array.from(map)), [[0.5, 1], [0, 0.5]]);
  assertEquals(Array.from(mean), [0.25, 0.75]);
  assertEquals(Array.from(networkDeviation), [0.25, 0.25]);
  assertAlmostEquals(deviation[0], Math.sqrt((0.25 ** 2 + 0.75 ** 2) / 4 + 0.25 ** 2 / 2));
});

Deno.test("dataMap() explains what networks share and nothing else", () => {
  const random = new Random(8);
  const size = 20_000;
  const noise = () => Float64Array.from({ length: size }, () => random.normal());
  const shared = noise();
  const mixed = (own: number) => noise().map((value, i) => own * value + shared[i]);
  const { explained } = dataMap([[mixed(0)], [mixed(1)], [mixed(1)]]);
  // The mean of two with own noise of variance 1 has noise of variance 1/2; that of one without and one with, 1/4.
  assertAlmostEquals(explained[0], 1 / 1.5, 0.02);
  assertAlmostEquals(explained[1], 1 / (2 * 1.25), 0.02);
  assertAlmostEquals(dataMap([[noise()], [noise()]]).explained[0], 0, 0.01);
  assertEquals(dataMap([[noise()]]).explained, [NaN]);
});

Deno.test("explainedShare() is 1 along a rising line, 0 along a falling one, NaN for what does not vary", () => {
  assertAlmostEquals(explainedShare([1, 2, 3], [10, 30, 50]), 1, 1e-12);
  assertEquals(explainedShare([1, 2, 3], [50, 30, 10]), 0);
  assertEquals(explainedShare([1, 2, 3], [7, 7, 7]), 0);
  assertEquals(explainedShare([2, 2, 2], [1, 2, 3]), NaN);
});
