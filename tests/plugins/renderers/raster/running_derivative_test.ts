import { assert, assertEquals, assertLess } from "@std/assert";
import { readScene, SCENE_SIZE } from "../../../../core/scene.ts";
import { InterpolatingRenderer } from "../../../../plugins/renderers/raster/interpolating_renderer.ts";
import { DerivativeBench, derivativeCases, relativeError, SCENE } from "./derivative_table.ts";
import { RUNNING } from "./running_meshes.ts";

const SIZE = 64;

for (const [name, { shading, make }] of Object.entries(RUNNING)) {
  const rows = derivativeCases(SIZE);
  Deno.test(`raster: derivatives are those of finely sampled pictures: ${name}, ${rows.length} parameters`, async () => {
    // A torus that turns about its axis hardly changes: what 16 x 16 samples miss of its outline is much of it. A sharp image's derivative cancels
    // out over a few fields.
    const bench = new DerivativeBench(make(), SIZE, { shading, samples: name === "smooth torus" ? 32 : 16 });
    const allowed = name === "box, sharp image" ? 0.08 : 0.05;
    for (const row of rows) {
      const { mean, products } = await bench.compare(row);
      assertLess(mean, 0.05, `${row.parameter.name}: relative error is ${mean}`);
      assertLess(products, allowed, `${row.parameter.name}: relative error of inner products is ${products}`);
    }
  });

  Deno.test(`raster: derivatives are those of the exact picture itself: ${name}`, async () => {
    const bench = new DerivativeBench(make(), SIZE, { shading });
    const errors: number[] = [];
    for (const row of rows) errors.push(await bench.compareOwn(row));
    errors.sort((left, right) => left - right);
    // A single pixel, where what is seen is told differently on the two sides of the step, may make an error of its own.
    assertLess(errors[Math.floor(0.75 * errors.length)], 0.06, `relative errors are ${errors.map((error) => error.toFixed(3))}`);
    assertLess(errors[errors.length - 1], 0.1, `relative errors are ${errors.map((error) => error.toFixed(3))}`);
  });

  Deno.test(`raster: the picture that is differentiated is the finely sampled one: ${name}`, () => {
    const mesh = make();
    const options = { width: SIZE, height: SIZE, colors: mesh.colors === undefined ? "white" : "mesh", shading } as const;
    const [exact, fine, drawn] = [0, 1, 2].map(() => new Float32Array(3 * SIZE * SIZE));
    const renderer = new InterpolatingRenderer(mesh, options);
    renderer.differentiate!(SCENE, [], exact, new Float32Array(0));
    renderer.render([SCENE], drawn);
    new InterpolatingRenderer(mesh, { ...options, samples: 16 }).render([SCENE], fine);
    assertLess(relativeError(exact, fine), 0.004);
    assertLess(relativeError(exact, fine), relativeError(drawn, fine) / 8);
  });
}

Deno.test("raster: derivatives of smooth faces and images are finite where the near plane cuts the object, and in the same bytes each time", () => {
  const { shading, make } = RUNNING["smooth torus, sharp image"];
  const length = 3 * SIZE * SIZE;
  const tangents = [0, 2, 6, 12].map((number) => readScene(Float64Array.from({ length: SCENE_SIZE }, (_, i) => i === number ? 1 : 0)));
  const renderer = new InterpolatingRenderer(make(), { width: SIZE, height: SIZE, colors: "mesh", shading });
  const differentiate = (shift: readonly [number, number, number]) => {
    const picture = new Float32Array(length), derivatives = new Float32Array(tangents.length * length);
    renderer.differentiate!({ ...SCENE, object: { ...SCENE.object, shift } }, tangents, picture, derivatives);
    return { picture, derivatives };
  };
  for (const shift of [[0, 0, -2.3], [0, 0, -40], [50, 0, 0]] as const) {
    const { picture, derivatives } = differentiate(shift);
    assert(picture.every((value) => value >= -1e-3 && value <= 1 + 1e-3));
    assert(derivatives.every(Number.isFinite));
  }
  const first = differentiate([0, 0, 0]);
  differentiate([0.3, 0, -1]);
  assertEquals(differentiate([0, 0, 0]), first);
});
