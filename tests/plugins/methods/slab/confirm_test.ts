import { assert, assertLess } from "@std/assert";
import { closedForm } from "../../../../core/closed_form.ts";
import { growRegions } from "../../../../core/growth.ts";
import { Random } from "../../../../core/random.ts";
import { SemanticSpace } from "../../../../core/semantic_space.ts";
import { slab } from "../../../../plugins/methods/slab/slab.ts";

const CELLS = 6;

/** Whether the cell of a point of the unit cube is a bad one: at random, but always the same, and the more often the farther out it lies. */
function isBad(u: ArrayLike<number>): boolean {
  let hash = 2166136261, far = 0;
  for (let k = 0; k < u.length; k++) {
    hash = Math.imul(hash ^ Math.floor(u[k] * CELLS), 16777619);
    hash ^= hash >>> 13;
    far = Math.max(far, Math.abs(2 * u[k] - 1));
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32 < 0.15 * far ** 8;
}

Deno.test("slab with few points returns a box that passed one test, though there is none left to confirm it", async () => {
  const n = 6;
  const space = new SemanticSpace(Array.from({ length: n }, (_, k) => ({ name: `u${k}`, unit: "unit", low: 0, high: 1 })));
  const f = closedForm(space, (u) => u.every((value) => Math.abs(value - 0.5) < 0.3) ? 0.9 : 0.1);
  const task = { method: slab, target: "robust" as const, initialPoint: Array(n).fill(0.5), options: { evaluations: 560 } };
  const [{ box, evaluations, facts }] = await growRegions(f, [task]);
  assert(evaluations <= 560);
  assert((facts.test as { samples: number }).samples > 0);
  assert(box.volume > 0.05 * 0.6 ** n, `${box.volume}`);
});

for (const n of [5, 8]) {
  Deno.test(`slab, ${n} parameters: where bad points are strewn, no more of a box is bad than may be, and it is of a fair size`, async () => {
    const space = new SemanticSpace(Array.from({ length: n }, (_, k) => ({ name: `u${k}`, unit: "unit", low: 0, high: 1 })));
    const f = closedForm(space, (u) => isBad(u) ? 0.1 : 0.9);
    // A cube of side s has a share of 0.15 n / (n + 8) s^8.
    const largest = (0.01 * (n + 8) / (0.15 * n)) ** (n / 8);
    const shares: number[] = [];
    let volume = 0;
    for (let seed = 0; seed < 8; seed++) {
      const [{ box, stopped }] = await growRegions(f, [{ method: slab, target: "robust", initialPoint: Array(n).fill(0.5), seed }]);
      assert(stopped !== "out of points", `seed ${seed}`);
      const random = new Random(99 + seed), count = 4000;
      const points = box.place(new Float64Array(count * n).map(() => random.uniform()));
      shares.push(Array.from({ length: count }, (_, i) => points.subarray(i * n, (i + 1) * n)).filter(isBad).length / count);
      volume += box.volume / 8;
    }
    assertLess(shares.reduce((sum, share) => sum + share, 0) / shares.length, 0.0085);
    assertLess(Math.max(...shares), 0.018);
    assert(volume > 0.3 * largest, `${volume} of ${largest}`);
  });
}
