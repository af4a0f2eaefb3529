import type { Surface } from "../surface.ts";
import { FacePair, TINY } from "./face_pair.ts";

/** Where faces of a surface meet that share no edge. */
export interface Contacts {
  /** The edges that lie along other faces: `3 face + corner` for the edge from there to the next, both counted from 0, and the other, from 1. [pairs x 2] */
  readonly touched: readonly number[];
  /** Ends of the lines where two faces go through each other, [lines x 2 x 3]. */
  readonly points: readonly number[];
  /** The two faces of each line, counted from 1, [lines x 2]. */
  readonly faces: readonly number[];
}

/** Finds where faces touch or cross. */
export function findContacts(surface: Surface): Contacts {
  const { positions, triangles } = surface;
  const count = triangles.length / 3;
  const bounds = new Float32Array(6 * count);
  for (let face = 0; face < count; face++) {
    for (let axis = 0; axis < 3; axis++) {
      const a = positions[3 * triangles[3 * face] + axis], b = positions[3 * triangles[3 * face + 1] + axis];
      const c = positions[3 * triangles[3 * face + 2] + axis];
      bounds[6 * face + axis] = Math.min(a, b, c) - TINY;
      bounds[6 * face + 3 + axis] = Math.max(a, b, c) + TINY;
    }
  }
  const order = Uint32Array.from({ length: count }, (_, face) => face).sort((left, right) =>
    bounds[6 * left] - bounds[6 * right] || left - right
  );
  const sorted = new Float32Array(6 * count);
  order.forEach((face, i) => sorted.set(bounds.subarray(6 * face, 6 * face + 6), 6 * i));
  const touched: number[] = [], points: number[] = [], faces: number[] = [];
  const pair = new FacePair(surface);
  // A sweep along x: faces are compared with those that began before they ended.
  for (let i = 0; i < count; i++) {
    const endX = sorted[6 * i + 3],
      lowY = sorted[6 * i + 1],
      lowZ = sorted[6 * i + 2],
      highY = sorted[6 * i + 4],
      highZ = sorted[6 * i + 5];
    for (let j = i + 1; j < count && sorted[6 * j] <= endX; j++) {
      if (sorted[6 * j + 1] > highY || sorted[6 * j + 4] < lowY || sorted[6 * j + 2] > highZ || sorted[6 * j + 5] < lowZ) continue;
      if (!pair.meet(order[i], order[j])) continue;
      for (let k = 0; k < 3; k++) {
        if (pair.edges & (1 << k)) touched.push(3 * order[i] + k, order[j] + 1);
        if (pair.edges & (8 << k)) touched.push(3 * order[j] + k, order[i] + 1);
      }
      if (pair.crosses) {
        points.push(...pair.from, ...pair.to);
        faces.push(order[i] + 1, order[j] + 1);
      }
    }
  }
  return { touched, points, faces };
}
