import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../../core/errors.ts";
import { type Mesh, triangleCount } from "../../../../core/mesh.ts";
import { parseShapeName, SHAPE_FAMILIES, shapeMesh } from "../../../../plugins/meshes/shapes/catalog.ts";

/** Canonical shapes and enough variations to meet every style of every part, made once. */
const VARIATIONS = 20;
const shapes = new Map<string, Mesh>();

function forEachShape(check: (mesh: Mesh, name: string) => void): void {
  if (shapes.size === 0) {
    for (const { name } of SHAPE_FAMILIES) {
      for (let variation = 0; variation < VARIATIONS; variation++) shapes.set(`${name}:${variation}`, shapeMesh(name, variation));
    }
  }
  shapes.forEach(check);
}

/** The connected parts of a mesh, each as the first corners of its triangles. */
function components({ triangles, positions }: Mesh): number[][] {
  const parent = Array.from({ length: positions.length / 3 }, (_, i) => i);
  const root = (vertex: number): number => {
    while (parent[vertex] !== vertex) vertex = parent[vertex] = parent[parent[vertex]];
    return vertex;
  };
  for (let i = 0; i < triangles.length; i += 3) {
    parent[root(triangles[i + 1])] = root(triangles[i]);
    parent[root(triangles[i + 2])] = root(triangles[i]);
  }
  const groups = new Map<number, number[]>();
  for (let i = 0; i < triangles.length; i += 3) {
    const key = root(triangles[i]);
    groups.get(key)?.push(i) ?? groups.set(key, [i]);
  }
  return [...groups.values()];
}

function volume({ positions, triangles }: Mesh, starts: readonly number[]): number {
  let sum = 0;
  for (const start of starts) {
    const [a, b, c] = [0, 1, 2].map((k) => positions.subarray(3 * triangles[start + k], 3 * triangles[start + k] + 3));
    const cross = [b[1] * c[2] - b[2] * c[1], b[2] * c[0] - b[0] * c[2], b[0] * c[1] - b[1] * c[0]];
    sum += (a[0] * cross[0] + a[1] * cross[1] + a[2] * cross[2]) / 6;
  }
  return sum;
}

Deno.test("shapeMesh() gives closed parts: every edge is shared by two triangles that run through it in opposite directions", () => {
  forEachShape(({ triangles }, name) => {
    const edges = new Set<number>();
    for (let i = 0; i < triangles.length; i += 3) {
      for (let k = 0; k < 3; k++) {
        const edge = triangles[i + k] * 2 ** 24 + triangles[i + (k + 1) % 3];
        assert(!edges.has(edge), `${name}: an edge is used twice in one direction`);
        edges.add(edge);
      }
    }
    for (const edge of edges) {
      const [from, to] = [Math.floor(edge / 2 ** 24), edge % 2 ** 24];
      assert(edges.has(to * 2 ** 24 + from), `${name}: an edge has a triangle on one side only`);
    }
  });
});

Deno.test("shapeMesh() gives parts whose triangles face outwards: each encloses a positive volume", () => {
  forEachShape((mesh, name) => {
    for (const part of components(mesh)) assert(volume(mesh, part) > 0, `${name}: a part of ${part.length} triangles is inside out`);
  });
});

Deno.test("shapeMesh() gives 1,000 to 10,000 triangles in a centered box whose longest side is 2", () => {
  forEachShape((mesh, name) => {
    const count = triangleCount(mesh);
    assert(count >= 1000 && count <= 10000, `${name} has ${count} triangles`);
    const sides = [0, 1, 2].map((axis) => {
      const values = mesh.positions.filter((_, i) => i % 3 === axis);
      const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
      assert(Math.abs(low + high) < 1e-6, `${name} is off center along axis ${axis}`);
      return high - low;
    });
    assert(Math.abs(Math.max(...sides) - 2) < 1e-6, `${name} spans ${sides}`);
  });
});

Deno.test("shapeMesh() gives the same mesh for the same variation and another for another", () => {
  for (const { name } of SHAPE_FAMILIES) {
    assertEquals(shapeMesh(name, 7), shapeMesh(name, 7));
    assertEquals(shapeMesh(name), shapeMesh(name, 0));
    assertNotEquals(shapeMesh(name, 7).positions, shapeMesh(name, 8).positions);
  }
});

Deno.test("shapeMesh() gives solids of revolution exactly where the family says so", () => {
  for (const { name, revolution } of SHAPE_FAMILIES) {
    const { positions } = shapeMesh(name, 3);
    // The radius at every height: of a solid of revolution, the same from +x as from +z.
    let [alongX, alongZ] = [0, 0];
    for (let i = 0; i < positions.length; i += 3) {
      alongX = Math.max(alongX, Math.abs(positions[i]));
      alongZ = Math.max(alongZ, Math.abs(positions[i + 2]));
    }
    assertEquals(Math.abs(alongX - alongZ) < 1e-3, revolution, name);
  }
});

Deno.test("parseShapeName() reads a family and a variation", () => {
  assertEquals(parseShapeName("chair")?.variation, 0);
  assertEquals(parseShapeName("chair:7")?.variation, 7);
  assertEquals(parseShapeName("chair:7")?.family.imageNet, { index: 559, label: "folding chair" });
  assertEquals(parseShapeName("models/chair.obj"), undefined);
});

Deno.test("parseShapeName() refuses a variation that is no whole number", () => {
  for (const text of ["chair:", "chair:-1", "chair:1.5", "chair:x", "chair:1:2"]) {
    assertThrows(() => parseShapeName(text), InputError, "whole number");
  }
});

Deno.test("shapeMesh() suggests the nearest family", () => {
  assertThrows(() => shapeMesh("chiar"), InputError, `did you mean "chair"`);
});
