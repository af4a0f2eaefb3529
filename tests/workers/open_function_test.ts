import { assertEquals, assertRejects } from "@std/assert";
import rayCaster from "../../docs/plugins/ray_caster.ts";
import prevailingColor from "../../docs/plugins/prevailing_color.ts";
import { createLattice, sampleMap } from "../../core/lattice_map.ts";
import { SceneSpace } from "../../core/scene_space.ts";
import { builtInPlugins } from "../../plugins/mod.ts";
import { type FunctionSetup, openFunction } from "../../workers/open_function.ts";
import { openPlugins } from "../../workers/sandbox/open_plugins.ts";

const FILES = ["docs/plugins/ray_caster.ts", "docs/plugins/prevailing_color.ts"];

/** A map of the share of blue, and its gradient at a point. */
async function measure(given: Pick<FunctionSetup, "registry" | "modules" | "workers">, renderer = "ray-caster") {
  const { registry } = given;
  const parameters = ["azimuth", "background-blue"].map((name) => ({ parameter: registry.get("parameter", name) }));
  const scenes = new SceneSpace(parameters, [], registry.all("parameter"));
  const setup = { ...given, scenes, mesh: "chair", classifier: "prevailing-color", renderer, class: 2, gradients: "exact" } as const;
  await using opened = await openFunction(setup);
  const { scores } = await sampleMap(opened.f, createLattice(scenes.space, { counts: [3, 2] }));
  const { gradients } = await opened.f.differentiate!(Float64Array.of(40, 0.6));
  return { scores, gradients };
}

Deno.test("openFunction() takes renderers and classifiers that are objects of the program, with the scores that they have in workers", async () => {
  await using outside = await openPlugins(FILES.map((origin) => ({ origin, trusted: true })));
  const registry = builtInPlugins().register(...outside.plugins);
  const inWorkers = await measure({ registry, modules: outside.modules, workers: 2 });
  for (const workers of [1, 2]) {
    assertEquals(await measure({ registry: builtInPlugins().register(rayCaster, prevailingColor), workers }), inWorkers);
  }
});

Deno.test("openFunction() joins a classifier of the program with a built-in renderer, and goes no further where it is aborted", async () => {
  const registry = builtInPlugins().register(prevailingColor);
  const { scores, gradients } = await measure({ registry }, "raster");
  assertEquals([scores.length, gradients.length], [6, 2]);
  const scenes = new SceneSpace([{ parameter: registry.get("parameter", "azimuth") }]);
  await using opened = await openFunction({ registry, scenes, mesh: "chair", classifier: "prevailing-color", class: 2 });
  const reason = new Error("enough");
  assertEquals(await assertRejects(() => opened.f.evaluate(Float64Array.of(1, 2), AbortSignal.abort(reason))), reason);
  assertEquals((await opened.f.evaluate(Float64Array.of(1))).length, 1);
});
