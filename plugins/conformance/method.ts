import { assert, assertEquals } from "@std/assert";
import { closedForm } from "../../core/closed_form.ts";
import { growRegions } from "../../core/growth.ts";
import { methodOptions } from "../../core/method_options.ts";
import type { MethodPlugin } from "../../core/region_method.ts";
import type { SemanticFunction } from "../../core/semantic_function.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";
import { type Requirement, Requirements } from "./requirement.ts";

const DEGREE = Math.PI / 180;

/** Spaces of one to four parameters, the first of them closed on itself. */
function space(n: number): SemanticSpace {
  return new SemanticSpace(
    Array.from(
      { length: n },
      (_, k) =>
        k === 0 ? { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 } : { name: `u${k}`, unit: "unit", low: -10, high: 90 },
    ),
  );
}

/** A smooth hill about the middle of each axis. */
function hill(n: number, height = 0.95): SemanticFunction {
  const slope = (point: ArrayLike<number>, k: number) => k === 0 ? (1 - Math.cos((point[0] - 180) * DEGREE)) : ((point[k] - 40) / 40) ** 2;
  return closedForm(space(n), (point) => height * Math.exp(-point.reduce((sum, _, k) => sum + slope(point, k), 0)));
}

/** What every region method must obey. `options` make it quick. */
export function methodConformance(method: MethodPlugin, options: Readonly<Record<string, number>> = {}): Requirement[] {
  const { all, test } = new Requirements();
  const middle = (n: number): number[] => Array.from({ length: n }, (_, k) => k === 0 ? 180 : 40);

  test("its defaults lie in their ranges", () => {
    methodOptions(method, {});
    assert(method.description.length > 0);
  });

  for (const n of [1, 2, 3, 4]) {
    test(`a box of ${n} parameters stays within Omega and its period, and counts what it asks for`, async () => {
      const f = hill(n);
      let asked = 0;
      const counting: SemanticFunction = {
        space: f.space,
        evaluate: (points, signal) => {
          asked += points.length / n;
          assert(points.every(Number.isFinite));
          return f.evaluate(points, signal);
        },
      };
      const target = (initialPoint: number[]) => ({ method, target: "robust" as const, initialPoint, options });
      const regions = await growRegions(counting, [target(middle(n)), target(middle(n).fill(0, 0, 1)), target(middle(n).fill(90, 1))]);
      const gradientCost = method.whiteBox ? 2 * n + 1 : 1;
      assertEquals(regions.reduce((sum, region) => sum + region.evaluations + gradientCost * region.gradientEvaluations, 0), asked);
      for (const { box, trace, gradients } of regions) {
        for (const { a, b } of [...trace, { a: Array.from(box.a), b: Array.from(box.b) }]) {
          f.space.axes.forEach(({ low, high }, i) => {
            assert(b[i] > a[i], `side ${i} is ${b[i] - a[i]}`);
            assert(b[i] - a[i] <= high - low + 1e-9);
            if (!f.space.isPeriodic(i)) assert(a[i] >= low && b[i] <= high);
            else assert(a[i] < high && b[i] > low);
          });
        }
        assertEquals(gradients, method.whiteBox ? "function" : "none");
      }
    });
  }

  test("the same seed gives the same box, alone or beside others", async () => {
    const f = hill(2);
    const task = (initialPoint: number[]) => ({ method, target: "robust" as const, initialPoint, options, seed: 3 });
    const [alone] = await growRegions(f, [task([170, 30])]);
    const [, beside] = await growRegions(f, [task([20, 60]), task([170, 30])]);
    assertEquals([beside.box, beside.trace, beside.steps], [alone.box, alone.trace, alone.steps]);
  });

  test("an adversarial region is a robust one of 1 - f", async () => {
    const f = hill(2);
    const flipped = closedForm(f.space, (point) => 1 - hillValue(point));
    const [adversarial] = await growRegions(f, [{ method, target: "adversarial", initialPoint: [10, 80], options }]);
    const [robust] = await growRegions(flipped, [{ method, target: "robust", initialPoint: [10, 80], options }]);
    adversarial.box.a.forEach((low, i) =>
      assert(Math.abs(low - robust.box.a[i]) < 1e-6 && Math.abs(adversarial.box.b[i] - robust.box.b[i]) < 1e-6)
    );
  });

  test("an interrupted growth keeps the box that it had", async () => {
    const f = hill(2);
    const controller = new AbortController();
    let rounds = 0;
    const [region] = await growRegions(
      {
        space: f.space,
        evaluate: (points, signal) => {
          if (++rounds === 3) controller.abort();
          return f.evaluate(points, signal);
        },
      },
      [{ method, target: "robust", initialPoint: middle(2), options }],
      { signal: controller.signal },
    );
    assertEquals(region.stopped, "interrupted");
    assert(region.box.volume > 0);
  });

  return all;

  function hillValue(point: Float64Array): number {
    return 0.95 * Math.exp(-(1 - Math.cos((point[0] - 180) * DEGREE)) - ((point[1] - 40) / 40) ** 2);
  }
}
