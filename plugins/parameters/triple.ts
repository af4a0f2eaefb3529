import type { Triple } from "../../core/scene.ts";

/** Names of the axes of space, in the order of a triple. */
export const AXES = ["x", "y", "z"] as const;

/** Names of the color channels, in the order of a triple. */
export const CHANNELS = ["red", "green", "blue"] as const;

/** A triple with one of its numbers replaced. */
export function replaced(triple: Triple, index: number, value: number): Triple {
  return [index === 0 ? value : triple[0], index === 1 ? value : triple[1], index === 2 ? value : triple[2]];
}
