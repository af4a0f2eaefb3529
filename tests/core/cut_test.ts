import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { cutBox, leastCut } from "../../core/cut.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";

const space = new SemanticSpace([
  { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
  { name: "elevation", unit: "degree", low: -10, high: 90 },
]);

Deno.test("leastCut() moves the face that loses least volume", () => {
  const box = { low: Float64Array.of(-10, -10), high: Float64Array.of(10, 10) };
  assertEquals(leastCut(box, Float64Array.of(9, 5)), { axis: 0, side: "high", offset: 9 * (1 - 1e-9), kept: (9 * (1 - 1e-9) + 10) / 20 });
  assertEquals(leastCut(box, Float64Array.of(-2, -8))?.side, "low");
  assertEquals(leastCut(box, Float64Array.of(9, 5), (axis) => axis === 1)?.axis, 1);
  assertEquals(leastCut(box, Float64Array.of(0, 0)), undefined);
});

Deno.test("cutBox() leaves out the point and keeps u0, with the least loss of volume", () => {
  const box = { a: Float64Array.of(100, 0), b: Float64Array.of(200, 60) };
  const initialPoint = [150, 20];
  const cut = cutBox(box, [190, 30], { space, initialPoint });
  if (cut === undefined) throw new Error("the box was not cut");
  assert(!cut.contains([190, 30], space) && cut.contains(initialPoint, space));
  assertAlmostEquals(cut.b[0], 190, 1e-6);
  assertEquals([cut.a[0], cut.a[1], cut.b[1]], [100, 0, 60]);
  assertAlmostEquals(cutBox(box, [190, 30], { space, initialPoint, margin: 0.1 })!.b[0], 186, 1e-6);
});

Deno.test("cutBox() finds points and u0 across the seam", () => {
  const box = { a: Float64Array.of(-40, 0), b: Float64Array.of(40, 60) };
  const cut = cutBox(box, [325, 30], { space, initialPoint: [355, 20] });
  if (cut === undefined) throw new Error("the box was not cut");
  assertAlmostEquals(cut.a[0], -35, 1e-6);
  assert(!cut.contains([325, 30], space) && cut.contains([355, 20], space) && cut.contains([20, 50], space));
});

Deno.test("cutBox() does nothing for points outside and cannot leave out u0", () => {
  const box = { a: Float64Array.of(-40, 0), b: Float64Array.of(40, 60) };
  assertEquals(cutBox(box, [180, 30], { space, initialPoint: [0, 20] }), undefined);
  assertEquals(cutBox(box, [0, 20], { space, initialPoint: [0, 20] }), undefined);
});

Deno.test("cutBox() leaves out many points by the faces that cost least for all of them", () => {
  const box = { a: Float64Array.of(100, 0), b: Float64Array.of(200, 60) }, initialPoint = [110, 30];
  // All that is beyond azimuth 150, and one point below: by itself, each is left out by a face of the elevation for less.
  const points = Array.from({ length: 200 }, (_, i) => [150 + 5 * (i % 10), 0.1 + 3.15 * Math.floor(i / 10)]).flat();
  const cut = cutBox(box, [...points, 120, 2], { space, initialPoint })!;
  for (let i = 0; i < 200; i++) assert(!cut.contains(points.slice(2 * i, 2 * i + 2), space));
  assertAlmostEquals(cut.b[0], 150, 1e-6);
  assertAlmostEquals(cut.a[1], 2, 1e-6);
  assertEquals([cut.a[0], cut.b[1]], [100, 60]);
});

Deno.test("cutBox() of a box that u0 is not in keeps what is next to it", () => {
  const box = { a: Float64Array.of(100, 0), b: Float64Array.of(200, 60) };
  const cut = cutBox(box, [100, 10, 150, 0], { space, initialPoint: [90, -5], margin: 0.5 })!;
  assert(cut.contains([100, 0], space) && !cut.contains([100, 10], space) && !cut.contains([150, 0], space));
});
