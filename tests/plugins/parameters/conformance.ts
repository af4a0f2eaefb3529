import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { DEFAULT_SCENE, type Scene, SCENE_SIZE, writeScene } from "../../../core/scene.ts";
import type { SemanticParameter } from "../../../core/semantic_parameter.ts";

/** What every semantic parameter must obey, as tests of one parameter. */
export function parameterConformance(parameter: SemanticParameter): void {
  const { name, low, high, period, limits } = parameter;
  const values = Array.from({ length: 9 }, (_, i) => low + (i + 0.5) / 9 * (high - low));

  Deno.test(`parameter ${name}: ranges, limits and default agree`, () => {
    assert(low < high);
    if (period !== undefined) assert(high - low <= period);
    if (limits !== undefined) assert(limits[0] <= low && high <= limits[1]);
    assert(limits === undefined || (parameter.default >= limits[0] && parameter.default <= limits[1]));
    assert(parameter.unit.length > 0 && parameter.description.length > 0);
  });

  Deno.test(`parameter ${name}: apply() is pure, finite and changes the scene`, () => {
    const before = JSON.stringify(DEFAULT_SCENE);
    const scenes = values.map((value) => row(parameter.apply(DEFAULT_SCENE, value)));
    assertEquals(JSON.stringify(DEFAULT_SCENE), before);
    assertEquals(values.map((value) => row(parameter.apply(DEFAULT_SCENE, value))), scenes);
    for (const scene of scenes) assert(scene.every(Number.isFinite));
    const base = parameter.apply({ ...DEFAULT_SCENE, light: { ...DEFAULT_SCENE.light, direction: [0.6, 0.8, 0] } }, values[2]);
    assert(values.some((value) => row(parameter.apply(base, value)).some((number, i) => number !== row(base)[i])));
  });

  Deno.test(`parameter ${name}: apply() is smooth`, () => {
    for (const value of values) {
      const slope = (step: number) => {
        const [forward, backward] = [value + step, value - step].map((moved) => row(parameter.apply(DEFAULT_SCENE, moved)));
        return forward.map((number, i) => (number - backward[i]) / (2 * step));
      };
      const [coarse, fine] = [slope(1e-3 * (high - low)), slope(1e-5 * (high - low))];
      coarse.forEach((number, i) => assertAlmostEquals(number, fine[i], 1e-3 * Math.max(1, Math.abs(fine[i]))));
    }
  });
}

function row(scene: Scene): Float64Array {
  const numbers = new Float64Array(SCENE_SIZE);
  writeScene(scene, numbers);
  return numbers;
}
