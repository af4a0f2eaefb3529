import { InputError } from "../../core/errors.ts";
import type { Mesh } from "../../core/mesh.ts";

/** Triangles as a file gives them: nothing shared, nothing normalized. */
export interface Corners {
  /** [triangles x 3 x 3]: x, y, z of each corner. */
  readonly positions: Float64Array;
  /** [triangles x 3 x 3]: RGB of each corner in [0, 1]; absent where the file has no colors. */
  readonly colors?: Float32Array;
}

/**
 * Makes a mesh of triangle corners: equal positions become one vertex, triangles without area (which no picture shows) are left out, and the
 * rest is normalized as `docs/rendering.md` says.
 *
 * @param name What to call the mesh in messages.
 * @throws InputError where there are no triangles, a number is not finite, or nothing has an extent.
 */
export function buildMesh(name: string, { positions, colors }: Corners): Mesh {
  if (positions.length === 0) throw new InputError(`Mesh "${name}" must have faces: there are none`);
  const normalized = normalize(name, positions);
  const { vertices, indices } = weld(normalized);
  const kept: number[] = [];
  for (let triangle = 0; triangle < indices.length / 3; triangle++) {
    if (hasArea(vertices, indices, 3 * triangle)) kept.push(triangle);
  }
  if (kept.length === 0) throw new InputError(`Mesh "${name}" must have faces with an area: all of its faces are points or lines`);
  const triangles = new Uint32Array(3 * kept.length);
  kept.forEach((triangle, i) => triangles.set(indices.subarray(3 * triangle, 3 * triangle + 3), 3 * i));
  if (colors === undefined) return { positions: vertices, triangles };
  const keptColors = new Float32Array(9 * kept.length);
  kept.forEach((triangle, i) => {
    for (let k = 0; k < 9; k++) keptColors[9 * i + k] = Math.min(Math.max(colors[9 * triangle + k], 0), 1);
  });
  return { positions: vertices, triangles, colors: keptColors };
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

/** One vertex for each distinct position, in order of first use. */
function weld(corners: Float32Array): { vertices: Float32Array; indices: Uint32Array } {
  const count = corners.length / 3;
  const bits = new Uint32Array(corners.buffer);
  let size = 16;
  while (size < 2 * count) size *= 2;
  const table = new Int32Array(size).fill(-1);
  const indices = new Uint32Array(count);
  const vertices = new Float32Array(corners.length);
  const vertexBits = new Uint32Array(vertices.buffer);
  let used = 0;
  for (let corner = 0; corner < count; corner++) {
    const x = bits[3 * corner], y = bits[3 * corner + 1], z = bits[3 * corner + 2];
    let hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77) ^ Math.imul(z, 0xc2b2ae3d);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & (size - 1);
    let vertex = table[slot];
    while (vertex >= 0 && (vertexBits[3 * vertex] !== x || vertexBits[3 * vertex + 1] !== y || vertexBits[3 * vertex + 2] !== z)) {
      slot = (slot + 1) & (size - 1);
      vertex = table[slot];
    }
    if (vertex < 0) {
      vertex = table[slot] = used++;
      vertices.set(corners.subarray(3 * corner, 3 * corner + 3), 3 * vertex);
    }
    indices[corner] = vertex;
  }
  return { vertices: vertices.slice(0, 3 * used), indices };
}

function hasArea(vertices: Float32Array, indices: Uint32Array, at: number): boolean {
  const a = 3 * indices[at], b = 3 * indices[at + 1], c = 3 * indices[at + 2];
  if (a === b || b === c || c === a) return false;
  const ux = vertices[b] - vertices[a], uy = vertices[b + 1] - vertices[a + 1], uz = vertices[b + 2] - vertices[a + 2];
  const vx = vertices[c] - vertices[a], vy = vertices[c + 1] - vertices[a + 1], vz = vertices[c + 2] - vertices[a + 2];
  return uy * vz !== uz * vy || uz * vx !== ux * vz || ux * vy !== uy * vx;
}
