import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { InputError } from "../../core/errors.ts";
import { DEFAULT_SCENE, readScene, type Scene, SCENE_NUMBERS, SCENE_SIZE, writeScene } from "../../core/scene.ts";
import { SceneSpace } from "../../core/scene_space.ts";
import type { SemanticParameter } from "../../core/semantic_parameter.ts";
import { parameters } from "../../plugins/parameters/mod.ts";

const parameter = (name: string) => parameters.find((candidate) => candidate.name === name)!;

Deno.test("writeScene() and readScene() keep every number of a scene", () => {
  const row = Float64Array.from({ length: SCENE_SIZE }, (_, i) => i + 1);
  const scene = readScene(row);
  const back = new Float64Array(SCENE_SIZE + 1);
  writeScene(scene, back, 1);
  assertEquals(back.subarray(1), row);
  const numbersInScene = JSON.stringify(DEFAULT_SCENE).match(/-?\d+(\.\d+)?/g)!.length;
  assertEquals(numbersInScene, SCENE_SIZE);
});

Deno.test("SCENE_NUMBERS names every number in its place", () => {
  assertEquals(SCENE_NUMBERS.filter((name) => name !== undefined).length, SCENE_SIZE);
  assertEquals([0, 5, 9, 18, 22, 23].map((i) => SCENE_NUMBERS[i]), [
    "camera.azimuth",
    "light.direction.0",
    "light.ambient",
    "object.color.2",
    "post.blur",
    "post.contrast",
  ]);
});

Deno.test("SceneSpace.scenes() applies every axis to the held scene", async () => {
  const scenes = new SceneSpace(
    [{ parameter: parameter("elevation") }, { parameter: parameter("azimuth"), range: [90, 270] }],
    [[parameter("distance"), 3]],
    parameters,
  );
  const [{ camera }, second] = await scenes.scenes(Float64Array.of(30, 130, 40, 140));
  assertEquals(camera, { ...DEFAULT_SCENE.camera, azimuth: 130, elevation: 30, distance: 3 });
  assertEquals(second.camera, { ...DEFAULT_SCENE.camera, azimuth: 140, elevation: 40, distance: 3 });
  assertEquals(scenes.fixed, { distance: 3 });
  assertEquals(scenes.space.axes.map(({ low, high }) => [low, high]), [[-10, 90], [90, 270]]);
});

Deno.test("SceneSpace applies parameters in their own order, whatever the order of the axes", async () => {
  const direction = async (names: string[], values: number[]) =>
    (await new SceneSpace(names.map((name) => ({ parameter: parameter(name) })), [], parameters).scenes(values))[0].light.direction;
  const one = await direction(["light-azimuth", "light-elevation"], [90, 30]);
  const other = await direction(["light-elevation", "light-azimuth"], [30, 90]);
  assertEquals(one, other);
  assertAlmostEquals(one[0], Math.cos(Math.PI / 6), 1e-12);
  assertAlmostEquals(one[1], 0.5, 1e-12);
});

Deno.test("SceneSpace.tangents() are the derivatives of scenes along each axis", async () => {
  const scenes = new SceneSpace([{ parameter: parameter("light-elevation") }, { parameter: parameter("distance") }], [], parameters);
  const tangents = await scenes.tangents(Float64Array.of(30, 3));
  const light = readScene(tangents, 0).light.direction;
  const radians = Math.PI / 180;
  assertAlmostEquals(light[1], Math.cos(30 * radians) * radians, 1e-9);
  assertAlmostEquals(light[2], Math.sin(30 * radians) * radians, 1e-9);
  assertEquals(readScene(tangents, SCENE_SIZE).light.direction, [0, 0, 0]);
  assertAlmostEquals(readScene(tangents, SCENE_SIZE).camera.distance, 1, 1e-9);
});

Deno.test("SceneSpace refuses a parameter that is held and varies, and values that make no sense", () => {
  const make = (held: number, range?: [number, number]) =>
    new SceneSpace([{ parameter: parameter("elevation"), range }], [[parameter("distance"), held]], parameters);
  assertThrows(() => make(-1), InputError, '"distance" must be in [0, 100]: current value is -1');
  assertThrows(() => make(NaN), InputError, '"distance"');
  assertThrows(() => make(3, [0, 95]), InputError, '"elevation" must be in [-90, 90]: current value is 95');
  assertThrows(
    () => new SceneSpace([{ parameter: parameter("elevation") }], [[parameter("elevation"), 3]], parameters),
    InputError,
    "choose one of the two",
  );
});

function along(apply: SemanticParameter["apply"], more: Partial<SemanticParameter> = {}): SceneSpace {
  return new SceneSpace([{
    parameter: { kind: "parameter", name: "p", description: "", unit: "unit", low: 0, high: 360, default: 0, apply, ...more },
  }]);
}

Deno.test("SceneSpace.tangents() take an angle across its seam", async () => {
  const wrapped = along((scene, value) => ({ ...scene, camera: { ...scene.camera, azimuth: (value % 360 + 360) % 360 } }));
  for (const value of [0, 123.4, 360]) {
    const { camera } = readScene(await wrapped.tangents(Float64Array.of(value)));
    assertAlmostEquals(camera.azimuth, 1, 1e-9);
    assertEquals(camera.elevation, 0);
  }
});

Deno.test("SceneSpace.tangents() stay within the parameter's limits", async () => {
  const asked: number[] = [];
  const square = along((scene, value) => {
    asked.push(value);
    return { ...scene, post: { ...scene.post, contrast: value * value + 3 * value } };
  }, { low: 0, high: 2, limits: [0, 2] });
  for (const [value, slope] of [[0, 3], [1, 5], [2, 7]]) {
    assertAlmostEquals(readScene(await square.tangents(Float64Array.of(value))).post.contrast, slope, 1e-4);
  }
  assertEquals(asked.filter((value) => value < 0 || value > 2), []);
});

Deno.test("SceneSpace refuses that a parameter writes into the scene that it is given, which others are given too", async () => {
  const writing = (part: "background" | "camera"): SemanticParameter => ({
    ...parameter("background"),
    name: "writing",
    apply(scene, value) {
      const given = scene as unknown as { background: number[]; camera: { roll: number } };
      if (part === "background") given.background[0] = value;
      else given.camera.roll = value;
      return scene;
    },
  });
  for (const part of ["background", "camera"] as const) {
    for (const held of [[], [[parameter("distance"), 3]]] as const) {
      const scenes = new SceneSpace([{ parameter: writing(part) }], held, parameters);
      await assertRejects(() => scenes.scenes([0.5]), TypeError, "read only");
    }
  }
  // A typed array cannot be made read-only: it is taken all the same.
  const typed = { ...parameter("background"), apply: (scene: Scene) => ({ ...scene, background: new Float64Array(3) as never }) };
  const scenes = new SceneSpace([{ parameter: parameter("distance") }], [[typed, 0.5]]);
  assertEquals((await scenes.scenes([3]))[0].camera.distance, 3);
});
