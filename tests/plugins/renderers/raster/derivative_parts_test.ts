import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../../../../core/random.ts";
import { findContacts } from "../../../../plugins/renderers/raster/derivative/contacts.ts";
import { Cuts } from "../../../../plugins/renderers/raster/derivative/cuts.ts";
import { areaBehind, areaBeyond, ORIGIN } from "../../../../plugins/renderers/raster/derivative/pixel_shadow.ts";
import { PixelSplit } from "../../../../plugins/renderers/raster/derivative/pixel_split.ts";
import { surfaceOf } from "../../../../plugins/renderers/raster/prepare_surface.ts";
import { noiseSphere } from "../../../../bench/noise_sphere.ts";
import { box, join } from "../meshes.ts";

for (const [name, area] of [["areaBeyond", areaBeyond], ["areaBehind", areaBehind]] as const) {
  Deno.test(`${name}() over the sides of a triangle gives the triangle's area`, () => {
    const random = new Random(3);
    for (let trial = 0; trial < 2000; trial++) {
      const corners = Array.from({ length: 3 }, () => [random.uniform() - ORIGIN, random.uniform() - ORIGIN]);
      let beyond = 0, double = 0;
      const turns = corners.map(([ax, ay], i) => {
        const [bx, by] = corners[(i + 1) % 3];
        beyond += area(ax, ay, bx, by);
        double += ax * by - ay * bx;
        return ax * by - ay * bx;
      });
      // Inside is 1, outside 0; where the corners run clockwise on the screen, inside is ahead of the sides.
      const inside = turns.every((turn) => turn > 0) || turns.every((turn) => turn < 0);
      assertAlmostEquals((inside ? 1 : 0) - Math.sign(double) * beyond, Math.abs(double) / 2, 1e-9);
    }
  });
}

Deno.test("PixelSplit cuts a line at every border, keeps its length, and names the pixel of each piece", () => {
  const width = 9, height = 6;
  const split = new PixelSplit();
  split.resize(width, height);
  const random = new Random(4);
  for (let trial = 0; trial < 2000; trial++) {
    // Every tenth line begins or ends on a border, or runs along one.
    const place = (size: number) => trial % 10 === 0 ? random.integer(size + 1) : (2 * random.uniform() - 0.5) * size;
    const [x, y, endX, endY] = [place(width), place(height), place(width), place(height)];
    split.line.set([x, y, 1, endX - x, endY - y, 0]);
    const count = split.cut();
    let inside = 0;
    const steps = 4000;
    for (let k = 0; k < steps; k++) {
      const share = (k + 0.5) / steps, px = x + share * (endX - x), py = y + share * (endY - y);
      if (px >= 0 && px <= width && py >= 0 && py <= height) inside++;
    }
    const covered = count === 0 ? 0 : split.shares[count] - split.shares[0];
    assertAlmostEquals(covered, inside / steps, 2 / steps + 1e-9);
    for (let k = 0; k < count; k++) {
      assert(split.shares[k + 1] >= split.shares[k]);
      for (const share of [split.shares[k], split.shares[k + 1]]) {
        const column = x + share * (endX - x) - split.columns[k], row = y + share * (endY - y) - split.rows[k];
        assert(Math.min(column, row) > -1e-9 && Math.max(column, row) < 1 + 1e-9, `piece ${k} of ${x}, ${y} to ${endX}, ${endY}`);
      }
    }
  }
});

Deno.test("Cuts notes where lines cross, that they all but meet, and nothing of what passes behind a surface", () => {
  // Along x at 1/z = 1, and across it in its middle; the third ends short of it.
  const lines = Float64Array.of(0, 0, 1, 1, 0, 0, 0.5, -0.5, 2, 0, 2, 0, 0.25, 1e-9, 2, 0, 1, 0);
  const cuts = new Cuts();
  const cross = (other: number, ends: boolean, otherEnds: boolean) => {
    cuts.clear(2);
    cuts.crossing(lines, 0, 0, ends, 1, 6 * other, otherEnds);
    return [0, 1].map((piece) => {
      cuts.collect(piece);
      return [cuts.met[piece], ...cuts.shares.subarray(0, cuts.count)];
    });
  };
  assertEquals(cross(1, true, true), [[1, 0.5], [1, 0.25]]);
  assertEquals(cross(1, false, true), [[1, 0.5], [1, 0.25]]);
  // What ends is behind, and hides nothing of the edge within a surface that it passes.
  assertEquals(cross(1, true, false), [[0], [0]]);
  assertEquals(cross(2, true, true), [[1], [1]]);
});

Deno.test("findContacts() finds where parts go through each other, and the edges that lie along other faces", () => {
  const apart = findContacts(surfaceOf(join(box([1, 1, 1]), box([0.2, 0.2, 0.2], [0.8, 0, 0]))));
  assertEquals([apart.faces.length, apart.touched.length], [0, 0]);

  // A bar through a box: it crosses the left and the right side, each along the bar's outline.
  const { points, faces, touched } = findContacts(surfaceOf(join(box([1, 1, 1]), box([2, 0.2, 0.3]))));
  assertEquals(touched, []);
  let length = 0;
  for (let line = 0; 2 * line < faces.length; line++) {
    const [ax, ay, az, bx, by, bz] = points.slice(6 * line, 6 * line + 6);
    assertAlmostEquals(Math.abs(ax), 0.5, 1e-6);
    assertAlmostEquals(ax, bx, 1e-6);
    length += Math.hypot(by - ay, bz - az);
  }
  assertAlmostEquals(length, 2 * (2 * 0.2 + 2 * 0.3), 1e-5);

  // A box on a larger one: nothing crosses, but the four edges of its bottom, and its diagonal, lie along the other's top.
  const stacked = findContacts(surfaceOf(join(box([1, 0.5, 1]), box([0.4, 0.5, 0.3], [0, 0.5, 0]))));
  assertEquals(stacked.faces.length, 0);
  assert(stacked.touched.length > 0);
});

Deno.test("surfaceOf() tells solids from open parts, turns their corners outward, and leaves out what no picture shows", () => {
  const closed = surfaceOf(noiseSphere(8, 0.02));
  assert(closed.solid.every((value) => value === 1));
  for (let face = 0; face < closed.solid.length; face++) {
    const a = 3 * closed.triangles[3 * face];
    const outward = [0, 1, 2].reduce((sum, axis) => sum + closed.normals[3 * face + axis] * closed.positions[a + axis], 0);
    assert(outward > 0);
  }
  const plain = box([1, 1, 1]);
  const turned = { ...plain, triangles: plain.triangles.toReversed() };
  assertEquals(surfaceOf(turned).normals.length, surfaceOf(plain).normals.length);
  assert(surfaceOf({ ...plain, triangles: plain.triangles.subarray(3) }).solid.every((value) => value === 0));
  const mixed = surfaceOf(join(plain, { ...box([0.2, 0.2, 0.2], [1, 0, 0]), triangles: plain.triangles.subarray(3) }));
  assertEquals(mixed.solid.reduce((sum, value) => sum + value, 0), 12);
  // Corners that stand at one position become one: a box of 36 corners of its own is a solid too.
  const loose = {
    positions: Float32Array.from(Array.from(plain.triangles).flatMap((v) => [...plain.positions.subarray(3 * v, 3 * v + 3)])),
  };
  assert(surfaceOf({ ...loose, triangles: plain.triangles.map((_, i) => i) }).solid.every((value) => value === 1));
  assertEquals(surfaceOf({ ...plain, triangles: Uint32Array.of(...plain.triangles, ...plain.triangles, 0, 0, 1) }).triangles.length, 36);
});
