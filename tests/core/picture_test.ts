import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { differentiatePicture } from "../../core/picture.ts";
import type { Renderer } from "../../core/renderer.ts";
import { DEFAULT_SCENE, readScene, type Scene, SCENE_SIZE } from "../../core/scene.ts";

const WIDTH = 4, HEIGHT = 3, SIZE = 3 * WIDTH * HEIGHT;

/** Value `i` of its picture is 0.3 + (azimuth / 1000 + red of the background) (i + 1) / SIZE; it counts its calls and scenes. */
function linearRenderer(): Renderer & { calls: number; scenes: number } {
  return {
    calls: 0,
    scenes: 0,
    render(scenes: readonly Scene[], pictures: Float32Array) {
      this.calls++;
      this.scenes += scenes.length;
      scenes.forEach(({ camera, background }, s) => {
        for (let i = 0; i < SIZE; i++) pictures[s * SIZE + i] = 0.3 + (camera.azimuth / 1000 + background[0]) * (i + 1) / SIZE;
      });
    },
    dispose() {},
  };
}

/** The direction in which one number of a scene, by its place in a row, changes. */
function tangentAlong(place: number, rate = 1): Scene {
  const row = new Float64Array(SCENE_SIZE);
  row[place] = rate;
  return readScene(row);
}

Deno.test("differentiatePicture() differences the pictures of a renderer without a derivative, all in one call", async () => {
  const renderer = linearRenderer();
  const [azimuth, red, nothing] = [tangentAlong(0), tangentAlong(19, 2), tangentAlong(24)];
  const picture = new Float32Array(SIZE), derivatives = new Float32Array(3 * SIZE).fill(NaN);
  const scene = { ...DEFAULT_SCENE, camera: { ...DEFAULT_SCENE.camera, azimuth: 50 } };
  const source = await differentiatePicture(renderer, scene, {
    width: WIDTH,
    height: HEIGHT,
    tangents: [azimuth, nothing, red],
    picture,
    derivatives,
  });
  assertEquals(source, "picture");
  assertEquals([renderer.calls, renderer.scenes], [1, 5]);
  for (let i = 0; i < SIZE; i++) {
    const share = (i + 1) / SIZE;
    assertAlmostEquals(picture[i], 0.3 + 0.05 * share, 1e-6);
    assertAlmostEquals(derivatives[i], share / 1000, 1e-6);
    // Brightness is added after rendering: its derivative is exact.
    assertEquals(derivatives[SIZE + i], 1);
    assertAlmostEquals(derivatives[2 * SIZE + i], 2 * share, 1e-4);
  }
});

Deno.test("differentiatePicture() takes the renderer's derivative where there is one, unless told otherwise", async () => {
  const renderer = {
    ...linearRenderer(),
    differentiate(_scene: Scene, _tangents: readonly Scene[], picture: Float32Array, derivatives: Float32Array) {
      picture.fill(0.25);
      derivatives.fill(7);
    },
  };
  const options = {
    width: WIDTH,
    height: HEIGHT,
    tangents: [tangentAlong(0)],
    picture: new Float32Array(SIZE),
    derivatives: new Float32Array(SIZE),
  };
  assertEquals(await differentiatePicture(renderer, DEFAULT_SCENE, options), "exact");
  assert(options.derivatives.every((value) => value === 7));
  assertEquals(await differentiatePicture(renderer, DEFAULT_SCENE, { ...options, gradient: "picture" }), "picture");
  assertAlmostEquals(options.derivatives[SIZE - 1], 0.001, 1e-6);
});
