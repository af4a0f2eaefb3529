import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { interpolateMap } from "../../core/interpolated_map.ts";
import { createLattice, latticeOf, latticePoints } from "../../core/lattice_map.ts";
import { Random } from "../../core/random.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";

const azimuth = { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 };
const elevation = { name: "elevation", unit: "degree", low: -10, high: 90 };
const light = { name: "light", unit: "unit", low: 0, high: 1 };

Deno.test("interpolateMap() returns the scores at the lattice's points", async () => {
  const space = new SemanticSpace([azimuth, elevation, light]);
  const lattice = createLattice(space, { counts: [5, 4, 3] });
  const random = new Random(1);
  const scores = Float64Array.from({ length: lattice.size }, () => random.uniform());
  assertEquals(await interpolateMap(space, lattice, scores).evaluate(latticePoints(lattice)), scores);
});

Deno.test("interpolateMap() reproduces a multilinear function and its gradient", async () => {
  const space = new SemanticSpace([{ ...light, name: "x" }, { ...light, name: "y" }, { ...light, name: "z" }]);
  const value = (x: number, y: number, z: number) => 0.2 + 0.3 * x - 0.1 * y * z + 0.5 * x * y * z;
  const lattice = latticeOf([Float64Array.of(0, 0.1, 0.5, 1), Float64Array.of(0, 0.7, 1), Float64Array.of(0, 1)]);
  const points = latticePoints(lattice);
  const scores = Float64Array.from({ length: lattice.size }, (_, i) => value(points[3 * i], points[3 * i + 1], points[3 * i + 2]));
  const f = interpolateMap(space, lattice, scores);
  const random = new Random(2);
  for (let trial = 0; trial < 50; trial++) {
    const [x, y, z] = [random.uniform(), random.uniform(), random.uniform()];
    const { scores: [score], gradients } = await f.differentiate!(Float64Array.of(x, y, z));
    assertAlmostEquals(score, value(x, y, z), 1e-12);
    assertAlmostEquals(gradients[0], 0.3 + 0.5 * y * z, 1e-12);
    assertAlmostEquals(gradients[1], -0.1 * z + 0.5 * x * z, 1e-12);
    assertAlmostEquals(gradients[2], -0.1 * y + 0.5 * x * y, 1e-12);
  }
});

Deno.test("interpolateMap() crosses the seam of a periodic axis and holds the last value on others", async () => {
  const space = new SemanticSpace([azimuth, elevation]);
  const lattice = createLattice(space, { steps: [90, 50] });
  const f = interpolateMap(space, lattice, [0, 1, 10, 11, 20, 21, 30, 31]);
  assertEquals([...await f.evaluate(Float64Array.of(315, -10, -45, -10, 359.1, 90, 720, 40))].map((x) => Math.round(x * 1e9) / 1e9), [
    15,
    15,
    1.3,
    1,
  ]);
  const { gradients } = await f.differentiate!(Float64Array.of(315, 15, 10, 70));
  assertAlmostEquals(gradients[0], -30 / 90, 1e-12);
  assertAlmostEquals(gradients[1], 1 / 50, 1e-12);
  assertAlmostEquals(gradients[2], 10 / 90, 1e-12);
  assertEquals(gradients[3], 0);
});

Deno.test("interpolateMap() crosses the seam of a lattice that begins inside the range", async () => {
  const space = new SemanticSpace([azimuth]);
  const f = interpolateMap(space, latticeOf([Float64Array.of(10, 100, 350)]), [0, 4, 8]);
  const scores = await f.evaluate(Float64Array.of(0, 10, 355, 5, 359.999999));
  [4, 0, 6, 2, 4].forEach((expected, i) => assertAlmostEquals(scores[i], expected, 1e-6));
});

Deno.test("interpolateMap() has the gradient of its own finite differences", async () => {
  const space = new SemanticSpace([azimuth, elevation]);
  const lattice = createLattice(space, { steps: [30, 10] });
  const random = new Random(3);
  const f = interpolateMap(space, lattice, Float64Array.from({ length: lattice.size }, () => random.uniform()));
  for (let trial = 0; trial < 50; trial++) {
    const point = Float64Array.of(random.uniform() * 360, -10 + random.uniform() * 100);
    const { gradients } = await f.differentiate!(point);
    for (let k = 0; k < 2; k++) {
      const step = 1e-6;
      const [up, down] = [point.slice(), point.slice()];
      up[k] += step;
      down[k] -= step;
      const [high] = await f.evaluate(up), [low] = await f.evaluate(down);
      assertAlmostEquals(gradients[k], (high - low) / (2 * step), 1e-6);
    }
  }
});

Deno.test("interpolateMap() refuses scores that do not fit", () => {
  const space = new SemanticSpace([light]);
  assertThrows(() => interpolateMap(space, latticeOf([Float64Array.of(0, 1)]), [1]), RangeError, "must have 2 scores");
  assertThrows(() => interpolateMap(space, latticeOf([Float64Array.of(1, 0)]), [1, 2]), RangeError, "must ascend");
});
