import { assertEquals, assertRejects } from "@std/assert";
import { closedForm } from "../../core/closed_form.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";

const space = new SemanticSpace([
  { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
  { name: "elevation", unit: "degree", low: -10, high: 90 },
]);

Deno.test("closedForm() scores points where they fall in Omega", async () => {
  const f = closedForm(space, ([azimuth, elevation]) => azimuth + 1000 * elevation);
  assertEquals([...await f.evaluate(Float64Array.of(-10, 20, 370, 95))], [350 + 20_000, 10 + 90_000]);
  assertEquals(f.differentiate, undefined);
});

Deno.test("closedForm() is white-box where it is given a gradient", async () => {
  const f = closedForm(space, ([x, y]) => x * y, ([x, y], derivative) => derivative.set([y, x]));
  const { scores, gradients } = await f.differentiate!(Float64Array.of(2, 3, 362, 5));
  assertEquals([...scores], [6, 10]);
  assertEquals([...gradients], [3, 2, 5, 2]);
});

Deno.test("closedForm() stops at an aborted signal", async () => {
  const f = closedForm(space, () => 1);
  await assertRejects(async () => await f.evaluate(new Float64Array(2), AbortSignal.abort(new Error("stop"))), Error, "stop");
});
