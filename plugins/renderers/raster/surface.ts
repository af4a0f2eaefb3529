import type { Texture } from "../../../core/mesh.ts";

/** What a depth buffer draws: a mesh with what is known of its faces. */
export interface Surface {
  /** [vertices x 3]. */
  readonly positions: Float32Array;
  /** Corners of each face, [faces x 3]; counterclockwise as seen from outside where the face bounds a solid. */
  readonly triangles: Uint32Array;
  /** 1 where a face bounds a solid and is never seen from behind, [faces]. */
  readonly solid: Uint8Array;
  /** Unit normals, [faces x 3], on the side from which the corners run counterclockwise in a right-handed frame. */
  readonly normals: Float32Array;
  /** For smooth shading: unit normals of the corners, [faces x 3 x 3], on the side of their face's own normal. */
  readonly cornerNormals?: Float32Array;
  /** Colors of the corners, [faces x 3 x 3], where the mesh has any. */
  readonly colors?: Float32Array;
  /** Images that multiply the colors, where the mesh has any. */
  readonly texture?: Texture;
}

/** Normals of faces, [faces x 3], as long as twice their area. */
export function areaNormals(positions: Float32Array, triangles: Uint32Array): Float64Array {
  const normals = new Float64Array(triangles.length);
  for (let t = 0; t < triangles.length; t += 3) {
    const a = 3 * triangles[t], b = 3 * triangles[t + 1], c = 3 * triangles[t + 2];
    const ux = positions[b] - positions[a], uy = positions[b + 1] - positions[a + 1], uz = positions[b + 2] - positions[a + 2];
    const vx = positions[c] - positions[a], vy = positions[c + 1] - positions[a + 1], vz = positions[c + 2] - positions[a + 2];
    normals[t] = uy * vz - uz * vy;
    normals[t + 1] = uz * vx - ux * vz;
    normals[t + 2] = ux * vy - uy * vx;
  }
  return normals;
}

/** Unit normals of faces, [faces x 3]; zero for a face without area. */
export function faceNormals(positions: Float32Array, triangles: Uint32Array): Float32Array {
  const normals = areaNormals(positions, triangles);
  for (let t = 0; t < normals.length; t += 3) {
    const x = normals[t], y = normals[t + 1], z = normals[t + 2];
    const length = Math.sqrt(x * x + y * y + z * z) || 1;
    normals[t] = x / length;
    normals[t + 1] = y / length;
    normals[t + 2] = z / length;
  }
  return Float32Array.from(normals);
}
