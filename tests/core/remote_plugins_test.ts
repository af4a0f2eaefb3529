import { assert, assertEquals, assertRejects } from "@std/assert";
import { closedForm } from "../../core/closed_form.ts";
import { PluginFailure } from "../../core/errors.ts";
import { growRegions } from "../../core/growth.ts";
import type { RegionMethod, RemoteMethod } from "../../core/region_method.ts";
import { SceneSpace } from "../../core/scene_space.ts";
import type { RemoteParameter, SemanticParameter } from "../../core/semantic_parameter.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";
import { azimuth, elevation } from "../../plugins/parameters/camera.ts";
import { contrast } from "../../plugins/parameters/post.ts";
import { naive } from "../../plugins/methods/naive.ts";

/** The parameter as one that lives elsewhere, and how often it was asked. */
function remote({ apply, ...facts }: SemanticParameter): RemoteParameter & { calls: number } {
  return {
    ...facts,
    calls: 0,
    applyAll(scenes, values) {
      this.calls++;
      return Promise.resolve(scenes.map((scene, i) => apply(scene, values[i])));
    },
  };
}

/** The method as one that lives elsewhere; it fails at its step `failsAt`. */
function remoteMethod(method: RegionMethod, failsAt = Infinity): RemoteMethod {
  return {
    ...method,
    async *grow(problem) {
      const growth = method.grow(problem);
      let state = growth.next();
      while (!state.done) {
        if (state.value.step >= failsAt) throw new PluginFailure("Plugin tired has had enough");
        const { points, gradients, step, box } = state.value;
        await Promise.resolve();
        state = growth.next(yield { points, gradients, step, box: { a: box.a.slice(), b: box.b.slice() } });
      }
      return state.value;
    },
  };
}

const hill = closedForm(
  new SemanticSpace([{ name: "x", unit: "unit", low: 0, high: 10 }, { name: "y", unit: "unit", low: 0, high: 10 }]),
  ([x, y]) => Math.exp(-((x - 5) ** 2 + (y - 5) ** 2) / 20),
);
const task = { target: "robust" as const, initialPoint: [5, 4], options: { steps: 20, epsilon: 0.1 } };

Deno.test("SceneSpace asks a remote parameter once a batch, and gives the scenes of a near one", async () => {
  const points = Float64Array.of(10, 20, 0.5, 30, 40, 1.5, 50, 60, 0.7);
  const space = (parameter: SemanticParameter | RemoteParameter) =>
    new SceneSpace([{ parameter: azimuth }, { parameter: elevation }, { parameter }], []);
  const far = remote(contrast);
  assertEquals(await space(far).rows(points), await space(contrast).rows(points));
  assertEquals(far.calls, 1);
  assertEquals(await space(far).tangents(points), await space(contrast).tangents(points));
  assertEquals(far.calls, 1 + 2 * 3);
});

Deno.test("SceneSpace applies a held remote parameter once", async () => {
  const far = remote(contrast);
  const scenes = new SceneSpace([{ parameter: azimuth }], [[far, 0.5]]);
  for (const value of [1, 2, 3]) assertEquals((await scenes.scenes([value]))[0].post.contrast, 0.5);
  assertEquals(far.calls, 1);
});

Deno.test("growRegions() grows the same box by a method that lives elsewhere", async () => {
  const [near, far] = await growRegions(hill, [{ ...task, method: naive }, { ...task, method: remoteMethod(naive) }]);
  assertEquals([far.box, far.trace, far.steps, far.evaluations], [near.box, near.trace, near.steps, near.evaluations]);
});

Deno.test("growRegions() keeps the other regions, and the box that there was, when a method from outside fails", async () => {
  const [near, far] = await growRegions(hill, [{ ...task, method: naive }, { ...task, method: remoteMethod(naive, 7) }]);
  assertEquals([near.stopped, near.steps, near.failure], ["steps", 20, undefined]);
  assertEquals([far.stopped, far.steps, far.facts], ["failed", 6, { failure: "Plugin tired has had enough" }]);
  assert(far.failure instanceof PluginFailure);
  const { a, b } = near.trace[6];
  assertEquals([Array.from(far.box.a), Array.from(far.box.b)], [a, b]);
});

Deno.test("growRegions() does not take a method's bug for a failure of a plugin", async () => {
  const method = remoteMethod({
    ...naive,
    grow() {
      throw new TypeError("bug");
    },
  });
  await assertRejects(() => growRegions(hill, [{ ...task, method }]), TypeError, "bug");
});
