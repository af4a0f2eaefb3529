import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { sceneWith } from "../../../../plugins/conformance/renderer.ts";
import { loadMesh } from "../../../../plugins/meshes/load_mesh.ts";
import { shapeMesh } from "../../../../plugins/meshes/shapes/catalog.ts";
import { createRaster } from "../../../../plugins/renderers/raster/raster.ts";
import { ThreeRenderer } from "../../../../plugins/renderers/three/three_renderer.ts";
import type { Mesh } from "../../../../core/mesh.ts";
import type { Appearance } from "../../../../core/renderer.ts";
import type { Scene } from "../../../../core/scene.ts";
import { needsShared, SHARED } from "../../../shared_data.ts";
import { HAS_ADAPTER, needsAdapter } from "./adapter.ts";

const SIZE = 224;
const PICTURE = 3 * SIZE * SIZE;

/** Least decibels, and least overlap of silhouettes, between the pictures of two renderers. */
const LEAST_PSNR = 40, LEAST_OVERLAP = 0.995;

const VIEWS: readonly Scene[] = [
  sceneWith({ camera: { azimuth: 130, elevation: 30 } }),
  sceneWith({ camera: { azimuth: 310, elevation: 50, roll: 20 } }),
  sceneWith({
    camera: { azimuth: 200, elevation: -40, distance: 3.5 },
    light: { direction: [1, 0.5, -2], ambient: 0.3, directional: 0.7 },
  }),
  sceneWith({
    camera: { azimuth: 20, elevation: 89, fieldOfView: 40 },
    object: { rotation: [20, 50, -30], shift: [0.3, -0.2, 0.1], color: [0.9, 0.5, 0.2] },
    background: [0.1, 0.2, 0.4],
  }),
];

async function drawBoth(mesh: Mesh, appearance: Appearance, scenes: readonly Scene[]): Promise<[Float32Array, Float32Array]> {
  const options = { width: SIZE, height: SIZE, ...appearance };
  const three = await ThreeRenderer.create(mesh, options);
  const drawn = new Float32Array(scenes.length * PICTURE), expected = drawn.slice();
  await three.render(scenes, drawn);
  three.dispose();
  createRaster(mesh, options).render(scenes, expected);
  return [drawn, expected];
}

/** Checks that two renderers drew the same, but for the rounding of one of them. */
function assertAgree(drawn: Float32Array, expected: Float32Array, scenes: readonly Scene[], what: string): void {
  scenes.forEach(({ background }, i) => {
    let squares = 0, both = 0, either = 0;
    const left = drawn.subarray(i * PICTURE), right = expected.subarray(i * PICTURE);
    for (let at = 0; at < PICTURE; at++) squares += (left[at] - right[at]) ** 2;
    const isObject = (picture: Float32Array, at: number) =>
      background.some((value, channel) => Math.abs(picture[channel * SIZE * SIZE + at] - value) > 0.1);
    for (let at = 0; at < SIZE * SIZE; at++) {
      const inLeft = isObject(left, at), inRight = isObject(right, at);
      if (inLeft && inRight) both++;
      if (inLeft || inRight) either++;
    }
    const psnr = -10 * Math.log10(squares / PICTURE);
    assert(psnr >= LEAST_PSNR, `${what}, view ${i}: ${psnr} dB`);
    assert(both / either >= LEAST_OVERLAP, `${what}, view ${i}: silhouettes overlap by ${both / either}`);
    assert(either > 1000, `${what}, view ${i}: nothing is seen`);
  });
}

Deno.test({
  ...needsAdapter("ThreeRenderer draws what RasterRenderer draws: built-in shapes"),
  fn: async () => {
    for (const name of ["airliner", "bench", "chair", "piano", "toilet"]) {
      const [drawn, expected] = await drawBoth(shapeMesh(name, 3), { colors: "white" }, VIEWS.slice(2));
      assertAgree(drawn, expected, VIEWS.slice(2), name);
    }
  },
});

Deno.test({
  ...needsAdapter("ThreeRenderer draws what RasterRenderer draws: colors of corners"),
  fn: async () => {
    const mesh = shapeMesh("chair");
    const colors = Float32Array.from({ length: 3 * mesh.triangles.length }, (_, i) => (Math.sin(i * 12.9898) * 43758.5453 % 1 + 1) % 1);
    const [drawn, expected] = await drawBoth({ ...mesh, colors }, { colors: "mesh" }, VIEWS);
    assertAgree(drawn, expected, VIEWS, "chair");
  },
});

Deno.test({
  ...needsAdapter("ThreeRenderer draws what RasterRenderer draws: smooth faces"),
  fn: async () => {
    for (const name of ["airliner", "bench", "cup", "teapot"]) {
      const [drawn, expected] = await drawBoth(shapeMesh(name, 3), { colors: "white", shading: "smooth" }, VIEWS);
      assertAgree(drawn, expected, VIEWS, name);
    }
    const mesh = shapeMesh("toilet");
    const wave = (i: number) => Math.sin(i * 12.9898);
    const colors = Float32Array.from({ length: 3 * mesh.triangles.length }, (_, i) => Math.abs(wave(i)));
    const normals = Float32Array.from(
      Array.from(mesh.triangles).flatMap((vertex) => {
        const direction = Array.from(mesh.positions.subarray(3 * vertex, 3 * vertex + 3), (value, k) => value + 0.5 * wave(3 * vertex + k));
        return direction.map((value) => value / Math.hypot(...direction));
      }),
    );
    const [drawn, expected] = await drawBoth({ ...mesh, colors, normals }, { colors: "mesh", shading: "smooth" }, VIEWS);
    assertAgree(drawn, expected, VIEWS, "toilet with normals and colors");
  },
});

for (const name of ["chair", "cup"]) {
  const shared = needsShared(`ThreeRenderer draws what RasterRenderer draws: the paper's ${name}`, `paper/meshes/${name}.obj`);
  Deno.test({
    ...(HAS_ADAPTER ? shared : needsAdapter(shared.name)),
    fn: async () => {
      const path = new URL(`paper/meshes/${name}.obj`, SHARED).pathname;
      for (const shading of ["flat", "smooth"] as const) {
        const mesh = await loadMesh(path, { read: (file) => Deno.readFile(file), colors: "white", shading });
        assertEquals(mesh.normals !== undefined, shading === "smooth");
        const [drawn, expected] = await drawBoth(mesh, { colors: "white", shading }, VIEWS);
        assertAgree(drawn, expected, VIEWS, `${name}, ${shading}`);
      }
    },
  });
}

Deno.test({
  ...needsAdapter("ThreeRenderer gives a scene the same bytes in any batch, beside other renderers, in any order"),
  fn: async () => {
    const scenes = Array.from({ length: 37 }, (_, i) => sceneWith({ camera: { azimuth: 9.7 * i, elevation: 3 * i - 40 } }));
    const length = 3 * 48 * 32;
    const options = { width: 48, height: 32, colors: "white" } as const;
    const [cup, vase] = await Promise.all(["cup", "vase"].map((name) => ThreeRenderer.create(shapeMesh(name), options)));
    const other = await ThreeRenderer.create(shapeMesh("cup"), { width: 32, height: 64, colors: "white" });
    const together = new Float32Array(37 * length), ofVase = together.slice(), again = together.slice();
    await Promise.all([
      cup.render(scenes, together),
      vase.render(scenes, ofVase),
      other.render(scenes, new Float32Array(37 * 3 * 32 * 64)),
    ]);
    await cup.render(scenes.toReversed(), again);
    for (let i = 0; i < 37; i++) {
      assertEquals(again.slice(i * length, (i + 1) * length), together.slice((36 - i) * length, (37 - i) * length), `scene ${i}`);
    }
    const alone = new Float32Array(length);
    for (const i of [0, 5, 36]) {
      await vase.render([scenes[i]], alone);
      assertEquals(alone, ofVase.slice(i * length, (i + 1) * length), `vase ${i}`);
    }
    for (const renderer of [cup, vase, other]) renderer.dispose();
  },
});

Deno.test({
  ...needsAdapter("ThreeRenderer refuses pictures that the adapter cannot hold, and buffers that are too small"),
  fn: async () => {
    const error = await assertRejects(() => ThreeRenderer.create(shapeMesh("cup"), { width: 40000, height: 40000, colors: "white" }));
    assertStringIncludes(String(error), "use --renderer raster");
    const renderer = await ThreeRenderer.create(shapeMesh("cup"), { width: 32, height: 32, colors: "white" });
    await assertRejects(() => renderer.render(VIEWS, new Float32Array(3 * 32 * 32)), RangeError, "[4 x 3 x 32 x 32]");
    renderer.dispose();
  },
});

Deno.test({
  ...needsAdapter("ThreeRenderer draws pictures that take more workgroups than one dimension has"),
  fn: async () => {
    const scene = sceneWith({ background: [0, 0, 0.5] });
    const [width, height] = [2100, 2000];
    const renderer = await ThreeRenderer.create(shapeMesh("cup"), { width, height, colors: "white" });
    const picture = new Float32Array(3 * width * height).fill(NaN);
    await renderer.render([scene], picture);
    renderer.dispose();
    assert(picture.every((value) => value >= 0 && value <= 1));
    assertEquals(picture[picture.length - 1], 0.5);
    assert(picture[width * height / 2 + width / 2] > 0.3);
  },
});

Deno.test("three without an adapter says so in one line and names raster", async () => {
  const program = `
    const { three } = await import("./plugins/renderers/three/three.ts");
    const { shapeMesh } = await import("./plugins/meshes/shapes/catalog.ts");
    await three.create(shapeMesh("cup"), { width: 32, height: 32, colors: "white" }).catch((error) => console.log(error.name, error.message));`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", "--no-check", program],
    cwd: new URL("../../../../", import.meta.url),
    env: { DENO_WEBGPU_BACKEND: "none", NO_COLOR: "1" },
  }).output();
  const output = new TextDecoder().decode(stdout);
  assertEquals(output.trimEnd().split("\n").length, 1, new TextDecoder().decode(stderr));
  assertStringIncludes(output, "InputError Renderer three needs a WebGPU adapter, and this machine has none");
  assertStringIncludes(output, "--renderer raster");
});
