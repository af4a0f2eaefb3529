import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../../../../core/random.ts";
import { SemanticSpace } from "../../../../core/semantic_space.ts";
import { Evidence } from "../../../../plugins/methods/slab/evidence.ts";
import { ErrorBudget, testBox, type TestedBox } from "../../../../plugins/methods/slab/test_box.ts";

const space = new SemanticSpace([{ name: "u", unit: "unit", low: 0, high: 1 }]);
const box = { low: Float64Array.of(-0.5), high: Float64Array.of(0.5) };
const thresholds = { mean: 0.6, variance: 0.08, floor: 0, badShare: 0.01 };

/** Tests the unit interval once, all of whose points have the same score. */
function test(score: number, { budget, batch = 20 }: { readonly budget: ErrorBudget; readonly batch?: number }): TestedBox {
  const test = testBox(new Evidence(space, Float64Array.of(0.5)), box, { thresholds, random: new Random(1, 1), budget, batch, most: 1000 });
  let step = test.next();
  while (!step.done) step = test.next({ scores: new Float64Array(step.value.points.length).fill(score) });
  return step.value;
}

Deno.test("ErrorBudget: however many tests there are, their errors make no more than the total", () => {
  const budget = new ErrorBudget(0.05);
  let sum = 0;
  for (let i = 0; i < 1e5; i++) sum += budget.next();
  assertAlmostEquals(sum, 0.05, 1e-6);
  assertEquals(sum <= 0.05, true);
});

Deno.test("testBox(): each test takes the next part of the error, which no other gets", () => {
  const budget = new ErrorBudget(0.05);
  const errors = [1, 2, 3].map(() => test(0.9, { budget }).error);
  errors.forEach((error, i) => assertAlmostEquals(error, 0.05 * 6 / (Math.PI * (i + 1)) ** 2, 1e-15));
  assertEquals(budget.tests, 3);
});

Deno.test("testBox() decides by that error: points that confirm a box leave it open where less error is allowed", () => {
  assertEquals(test(0.8, { budget: new ErrorBudget(0.05) }).verdict, "confirmed");
  assertEquals(test(0.8, { budget: new ErrorBudget(1e-12) }).verdict, "open");
  assertEquals(test(0.4, { budget: new ErrorBudget(0.05) }).verdict, "refuted");
  assertEquals(test(0.4, { budget: new ErrorBudget(1e-20) }).verdict, "open");
});
