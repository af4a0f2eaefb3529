import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { PluginFailure } from "../../core/errors.ts";
import type { Mesh } from "../../core/mesh.ts";
import type { Renderer, RendererPlugin, Shading } from "../../core/renderer.ts";
import { DEFAULT_SCENE, type Scene } from "../../core/scene.ts";
import { card, sphere } from "./meshes.ts";
import { Requirements } from "./requirement.ts";

const SIZE = 64;

/** A card across the view whose normals, at 60 degrees to the sides, lean down at its lower side and up at its upper one. */
function bentCard(turned = false): Mesh {
  const mesh = card(2, 2, 0);
  const sign = turned ? -1 : 1;
  const normals = Float32Array.from(
    Array.from(mesh.triangles).flatMap((
      vertex,
    ) => [0, (vertex < 2 ? -1 : 1) * sign * Math.sin(Math.PI / 3), -sign * Math.cos(Math.PI / 3)]),
  );
  return { ...mesh, normals };
}

/** What a bent card shows in a row of the picture: the brightness of the normal between those of its sides. */
function bentBrightness(row: number, { light, camera: { distance, fieldOfView } }: Scene): number {
  const height = (SIZE / 2 - row - 0.5) / (SIZE / 2) * distance * Math.tan(fieldOfView * Math.PI / 360);
  const y = height * Math.sin(Math.PI / 3), z = Math.cos(Math.PI / 3);
  return light.ambient + light.directional * Math.max(0, y / Math.hypot(y, z));
}

/** What every renderer must obey where faces are to be smooth: one that knows flat ones only says so when it is made. */
export function smoothShading(plugin: RendererPlugin, { tolerance, reasonToSkip }: {
  readonly tolerance: number;
  reasonToSkip(name: string): string | undefined;
}): Requirements["all"] {
  const draw = async (mesh: Mesh, scene: Scene, shading?: Shading): Promise<Float32Array | undefined> => {
    let renderer: Renderer;
    try {
      renderer = await plugin.create(mesh, { width: SIZE, height: SIZE, colors: "white", ...(shading === undefined ? {} : { shading }) });
    } catch (error) {
      if (shading === "smooth" && error instanceof Error && error.name === "InputError" && !(error instanceof PluginFailure)) {
        return undefined;
      }
      throw error;
    }
    const picture = new Float32Array(3 * SIZE * SIZE).fill(NaN);
    await renderer.render([scene], picture);
    renderer.dispose();
    return picture;
  };
  const requirements = new Requirements();
  const test = (name: string, check: () => Promise<void>) => requirements.test(name, check, reasonToSkip(name));

  test("faces are flat unless smooth ones are asked for, whatever normals a mesh has", async () => {
    const plain = await draw(card(2, 2, 0), DEFAULT_SCENE);
    for (const shading of [undefined, "flat"] as const) assertEquals(await draw(bentCard(), DEFAULT_SCENE, shading), plain);
  });

  test("smooth faces have the brightness of their normals between those of their corners, on the side that is seen", async () => {
    for (const turned of [false, true]) {
      const picture = await draw(bentCard(turned), DEFAULT_SCENE, "smooth");
      if (picture === undefined) return;
      for (let row = SIZE / 2 - 16; row < SIZE / 2 + 16; row++) {
        for (const column of [SIZE / 2 - 15, SIZE / 2, SIZE / 2 + 14]) {
          assertAlmostEquals(picture[row * SIZE + column], bentBrightness(row, DEFAULT_SCENE), 2e-3, `row ${row}`);
        }
      }
    }
    const behind = await draw(bentCard(), { ...DEFAULT_SCENE, camera: { ...DEFAULT_SCENE.camera, azimuth: 180 } }, "smooth");
    // Seen from behind, the upper side leans away from the light.
    for (let row = SIZE / 2 - 16; row < SIZE / 2 + 16; row++) {
      assertAlmostEquals(behind![row * SIZE + SIZE / 2], bentBrightness(SIZE - 1 - row, DEFAULT_SCENE), 2e-3, `row ${row} from behind`);
    }
  });

  test("smooth faces without normals have those of a surface through them", async () => {
    const scene: Scene = { ...DEFAULT_SCENE, light: { direction: [1, 2, -2], ambient: 0.2, directional: 0.7 } };
    const [smooth, flat] = [await draw(sphere(10), scene, "smooth"), await draw(sphere(10), scene)];
    if (smooth === undefined) return;
    const { distance, fieldOfView } = scene.camera;
    const errors = [smooth, flat!].map((picture) => {
      let sum = 0, count = 0;
      for (let row = 0; row < SIZE; row++) {
        for (let column = 0; column < SIZE; column++) {
          const slope = Math.tan(fieldOfView * Math.PI / 360) / (SIZE / 2);
          const x = (column + 0.5 - SIZE / 2) * slope, y = (SIZE / 2 - row - 0.5) * slope;
          // Where the ray (x, y, 1) from the eye meets the unit sphere, well within its outline.
          const squares = x * x + y * y + 1, half = distance / squares, under = half * half - (distance * distance - 1) / squares;
          if (under < 0.05) continue;
          const depth = half - Math.sqrt(under);
          const cosine = (x * depth + 2 * y * depth - 2 * (depth - distance)) / 3;
          sum += Math.abs(picture[row * SIZE + column] - 0.2 - 0.7 * Math.max(0, cosine));
          count++;
        }
      }
      return sum / count;
    });
    assert(errors[0] < 0.01 && errors[0] < errors[1] / 4, `mean errors are ${errors}`);
  });

  test("smooth faces that run the other way round than their neighbors look as they do", async () => {
    const whole = sphere(10);
    const triangles = whole.triangles.slice();
    for (let t = 0; t < triangles.length; t += 3 * 17) [triangles[t], triangles[t + 1]] = [triangles[t + 1], triangles[t]];
    const [expected, picture] = [await draw(whole, DEFAULT_SCENE, "smooth"), await draw({ ...whole, triangles }, DEFAULT_SCENE, "smooth")];
    if (picture === undefined || expected === undefined) return;
    const difference = picture.reduce((sum, value, i) => sum + Math.abs(value - expected[i]), 0) / picture.length;
    assert(difference <= 10 * tolerance, `mean difference is ${difference}`);
  });

  return requirements.all;
}
