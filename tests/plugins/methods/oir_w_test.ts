import { assertEquals, assertRejects } from "@std/assert";
import { closedForm } from "../../../core/closed_form.ts";
import { InputError } from "../../../core/errors.ts";
import { growRegions } from "../../../core/growth.ts";
import { SemanticSpace } from "../../../core/semantic_space.ts";
import { oirW } from "../../../plugins/methods/oir_w.ts";

function grow(n: number, beta: number) {
  const space = new SemanticSpace(Array.from({ length: n }, (_, k) => ({ name: `u${k}`, unit: "unit", low: 0, high: 1 })));
  const initialPoint = new Array(n).fill(0.5);
  return growRegions(closedForm(space, () => 0.9), [{ method: oirW, target: "robust", initialPoint, options: { beta, steps: 1 } }]);
}

Deno.test("oir_w refuses a beta above 1 / (2n), before it scores anything", async () => {
  for (const n of [1, 2, 4]) {
    const [{ steps }] = await grow(n, 1 / (2 * n));
    assertEquals(steps, 1);
  }
  await assertRejects(() => grow(2, 0.5), InputError, 'Option "beta" of method "oir_w" over 2 parameters must be in [0, 0.25]');
});
