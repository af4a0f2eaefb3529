import { areaNormals } from "./surface.ts";

/** What normals of corners are made of. */
export interface NormalSources {
  /** [vertices x 3]. */
  readonly positions: Float32Array;
  /** Corners of each face, [faces x 3]. */
  readonly triangles: Uint32Array;
  /** What the mesh says, [faces x 3 x 3]; zero where it says nothing. */
  readonly given?: Float32Array;
}

/**
 * Unit normals of the corners of faces, [faces x 3 x 3]: those of the mesh, and where it says none the mean of the normals of the faces around the
 * vertex, weighed by area. They are turned to the side of their face's own normal: a face that runs the other way round than its neighbors, or whose
 * normals do, looks as they do.
 */
export function cornerNormals({ positions, triangles, given }: NormalSources): Float32Array {
  const faces = areaNormals(positions, triangles);
  const means = new Float64Array(positions.length);
  for (let corner = 0; corner < triangles.length; corner++) {
    const at = 3 * triangles[corner], from = corner - corner % 3;
    for (let axis = 0; axis < 3; axis++) means[at + axis] += faces[from + axis];
  }
  const normals = new Float32Array(3 * triangles.length);
  for (let from = 0; from < triangles.length; from += 3) {
    let side = 0;
    const least = NOTHING * Math.hypot(faces[from], faces[from + 1], faces[from + 2]);
    for (let corner = from; corner < from + 3; corner++) {
      const at = 3 * corner;
      const isGiven = given !== undefined && take(given, at, 0, normals, at);
      if (!isGiven && !take(means, 3 * triangles[corner], least, normals, at)) take(faces, from, 0, normals, at);
      for (let axis = 0; axis < 3; axis++) side += normals[at + axis] * faces[from + axis];
    }
    if (side < 0) { for (let i = 3 * from; i < 3 * from + 9; i++) normals[i] = -normals[i]; }
  }
  return normals;
}

/** A mean that is shorter than this share of one of its summands is rounding. */
const NOTHING = 1e-6;

/** Writes a vector that is longer than `least`, at length 1; false where it is not. */
function take(from: Float32Array | Float64Array, at: number, least: number, to: Float32Array, start: number): boolean {
  const length = Math.hypot(from[at], from[at + 1], from[at + 2]);
  if (!(length > least)) return false;
  for (let axis = 0; axis < 3; axis++) to[start + axis] = from[at + axis] / length;
  return true;
}
