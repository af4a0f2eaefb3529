/**
 * The paper's table 1, measured: forward and backward passes a step of each of its methods, for 1 to 10 parameters.
 *
 * deno task bench bench/passes.ts
 */
import { closedForm } from "../core/closed_form.ts";
import { growRegions } from "../core/growth.ts";
import { SemanticSpace } from "../core/semantic_space.ts";
import { naive } from "../plugins/methods/naive.ts";
import { oirB } from "../plugins/methods/oir_b.ts";
import { oirW } from "../plugins/methods/oir_w.ts";

const STEPS = 3;

console.log("n   " + [naive, oirB, oirW].map(({ name }) => `${name} forward  backward`.padEnd(26)).join(""));
for (let n = 1; n <= 10; n++) {
  const space = new SemanticSpace(Array.from({ length: n }, (_, k) => ({ name: `u${k}`, unit: "unit", low: 0, high: 1 })));
  let forward = 0, backward = 0;
  const counting = closedForm(space, () => 0.5, (_, slopes) => slopes.fill(0));
  const f = {
    space,
    evaluate(points: Float64Array) {
      forward += points.length / n;
      return counting.evaluate(points);
    },
    differentiate(points: Float64Array) {
      forward += points.length / n;
      backward += points.length / n;
      return counting.differentiate!(points);
    },
  };
  const cells: string[] = [];
  for (const method of [naive, oirB, oirW]) {
    forward = backward = 0;
    await growRegions(f, [{
      method,
      target: "robust",
      initialPoint: new Float64Array(n).fill(0.5),
      options: { steps: STEPS, epsilon: 0.1 },
    }]);
    cells.push(`${String(forward / STEPS).padStart(method.name.length + 8)}  ${String(backward / STEPS).padStart(8)}`.padEnd(26));
  }
  console.log(String(n).padEnd(4) + cells.join(""));
}
