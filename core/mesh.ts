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
  /**
   * Unit normal of each corner of each triangle, [triangles x 3 x 3], for smooth shading; zero where the mesh says none. Where it says none, or this is
   * absent, a renderer averages the normals of the triangles around the vertex.
   */
  readonly normals?: Float32Array;
  /** Images that multiply the colors, which are there as well then. A renderer that knows none draws the colors alone. */
  readonly texture?: Texture;
}

/** How an image goes on beyond its edges: again and again, with its last texels, or mirrored. */
export const WRAP = { repeat: 0, clamp: 1, mirror: 2 } as const;

/** Base-color images of a mesh, all of one size. */
export interface Texture {
  /** Side of the images in texels: they are square, whatever their files were, and it is a power of two. */
  readonly side: number;
  /** Red, green, blue and opacity, [images x side x side x 4]; v is 0 at the first row. */
  readonly texels: Uint8Array;
  /** How each image goes on along u and v, [images x 2], as {@linkcode WRAP} says. */
  readonly wraps: Uint8Array;
  /** Where an image is less opaque than this, its triangles are not seen; 0: they are seen everywhere. [images]; absent: all are 0. */
  readonly cutoffs?: Float32Array;
  /** u and v of each corner of each triangle, [triangles x 3 x 2]: an image spans 0 to 1. */
  readonly coordinates: Float32Array;
  /** The image of each triangle, counted from 1; 0 where it has none. [triangles] */
  readonly images: Uint16Array;
}

/** A mesh with some of its triangles, in the order in which they are named. */
export function takeTriangles(mesh: Mesh, kept: readonly number[]): Mesh {
  const { positions, triangles, colors, normals, texture } = mesh;
  return {
    positions,
    triangles: takeRows(triangles, 3, kept),
    ...(colors === undefined ? {} : { colors: takeRows(colors, 9, kept) }),
    ...(normals === undefined ? {} : { normals: takeRows(normals, 9, kept) }),
    ...(texture === undefined ? {} : {
      texture: { ...texture, coordinates: takeRows(texture.coordinates, 6, kept), images: takeRows(texture.images, 1, kept) },
    }),
  };
}

function takeRows<Values extends Float32Array | Uint32Array | Uint16Array>(values: Values, size: number, kept: readonly number[]): Values {
  const taken = new (values.constructor as new (length: number) => Values)(size * kept.length);
  kept.forEach((row, i) => {
    for (let k = 0; k < size; k++) taken[size * i + k] = values[size * row + k];
  });
  return taken;
}

/** How many triangles a mesh has. */
export function triangleCount(mesh: Mesh): number {
  return mesh.triangles.length / 3;
}

/** Positions of corners as vertices: each distinct one once. */
export interface Welded {
  /** In order of first use, [vertices x 3]. */
  readonly positions: Float32Array;
  /** The vertex of each corner, [corners]. */
  readonly indices: Uint32Array;
}

/** Finds equal positions (to the last bit, so -0 is not 0) among corners [corners x 3]. */
export function weld(corners: Float32Array): Welded {
  const count = corners.length / 3;
  const bits = new Uint32Array(corners.buffer, corners.byteOffset, corners.length);
  let size = 16;
  while (size < 2 * count) size *= 2;
  const table = new Int32Array(size).fill(-1);
  const indices = new Uint32Array(count);
  const positions = new Float32Array(corners.length);
  const known = new Uint32Array(positions.buffer);
  let used = 0;
  for (let corner = 0; corner < count; corner++) {
    const x = bits[3 * corner], y = bits[3 * corner + 1], z = bits[3 * corner + 2];
    let hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77) ^ Math.imul(z, 0xc2b2ae3d);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & (size - 1);
    let vertex = table[slot];
    while (vertex >= 0 && (known[3 * vertex] !== x || known[3 * vertex + 1] !== y || known[3 * vertex + 2] !== z)) {
      slot = (slot + 1) & (size - 1);
      vertex = table[slot];
    }
    if (vertex < 0) {
      vertex = table[slot] = used++;
      positions.set(corners.subarray(3 * corner, 3 * corner + 3), 3 * vertex);
    }
    indices[corner] = vertex;
  }
  return { positions: positions.slice(0, 3 * used), indices };
}

/** Whether the triangle of three vertices, whose indices begin at `at`, has an area. */
export function hasArea({ positions, triangles }: Mesh, at: number): boolean {
  const a = 3 * triangles[at], b = 3 * triangles[at + 1], c = 3 * triangles[at + 2];
  if (a === b || b === c || c === a) return false;
  const ux = positions[b] - positions[a], uy = positions[b + 1] - positions[a + 1], uz = positions[b + 2] - positions[a + 2];
  const vx = positions[c] - positions[a], vy = positions[c + 1] - positions[a + 1], vz = positions[c + 2] - positions[a + 2];
  return uy * vz !== uz * vy || uz * vx !== ux * vz || ux * vy !== uy * vx;
}
