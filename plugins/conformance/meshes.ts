import type { Mesh } from "../../core/mesh.ts";

/** A box of the given sides about a center, its sides counterclockwise as seen from outside; with a color a side where `colors` is set. */
export function box(sides: readonly [number, number, number], center: readonly [number, number, number] = [0, 0, 0], colors = false): Mesh {
  const positions = Float32Array.from(
    { length: 24 },
    (_, i) => center[i % 3] + sides[i % 3] / 2 * (((Math.floor(i / 3) >> (i % 3)) & 1) === 1 ? 1 : -1),
  );
  const triangles = Uint32Array.of(
    ...[0, 4, 6, 0, 6, 2, 1, 3, 7, 1, 7, 5, 0, 1, 5, 0, 5, 4],
    ...[2, 6, 7, 2, 7, 3, 0, 2, 3, 0, 3, 1, 4, 5, 7, 4, 7, 6],
  );
  if (!colors) return { positions, triangles };
  const side = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]];
  return { positions, triangles, colors: Float32Array.from({ length: 108 }, (_, i) => side[Math.floor(i / 18)][i % 3]) };
}

/** Several meshes as one. */
export function join(...meshes: readonly Mesh[]): Mesh {
  const positions = meshes.flatMap((mesh) => Array.from(mesh.positions));
  const triangles: number[] = [];
  let start = 0;
  for (const mesh of meshes) {
    triangles.push(...Array.from(mesh.triangles, (vertex) => vertex + start));
    start += mesh.positions.length / 3;
  }
  const painted = meshes.every(({ colors }) => colors !== undefined);
  const colors = painted ? Float32Array.from(meshes.flatMap((mesh) => Array.from(mesh.colors ?? []))) : undefined;
  return { positions: Float32Array.from(positions), triangles: Uint32Array.from(triangles), colors };
}

/** A sphere of radius 1 in `rings` rings. */
export function sphere(rings: number): Mesh {
  const columns = 2 * rings;
  const positions = Array.from({ length: rings + 1 }, (_, ring) =>
    Array.from({ length: columns }, (_, column) => {
      const polar = Math.PI * ring / rings, angle = 2 * Math.PI * column / columns;
      return [Math.sin(polar) * Math.cos(angle), Math.cos(polar), Math.sin(polar) * Math.sin(angle)];
    }).flat()).flat();
  const triangles: number[] = [];
  for (let ring = 0; ring < rings; ring++) {
    for (let column = 0; column < columns; column++) {
      const a = ring * columns + column, b = ring * columns + (column + 1) % columns;
      if (ring > 0) triangles.push(a, b, a + columns);
      if (ring < rings - 1) triangles.push(b, b + columns, a + columns);
    }
  }
  return { positions: Float32Array.from(positions), triangles: Uint32Array.from(triangles) };
}

/** A flat quadrangle across the view at depth `z`, [-w/2, w/2] x [-h/2, h/2], with a color for each of its corners where given. */
export function card(width: number, height: number, z: number, corners?: readonly (readonly [number, number, number])[]): Mesh {
  const positions = Float32Array.of(-width, -height, 2 * z, width, -height, 2 * z, width, height, 2 * z, -width, height, 2 * z).map((
    value,
  ) => value / 2);
  const triangles = Uint32Array.of(0, 1, 2, 0, 2, 3);
  if (corners === undefined) return { positions, triangles };
  return { positions, triangles, colors: Float32Array.from(Array.from(triangles).flatMap((vertex) => corners[vertex])) };
}
