import type { Shown } from "../shown.ts";
import type { Surface } from "../surface.ts";
import { type FeatureEdges, THROUGH } from "./feature_edges.ts";

/** Finds the edges of smooth faces across which nothing jumps that is shown: 1 where two faces go on into each other, [edges]. */
export function softEdgesOf({ triangles }: Surface, { ends, starts, flaps, touching }: FeatureEdges, shown: Shown): Uint8Array {
  const cornerOf = (face: number, vertex: number) =>
    [3 * face - 3, 3 * face - 2, 3 * face - 1].find((corner) => triangles[corner] === vertex)!;
  return Uint8Array.from(touching, (touches, edge) => {
    const start = starts[edge];
    if (touches === 1 || starts[edge + 1] - start !== 2 || flaps[start] % 4 === THROUGH) return 0;
    const one = flaps[start] >>> 2, other = flaps[start + 1] >>> 2;
    return [ends[2 * edge], ends[2 * edge + 1]].every((vertex) => shown.goesOn(cornerOf(one, vertex), cornerOf(other, vertex))) ? 1 : 0;
  });
}
