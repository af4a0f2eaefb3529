import { BufferGeometry, Float32BufferAttribute } from "three";
import { mergeVertices } from "three/addons/utils/BufferGeometryUtils.js";
import type { Solid } from "./family.ts";

/**
 * The closed surface of a geometry: equal positions become one vertex, triangles without area go, holes are closed by fans, and the triangles face
 * outwards. three's generators repeat vertices along seams and leave tubes open, so none of them is closed as it comes.
 */
export function seal(geometry: BufferGeometry): Solid {
  const bare = new BufferGeometry();
  bare.setAttribute("position", geometry.getAttribute("position"));
  bare.setIndex(geometry.getIndex());
  const welded = mergeVertices(bare, 1e-5);
  const positions = Array.from(welded.getAttribute("position").array);
  const triangles = withoutSlivers(Array.from(welded.getIndex()!.array));
  closeHoles(positions, triangles);
  if (signedVolume(positions, triangles) < 0) flip(triangles);

  const solid = new BufferGeometry();
  solid.setAttribute("position", new Float32BufferAttribute(positions, 3));
  solid.setIndex(triangles);
  return solid;
}

/** Six times the volume that a closed surface encloses: positive where its triangles face outwards. */
function signedVolume(positions: ArrayLike<number>, triangles: ArrayLike<number>): number {
  let volume = 0;
  for (let i = 0; i < triangles.length; i += 3) {
    const [a, b, c] = [3 * triangles[i], 3 * triangles[i + 1], 3 * triangles[i + 2]];
    volume += positions[a] * (positions[b + 1] * positions[c + 2] - positions[b + 2] * positions[c + 1]) +
      positions[a + 1] * (positions[b + 2] * positions[c] - positions[b] * positions[c + 2]) +
      positions[a + 2] * (positions[b] * positions[c + 1] - positions[b + 1] * positions[c]);
  }
  return volume;
}

/** Triangles with three different corners. */
function withoutSlivers(triangles: number[]): number[] {
  const kept: number[] = [];
  for (let i = 0; i < triangles.length; i += 3) {
    const [a, b, c] = [triangles[i], triangles[i + 1], triangles[i + 2]];
    if (a !== b && b !== c && c !== a) kept.push(a, b, c);
  }
  return kept;
}

/** Adds, for each loop of edges that only one triangle has, a vertex in its middle and a fan. */
function closeHoles(positions: number[], triangles: number[]): void {
  const vertices = positions.length / 3;
  const edges = new Set<number>();
  for (let i = 0; i < triangles.length; i += 3) {
    for (let k = 0; k < 3; k++) edges.add(triangles[i + k] * vertices + triangles[i + (k + 1) % 3]);
  }
  const next = new Map<number, number>();
  for (const edge of edges) {
    const [from, to] = [Math.floor(edge / vertices), edge % vertices];
    if (!edges.has(to * vertices + from)) next.set(to, from);
  }
  while (next.size > 0) {
    const [start] = next.keys();
    const loop: number[] = [];
    for (let vertex: number | undefined = start; vertex !== undefined && next.has(vertex);) {
      loop.push(vertex);
      const following: number = next.get(vertex)!;
      next.delete(vertex);
      vertex = following;
    }
    const center = positions.length / 3;
    for (let axis = 0; axis < 3; axis++) {
      positions.push(loop.reduce((sum, vertex) => sum + positions[3 * vertex + axis], 0) / loop.length);
    }
    loop.forEach((vertex, i) => triangles.push(vertex, loop[(i + 1) % loop.length], center));
  }
}

function flip(triangles: number[]): void {
  for (let i = 0; i < triangles.length; i += 3) [triangles[i], triangles[i + 1]] = [triangles[i + 1], triangles[i]];
}
