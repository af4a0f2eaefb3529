import { assertEquals } from "@std/assert";
import { intervals } from "../../../plugins/reporters/figures/intervals.ts";
import { nearestIndex, transpose } from "../../../plugins/reporters/figures/lattice.ts";
import { axisTicks } from "../../../plugins/reporters/figures/ticks.ts";
import { formatValue } from "../../../plugins/reporters/figures/words.ts";
import { AZIMUTH, DISTANCE, ELEVATION, LIGHT } from "./record_parts.ts";

Deno.test("axisTicks() of degrees divide a turn", () => {
  assertEquals(axisTicks(0, 360, "degree", 9), [0, 45, 90, 135, 180, 225, 270, 315, 360]);
  assertEquals(axisTicks(-10, 90, "degree", 6), [0, 30, 60, 90]);
  assertEquals(axisTicks(-180, 180, "degree", 4), [-180, -90, 0, 90, 180]);
  assertEquals(axisTicks(0, 1, "degree", 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assertEquals(axisTicks(1.5, 5, "unit", 4), [2, 3, 4, 5]);
});

Deno.test("formatValue() writes a true minus, a degree sign, and no digits of rounding", () => {
  assertEquals([formatValue(-10, "degree"), formatValue(0.1 + 0.2), formatValue(NaN), formatValue(-0)], ["−10°", "0.3", "–", "0"]);
  assertEquals([formatValue(1e-7), formatValue(123456, "", 3)], ["1e-7", "123000"]);
});

Deno.test("intervals() puts a box once on an open axis, and once a turn that meets it on a closed one", () => {
  assertEquals(intervals(2, 3, DISTANCE), [[2, 3]]);
  assertEquals(intervals(30, 80, AZIMUTH), [[30, 80]]);
  assertEquals(intervals(-20, 60, AZIMUTH), [[-20, 60], [340, 420]]);
  assertEquals(intervals(300, 420, AZIMUTH), [[-60, 60], [300, 420]]);
  assertEquals(intervals(-200, -100, LIGHT), [[-200, -100], [160, 260]]);
  assertEquals(intervals(740, 750, AZIMUTH), [[20, 30]]);
  assertEquals(intervals(NaN, 3, AZIMUTH), []);
  assertEquals(intervals(100, 460, AZIMUTH), [[-360, 720]]);
});

Deno.test("nearestIndex() looks across the seam", () => {
  assertEquals(nearestIndex([0, 90, 180, 270], 330, AZIMUTH), 0);
  assertEquals(nearestIndex([0, 90, 180, 270], 310, AZIMUTH), 3);
  assertEquals(nearestIndex([-10, 40, 90], 89, ELEVATION), 2);
});

Deno.test("transpose() exchanges axes and scores", () => {
  const lattice = { axes: [AZIMUTH, ELEVATION], values: [[0, 180], [0, 1, 2]], scores: [1, 2, 3, 4, 5, 6] };
  assertEquals(transpose(lattice), { axes: [ELEVATION, AZIMUTH], values: [[0, 1, 2], [0, 180]], scores: [1, 4, 2, 5, 3, 6] });
});
