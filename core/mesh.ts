/**
 * Triangles, as loaders give them and renderers take them, already normalized: the longest side of the bounding box spans [-1, 1] and the box is
 * centered on the origin.
 */
export interface Mesh {
  /** Vertex positions, [vertices x 3]. */
  readonly positions: Float32Array;
  /** Vertex indices, [triangles x 3]. */
  readonly triangles: Uint32Array;
  /** Color of each corner of each triangle, [triangles x 3 x 3], RGB in [0, 1]; absent where the mesh has no colors. */
  readonly colors?: Float32Array;
}

/** How many triangles a mesh has. */
export function triangleCount(mesh: Mesh): number {
  return mesh.triangles.length / 3;
}
