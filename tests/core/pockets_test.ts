import { assertEquals } from "@std/assert";
import { latticeOf } from "../../core/lattice_map.ts";
import { depths, pockets } from "../../core/pockets.ts";
import { Random } from "../../core/random.ts";

function latticeOfShape(...shape: number[]) {
  return latticeOf(shape.map((count) => Float64Array.from({ length: count }, (_, i) => i)));
}

/** A picture of a map: one row a value of the first axis; `.` is high, digits are scores in tenths. */
function drawn(...rows: string[]) {
  const scores = rows.join("").split("").map((mark) => mark === "." ? 1 : Number(mark) / 10);
  return { lattice: latticeOfShape(rows.length, rows[0].length), scores, member: (i: number) => scores[i] < 0.5 };
}

Deno.test("pockets() finds connected points, their lowest, their extent and whether they reach an end", () => {
  const { lattice, scores, member } = drawn(
    "........",
    "..41....",
    "..3..22.",
    "......2.",
    "1.......",
  );
  const { found, label } = pockets(lattice, scores, { closed: [false, false], member });
  assertEquals(
    found.map(({ bottom, points, atBorder, spans }) => [bottom, points, atBorder, spans.map(({ first, count }) => [first, count])]),
    [
      [8 + 3, 3, false, [[1, 2], [2, 2]]],
      [16 + 5, 3, false, [[2, 2], [5, 2]]],
      [32, 1, true, [[4, 1], [0, 1]]],
    ],
  );
  assertEquals([label[8 + 2], label[16 + 2], label[16 + 6], label[0]], [0, 0, 1, -1]);
  assertEquals(found[2].shore.toSorted((x, y) => x - y), [24, 33]);
});

Deno.test("pockets() goes on across the end of a closed axis, and gives the shortest run there", () => {
  const { lattice, scores, member } = drawn(
    "........",
    "21....34",
    "........",
  );
  const open = pockets(lattice, scores, { closed: [false, false], member }).found;
  assertEquals(open.map(({ points, atBorder }) => [points, atBorder]), [[2, true], [2, true]]);
  const [whole, ...more] = pockets(lattice, scores, { closed: [false, true], member }).found;
  assertEquals(more.length, 0);
  assertEquals([whole.points, whole.atBorder, whole.bottom, whole.spans[1]], [4, false, 9, { first: 6, count: 4 }]);
  const ring = pockets(latticeOfShape(5), [0, 0, 0, 0, 0], { closed: [true], member: () => true }).found;
  assertEquals([ring.length, ring[0].points, ring[0].spans[0].count, ring[0].atBorder], [1, 5, 5, false]);
});

Deno.test("pockets() in three dimensions agrees with a union of neighbors", () => {
  const random = new Random(4);
  const shape = [5, 4, 6];
  const lattice = latticeOfShape(...shape);
  const low = Uint8Array.from({ length: lattice.size }, () => random.uniform() < 0.4 ? 1 : 0);
  const { found, label } = pockets(lattice, low, { closed: [true, false, false], member: (i) => low[i] === 1 });
  const parent = Array.from({ length: lattice.size }, (_, i) => i);
  const root = (i: number): number => parent[i] === i ? i : root(parent[i]);
  const index = (x: number, y: number, z: number) => (x * shape[1] + y) * shape[2] + z;
  for (let x = 0; x < 5; x++) {
    for (let y = 0; y < 4; y++) {
      for (let z = 0; z < 6; z++) {
        const neighbors = [index((x + 1) % 5, y, z), ...(y < 3 ? [index(x, y + 1, z)] : []), ...(z < 5 ? [index(x, y, z + 1)] : [])];
        for (const next of neighbors) if (low[index(x, y, z)] && low[next]) parent[root(next)] = root(index(x, y, z));
      }
    }
  }
  const roots = new Set(parent.map((_, i) => i).filter((i) => low[i]).map(root));
  assertEquals(found.length, roots.size);
  const same = (i: number, k: number) => (label[i] === label[k]) === (root(i) === root(k));
  for (let i = 0; i < lattice.size; i++) for (let k = 0; k < i; k++) if (low[i] && low[k] && !same(i, k)) throw new Error(`${i} and ${k}`);
});

Deno.test("depths() counts steps to the nearest point that is no member", () => {
  const { lattice, member } = drawn(
    "......",
    "111...",
    "111..1",
    "111...",
    "......",
  );
  const depth = depths(lattice, { closed: [false, false], member });
  assertEquals([depth[6], depth[7], depth[8], depth[12], depth[13], depth[14], depth[17], depth[0]], [1, 1, 1, 2, 2, 1, 1, -1]);
  assertEquals(Array.from(depths(lattice, { closed: [false, true], member }).slice(12, 18)), [2, 2, 1, -1, -1, 1]);
});
