import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { DEFAULT_SCENE, readScene, SCENE_SIZE, type SceneTangent } from "../../../../core/scene.ts";
import { RasterRenderer } from "../../../../plugins/renderers/raster/raster_renderer.ts";
import { sceneWith } from "../conformance.ts";
import { box, card, join } from "../meshes.ts";
import { DerivativeBench, derivativeCases, MESHES, relativeError, SCENE } from "./derivative_table.ts";

const SIZE = 64;

/** The tangent that is 1 in one of the scene's numbers, in the order of `writeScene`. */
function along(index: number): SceneTangent {
  const row = new Float64Array(SCENE_SIZE);
  row[index] = 1;
  return readScene(row);
}

/** Large meshes are compared along these only. */
const FEW = ["azimuth", "distance", "light-elevation"];

/** Where a case may be farther off than 2 % in its inner products: there they nearly cancel. */
const PRODUCTS: Readonly<Record<string, number>> = { "rough 500 rotation-x": 0.03 };

for (const [name, make] of Object.entries(MESHES)) {
  const large = /\d+k/.test(name);
  const rows = derivativeCases(SIZE).filter(({ parameter }) => !large || FEW.includes(parameter.name));
  Deno.test(`raster: derivatives are those of finely sampled pictures: ${name}, ${rows.length} parameters`, async () => {
    const bench = new DerivativeBench(make(), SIZE);
    for (const row of rows) {
      const { mean, products } = await bench.compare(large ? { ...row, points: 6 } : row);
      const allowed = large ? 0.03 : PRODUCTS[`${name} ${row.parameter.name}`] ?? 0.02;
      assert(mean <= 0.05, `${row.parameter.name}: relative error is ${mean}`);
      assert(products <= allowed, `${row.parameter.name}: relative error of inner products is ${products}`);
    }
  });
}

Deno.test("raster: differences of pictures stand in for derivatives, less exactly", async () => {
  for (const name of ["box", "thin parts"]) {
    const bench = new DerivativeBench(MESHES[name](), SIZE);
    for (const row of derivativeCases(SIZE)) {
      const { mean, products } = await bench.compare({ ...row, points: 4 }, "picture");
      assert(mean <= 0.45, `${name}, ${row.parameter.name}: relative error is ${mean}`);
      assert(products <= 0.2, `${name}, ${row.parameter.name}: relative error of inner products is ${products}`);
    }
  }
});

Deno.test("raster: the picture that is differentiated is the finely sampled one, and near the one that is drawn", () => {
  for (const make of Object.values(MESHES)) {
    const mesh = make();
    const options = { width: SIZE, height: SIZE, colors: mesh.colors === undefined ? "white" as const : "mesh" as const };
    const [smooth, fine, drawn] = [0, 1, 2].map(() => new Float32Array(3 * SIZE * SIZE));
    const renderer = new RasterRenderer(mesh, options);
    renderer.differentiate(SCENE, [], smooth, new Float32Array(0));
    renderer.render([SCENE], drawn);
    new RasterRenderer(mesh, { ...options, samples: 16 }).render([SCENE], fine);
    assert(relativeError(smooth, fine) < 0.005, `relative error is ${relativeError(smooth, fine)}`);
    assert(relativeError(smooth, fine) < relativeError(drawn, fine) / 3);
  }
});

Deno.test("raster: the derivative of a card that shifts is its jump at its two sides, in closed form", () => {
  const width = 40, scene = sceneWith({ camera: { distance: 2 }, background: [0.25, 0.25, 0.25] });
  const renderer = new RasterRenderer(card(1, 1.3, 0), { width, height: width, colors: "white" });
  const picture = new Float32Array(3 * width * width), derivative = new Float32Array(3 * width * width);
  renderer.differentiate(scene, [along(13)], picture, derivative);
  const scale = width / 2 / Math.tan(Math.PI / 6);
  const right = Math.floor(width / 2 + 0.5 * scale / 2), row = width * width / 2;
  // Half of 1 is 0.5 of brightness before 0.25 of background; the sides move by scale / distance pixels a unit.
  for (let x = 0; x < width; x++) {
    const expected = x === right ? 0.25 * scale / 2 : x === width - 1 - right ? -0.25 * scale / 2 : 0;
    assertAlmostEquals(derivative[row + x], expected, 1e-4, `at ${x}`);
  }
});

Deno.test("raster: several tangents at once are each alone, whatever was drawn before, and none changes nothing", () => {
  const renderer = new RasterRenderer(MESHES["crossing parts"](), { width: SIZE, height: SIZE, colors: "white" });
  const length = 3 * SIZE * SIZE;
  const tangents = [along(0), along(2), along(6), along(16)];
  const picture = new Float32Array(length), all = new Float32Array(4 * length), one = new Float32Array(length);
  renderer.differentiate(SCENE, tangents, picture, all);
  const first = picture.slice();
  for (const k of [2, 0, 3]) {
    // Whether brightness changes decides which edges are kept: those it adds have no jump.
    renderer.differentiate(DEFAULT_SCENE, [along(1)], picture, one);
    renderer.differentiate(SCENE, [tangents[k]], picture, one);
    assert(relativeError(one, all.slice(k * length, (k + 1) * length)) < 1e-6);
    assert(relativeError(picture, first) < 1e-6);
  }
  renderer.differentiate(SCENE, [readScene(new Float64Array(SCENE_SIZE))], picture, one);
  assert(one.every((value) => value === 0));
});

Deno.test("raster: the same call gives the same bytes", () => {
  const mesh = MESHES["rough 500, running colors"]();
  const [left, right] = [0, 1].map(() => {
    const derivatives = new Float32Array(2 * 3 * SIZE * SIZE);
    const renderer = new RasterRenderer(mesh, { width: SIZE, height: SIZE, colors: "mesh" });
    renderer.differentiate(SCENE, [along(0), along(5)], new Float32Array(3 * SIZE * SIZE), derivatives);
    return derivatives;
  });
  assertEquals(left, right);
});

Deno.test("raster: a face that another repeats, or that is cut in two at its side, changes no derivative", () => {
  const options = { width: SIZE, height: SIZE, colors: "white" } as const;
  const differentiate = (mesh: ReturnType<typeof box>) => {
    const derivatives = new Float32Array(2 * 3 * SIZE * SIZE);
    new RasterRenderer(mesh, options).differentiate(SCENE, [along(0), along(14)], new Float32Array(3 * SIZE * SIZE), derivatives);
    return derivatives;
  };
  const plain = box([1.2, 0.8, 1]);
  const twice = { ...plain, triangles: Uint32Array.of(...plain.triangles, ...plain.triangles.toReversed()) };
  assert(relativeError(differentiate(twice), differentiate(plain)) < 1e-6);
  // The side from corner 1 to corner 3 of the right face has a new corner in its middle, which the face across it knows nothing of.
  const positions = Float32Array.of(
    ...plain.positions,
    ...[0, 1, 2].map((axis) => (plain.positions[3 + axis] + plain.positions[9 + axis]) / 2),
  );
  const triangles = Array.from(plain.triangles);
  triangles.splice(6, 3, 1, 8, 7, 8, 3, 7);
  assert(relativeError(differentiate({ positions, triangles: Uint32Array.from(triangles) }), differentiate(plain)) < 1e-3);
});

Deno.test("raster: derivatives are finite where the near plane cuts the object, and of an object out of view", () => {
  const length = 3 * SIZE * SIZE;
  const bar = join(box([0.5, 0.5, 12]), box([1, 0.1, 0.1], [0, 0.5, 0]));
  const renderer = new RasterRenderer(bar, { width: SIZE, height: SIZE, colors: "white" });
  const picture = new Float32Array(length), derivatives = new Float32Array(3 * length);
  for (const shift of [[0, 0, 0], [0.1, 0, -2.3], [0, 0, -40], [50, 0, 0]] as const) {
    renderer.differentiate(sceneWith({ object: { shift } }), [along(0), along(2), along(6)], picture, derivatives);
    assert(picture.every((value) => value >= -1e-4 && value <= 1 + 1e-4));
    assert(derivatives.every(Number.isFinite));
  }
  assert(derivatives.every((value) => value === 0));
});
