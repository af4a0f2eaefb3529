import { assertAlmostEquals, assertEquals } from "@std/assert";
import { cached } from "../../core/cached.ts";
import { closedForm } from "../../core/closed_form.ts";
import { complement } from "../../core/complement.ts";
import { withFunctionDifferences } from "../../core/function_differences.ts";
import type { SemanticFunction } from "../../core/semantic_function.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";

const space = new SemanticSpace([
  { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
  { name: "elevation", unit: "degree", low: -10, high: 90 },
]);
const DEGREE = Math.PI / 180;

const smooth = closedForm(
  space,
  ([azimuth, elevation]) => 0.5 + 0.3 * Math.sin(azimuth * DEGREE) * Math.cos(elevation * DEGREE),
  ([azimuth, elevation], derivative) => {
    derivative[0] = 0.3 * DEGREE * Math.cos(azimuth * DEGREE) * Math.cos(elevation * DEGREE);
    derivative[1] = -0.3 * DEGREE * Math.sin(azimuth * DEGREE) * Math.sin(elevation * DEGREE);
  },
);
const points = Float64Array.of(10, 20, 200, 85, 359.9, 0, 130, 90, 40, -10);

Deno.test("complement() is 1 - f with the opposite gradient", async () => {
  const [f, g] = [await smooth.differentiate!(points), await complement(smooth).differentiate!(points)];
  assertEquals(g.scores, f.scores.map((score) => 1 - score));
  assertEquals(g.gradients, f.gradients.map((gradient) => -gradient));
  assertEquals(await complement(smooth).evaluate(points), g.scores);
});

Deno.test("withFunctionDifferences() agrees with the exact gradient, at the ends of Omega and across the seam too", async () => {
  const exact = await smooth.differentiate!(points);
  const differenced = await withFunctionDifferences({ space, evaluate: smooth.evaluate }, 1e-5).differentiate!(points);
  assertEquals(differenced.scores, exact.scores);
  exact.gradients.forEach((gradient, i) => assertAlmostEquals(differenced.gradients[i], gradient, 1e-6));
});

function counting(f: SemanticFunction): { f: SemanticFunction; batches: number[] } {
  const batches: number[] = [];
  return {
    batches,
    f: {
      space: f.space,
      evaluate(wanted, signal) {
        batches.push(wanted.length / space.dimensions);
        return f.evaluate(wanted, signal);
      },
    },
  };
}

Deno.test("cached() scores no point twice, across seams too, and answers as the function does", async () => {
  const { f, batches } = counting(smooth);
  const memory = cached(f);
  const first = Float64Array.of(10, 20, 370, 20, 50, 60);
  assertEquals(await memory.evaluate(first), await smooth.evaluate(first));
  assertEquals(
    await memory.evaluate(Float64Array.of(50, 60, -350, 20, 51, 60)),
    await smooth.evaluate(Float64Array.of(50, 60, 10, 20, 51, 60)),
  );
  assertEquals(batches, [2, 1]);
});

Deno.test("cached() forgets the oldest points beyond its capacity", async () => {
  const { f, batches } = counting(smooth);
  const memory = cached(f, 2);
  for (const azimuth of [1, 2, 3, 2, 1]) await memory.evaluate(Float64Array.of(azimuth, 0));
  assertEquals(batches.length, 4);
});
