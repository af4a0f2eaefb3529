import { assert, assertEquals } from "@std/assert";
import { falsifyRegion } from "../../commands/falsify_regions.ts";
import { closedForm } from "../../core/closed_form.ts";
import type { GrownRegion } from "../../core/growth.ts";
import { Orthotope } from "../../core/orthotope.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";
import { slab } from "../../plugins/methods/slab/slab.ts";

const space = new SemanticSpace([{ name: "x", unit: "unit", low: 0, high: 10 }, { name: "y", unit: "unit", low: 0, high: 10 }]);
const options = { floor: 0.35, samples: 64, seed: 0, signal: new AbortController().signal };

function grown(target: GrownRegion["task"]["target"]): GrownRegion {
  const box = new Orthotope([0, 0], [10, 10]);
  const task = { method: slab, target, initialPoint: Float64Array.of(1, 5) };
  return {
    task,
    box,
    trace: [],
    facts: {},
    steps: 0,
    stopped: "steps",
    evaluations: 0,
    gradientEvaluations: 0,
    gradients: "none",
    options: {},
  };
}

for (const target of ["robust", "adversarial"] as const) {
  // Down a slope that is bad from x = 5 on.
  const along = (x: number) => target === "robust" ? x : 1 - x;
  const f = closedForm(space, ([x]) => along(0.6 - 0.05 * x), (_, derivative) => derivative[0] = target === "robust" ? -0.05 : 0.05);

  Deno.test(`falsifyRegion(), ${target}: cuts a region that is bad by half in a few searches, and little more of it than is bad`, async () => {
    let searches = 0;
    const counting = {
      ...f,
      evaluate: (points: Float64Array) => (searches += points.length === 2 * options.samples ? 1 : 0, f.evaluate(points)),
    };
    const { region: { box }, falsification: { score, cuts } } = await falsifyRegion(counting, grown(target), { ...options, mode: "cut" });
    assertEquals([Array.from(box.a), box.b[1]], [[0, 0], 10]);
    assert(box.b[0] > 4.75 && box.b[0] < 5, `${box.b[0]}`);
    assert(score >= options.floor && cuts > 0 && searches < 8, `${score}, ${cuts} cuts, ${searches} searches`);
  });

  Deno.test(`falsifyRegion(), ${target}: only reports where nothing is to be cut`, async () => {
    const { region, falsification: { score, cuts, point } } = await falsifyRegion(f, grown(target), { ...options, mode: "report" });
    assertEquals([Array.from(region.box.b), cuts], [[10, 10], 0]);
    assert(score < 0.11 && Math.abs(point[0] - 10) < 0.01, `${score} at ${point}`);
  });

  Deno.test(`falsifyRegion(), ${target}: cuts what is known to be bad and no sample meets`, async () => {
    const bad = along(0.1), known = { points: Float64Array.of(9.99, 9.99), scores: Float64Array.of(bad) };
    const plain = closedForm(space, ([x, y]) => x > 9.9 && y > 9.9 ? bad : along(0.9));
    const { region: { box }, falsification } = await falsifyRegion(plain, grown(target), { ...options, mode: "cut", known });
    assert(!box.contains(known.points, space) && box.volume > 90);
    assertEquals(falsification.score.toFixed(6), "0.900000");
  });
}
