import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Mesh } from "../../core/mesh.ts";
import type { RendererPlugin, RenderOptions } from "../../core/renderer.ts";
import { DEFAULT_SCENE, type Scene } from "../../core/scene.ts";
import { box, card, join, sphere } from "./meshes.ts";
import { type Requirement, Requirements } from "./requirement.ts";
import { smoothShading } from "./smooth_shading.ts";

/** What a renderer may differ by. */
export interface ConformanceOptions {
  /** Mean difference between two pictures that should be the same but were drawn by another way, in values of [0, 1]. */
  readonly tolerance?: number;
  /** Tests that the renderer cannot pass, by name, with the reason. */
  readonly skip?: readonly { readonly test: string; readonly reason: string }[];
}

const SIZE = 64;

/** Changes to the default scene. */
type SceneChange = { [Part in keyof Scene]?: Partial<Scene[Part]> };

/** The default scene with changes. */
export function sceneWith(change: SceneChange): Scene {
  return {
    camera: { ...DEFAULT_SCENE.camera, ...change.camera },
    light: { ...DEFAULT_SCENE.light, ...change.light },
    object: { ...DEFAULT_SCENE.object, ...change.object },
    background: (change.background ?? DEFAULT_SCENE.background) as Scene["background"],
    post: { ...DEFAULT_SCENE.post, ...change.post },
  };
}

/** What every renderer must obey. */
export function rendererConformance(plugin: RendererPlugin, { tolerance = 0.001, skip = [] }: ConformanceOptions = {}): Requirement[] {
  const draw = async (mesh: Mesh, scene: Scene, options: Partial<RenderOptions> = {}): Promise<Float32Array> => {
    const { width = SIZE, height = SIZE, colors = "white" } = options;
    const renderer = await plugin.create(mesh, { width, height, colors });
    const picture = new Float32Array(3 * width * height).fill(NaN);
    await renderer.render([scene], picture);
    renderer.dispose();
    return picture;
  };
  const requirements = new Requirements();
  const reasonToSkip = (name: string) => skip.find(({ test }) => test === name)?.reason;
  const test = (name: string, check: Requirement["check"]) => requirements.test(name, check, reasonToSkip(name));
  const assertSame = (left: Float32Array, right: Float32Array) => {
    const difference = left.reduce((sum, value, i) => sum + Math.abs(value - right[i]), 0) / left.length;
    assert(difference <= tolerance, `mean difference is ${difference}`);
  };
  const assertDiffer = (left: Float32Array, right: Float32Array) => {
    assert(
      left.reduce((sum, value, i) => sum + Math.abs(value - right[i]), 0) / left.length > 10 * tolerance,
      "two scenes have the same picture",
    );
  };
  const lopsided = join(box([2, 0.5, 0.7]), box([0.3, 1.2, 0.3], [0.7, 0.6, 0.1]));

  test("every value is written and lies in [0, 1], square or not", async () => {
    for (const [width, height] of [[64, 64], [80, 48], [33, 61]]) {
      const picture = await draw(lopsided, sceneWith({ camera: { azimuth: 30, elevation: 20 } }), { width, height });
      assertEquals(picture.length, 3 * width * height, `a picture must have ${3 * width * height} values`);
      assert(picture.every((value) => value >= 0 && value <= 1), "a value is not written, or not in [0, 1]");
      assert(picture.some((value) => value > 0), "nothing is seen of a lit object");
    }
  });

  test("the same scene gives the same bytes, whatever was drawn before", async () => {
    const renderer = await plugin.create(lopsided, { width: SIZE, height: SIZE, colors: "white" });
    const length = 3 * SIZE * SIZE;
    const scenes = [10, 130, 250].map((azimuth) => sceneWith({ camera: { azimuth, elevation: azimuth / 10 } }));
    const batch = new Float32Array(3 * length), again = new Float32Array(3 * length), single = new Float32Array(length);
    await renderer.render(scenes, batch);
    await renderer.render(scenes, again);
    assertEquals(again, batch, "pictures differ the second time");
    for (const i of [2, 0, 1]) {
      await renderer.render([scenes[i]], single);
      assertEquals(single, batch.slice(i * length, (i + 1) * length), "a picture differs beside others");
    }
    renderer.dispose();
  });

  test("azimuth has a period of 360 degrees, roll too", async () => {
    const camera = { azimuth: 40, elevation: 10, roll: 20 };
    const picture = await draw(lopsided, sceneWith({ camera }));
    assertSame(await draw(lopsided, sceneWith({ camera: { ...camera, azimuth: 400 } })), picture);
    assertSame(await draw(lopsided, sceneWith({ camera: { ...camera, roll: -340 } })), picture);
    assertDiffer(await draw(lopsided, sceneWith({ camera: { ...camera, azimuth: 50 } })), picture);
  });

  test("the frame is left-handed: from -z, +x is on the right and +y up", async () => {
    const at = async (x: number, y: number) => {
      const picture = await draw(box([0.4, 0.4, 0.4], [x, y, 0]), sceneWith({}));
      let sumX = 0, sumY = 0, total = 0;
      for (let i = 0; i < SIZE * SIZE; i++) {
        total += picture[i];
        sumX += picture[i] * (i % SIZE + 0.5);
        sumY += picture[i] * (Math.floor(i / SIZE) + 0.5);
      }
      return [sumX / total - SIZE / 2, SIZE / 2 - sumY / total];
    };
    const [x, y] = await at(0.6, 0.3);
    assert(x > 8 && y > 4, `centroid is ${x}, ${y}`);
  });

  test("from azimuth 90 the eye is on +x, from elevation 90 on +y", async () => {
    // A card in the plane of the eye's axis is seen edge on and vanishes, one across it is seen.
    const across = card(1, 1, 0);
    const share = (picture: Float32Array) => picture.subarray(0, SIZE * SIZE).filter((value) => value > 0.2).length / SIZE ** 2;
    assert(share(await draw(across, sceneWith({}))) > 0.05, "a card is not seen from the front");
    for (const camera of [{ azimuth: 90 }, { elevation: 90 }]) {
      assertEquals(share(await draw(across, sceneWith({ camera }))), 0, `a card edge on is seen from ${JSON.stringify(camera)}`);
    }
    const nearer = (x: number, y: number) => join(box([0.5, 0.5, 0.5], [x, y, 0]), box([0.5, 0.5, 0.5], [-x, -y, 0]));
    for (const camera of [{ azimuth: 90 }, { elevation: 90 }]) {
      const onSide = camera.azimuth === undefined ? nearer(0, 0.7) : nearer(0.7, 0);
      const hidden = await draw(onSide, sceneWith({ camera }));
      const alone = await draw({ ...onSide, triangles: onSide.triangles.subarray(0, 36) }, sceneWith({ camera }));
      assertSame(hidden, alone);
    }
  });

  test("the projection puts a card of known size where it belongs", async () => {
    // Half an extent of 0.5 at depth 2 with a field of view of 60 degrees: 0.25 / tan 30 of half the height.
    const scene = sceneWith({ camera: { distance: 2 } });
    for (const [width, height] of [[SIZE, SIZE], [96, SIZE]]) {
      const picture = await draw(card(1, 1, 0), scene, { width, height });
      const half = 0.25 / Math.tan(Math.PI / 6) * height / 2;
      const expected = (2 * half) ** 2;
      const covered = picture.subarray(0, width * height).reduce((sum, value) => sum + value, 0) / 0.5;
      assertAlmostEquals(covered, expected, 0.03 * expected, "pixels that it covers");
      const row = picture.subarray(width * height / 2, width * height / 2 + width);
      assertAlmostEquals(row.reduce((sum, value) => sum + value, 0) / 0.5, 2 * half, 1, "pixels of its middle row");
      assertAlmostEquals(row[width / 2], 0.5, 1e-6, "brightness of its middle");
    }
  });

  test("a narrower field of view enlarges, a greater distance makes smaller", async () => {
    const area = async (camera: Partial<Scene["camera"]>) =>
      (await draw(sphere(8), sceneWith({ camera }))).subarray(0, SIZE * SIZE).filter((value) => value > 0.25).length;
    const plain = await area({});
    assert(await area({ fieldOfView: 50 }) > 1.2 * plain, "a narrower field of view does not enlarge enough");
    assert(await area({ distance: 4 }) < 0.6 * plain, "a greater distance does not make small enough");
  });

  test("roll turns the picture counterclockwise", async () => {
    const upright = await draw(lopsided, sceneWith({ camera: { azimuth: 30 } }));
    const turned = await draw(lopsided, sceneWith({ camera: { azimuth: 30, roll: 90 } }));
    const expected = new Float32Array(upright.length);
    for (let channel = 0; channel < 3; channel++) {
      for (let y = 0; y < SIZE; y++) {
        for (let x = 0; x < SIZE; x++) {
          expected[(channel * SIZE + SIZE - 1 - x) * SIZE + y] = upright[(channel * SIZE + y) * SIZE + x];
        }
      }
    }
    assertSame(turned, expected);
  });

  test("the picture is defined and continuous at the poles and beyond", async () => {
    for (const elevation of [90, -90, 135, 180, -120]) {
      const [before, at, after] = await Promise.all(
        [-0.05, 0, 0.05].map((step) => draw(lopsided, sceneWith({ camera: { azimuth: 25, elevation: elevation + step } }))),
      );
      assert(at.every(Number.isFinite), "a value is not finite");
      const change = (left: Float32Array, right: Float32Array) => left.reduce((sum, value, i) => sum + Math.abs(value - right[i]), 0);
      assert(change(before, at) + change(at, after) < 0.02 * at.reduce((sum, value) => sum + value, 0), `jump at ${elevation}`);
    }
  });

  test("faces are lit on both sides by ambient and directional light, flat", async () => {
    // A floor with its normal up or down, seen from above: 0.5 + 0.5; from below only ambient light.
    const floor = (up: boolean): Mesh => ({
      positions: Float32Array.of(-1, 0, -1, 1, 0, -1, 1, 0, 1, -1, 0, 1),
      triangles: up ? Uint32Array.of(0, 2, 1, 0, 3, 2) : Uint32Array.of(0, 1, 2, 0, 2, 3),
    });
    for (const up of [true, false]) {
      for (const [elevation, value] of [[60, 1], [-60, 0.5]]) {
        const picture = await draw(floor(up), sceneWith({ camera: { elevation } }));
        assertAlmostEquals(picture[SIZE * SIZE / 2 + SIZE / 2], value, 1e-5);
      }
    }
    const light = { direction: [0, 3, 4] as const, ambient: 0.2, directional: 0.7 };
    const picture = await draw(floor(true), sceneWith({ camera: { elevation: 60 }, light }));
    assertAlmostEquals(picture[SIZE * SIZE / 2 + SIZE / 2], 0.2 + 0.7 * 0.6, 1e-5);
  });

  test("the object's color and the background multiply and fill channel by channel", async () => {
    const scene = sceneWith({ object: { color: [1, 0.5, 0.25] }, background: [0.1, 0.2, 0.3] });
    const picture = await draw(card(1, 1, 0), scene);
    const middle = SIZE * SIZE / 2 + SIZE / 2;
    [0.5, 0.25, 0.125].forEach((value, channel) => assertAlmostEquals(picture[channel * SIZE * SIZE + middle], value, 1e-5));
    [0.1, 0.2, 0.3].forEach((value, channel) => assertAlmostEquals(picture[channel * SIZE * SIZE], value, 1e-5));
  });

  test("rotations are about x, then y, then z, and come before the shift", async () => {
    const turned = await draw(lopsided, sceneWith({ object: { rotation: [0, 40, 0] } }));
    // Turning the object about y is moving the eye around it, as the light stands right above.
    assertSame(turned, await draw(lopsided, sceneWith({ camera: { azimuth: 40 } })));
    const radians = (degrees: number) => degrees * Math.PI / 180;
    const rotate = (mesh: Mesh, [x, y, z]: readonly number[], shift: readonly number[]): Mesh => {
      const positions = mesh.positions.slice();
      for (let i = 0; i < positions.length; i += 3) {
        let [a, b, c] = positions.subarray(i, i + 3);
        [b, c] = [b * Math.cos(radians(x)) - c * Math.sin(radians(x)), b * Math.sin(radians(x)) + c * Math.cos(radians(x))];
        [a, c] = [a * Math.cos(radians(y)) + c * Math.sin(radians(y)), -a * Math.sin(radians(y)) + c * Math.cos(radians(y))];
        [a, b] = [a * Math.cos(radians(z)) - b * Math.sin(radians(z)), a * Math.sin(radians(z)) + b * Math.cos(radians(z))];
        positions.set([a + shift[0], b + shift[1], c + shift[2]], i);
      }
      return { ...mesh, positions };
    };
    const object = { rotation: [20, -35, 50], shift: [0.3, -0.2, 0.1] } as const;
    assertSame(await draw(lopsided, sceneWith({ object })), await draw(rotate(lopsided, object.rotation, object.shift), sceneWith({})));
  });

  test("colors of corners are used where asked for, in perspective", async () => {
    const mesh = box([1, 1, 1], [0, 0, 0], true);
    const front = await draw(mesh, sceneWith({}), { colors: "mesh" });
    const middle = SIZE * SIZE / 2 + SIZE / 2;
    [0.5, 0, 0.5].forEach((value, channel) => assertAlmostEquals(front[channel * SIZE * SIZE + middle], value, 1e-5));
    const white = await draw(mesh, sceneWith({}), { colors: "white" });
    [0.5, 0.5, 0.5].forEach((value, channel) => assertAlmostEquals(white[channel * SIZE * SIZE + middle], value, 1e-5));
    // A floor from black at z = -1 to red at z = 1: seen along it, half way in space is the center of the picture, not half of its extent there.
    const floor: Mesh = {
      positions: Float32Array.of(-1, 0, -1, 1, 0, -1, 1, 0, 1, -1, 0, 1),
      triangles: Uint32Array.of(0, 2, 1, 0, 3, 2),
      colors: Float32Array.from([0, 1, 0, 0, 1, 1].flatMap((red) => [red, 0, 0])),
    };
    const slanted = await draw(floor, sceneWith({ camera: { elevation: 30 } }), { colors: "mesh" });
    const rows = (slanted[middle] + slanted[middle - SIZE]) / 2;
    assertAlmostEquals(rows, 0.5, 0.01);
    assert(slanted.subarray(SIZE * SIZE).every((value) => value === 0), "a red object is green or blue");
  });

  test("what comes nearer than the near plane is cut off cleanly", async () => {
    // A long bar that runs past the eye: seen from inside of its length it still fills its cross section's outline.
    const picture = await draw(box([0.5, 0.5, 12]), sceneWith({}));
    assert(picture.every((value) => value >= 0 && value <= 1), "a value is not in [0, 1]");
    const floor: Mesh = {
      positions: Float32Array.of(-50, -0.5, -50, 50, -0.5, -50, 50, -0.5, 50, -50, -0.5, 50),
      triangles: Uint32Array.of(0, 2, 1, 0, 3, 2),
    };
    const ground = await draw(floor, sceneWith({}));
    for (let y = 0; y < SIZE; y++) {
      // The horizon is at slope 0.5 / 52.7 below the middle; below it the floor fills every row, above it none.
      const expected = y < SIZE / 2 ? 0 : y > SIZE / 2 + 1 ? 1 : undefined;
      if (expected === undefined) continue;
      for (let x = 0; x < SIZE; x++) assertAlmostEquals(ground[y * SIZE + x], expected, 1e-5, `at ${x}, ${y}`);
    }
  });

  test("nearer parts hide farther ones, whatever their order, and parts that cross are cut at the crossing", async () => {
    const near = card(0.6, 0.6, -0.4), far = card(1.2, 1.2, 0.4);
    assertSame(
      await draw(join(near, far), sceneWith({ camera: { azimuth: 20 } })),
      await draw(join(far, near), sceneWith({ camera: { azimuth: 20 } })),
    );
    // Two planes that cross along the picture's middle column: each is in front on one side of it.
    const tilted = (sign: number, value: number): Mesh => ({
      positions: Float32Array.of(-1, -1, sign * 0.5, 1, -1, -sign * 0.5, 1, 1, -sign * 0.5, -1, 1, sign * 0.5),
      triangles: Uint32Array.of(0, 1, 2, 0, 2, 3),
      colors: new Float32Array(18).fill(value),
    });
    const picture = await draw(join(tilted(1, 1), tilted(-1, 0.5)), sceneWith({}), { colors: "mesh" });
    const row = SIZE * SIZE / 2;
    assertAlmostEquals(picture[row + SIZE / 2 - 4], 0.25, 1e-5);
    assertAlmostEquals(picture[row + SIZE / 2 + 4], 0.5, 1e-5);
  });

  test("watertight: a sphere shows no background through its faces", async () => {
    for (const azimuth of [0, 11, 45, 90]) {
      const picture = await draw(sphere(24), sceneWith({ camera: { azimuth, elevation: 13 } }));
      for (let y = 0; y < SIZE; y++) {
        for (let x = 0; x < SIZE; x++) {
          if (Math.hypot(x + 0.5 - SIZE / 2, y + 0.5 - SIZE / 2) < 18) assert(picture[y * SIZE + x] >= 0.5 - 1e-6, `hole at ${x}, ${y}`);
        }
      }
    }
  });

  test("an object that is out of view leaves the background", async () => {
    for (const shift of [[0, 0, -10], [30, 0, 0], [0, 0, 200]] as const) {
      const picture = await draw(lopsided, sceneWith({ object: { shift }, background: [0.25, 0.5, 0.75] }));
      assert(
        picture.every((value, i) => value === [0.25, 0.5, 0.75][Math.floor(i / SIZE ** 2)]),
        `something else than the background is seen of an object at ${shift.join(", ")}`,
      );
    }
  });

  return [...requirements.all, ...smoothShading(plugin, { tolerance, reasonToSkip })];
}
