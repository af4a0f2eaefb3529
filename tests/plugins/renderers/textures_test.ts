import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type Mesh, type Texture, WRAP } from "../../../core/mesh.ts";
import type { RendererPlugin } from "../../../core/renderer.ts";
import { DEFAULT_SCENE, type Scene } from "../../../core/scene.ts";
import { box, card, join } from "../../../plugins/conformance/meshes.ts";
import { sceneWith } from "../../../plugins/conformance/renderer.ts";
import { shapeMesh } from "../../../plugins/meshes/shapes/catalog.ts";
import { exact } from "../../../plugins/renderers/raster/exact.ts";
import { raster } from "../../../plugins/renderers/raster/raster.ts";
import { three } from "../../../plugins/renderers/three/three.ts";
import { HAS_ADAPTER } from "./three/adapter.ts";

const SIZE = 64;
const RED = [1, 0, 0], GREEN = [0, 1, 0], BLUE = [0, 0, 1], WHITE = [1, 1, 1];

/** Images of texels, each given by a function of its row and column; opaque where it says nothing else. */
function images(
  side: number,
  ...colors: readonly ((row: number, column: number) => readonly number[])[]
): Pick<Texture, "side" | "texels"> {
  const texels = colors.flatMap((color) =>
    Array.from({ length: side * side }, (_, i) => {
      const [red, green, blue, opacity = 1] = color(Math.floor(i / side), i % side);
      return [red, green, blue, opacity].map((value) => Math.round(255 * value));
    }).flat()
  );
  return { side, texels: Uint8Array.from(texels) };
}

/** Red and green above, blue and white below. */
const quadrants = images(16, (row, column) => [[RED, GREEN], [BLUE, WHITE]][row >> 3][column >> 3]);

/** A card across the view, whose corners have these coordinates: lower left, lower right, upper right, upper left as the eye sees them. */
function texturedCard(
  corners: readonly (readonly [number, number])[],
  wraps: readonly [number, number],
  paint: readonly number[] = [1, 1, 1],
): Mesh {
  const mesh = card(1, 1, 0);
  return {
    ...mesh,
    colors: Float32Array.from({ length: 18 }, (_, i) => paint[i % 3]),
    texture: {
      ...quadrants,
      wraps: Uint8Array.from(wraps),
      coordinates: Float32Array.from(Array.from(mesh.triangles).flatMap((vertex) => corners[vertex])),
      images: Uint16Array.of(1, 1),
    },
  };
}

const UPRIGHT = [[0, 1], [1, 1], [1, 0], [0, 0]] as const;

for (const [plugin, skipped] of [[raster, false], [exact, false], [three, !HAS_ADAPTER]] as [RendererPlugin, boolean][]) {
  const test = (name: string, fn: () => Promise<void>) =>
    Deno.test({ name: `renderer ${plugin.name}: ${name}${skipped ? " (skipped: no WebGPU adapter)" : ""}`, ignore: skipped, fn });
  const draw = async (mesh: Mesh, scene: Scene): Promise<Float32Array> => {
    const renderer = await plugin.create(mesh, { width: SIZE, height: SIZE, colors: "mesh" });
    const picture = new Float32Array(3 * SIZE * SIZE);
    await renderer.render([scene], picture);
    renderer.dispose();
    return picture;
  };
  const colorAt = (picture: Float32Array, x: number, y: number) => [0, 1, 2].map((channel) => picture[(channel * SIZE + y) * SIZE + x]);
  /** The card spans about 13 pixels to each side of the middle. */
  const quarters = (picture: Float32Array) =>
    [[-6, -6], [6, -6], [-6, 6], [6, 6]].map(([x, y]) => colorAt(picture, SIZE / 2 + x, SIZE / 2 + y));
  const assertColors = (found: readonly number[][], expected: readonly (readonly number[])[]) =>
    found.forEach((color, i) => color.forEach((value, channel) => assertAlmostEquals(value, expected[i][channel], 2e-3, `${i}: ${color}`)));

  test("an image lies where its coordinates say, times colors, light and the object's color", async () => {
    const picture = await draw(texturedCard(UPRIGHT, [WRAP.clamp, WRAP.clamp]), sceneWith({}));
    assertColors(quarters(picture), [RED, GREEN, BLUE, WHITE].map((color) => color.map((value) => value / 2)));
    const tinted = texturedCard(UPRIGHT, [WRAP.clamp, WRAP.clamp], [1, 0.5, 0.25]);
    const scene = sceneWith({ object: { color: [0.5, 1, 1] }, light: { ambient: 0.8 } });
    assertColors(quarters(await draw(tinted, scene)), [RED, GREEN, BLUE, WHITE].map(([r, g, b]) => [0.4 * r, 0.4 * g, 0.2 * b]));
  });

  test("an image goes on beyond its edges as it is to", async () => {
    // Half an image to the left of it, where 0 .. 1/2 would be its left half.
    const shifted = UPRIGHT.map(([u, v]) => [u - 1, v] as const);
    for (
      const [wrap, expected] of [
        [WRAP.repeat, [RED, GREEN, BLUE, WHITE]],
        [WRAP.clamp, [RED, RED, BLUE, BLUE]],
        [WRAP.mirror, [GREEN, RED, WHITE, BLUE]],
      ] as const
    ) {
      const picture = await draw(texturedCard(shifted, [wrap, WRAP.repeat]), sceneWith({}));
      assertColors(quarters(picture), expected.map((color) => color.map((value) => value / 2)));
    }
  });

  test("an image that is seen from afar is averaged, not sampled", async () => {
    const side = 256;
    const checkers = images(side, (row, column) => (row + column) % 2 === 0 ? WHITE : [0, 0, 0]);
    const plain = texturedCard(UPRIGHT, [WRAP.repeat, WRAP.repeat]);
    const picture = await draw({ ...plain, texture: { ...plain.texture!, ...checkers } }, sceneWith({}));
    for (let x = -8; x < 8; x++) assertColors([colorAt(picture, SIZE / 2 + x, SIZE / 2 + 5)], [[0.25, 0.25, 0.25]]);
  });

  test("where an image is less opaque than it must be, what is behind it is seen", async () => {
    // The right half is half transparent. Holes are no matter of renderer exact.
    const halves = images(16, (_, column) => [1, 0, 0, column < 8 ? 1 : 0.5]);
    const plain = texturedCard(UPRIGHT, [WRAP.clamp, WRAP.clamp]);
    for (const [cutoff, right] of [[0, [0.5, 0, 0]], [0.4, [0.5, 0, 0]], [0.6, [0.1, 0.2, 0.3]]] as const) {
      if (plugin === exact && cutoff === 0.6) continue;
      const mesh: Mesh = { ...plain, texture: { ...plain.texture!, ...halves, cutoffs: Float32Array.of(cutoff) } };
      const picture = await draw(mesh, sceneWith({ background: [0.1, 0.2, 0.3] }));
      const left = [0.5, 0, 0];
      assertColors(quarters(picture), [left, right, left, right]);
    }
  });

  test("through holes in a closed surface the insides of its other faces are seen", async () => {
    const shape = box([1, 1, 1]);
    const faces = shape.triangles.length / 3;
    // The two triangles of the side towards the eye, at z = -1/2, are all hole; what is seen through them is the far side, which the light from ahead lights.
    const isNear = (face: number) => [0, 1, 2].every((k) => shape.positions[3 * shape.triangles[3 * face + k] + 2] < 0);
    const mesh: Mesh = {
      ...shape,
      colors: new Float32Array(9 * faces).fill(1),
      texture: {
        ...images(16, () => [1, 1, 1, 0]),
        wraps: Uint8Array.of(WRAP.repeat, WRAP.repeat),
        cutoffs: Float32Array.of(0.5),
        coordinates: new Float32Array(6 * faces),
        images: Uint16Array.from({ length: faces }, (_, face) => isNear(face) ? 1 : 0),
      },
    };
    const picture = await draw(mesh, sceneWith({ light: { direction: [0, 0, -1], ambient: 0.2, directional: 0.6 } }));
    assertColors([colorAt(picture, SIZE / 2, SIZE / 2)], [[0.8, 0.8, 0.8]]);
    // The far side is smaller in the picture than the hole: around it are the other sides, from within, which get no light from ahead.
    assertColors([colorAt(picture, SIZE / 2 + 10, SIZE / 2)], [[0.2, 0.2, 0.2]]);
  });

  test("an image is seen in perspective, and triangles without one keep their colors", async () => {
    // A floor that runs away from the eye, halved into red and blue across its middle; above it hangs a green card without an image.
    const floor: Mesh = {
      ...texturedCard([[0, 1], [1, 1], [1, 0], [0, 0]], [WRAP.clamp, WRAP.clamp]),
      positions: Float32Array.of(-1, 0, -1, 1, 0, -1, 1, 0, 1, -1, 0, 1),
    };
    const halves = images(16, (row) => row < 8 ? BLUE : RED);
    const both = join(floor, {
      ...card(2, 0.3, 0),
      positions: card(2, 0.3, 0).positions.map((value, i) => i % 3 === 1 ? value + 1.2 : value),
    });
    const mesh: Mesh = {
      ...both,
      colors: Float32Array.from({ length: 36 }, (_, i) => i < 18 ? 1 : GREEN[i % 3]),
      texture: {
        ...floor.texture!,
        ...halves,
        coordinates: Float32Array.from([...floor.texture!.coordinates, ...new Float32Array(12)]),
        images: Uint16Array.of(1, 1, 0, 0),
      },
    };
    const picture = await draw(mesh, sceneWith({ camera: { elevation: 30 } }));
    const column = Array.from({ length: SIZE }, (_, y) => colorAt(picture, SIZE / 2, y));
    const change = column.findIndex(([red, , blue]) => red > blue && red > 0.1);
    // The floor's middle is the origin, in the middle of the picture, not of the floor's extent there.
    assert(Math.abs(change - SIZE / 2) <= 1, `changes at row ${change}`);
    assert(column.some(([red, green, blue]) => green > 0.2 && red < 0.01 && blue < 0.01));
  });
}

Deno.test("renderer raster has a derivative of images, and none where they have holes: pictures are differenced", async () => {
  const options = { width: SIZE, height: SIZE, colors: "mesh" } as const;
  const mesh = texturedCard(UPRIGHT, [WRAP.repeat, WRAP.repeat]);
  assert((await raster.create(mesh, options)).differentiate !== undefined);
  const halves = images(16, (_, column) => [1, 0, 0, column < 8 ? 1 : 0.5]);
  const cut: Mesh = { ...mesh, texture: { ...mesh.texture!, ...halves, cutoffs: Float32Array.of(0.6) } };
  assertEquals((await raster.create(cut, options)).differentiate, undefined);
  assert((await raster.create(cut, { ...options, colors: "white" })).differentiate !== undefined);
});

Deno.test({
  name: `renderers raster and three read images alike${HAS_ADAPTER ? "" : " (skipped: no WebGPU adapter)"}`,
  ignore: !HAS_ADAPTER,
  fn: async () => {
    const shape = shapeMesh("cup");
    const faces = shape.triangles.length / 3;
    const waves = (scale: number) => (row: number, column: number) =>
      [0, 2, 4, 1].map((phase) => 0.5 + 0.5 * Math.sin(scale * row + phase) * Math.cos(scale * column));
    const mesh: Mesh = {
      ...shape,
      colors: new Float32Array(9 * faces).fill(0.9),
      texture: {
        ...images(64, waves(0.3), waves(1.1)),
        cutoffs: Float32Array.of(0, 0.4),
        wraps: Uint8Array.of(WRAP.mirror, WRAP.repeat, WRAP.repeat, WRAP.clamp),
        coordinates: Float32Array.from(
          Array.from(shape.triangles).flatMap((vertex) => {
            const [x, y, z] = shape.positions.subarray(3 * vertex);
            return [2 * x + 0.3 * z, 1.5 * y];
          }),
        ),
        images: Uint16Array.from({ length: faces }, (_, face) => Math.floor(3 * face / faces)),
      },
    };
    const size = 128, length = 3 * size * size;
    const scenes = [[20, 10], [130, 50], [250, -30]].map(([azimuth, elevation]) => ({
      ...DEFAULT_SCENE,
      camera: { ...DEFAULT_SCENE.camera, azimuth, elevation },
    }));
    for (const shading of ["flat", "smooth"] as const) {
      const drawn = await Promise.all([raster, three].map(async (plugin) => {
        const renderer = await plugin.create(mesh, { width: size, height: size, colors: "mesh", shading });
        const pictures = new Float32Array(scenes.length * length);
        await renderer.render(scenes, pictures);
        renderer.dispose();
        return pictures;
      }));
      for (let i = 0; i < scenes.length; i++) {
        let squares = 0;
        for (let at = i * length; at < (i + 1) * length; at++) squares += (drawn[0][at] - drawn[1][at]) ** 2;
        const psnr = -10 * Math.log10(squares / length);
        assert(psnr >= 35, `view ${i}, ${shading}: ${psnr} dB`);
      }
    }
  },
});
