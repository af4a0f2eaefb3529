import { assert, assertEquals } from "@std/assert";
import { closedForm } from "../../core/closed_form.ts";
import { type GrownRegion, growRegions } from "../../core/growth.ts";
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

/** Regions, none of which has failed. @throws PluginFailure where one has. */
async function grown(...[f, tasks, options]: Parameters<typeof growRegions>): Promise<GrownRegion[]> {
  const regions = await growRegions(f, tasks, options);
  for (const { failure } of regions) if (failure !== undefined) throw failure;
  return regions;
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
          assert(points.every(Number.isFinite), "points must be finite");
          return f.evaluate(points, signal);
        },
      };
      const target = (initialPoint: number[]) => ({ method, target: "robust" as const, initialPoint, options });
      const regions = await grown(counting, [target(middle(n)), target(middle(n).fill(0, 0, 1)), target(middle(n).fill(90, 1))]);
      const gradientCost = method.whiteBox ? 2 * n + 1 : 1;
      const counted = regions.reduce((sum, region) => sum + region.evaluations + gradientCost * region.gradientEvaluations, 0);
      assert(counted === asked, `${asked} points were asked for, ${counted} are counted`);
      for (const { box, trace, gradients } of regions) {
        for (const { a, b } of [...trace, { a: Array.from(box.a), b: Array.from(box.b) }]) {
          f.space.axes.forEach(({ name, low, high }, i) => {
            const side = `its side along ${name} is [${a[i]}, ${b[i]}]`;
            assert(b[i] > a[i], `${side}, and must have a length`);
            assert(b[i] - a[i] <= high - low + 1e-9, `${side}, longer than the period of ${high - low}`);
            if (!f.space.isPeriodic(i)) assert(a[i] >= low && b[i] <= high, `${side}, and must lie in [${low}, ${high}]`);
            else assert(a[i] < high && b[i] > low, `${side}, and must overlap [${low}, ${high}]`);
          });
        }
        assertEquals(
          gradients,
          method.whiteBox ? "function" : "none",
          "gradients must be asked for where whiteBox says so, and nowhere else",
        );
      }
    });
  }

  test("the same seed gives the same box, alone or beside others", async () => {
    const f = hill(2);
    const task = (initialPoint: number[]) => ({ method, target: "robust" as const, initialPoint, options, seed: 3 });
    const [alone] = await grown(f, [task([170, 30])]);
    const [, beside] = await grown(f, [task([20, 60]), task([170, 30])]);
    const grew = ({ box, trace, steps }: GrownRegion) => [box, trace, steps];
    assertEquals(grew(beside), grew(alone), "box, trace or steps differ the second time: random numbers must come from the problem's seed");
  });

  test("an adversarial region is a robust one of 1 - f", async () => {
    const f = hill(2);
    const flipped = closedForm(f.space, (point) => 1 - hillValue(point));
    const [adversarial] = await grown(f, [{ method, target: "adversarial", initialPoint: [10, 80], options }]);
    const [robust] = await grown(flipped, [{ method, target: "robust", initialPoint: [10, 80], options }]);
    adversarial.box.a.forEach((low, i) =>
      assert(
        Math.abs(low - robust.box.a[i]) < 1e-6 && Math.abs(adversarial.box.b[i] - robust.box.b[i]) < 1e-6,
        `one is [${low}, ${adversarial.box.b[i]}] along ${f.space.axes[i].name}, the other [${robust.box.a[i]}, ${robust.box.b[i]}]`,
      )
    );
  });

  test("an interrupted growth keeps the box that it had", async () => {
    const f = hill(2);
    const controller = new AbortController();
    let rounds = 0;
    const [region] = await grown(
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
    // A method that needs fewer rounds has ended before.
    if (rounds < 3) return;
    assert(region.stopped === "interrupted", `it stopped as "${region.stopped}"`);
    assert(region.box.volume > 0, "the box that it yields must have a volume");
  });

  return all;

  function hillValue(point: Float64Array): number {
    return 0.95 * Math.exp(-(1 - Math.cos((point[0] - 180) * DEGREE)) - ((point[1] - 40) / 40) ** 2);
  }
}
