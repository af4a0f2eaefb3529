import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { DEFAULT_SCENE, type Scene, SCENE_SIZE, writeScene } from "../../../core/scene.ts";
import type { SemanticParameter } from "../../../core/semantic_parameter.ts";
import { parameters } from "../../../plugins/parameters/mod.ts";
import { parameterConformance } from "./conformance.ts";

for (const parameter of parameters) parameterConformance(parameter);

/** Parameters without a value that leaves the default scene as it is. */
const CHANGING = new Set(["hue"]);

function row(scene: Scene): Float64Array {
  const numbers = new Float64Array(SCENE_SIZE);
  writeScene(scene, numbers);
  return numbers;
}

Deno.test("every built-in parameter's default leaves the default scene as it is", () => {
  const kept = (parameter: SemanticParameter) => {
    const [before, after] = [row(DEFAULT_SCENE), row(parameter.apply(DEFAULT_SCENE, parameter.default))];
    before.forEach((value, i) => assertAlmostEquals(after[i], value, 1e-12, parameter.name));
  };
  for (const parameter of parameters) if (!CHANGING.has(parameter.name)) kept(parameter);
});

Deno.test("parameters that name the same thing agree: a gray background is its three channels", () => {
  const named = (name: string) => parameters.find((parameter) => parameter.name === name)!;
  const channels = ["background-red", "background-green", "background-blue"].reduce(
    (scene, name) => named(name).apply(scene, 0.3),
    DEFAULT_SCENE,
  );
  assertEquals(channels, named("background").apply(DEFAULT_SCENE, 0.3));
  assertEquals(named("hue").apply(DEFAULT_SCENE, 0).object.color[0], 1);
  assert(named("hue").apply(DEFAULT_SCENE, 120).object.color[1] > 0.999);
  const light = named("light-azimuth").apply(named("light-elevation").apply(DEFAULT_SCENE, 0), 90).light.direction;
  [1, 0, 0].forEach((value, i) => assertAlmostEquals(light[i], value, 1e-12));
});
