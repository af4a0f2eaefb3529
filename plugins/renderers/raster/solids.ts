import type { Mesh } from "../../../core/mesh.ts";
import { edgesOf, next } from "./edges.ts";

/** Which faces bound a solid, and which of their sides is outside. */
export interface Solids {
  /** Corners of each face, [faces x 3]; those of a solid's faces run counterclockwise as seen from outside, in a right-handed frame. */
  readonly triangles: Uint32Array;
  /** 1 where a face belongs to a solid, [faces]: from outside, its back is never seen. */
  readonly solid: Uint8Array;
  /** Colors of the corners, in the same order as `triangles`. */
  readonly colors?: Float32Array;
  /** Which part each face belongs to, [faces]: one of the faces of that part. */
  readonly parts: Uint32Array;
}

/**
 * Finds the closed parts of a mesh: those where two faces meet at every edge, in opposite directions. An eye outside of such a part sees no face of
 * it from behind, so half of its faces need not be drawn.
 */
export function findSolids({ positions, triangles, colors }: Mesh): Solids {
  const edges = edgesOf(triangles, positions.length / 3);
  const faces = triangles.length / 3;
  const parent = Uint32Array.from({ length: faces }, (_, face) => face);
  const root = (face: number): number => {
    while (parent[face] !== face) face = parent[face] = parent[parent[face]];
    return face;
  };
  const open = new Uint8Array(faces);
  for (let edge = 0; edge + 1 < edges.starts.length; edge++) {
    const start = edges.starts[edge], end = edges.starts[edge + 1];
    const first = edges.halfEdges[start], second = edges.halfEdges[end - 1];
    if (end - start === 2 && triangles[first] === triangles[next(second)]) {
      parent[root((first - first % 3) / 3)] = root((second - second % 3) / 3);
    } else {
      for (let i = start; i < end; i++) open[Math.floor(edges.halfEdges[i] / 3)] = 1;
    }
  }
  const volumes = new Float64Array(faces);
  const openParts = new Uint8Array(faces);
  for (let face = 0; face < faces; face++) {
    const part = root(face);
    volumes[part] += signedVolume(positions, triangles, 3 * face);
    if (open[face] === 1) openParts[part] = 1;
  }
  const turned = triangles.slice(), turnedColors = colors?.slice();
  const solid = new Uint8Array(faces);
  for (let face = 0; face < faces; face++) {
    const part = parent[face] = root(face);
    if (openParts[part] === 1) continue;
    solid[face] = 1;
    if (volumes[part] < 0) {
      turned[3 * face + 1] = triangles[3 * face + 2];
      turned[3 * face + 2] = triangles[3 * face + 1];
      turnedColors?.copyWithin(9 * face + 3, 9 * face + 6, 9 * face + 9);
      if (colors !== undefined) turnedColors?.set(colors.subarray(9 * face + 3, 9 * face + 6), 9 * face + 6);
    }
  }
  return { triangles: turned, solid, colors: turnedColors, parts: parent };
}

/** Six times the volume between a face and the origin. */
function signedVolume(positions: Float32Array, triangles: Uint32Array, at: number): number {
  const a = 3 * triangles[at], b = 3 * triangles[at + 1], c = 3 * triangles[at + 2];
  const ax = positions[a], ay = positions[a + 1], az = positions[a + 2];
  const bx = positions[b], by = positions[b + 1], bz = positions[b + 2];
  const cx = positions[c], cy = positions[c + 1], cz = positions[c + 2];
  return ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
}
