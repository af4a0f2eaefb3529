import { assert } from "@std/assert";
import { EvolutionStrategy } from "../../core/evolution_strategy.ts";
import { Random } from "../../core/random.ts";

function minimize(value: (point: Float64Array) => number, start: Float64Array, generations: number): { best: number; asked: number } {
  const strategy = new EvolutionStrategy(start, { step: 0.2, random: new Random(4) });
  let best = Infinity, asked = 0;
  for (let i = 0; i < generations && !strategy.converged; i++) {
    const points = strategy.ask();
    for (const point of points) assert(point.every((x) => x >= 0 && x <= 1));
    const values = points.map(value);
    asked += values.length;
    best = Math.min(best, ...values);
    strategy.tell(values);
  }
  return { best, asked };
}

Deno.test("EvolutionStrategy finds the minimum of a bowl far from its start", () => {
  for (const n of [1, 2, 5, 10]) {
    const bowl = (point: Float64Array) => point.reduce((sum, x, k) => sum + (x - 0.3 - 0.04 * k) ** 2, 0);
    const { best } = minimize(bowl, new Float64Array(n).fill(0.9), 60 + 30 * n);
    assert(best < 1e-6, `n = ${n}: ${best}`);
  }
});

Deno.test("EvolutionStrategy learns the shape of a narrow valley that no axis follows", () => {
  const valley = ([x, y]: Float64Array) => 1000 * (x - y) ** 2 + (x + y - 1.5) ** 2;
  const { best } = minimize(valley, Float64Array.of(0.1, 0.1), 120);
  assert(best < 1e-6, `${best}`);
});

Deno.test("EvolutionStrategy finds a minimum on the border", () => {
  const slope = (point: Float64Array) => point[0] + point[1];
  const { best } = minimize(slope, Float64Array.of(0.5, 0.5), 80);
  assert(best < 1e-3, `${best}`);
});
