import type { Mesh } from "../core/mesh.ts";
import { Random } from "../core/random.ts";

/**
 * A sphere of `rings` x `2 rings` quadrangles, each two triangles, whose radius varies by `roughness`: about 4 rings squared triangles, with
 * shading that differs from face to face.
 */
export function noiseSphere(rings: number, roughness: number, colors = false): Mesh {
  const random = new Random(rings);
  const columns = 2 * rings;
  const positions = new Float32Array(3 * ((rings - 1) * columns + 2));
  let longest = 0;
  for (let vertex = 0; vertex < positions.length / 3; vertex++) {
    const pole = vertex >= (rings - 1) * columns ? vertex - (rings - 1) * columns : -1;
    const polar = pole >= 0 ? pole * Math.PI : Math.PI * (1 + Math.floor(vertex / columns)) / rings;
    const angle = 2 * Math.PI * (vertex % columns) / columns;
    const radius = 1 - roughness * random.uniform();
    positions[3 * vertex] = radius * Math.sin(polar) * Math.cos(angle);
    positions[3 * vertex + 1] = radius * Math.cos(polar);
    positions[3 * vertex + 2] = radius * Math.sin(polar) * Math.sin(angle);
    for (let axis = 0; axis < 3; axis++) longest = Math.max(longest, Math.abs(positions[3 * vertex + axis]));
  }
  for (let i = 0; i < positions.length; i++) positions[i] /= longest;
  const triangles: number[] = [];
  const at = (ring: number, column: number) => {
    if (ring === 0) return (rings - 1) * columns;
    if (ring === rings) return (rings - 1) * columns + 1;
    return (ring - 1) * columns + column % columns;
  };
  for (let ring = 0; ring < rings; ring++) {
    for (let column = 0; column < columns; column++) {
      if (ring > 0) triangles.push(at(ring, column), at(ring, column + 1), at(ring + 1, column));
      if (ring < rings - 1) triangles.push(at(ring, column + 1), at(ring + 1, column + 1), at(ring + 1, column));
    }
  }
  if (!colors) return { positions, triangles: Uint32Array.from(triangles) };
  const corners = Float32Array.from({ length: 3 * triangles.length }, () => random.uniform());
  return { positions, triangles: Uint32Array.from(triangles), colors: corners };
}
