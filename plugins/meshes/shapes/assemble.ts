import type { Mesh } from "../../../core/mesh.ts";
import type { Solid } from "./family.ts";

/** One normalized mesh of several solids. */
export function assemble(parts: readonly Solid[]): Mesh {
  const positions: number[] = [];
  const triangles: number[] = [];
  for (const part of parts) {
    const first = positions.length / 3;
    for (const index of part.getIndex()!.array) triangles.push(first + index);
    for (const value of part.getAttribute("position").array) positions.push(value);
  }
  normalize(positions);
  return { positions: Float32Array.from(positions), triangles: Uint32Array.from(triangles) };
}

/** Centers the bounding box on the origin; its longest side spans [-1, 1]. */
function normalize(positions: number[]): void {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  positions.forEach((value, i) => {
    low[i % 3] = Math.min(low[i % 3], value);
    high[i % 3] = Math.max(high[i % 3], value);
  });
  const longest = Math.max(...high.map((value, axis) => value - low[axis]));
  positions.forEach((value, i) => positions[i] = (2 * value - low[i % 3] - high[i % 3]) / longest);
}
