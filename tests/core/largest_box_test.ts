import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { closedForm } from "../../core/closed_form.ts";
import { InputError } from "../../core/errors.ts";
import { largestBox } from "../../core/largest_box.ts";
import { Random } from "../../core/random.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";

const azimuth = { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 };
const elevation = { name: "elevation", unit: "degree", low: -10, high: 90 };
const space = new SemanticSpace([azimuth, elevation]);
const asked = { mean: 0.6, variance: 0.25, floor: 0.35, badShare: 0, cells: [36, 10] };

Deno.test("largestBox() finds a plateau across the seam", async () => {
  const f = closedForm(space, ([u, v]) => (u >= 330 || u <= 40) && v >= 10 && v <= 60 ? 0.9 : 0.1);
  const found = await largestBox(f, [10, 20], asked);
  assertEquals([found?.box.a[0], found?.box.b[0], found?.box.a[1], found?.box.b[1]], [330, 400, 10, 60]);
  assertEquals([found?.volume, found?.badShare], [70 * 50, 0]);
  assertAlmostEquals(found!.mean, 0.9, 1e-9);
  for (const azimuth of [370, -350, 1090]) assertEquals(await largestBox(f, [azimuth, 20], asked), found);
});

Deno.test("largestBox() goes beyond the plateau as far as the mean allows", async () => {
  const f = closedForm(space, ([u]) => u >= 100 && u <= 200 ? 0.9 : 0.3);
  const found = await largestBox(f, [150, 20], { ...asked, floor: 0 });
  // 0.9 s + 0.3 (1 - s) = 0.6 where half is good: 200 degrees by all elevations.
  assertEquals(found?.volume, 200 * 100);
  const strict = await largestBox(f, [150, 20], { ...asked, floor: 0, variance: 0.36 * 0.2 * 0.8 + 1e-9 });
  assertEquals(strict?.volume, 120 * 100);
});

Deno.test("largestBox() over one parameter, and where there is none", async () => {
  const line = new SemanticSpace([{ name: "u", unit: "unit", low: 0, high: 1 }]);
  const f = closedForm(line, ([u]) => u >= 0.2 && u <= 0.7 ? 0.9 : 0.1);
  const found = await largestBox(f, [0.5], { ...asked, cells: [10] });
  assertAlmostEquals(found!.box.a[0], 0.2, 1e-12);
  assertAlmostEquals(found!.box.b[0], 0.7, 1e-12);
  assertEquals(await largestBox(f, [0.05], { ...asked, cells: [10] }), undefined);
});

Deno.test("largestBox() is at least as large as any box that is tried", async () => {
  const random = new Random(10);
  const unit = new SemanticSpace([{ name: "x", unit: "unit", low: 0, high: 1 }, { name: "y", unit: "unit", low: 0, high: 1 }]);
  const values = Float64Array.from({ length: 64 }, () => random.uniform());
  const f = closedForm(unit, ([x, y]) => values[Math.min(7, Math.floor(x * 8)) * 8 + Math.min(7, Math.floor(y * 8))]);
  const options = { ...asked, mean: 0.52, floor: 0.02, cells: [8, 8] };
  const point = [0.4, 0.6];
  const found = await largestBox(f, point, options);
  let largest = 0;
  for (let a = 0; a <= 3; a++) {
    for (let b = 4; b <= 8; b++) {
      for (let c = 0; c <= 4; c++) {
        for (let d = 5; d <= 8; d++) {
          const inside: number[] = [];
          for (let i = a; i < b; i++) for (let j = c; j < d; j++) inside.push(values[i * 8 + j]);
          const mean = inside.reduce((sum, value) => sum + value, 0) / inside.length;
          if (mean >= options.mean && Math.min(...inside) >= options.floor) largest = Math.max(largest, inside.length / 64);
        }
      }
    }
  }
  assert(largest > 0);
  assertAlmostEquals(found!.volume, largest, 1e-12);
});

Deno.test("largestBox() refuses more than two parameters", async () => {
  const cube = new SemanticSpace([0, 1, 2].map((k) => ({ name: `u${k}`, unit: "unit", low: 0, high: 1 })));
  await assertRejects(() => largestBox(closedForm(cube, () => 1), [0.5, 0.5, 0.5], { ...asked, cells: [2, 2, 2] }), InputError);
});
