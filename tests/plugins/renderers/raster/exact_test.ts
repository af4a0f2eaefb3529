import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { noiseSphere } from "../../../../bench/noise_sphere.ts";
import { parseSceneSpace } from "../../../../commands/parameter_options.ts";
import { InputError } from "../../../../core/errors.ts";
import { builtInPlugins } from "../../../../plugins/mod.ts";
import { exact } from "../../../../plugins/renderers/raster/exact.ts";
import { loadMesh } from "../../../../plugins/meshes/load_mesh.ts";
import { createRaster, raster } from "../../../../plugins/renderers/raster/raster.ts";
import { openFunction } from "../../../../workers/open_function.ts";
import { rendererConformance, sceneWith } from "../conformance.ts";
import { box, join } from "../meshes.ts";
import { needsShared, SHARED } from "../../../shared_data.ts";
import { SCENE } from "./derivative_table.ts";
import { RUNNING } from "./running_meshes.ts";

rendererConformance(exact);

const SIZE = 48;
const OPTIONS = { width: SIZE, height: SIZE, colors: "white" } as const;

Deno.test("renderer exact draws what raster differentiates", async () => {
  const scene = sceneWith({ camera: { azimuth: 33, elevation: 21 } });
  const [drawn, differentiated] = [0, 1].map(() => new Float32Array(3 * SIZE * SIZE));
  await (await exact.create(box([1, 0.6, 0.4]), OPTIONS)).render([scene], drawn);
  await (await raster.create(box([1, 0.6, 0.4]), OPTIONS)).differentiate!(scene, [], differentiated, new Float32Array(0));
  assertEquals(drawn, differentiated);
});

Deno.test("renderer exact fills a pixel by the share of it that is covered, to rounding", async () => {
  // The front of the box, half a side of 0.5 at the eye's distance less 0.05, ends at a known place: half the height times 1 / tan 30 for a slope of 1.
  const picture = new Float32Array(3 * SIZE * SIZE);
  const renderer = await exact.create(box([1, 1, 0.1]), OPTIONS);
  for (const distance of [2.5, 2.51, 2.52]) {
    await renderer.render([sceneWith({ camera: { distance } })], picture);
    const half = 0.5 / (distance - 0.05) / Math.tan(Math.PI / 6) * SIZE / 2;
    const row = picture.subarray(SIZE * SIZE / 2, SIZE * SIZE / 2 + SIZE);
    assertAlmostEquals(row.reduce((sum, value) => sum + value, 0) / row[SIZE / 2], 2 * half, 1e-4);
  }
});

Deno.test({
  ...needsShared(
    "renderer exact: no pixel of the paper's meshes is far from 24 x 24 samples, also where a sliver hides what lies closely behind",
    "paper/meshes",
  ),
  fn: async () => {
    const size = 64, length = 3 * size * size;
    const drawn = new Float32Array(length), sampled = new Float32Array(length);
    for (const name of ["cup", "toilet", "chair", "bench"]) {
      const path = new URL(`paper/meshes/${name}.obj`, SHARED);
      const mesh = await loadMesh(`${name}.obj`, { read: () => Deno.readFile(path), colors: "white" });
      const options = { width: size, height: size, colors: "white" } as const;
      await (await exact.create(mesh, options)).render([SCENE], drawn);
      createRaster(mesh, { ...options, samples: 24 }).render([SCENE], sampled);
      const worst = drawn.reduce((most, value, i) => Math.max(most, Math.abs(value - sampled[i])), 0);
      assertLess(worst, 0.03, name);
    }
  },
});

Deno.test("renderer exact: a part that is let into another by almost nothing ends where it does, from however aslant it is seen", async () => {
  const size = 64, length = 3 * size * size;
  const drawn = new Float32Array(length), sampled = new Float32Array(length);
  const options = { width: size, height: size, colors: "white" } as const;
  for (const depth of [-8e-6, 5e-7, 3e-6, 8e-6]) {
    const mesh = join(box([0.4, 1.6, 0.4]), box([1, 0.5, 0.1], [0.7 - depth, 0, 0]));
    const renderer = await exact.create(mesh, options), fine = createRaster(mesh, { ...options, samples: 24 });
    for (const azimuth of [10, 17, 170]) {
      const scene = sceneWith({ camera: { azimuth, elevation: 12, distance: 2.2 }, light: { direction: [0.3, 1, -0.5] } });
      await renderer.render([scene], drawn);
      fine.render([scene], sampled);
      assertLess(drawn.reduce((most, value, i) => Math.max(most, Math.abs(value - sampled[i])), 0), 0.03, `${depth} ${azimuth}`);
    }
  }
});

Deno.test("renderer exact: hardly a pixel of a rough surface is far from 24 x 24 samples, however its faces hide each other", async () => {
  const size = 96, length = 3 * size * size, mesh = noiseSphere(50, 0.02);
  const drawn = new Float32Array(length), sampled = new Float32Array(length);
  const options = { width: size, height: size, colors: "white" } as const;
  const renderer = await exact.create(mesh, options), fine = createRaster(mesh, { ...options, samples: 24 });
  let off = 0;
  for (let view = 12; view < 24; view++) {
    const scene = sceneWith({
      camera: { azimuth: 15 * view + 3.7, elevation: 5 + 3 * view, distance: 2.2 },
      light: { direction: [0.3, 1, -0.5] },
    });
    await renderer.render([scene], drawn);
    fine.render([scene], sampled);
    for (let i = 0; i < size * size; i++) if (Math.abs(drawn[i] - sampled[i]) > 0.03) off++;
  }
  assertLess(off, 6);
});

Deno.test("renderer exact: the gradient of f is that of f itself", async () => {
  const registry = builtInPlugins();
  const scenes = parseSceneSpace("azimuth,elevation", [], registry);
  await using opened = await openFunction({
    registry,
    scenes,
    mesh: "teapot",
    classifier: "resnet-biased",
    renderer: "exact",
    gradients: "exact",
    workers: 1,
  });
  const step = 0.02, errors: number[] = [];
  for (const [azimuth, elevation] of [[40, 20], [133, 35], [251, 10], [318, 55], [90, 70]]) {
    const point = Float64Array.of(azimuth, elevation);
    const { scores, gradients } = await opened.f.differentiate!(point);
    assertAlmostEquals(scores[0], (await opened.f.evaluate(point))[0], 1e-6);
    const moved = await opened.f.evaluate(
      Float64Array.of(azimuth + step, elevation, azimuth - step, elevation, azimuth, elevation + step, azimuth, elevation - step),
    );
    const differences = [(moved[0] - moved[1]) / (2 * step), (moved[2] - moved[3]) / (2 * step)];
    errors.push(Math.hypot(gradients[0] - differences[0], gradients[1] - differences[1]) / Math.hypot(...differences));
  }
  errors.sort((left, right) => left - right);
  assertLess(errors[2], 0.1, `relative errors are ${errors.map((error) => error.toFixed(3))}`);
});

Deno.test("renderer exact draws smooth faces and images as raster differentiates them", async () => {
  const { shading, make } = RUNNING["smooth torus, smooth image"];
  const options = { ...OPTIONS, colors: "mesh", shading } as const;
  const scene = sceneWith({ camera: { azimuth: 33, elevation: 21 } });
  const [drawn, differentiated] = [0, 1].map(() => new Float32Array(3 * SIZE * SIZE));
  await (await exact.create(make(), options)).render([scene], drawn);
  await (await raster.create(make(), options)).differentiate!(scene, [], differentiated, new Float32Array(0));
  assertEquals(drawn, differentiated);
});

Deno.test("renderer exact leaves out triangles whose image is all hole, and says that it does not draw images with holes", async () => {
  const mesh = RUNNING["smooth torus, smooth image"].make();
  const texels = mesh.texture!.texels.slice();
  const withHoles = (cutoff: number) => ({ ...mesh, texture: { ...mesh.texture!, texels, cutoffs: Float32Array.of(cutoff) } });
  const options = { ...OPTIONS, colors: "mesh", shading: "smooth" } as const;
  const draw = async (cutoff: number) => {
    const picture = new Float32Array(3 * SIZE * SIZE);
    await (await exact.create(withHoles(cutoff), options)).render([sceneWith({})], picture);
    return picture;
  };
  assertEquals(await draw(0.5), await draw(0));
  for (let at = 3; at < texels.length; at += 4) texels[at] = 100;
  assertEquals((await draw(0.5)).every((value) => value === 0), true);
  assertEquals(await draw(0.3), await draw(0));
  texels[3] = 255;
  assertThrows(() => exact.create(withHoles(0.5), options), InputError, "--colors white");
  assertEquals((await raster.create(withHoles(0.5), options)).differentiate, undefined);
});
