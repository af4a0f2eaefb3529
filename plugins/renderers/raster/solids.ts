import type { Mesh, Texture } from "../../../core/mesh.ts";
import { edgesOf, next } from "./edges.ts";

/** Which faces bound a solid, and which of their sides is outside. */
export interface Solids {
  /** Corners of each face, [faces x 3]; those of a solid's faces run counterclockwise as seen from outside, in a right-handed frame. */
  readonly triangles: Uint32Array;
  /** 1 where a face belongs to a solid, [faces]: from outside, its back is never seen. */
  readonly solid: Uint8Array;
  /** Colors of the corners, in the same order as `triangles`. */
  readonly colors?: Float32Array;
  /** Normals of the corners, in the same order. */
  readonly normals?: Float32Array;
  /** Images, and their coordinates in the same order. */
  readonly texture?: Texture;
  /** Which part each face belongs to, [faces]: one of the faces of that part. */
  readonly parts: Uint32Array;
}

/**
 * Finds the closed parts of a mesh: those where two faces meet at every edge, in opposite directions. An eye outside of such a part sees no face of
 * it from behind, so half of its faces need not be drawn. Parts with holes in their images show their backs.
 */
export function findSolids({ positions, triangles, colors, normals, texture }: Mesh): Solids {
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
    if (open[face] === 1 || hasHoles(texture, face)) openParts[part] = 1;
  }
  const turned = triangles.slice(), turnedColors = colors?.slice(), turnedNormals = normals?.slice();
  const turnedCoordinates = texture?.coordinates.slice();
  const solid = new Uint8Array(faces);
  for (let face = 0; face < faces; face++) {
    const part = parent[face] = root(face);
    if (openParts[part] === 1) continue;
    solid[face] = 1;
    if (volumes[part] < 0) {
      turn(turned, 1, face);
      if (turnedColors !== undefined) turn(turnedColors, 3, face);
      if (turnedNormals !== undefined) turn(turnedNormals, 3, face);
      if (turnedCoordinates !== undefined) turn(turnedCoordinates, 2, face);
    }
  }
  return {
    triangles: turned,
    solid,
    colors: turnedColors,
    normals: turnedNormals,
    ...(texture === undefined || turnedCoordinates === undefined ? {} : { texture: { ...texture, coordinates: turnedCoordinates } }),
    parts: parent,
  };
}

function hasHoles(texture: Texture | undefined, face: number): boolean {
  const image = texture?.images[face] ?? 0;
  return image > 0 && (texture?.cutoffs?.[image - 1] ?? 0) > 0;
}

/** Swaps the second and third corner of a face, each of which has so many values. */
function turn(values: Float32Array | Uint32Array, size: number, face: number): void {
  const second = (3 * face + 1) * size, third = second + size;
  for (let k = 0; k < size; k++) [values[second + k], values[third + k]] = [values[third + k], values[second + k]];
}

/** Six times the volume between a face and the origin. */
function signedVolume(positions: Float32Array, triangles: Uint32Array, at: number): number {
  const a = 3 * triangles[at], b = 3 * triangles[at + 1], c = 3 * triangles[at + 2];
  const ax = positions[a], ay = positions[a + 1], az = positions[a + 2];
  const bx = positions[b], by = positions[b + 1], bz = positions[b + 2];
  const cx = positions[c], cy = positions[c + 1], cz = positions[c + 2];
  return ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
}
