import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { latticeOf } from "../../core/lattice_map.ts";
import { estimateMap } from "../../core/map_estimate.ts";
import { Random } from "../../core/random.ts";

const grid = (...shape: number[]) => latticeOf(shape.map((count) => Float64Array.from({ length: count }, (_, i) => i)));

Deno.test("estimateMap() sees across the seam of a closed axis as it sees elsewhere", () => {
  const values = Float64Array.from({ length: 24 }, (_, i) => Math.cos(2 * Math.PI * (i - 1) / 12));
  const measured = Uint8Array.from({ length: 24 }, (_, i) => i % 3 === 0 ? 1 : 0);
  const scoreAt = (closed: boolean, index: number) => {
    const { points, scores } = estimateMap(grid(24), { values, measured, closed: [closed], tolerance: 0.05 });
    return scores[points.indexOf(index)];
  };
  assertAlmostEquals(scoreAt(true, 23), scoreAt(true, 11), 1e-9);
  assert(Math.abs(scoreAt(false, 23) - scoreAt(false, 11)) > 0.05);
});

Deno.test("estimateMap() of noise expects as many errors beyond the tolerance as there are, and as large ones", () => {
  const random = new Random(11);
  const lattice = grid(60, 40);
  for (const tolerance of [0.05, 0.1, 0.2]) {
    const values = Float64Array.from({ length: lattice.size }, () => 0.1 * random.normal());
    const measured = Uint8Array.from({ length: lattice.size }, () => random.uniform() < 0.3 ? 1 : 0);
    const { points, scores, errors, risks, surprises } = estimateMap(lattice, { values, measured, closed: [true, false], tolerance });
    const real = Array.from(points, (point, i) => Math.abs(scores[i] - values[point]));
    const mean = (numbers: Iterable<number>) => [...numbers].reduce((sum, value) => sum + value, 0) / points.length;
    const beyond = mean(real.map((error) => error > tolerance ? 1 : 0));
    assertAlmostEquals(mean(risks), beyond, 0.05);
    assertAlmostEquals(surprises / (lattice.size - points.length), beyond, 0.08);
    assertAlmostEquals(mean(errors.map((error) => error ** 2)) / mean(real.map((error) => error ** 2)), 1, 0.2);
  }
});

Deno.test("estimateMap() sees risk along an edge, and none on the plains beside it", () => {
  const lattice = grid(48, 48);
  /** How far a point lies beyond the edge, which is oblique. */
  const beyond = (index: number) => Math.floor(index / 48) + index % 48 - 48.5;
  const values = Float64Array.from({ length: lattice.size }, (_, i) => beyond(i) > 0 ? 1 : 0);
  const measured = Uint8Array.from({ length: lattice.size }, (_, i) => Math.floor(i / 48) % 4 === 0 && i % 4 === 0 ? 1 : 0);
  const { points, risks } = estimateMap(lattice, { values, measured, closed: [false, false], tolerance: 0.05 });
  for (const [i, point] of points.entries()) {
    if (Math.abs(beyond(point)) < 3) assert(risks[i] > 0, `${point}`);
    if (Math.abs(beyond(point)) > 24) assertEquals(risks[i], 0, `${point}`);
  }
});
