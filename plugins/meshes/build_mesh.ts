import { InputError } from "../../core/errors.ts";
import { hasArea, type Mesh, takeTriangles, type Texture, weld } from "../../core/mesh.ts";

/** Triangles as a file gives them: nothing shared, nothing normalized. */
export interface Corners {
  /** [triangles x 3 x 3]: x, y, z of each corner. */
  readonly positions: Float64Array;
  /** [triangles x 3 x 3]: RGB of each corner in [0, 1]; absent where the file has no colors. */
  readonly colors?: Float32Array;
  /** [triangles x 3 x 3]: unit normal of each corner, zero where the file says none; absent where none are wanted or there. */
  readonly normals?: Float32Array;
  /** Images of the triangles, where the file has any; colors are there as well then. */
  readonly texture?: Texture;
}

/**
 * Makes a mesh of triangle corners: equal positions become one vertex, triangles without area (which no picture shows) are left out, and the
 * rest is normalized as `docs/rendering.md` says.
 *
 * @param name What to call the mesh in messages.
 * @throws InputError where there are no triangles, a number is not finite, or nothing has an extent.
 */
export function buildMesh(name: string, { positions, colors, normals, texture }: Corners): Mesh {
  if (positions.length === 0) throw new InputError(`Mesh "${name}" must have faces: there are none`);
  const normalized = normalize(name, positions);
  const { positions: vertices, indices } = weld(normalized);
  const kept: number[] = [];
  for (let triangle = 0; triangle < indices.length / 3; triangle++) {
    if (hasArea({ positions: vertices, triangles: indices }, 3 * triangle)) kept.push(triangle);
  }
  if (kept.length === 0) throw new InputError(`Mesh "${name}" must have faces with an area: all of its faces are points or lines`);
  return takeTriangles({
    positions: vertices,
    triangles: indices,
    ...(colors === undefined ? {} : { colors: colors.map((value) => Math.min(Math.max(value, 0), 1)) }),
    ...(normals === undefined ? {} : { normals }),
    ...(texture === undefined ? {} : { texture }),
  }, kept);
}

/** Least values to zero, longest side to 2, center of the box to the origin; in float64, rounded once. */
function normalize(name: string, positions: Float64Array): Float32Array {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < positions.length; i++) {
    const value = positions[i];
    if (!Number.isFinite(value)) throw new InputError(`Vertices of mesh "${name}" must be finite numbers: one has ${value}`);
    const axis = i % 3;
    if (value < low[axis]) low[axis] = value;
    if (value > high[axis]) high[axis] = value;
  }
  const longest = Math.max(high[0] - low[0], high[1] - low[1], high[2] - low[2]);
  if (!(longest > 0)) throw new InputError(`Mesh "${name}" must have an extent: all of its vertices are the same point`);
  if (longest === Infinity) throw new InputError(`Mesh "${name}" must have an extent below 1e308: its coordinates are too large`);
  const normalized = new Float32Array(positions.length);
  for (let i = 0; i < positions.length; i++) {
    const axis = i % 3;
    // Adding 0 turns -0 into 0, so that equal positions have equal bits.
    normalized[i] = Math.fround(2 * (positions[i] - low[axis]) / longest - (high[axis] - low[axis]) / longest) + 0;
  }
  return normalized;
}
