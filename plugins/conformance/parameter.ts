import { assert, assertEquals } from "@std/assert";
import { DEFAULT_SCENE, type Scene, SCENE_NUMBERS, SCENE_SIZE, writeScene } from "../../core/scene.ts";
import { applyParameter, type ParameterPlugin } from "../../core/semantic_parameter.ts";
import { type Requirement, Requirements } from "./requirement.ts";

/** What every semantic parameter must obey. */
export function parameterConformance(parameter: ParameterPlugin): Requirement[] {
  const { low, high, period, limits } = parameter;
  const { all, test } = new Requirements();
  const values = Float64Array.from({ length: 9 }, (_, i) => low + (i + 0.5) / 9 * (high - low));
  const rowsAt = async (points: Float64Array, scene: Scene = DEFAULT_SCENE) =>
    (await applyParameter(parameter, new Array<Scene>(points.length).fill(scene), points)).map(row);

  test("ranges, limits and default agree", () => {
    assert(low < high, "its range must run from a lower to a higher number");
    if (period !== undefined) assert(high - low <= period, "its range is longer than its period");
    if (limits !== undefined) assert(limits[0] <= low && high <= limits[1], "its range goes beyond its limits");
    assert(
      limits === undefined || (parameter.default >= limits[0] && parameter.default <= limits[1]),
      "its default lies beyond its limits",
    );
    assert(parameter.unit.length > 0 && parameter.description.length > 0, "its unit and its description must say something");
  });

  test("apply() is pure, finite and changes the scene", async () => {
    const before = JSON.stringify(DEFAULT_SCENE);
    const rows = await rowsAt(values);
    assertEquals(
      JSON.stringify(DEFAULT_SCENE),
      before,
      "the scene that it is given must stay as it is: give a new one, as { ...scene, ... }",
    );
    assertEquals(await rowsAt(values), rows, "the same value must give the same scene");
    for (const numbers of rows) assert(numbers.every(Number.isFinite), "a scene has a number that is not finite");
    const lit = { ...DEFAULT_SCENE, light: { ...DEFAULT_SCENE.light, direction: [0.6, 0.8, 0] as const } };
    const [base, ...others] = await rowsAt(values, lit);
    assert(others.some((numbers) => numbers.some((number, i) => number !== base[i])), "no value changes the scene");
  });

  test("apply() gives a scene the same alone and beside others", async () => {
    const together = await rowsAt(values);
    for (const i of [0, 4, 8]) assertEquals(await rowsAt(values.slice(i, i + 1)), [together[i]], "the scene differs");
  });

  test("apply() is smooth", async () => {
    const slopes = async (step: number) => {
      const [forward, backward] = await Promise.all([
        rowsAt(values.map((value) => value + step)),
        rowsAt(values.map((value) => value - step)),
      ]);
      return forward.map((numbers, i) => numbers.map((number, k) => (number - backward[i][k]) / (2 * step)));
    };
    const [coarse, fine] = [await slopes(1e-3 * (high - low)), await slopes(1e-5 * (high - low))];
    coarse.forEach((numbers, i) =>
      numbers.forEach((number, k) => {
        const isSmooth = Math.abs(number - fine[i][k]) <= 1e-3 * Math.max(1, Math.abs(fine[i][k]));
        assert(isSmooth, `${SCENE_NUMBERS[k]} jumps or bends at ${values[i]}: its slope is ${number}, from nearer by ${fine[i][k]}`);
      })
    );
  });

  return all;
}

function row(scene: Scene): Float64Array {
  const numbers = new Float64Array(SCENE_SIZE);
  writeScene(scene, numbers);
  return numbers;
}
