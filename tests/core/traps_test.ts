import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { closedForm } from "../../core/closed_form.ts";
import { createLattice, sampleMap } from "../../core/lattice_map.ts";
import { fewestTrapPoints, mapTraps, regionTraps } from "../../core/traps.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";

const space = new SemanticSpace([
  { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
  { name: "elevation", unit: "degree", low: -10, high: 90 },
]);
const thresholds = { confident: 0.6, floor: 0.35 };

/** Shortest way around the azimuth. */
const around = (from: number, to: number) => Math.abs(((from - to) % 360 + 540) % 360 - 180);

async function mapOf(score: (point: Float64Array) => number, within = space, steps: number[] = [3, 3]) {
  const lattice = createLattice(within, { steps });
  return { space: within, lattice, scores: (await sampleMap(closedForm(within, score), lattice)).scores };
}

/** A cone down to 0.1 around a point, in a network that is sure of itself. */
function cone(azimuth: number, elevation: number, radius: number) {
  return ([x, y]: Float64Array) => Math.min(0.9, 0.1 + 0.8 * Math.hypot(around(x, azimuth), y - elevation) / radius);
}

Deno.test("mapTraps() finds a pocket with its bottom, depth and size, across the seam as well", async () => {
  for (const azimuth of [120, 0]) {
    const [trap, ...others] = mapTraps(await mapOf(cone(azimuth, 41, 20)), thresholds);
    assertEquals(others.length, 0);
    assertEquals(trap.bottom, [azimuth, 41]);
    assertAlmostEquals(trap.score, 0.1, 1e-9);
    assertAlmostEquals(trap.depth, 0.5, 1e-9);
    // The score is below 0.6 within 12.5 degrees.
    assertAlmostEquals(trap.volume, Math.PI * 12.5 ** 2, 30);
    assertAlmostEquals(trap.share, trap.volume / 36000, 1e-12);
    const width = trap.b[0] - trap.a[0], middle = (trap.a[0] + trap.b[0]) / 2;
    assertAlmostEquals(width, 25, 3.1);
    assertAlmostEquals(around(middle, azimuth), 0, 1e-9);
    assertAlmostEquals(trap.b[1] - trap.a[1], 25, 3.1);
  }
});

Deno.test("mapTraps() leaves out what is no pocket: too shallow, at the border, larger than what encloses it", async () => {
  const shallow = ([x, y]: Float64Array) => Math.max(0.4, cone(120, 41, 20)(Float64Array.of(x, y)));
  assertEquals(mapTraps(await mapOf(shallow), thresholds), []);
  assertEquals(mapTraps(await mapOf(cone(120, 90, 20)), thresholds), []);
  assertEquals(mapTraps(await mapOf(([, y]) => y > 60 ? 0.1 : 0.9), thresholds), []);
  assertEquals(mapTraps(await mapOf(() => 0.1), thresholds), []);
  // A thin ring of confidence around a large dark disk.
  const ring = ([x, y]: Float64Array) => Math.abs(Math.hypot(around(x, 180), y - 40) - 40) < 4 ? 0.9 : 0.1;
  assertEquals(mapTraps(await mapOf(ring), thresholds), []);
});

Deno.test("mapTraps() leaves out a pocket that touches points without a score, and orders the others by depth", async () => {
  const map = await mapOf((point) => Math.min(cone(60, 41, 20)(point), cone(201, 20, 12)(point) + 0.05, cone(300, 50, 12)(point) + 0.1));
  assertEquals(mapTraps(map, thresholds).map(({ bottom }) => bottom[0]), [60, 201, 300]);
  map.scores[Math.round(60 / 3) * 34 + Math.round(51 / 3) + 4] = NaN;
  assertEquals(mapTraps(map, thresholds).map(({ bottom }) => bottom[0]), [201, 300]);
});

Deno.test("mapTraps() works over one parameter and over three", async () => {
  const [azimuth] = space.axes;
  const line = new SemanticSpace([azimuth]);
  const [dip] = mapTraps(await mapOf(([x]) => around(x, 359) < 10 ? 0.2 : 0.9, line, [2]), thresholds);
  assertAlmostEquals(dip.volume, 20, 2);
  assert(dip.a[0] < 0 && dip.b[0] > 0 || dip.b[0] > 360);
  const cube = new SemanticSpace(["x", "y", "z"].map((name) => ({ name, unit: "unit", low: 0, high: 1 })));
  const ball = ([x, y, z]: Float64Array) => Math.hypot(x - 0.4, y - 0.5, z - 0.6) < 0.25 ? 0.05 : 0.95;
  const [trap] = mapTraps(await mapOf(ball, cube, [0.04, 0.04, 0.04]), thresholds);
  assertAlmostEquals(trap.volume, 4 / 3 * Math.PI * 0.25 ** 3, 0.005);
});

Deno.test("regionTraps() searches a box, closed where it goes all around", async () => {
  const f = closedForm(space, cone(0, 40, 20));
  const box = (a: number, b: number) => ({ a: Float64Array.of(a, 0), b: Float64Array.of(b, 80) });
  const inside = (await regionTraps(f, box(-40, 40), { floor: 0.35, points: 1600 }))!;
  assertEquals(inside.length, 1);
  // Below 0.35 within 6.25 degrees of the point.
  assertAlmostEquals(inside[0].volume, Math.PI * 6.25 ** 2, 15);
  assert(inside[0].depth > 0.18 && inside[0].a[0] < 0 && inside[0].b[0] > 0);
  assertEquals((await regionTraps(f, box(30, 90), { floor: 0.35, points: 1600 }))!, []);
  const ring = (await regionTraps(f, box(0, 360), { floor: 0.35, points: 10_000 }))!;
  assertEquals(ring.length, 1, "the pocket at the seam is one");
  assertEquals(fewestTrapPoints(space), 16);
  assertEquals(await regionTraps(f, box(0, 10), { floor: 0.35, points: 15 }), null);
  assertEquals(await regionTraps(f, box(30, 90), { floor: 0.35, points: 16 }), []);
});
