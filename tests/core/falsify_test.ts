import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { closedForm } from "../../core/closed_form.ts";
import { falsify } from "../../core/falsify.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";

function unitSpace(n: number): SemanticSpace {
  return new SemanticSpace(Array.from({ length: n }, (_, k) => ({ name: `u${k}`, unit: "unit", low: 0, high: 10 })));
}

/** High everywhere but for a pocket about `center`; `width` is its standard deviation. */
function pocket(center: readonly number[], width: number) {
  const space = unitSpace(center.length);
  const depth = (point: Float64Array) => 0.8 * Math.exp(-point.reduce((sum, x, k) => sum + (x - center[k]) ** 2, 0) / (2 * width ** 2));
  return closedForm(space, (point) => 0.9 - depth(point), (point, derivative) => {
    const value = depth(point);
    for (let k = 0; k < center.length; k++) derivative[k] = value * (point[k] - center[k]) / width ** 2;
  });
}

for (const n of [2, 4]) {
  const center = [7.3, 2.1, 5.5, 4.2].slice(0, n);
  const box = { a: new Float64Array(n).fill(1), b: new Float64Array(n).fill(9) };

  Deno.test(`falsify() finds, and descends by gradients in, a pocket of ${n} parameters that its samples missed`, async () => {
    const found = await falsify(pocket(center, n === 2 ? 0.4 : 1), box, { samples: 64, steps: 40, seed: 1 });
    assertEquals(found.search, "gradient");
    assert(found.score < 0.101 && found.sampledScore > 0.2, `${found.sampledScore} -> ${found.score}`);
    found.point.forEach((x, k) => assertAlmostEquals(x, center[k], 0.05));
    assert(found.gradientEvaluations > 0 && found.gradientEvaluations <= 4 * 27);
  });

  Deno.test(`falsify() gets there without gradients, n = ${n}`, async () => {
    const { space, evaluate } = pocket(center, n === 2 ? 0.4 : 1);
    const found = await falsify({ space, evaluate }, box, { samples: 64, steps: 40, seed: 1 });
    assertEquals([found.search, found.gradientEvaluations], ["evolution", 0]);
    assert(found.score < 0.11, `${found.sampledScore} -> ${found.score}`);
  });
}

Deno.test("falsify() stays in the box and finds a minimum on its border", async () => {
  const f = closedForm(unitSpace(2), ([x, y]) => 0.05 * (x + y), (_, derivative) => derivative.fill(0.05));
  const box = { a: Float64Array.of(2, 3), b: Float64Array.of(6, 8) };
  const found = await falsify(f, box, { steps: 40 });
  assertAlmostEquals(found.score, 0.25, 1e-3);
  assert(found.point[0] >= 2 && found.point[1] >= 3);
});

Deno.test("falsify() of an adversarial box looks for where the network is right", async () => {
  const hill = closedForm(unitSpace(1), ([x]) => 0.9 * Math.exp(-((x - 5) ** 2)), ([x], derivative) => {
    derivative[0] = -1.8 * (x - 5) * Math.exp(-((x - 5) ** 2));
  });
  const found = await falsify(hill, { a: Float64Array.of(0), b: Float64Array.of(10) }, { target: "adversarial", samples: 8, steps: 30 });
  assertAlmostEquals(found.score, 0.1, 1e-3);
  assertAlmostEquals(found.point[0], 5, 0.05);
});

for (const [target, sign] of [["robust", -1], ["adversarial", 1]] as const) {
  Deno.test(`falsify(), ${target}: follows the gradient in units of the box' sides, and counts what it asks for`, async () => {
    const space = unitSpace(2), box = { a: Float64Array.of(1, 4), b: Float64Array.of(9, 6) };
    const scored: number[] = [], differentiated: number[][] = [];
    // Worst in the middle of the box, so that a step leads out of it nowhere.
    const score = ([x, y]: Float64Array) => Math.hypot((x - 5) / 8, (y - 5) / 2);
    const scoresOf = (points: Float64Array) =>
      Float64Array.from({ length: points.length / 2 }, (_, i) => {
        const value = score(points.subarray(2 * i, 2 * i + 2));
        return target === "robust" ? value : 1 - value;
      });
    const f = {
      space,
      evaluate(points: Float64Array) {
        scored.push(points.length / 2);
        return Promise.resolve(scoresOf(points));
      },
      differentiate(points: Float64Array) {
        differentiated.push(Array.from(points));
        return Promise.resolve({ scores: scoresOf(points), gradients: Float64Array.from(points, (_, i) => i % 2 === 0 ? 0.1 : 0.3) });
      },
    };
    const found = await falsify(f, box, { target, samples: 16, starts: 2, steps: 6 });
    const [start, next] = differentiated;
    // 0.1 and 0.3 a unit are 0.8 and 0.6 a side; the first step is a tenth of the cube.
    assertAlmostEquals(next[0] - start[0], sign * 0.1 * 0.8 * 8, 1e-9);
    assertAlmostEquals(next[1] - start[1], sign * 0.1 * 0.6 * 2, 1e-9);
    assertEquals(differentiated.map((points) => points.length / 2), [2, 2, 2, 2]);
    assertEquals(found.gradientEvaluations, 8);
    assertEquals(found.evaluations, scored.reduce((sum, count) => sum + count, 0));
  });
}

Deno.test("falsify() ends early where it has found what it was asked for, and when it is aborted", async () => {
  const f = pocket([5, 5], 2);
  const box = { a: Float64Array.of(0, 0), b: Float64Array.of(10, 10) };
  const early = await falsify(f, box, { below: 0.5 });
  assertEquals(early.gradientEvaluations, 0);
  const controller = new AbortController();
  const aborting = {
    ...f,
    differentiate: (points: Float64Array, signal?: AbortSignal) => {
      controller.abort();
      signal?.throwIfAborted();
      return f.differentiate!(points);
    },
  };
  const found = await falsify(aborting, box, { signal: controller.signal });
  assertEquals(found.gradientEvaluations, 0);
  assert(found.score <= found.sampledScore);
});

Deno.test("falsify() begins at points that are known, across the seam, and not at those outside the box", async () => {
  const space = new SemanticSpace([
    { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
    { name: "elevation", unit: "degree", low: -10, high: 90 },
  ]);
  // A pocket that no even sample meets.
  const f = closedForm(space, ([x, y]) => Math.hypot(x - 350, y - 40) < 0.5 ? 0.1 : 0.9);
  const box = { a: Float64Array.of(-40, 0), b: Float64Array.of(60, 60) };
  const points = Float64Array.of(350, 40, 200, 40, 20, 20), scores = Float64Array.of(0.1, 0, NaN);
  assertEquals((await falsify(f, box, { samples: 16, starts: 1, steps: 2 })).score, 0.9);
  const { point, score, sampledScore, search, evaluations } = await falsify(f, box, { samples: 16, known: { points, scores }, steps: 0 });
  assertEquals([score, sampledScore, search, evaluations], [0.1, 0.1, "samples", 16]);
  assertAlmostEquals(point[0], -10, 1e-9);
  assertAlmostEquals(point[1], 40, 1e-9);
});

Deno.test("falsify() reports scores of f where the gradients are those of another picture", async () => {
  const box = { a: Float64Array.of(1, 1), b: Float64Array.of(9, 9) };
  const f = pocket([7.3, 2.1], 0.4);
  const other = {
    ...f,
    differentiate: async (points: Float64Array, signal?: AbortSignal) => {
      const { scores, gradients } = await f.differentiate!(points, signal);
      return { scores: scores.map((score) => score - 0.1), gradients };
    },
  };
  const found = await falsify(other, box, { samples: 64, steps: 40, seed: 1 });
  assertEquals([found.search, found.score], ["gradient", (await f.evaluate(found.point))[0]]);
});
