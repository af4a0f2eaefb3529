import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { closedForm } from "../../../core/closed_form.ts";
import { growRegions } from "../../../core/growth.ts";
import { Orthotope } from "../../../core/orthotope.ts";
import { SemanticSpace } from "../../../core/semantic_space.ts";
import { methods } from "../../../plugins/methods/mod.ts";
import { naive } from "../../../plugins/methods/naive.ts";
import { trapezoid } from "../../../plugins/methods/trapezoid.ts";

/** The methods that ask for corners; others have tests of their own. */
const CORNER_METHODS = methods.filter(({ options }) => options.steps !== undefined);

function space(n: number): SemanticSpace {
  return new SemanticSpace(Array.from({ length: n }, (_, k) => ({ name: `u${k}`, unit: "unit", low: -3, high: 3 })));
}

function cube(n: number, half: number): Orthotope {
  return Orthotope.around(new Array(n).fill(0), half);
}

for (const method of CORNER_METHODS) {
  for (const n of [1, 2, 3, 4, 5, 6]) {
    Deno.test(`${method.name} fills a plateau with steep sides, n = ${n}`, async () => {
      const half = 0.7;
      const f = closedForm(space(n), (point) => point.every((value) => Math.abs(value) <= half) ? 1 : 0);
      const [{ box }] = await growRegions(f, [{
        method,
        target: "robust",
        initialPoint: new Float64Array(n),
        options: { eta: 0.005, steps: 3000, epsilon: 0.3, ...(method.options.lambda === undefined ? {} : { lambda: 0.01 }) },
      }]);
      if (method === trapezoid) return assert(box.volume < f.space.volume, "it diverges there, but within Omega");
      const overlapOfSides = box.overlap(cube(n, half), f.space) ** (1 / n);
      assert(overlapOfSides > 0.95, `overlap with the plateau is ${overlapOfSides} a side`);
    });

    Deno.test(`${method.name} fills Omega where every score is 1, and stops there, n = ${n}`, async () => {
      const f = closedForm(
        new SemanticSpace([{ name: "angle", unit: "degree", low: 0, high: 4, period: 4 }, ...space(n).axes.slice(1)]),
        () => 1,
        (_, slopes) => slopes.fill(0),
      );
      const [{ box, stopped }] = await growRegions(f, [{
        method,
        target: "robust",
        initialPoint: Array.from({ length: n }, (_, k) => k === 0 ? 1 : 0.5),
        options: { eta: 0.02, steps: 4000, epsilon: 0.5, ...(method.options.lambda === undefined ? {} : { lambda: 0 }) },
      }]);
      assertEquals(stopped, "converged");
      assertAlmostEquals(box.clippedVolume(f.space), f.space.volume, 1e-9);
      assertEquals(box.sides[0], 4);
    });
  }
}

for (const n of [1, 2, 3, 4, 5, 6]) {
  Deno.test(`naive stops on a bump where its regularizer balances the corners' score, n = ${n}`, async () => {
    const lambda = 0.05;
    const corner = (side: number) => Math.exp(-n * (side / 2) ** 2);
    const f = closedForm(space(n), (point) => Math.exp(-point.reduce((sum, value) => sum + value ** 2, 0)));
    const [{ box, stopped }] = await growRegions(f, [{
      method: naive,
      target: "robust",
      initialPoint: new Float64Array(n),
      options: { eta: 0.05, steps: 20000, epsilon: 0.4, lambda, tolerance: 1e-9 },
    }]);
    // Equation (7) is zero where side^(n-1) f(corner) = lambda side: the larger of its roots, by bisection.
    let [low, high] = [Math.max(0.8, Math.sqrt(2 * Math.max(0, n - 2) / n)), 6];
    while (high - low > 1e-12) {
      const middle = (low + high) / 2;
      if (middle ** (n - 2) * corner(middle) > lambda) low = middle;
      else high = middle;
    }
    assertEquals(stopped, "converged");
    for (const side of box.sides) assertAlmostEquals(side, low, 1e-4);
    box.a.forEach((bound, i) => assertAlmostEquals(bound, -box.b[i], 1e-9));
  });
}

for (const method of CORNER_METHODS) {
  Deno.test(`${method.name} does not see a hole that no corner crosses`, async () => {
    const hole = ([x, y]: ArrayLike<number> & Iterable<number>) => Math.hypot(x - 0.5, y) < 0.2;
    const f = closedForm(space(2), (point) => Math.max(...point.map(Math.abs)) > 0.8 || hole(point) ? 0 : 1);
    const [{ box }] = await growRegions(f, [{
      method,
      target: "robust",
      initialPoint: [0, 0],
      options: { eta: 0.01, steps: 2000, epsilon: 0.05, ...(method.options.lambda === undefined ? {} : { lambda: 0.01 }) },
    }]);
    assert(box.contains([0.5, 0], f.space), "the box has swallowed the hole");
    assert(box.overlap(cube(2, 0.8), f.space) > 0.9);
  });
}
