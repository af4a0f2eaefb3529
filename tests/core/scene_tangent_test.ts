import { assertAlmostEquals, assertEquals } from "@std/assert";
import { DEFAULT_SCENE, type Scene, SCENE_SIZE, writeScene } from "../../core/scene.ts";
import { sceneTangent } from "../../core/scene_tangent.ts";
import type { SemanticParameter } from "../../core/semantic_parameter.ts";

function parameter(apply: SemanticParameter["apply"], more: Partial<SemanticParameter> = {}): SemanticParameter {
  return { kind: "parameter", name: "p", description: "", unit: "unit", low: 0, high: 360, default: 0, apply, ...more };
}

function row(scene: Scene): Float64Array {
  const numbers = new Float64Array(SCENE_SIZE);
  writeScene(scene, numbers);
  return numbers;
}

Deno.test("sceneTangent() is 1 in the number that a plain parameter sets and 0 elsewhere", () => {
  const azimuth = parameter((scene, azimuth) => ({ ...scene, camera: { ...scene.camera, azimuth } }));
  row(sceneTangent(azimuth, DEFAULT_SCENE, 123.4)).forEach((value, i) => assertAlmostEquals(value, i === 0 ? 1 : 0, 1e-9));
});

Deno.test("sceneTangent() follows a curve: a direction by its angle", () => {
  const turn = Math.PI / 180;
  const angle = parameter((scene, value) => ({
    ...scene,
    light: { ...scene.light, direction: [Math.cos(value * turn), Math.sin(value * turn), 0.5] },
  }));
  const { direction } = sceneTangent(angle, DEFAULT_SCENE, 50).light;
  [-Math.sin(50 * turn) * turn, Math.cos(50 * turn) * turn, 0].forEach((value, i) => assertAlmostEquals(direction[i], value, 1e-10));
});

Deno.test("sceneTangent() takes an angle across its seam", () => {
  const wrapped = parameter((scene, value) => ({ ...scene, camera: { ...scene.camera, azimuth: (value % 360 + 360) % 360 } }));
  for (const value of [0, 360]) assertAlmostEquals(sceneTangent(wrapped, DEFAULT_SCENE, value).camera.azimuth, 1, 1e-9);
});

Deno.test("sceneTangent() stays within the parameter's limits", () => {
  const asked: number[] = [];
  const square = parameter((scene, value) => {
    asked.push(value);
    return { ...scene, post: { ...scene.post, contrast: value * value + 3 * value } };
  }, { low: 0, high: 2, limits: [0, 2] });
  assertAlmostEquals(sceneTangent(square, DEFAULT_SCENE, 0).post.contrast, 3, 1e-8);
  assertAlmostEquals(sceneTangent(square, DEFAULT_SCENE, 2).post.contrast, 7, 1e-8);
  assertEquals(asked.filter((value) => value < 0 || value > 2), []);
});
