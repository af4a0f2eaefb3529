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
