import { complement } from "../core/complement.ts";
import { InputError } from "../core/errors.ts";
import type { GrownRegion } from "../core/growth.ts";
import type { Trap } from "../core/record.ts";
import type { SemanticFunction } from "../core/semantic_function.ts";
import type { SemanticSpace } from "../core/semantic_space.ts";
import { fewestTrapPoints, regionTraps } from "../core/traps.ts";
import type { Progress } from "./progress.ts";

/** Points on which each region is searched for traps where the user says nothing. */
const TRAP_POINTS = 256;

/** How many points are searched; 0 where the usual ones are too few for the parameters. @throws InputError where it is the user's number that is. */
export function chooseTrapPoints(given: number | undefined, space: SemanticSpace, progress: Progress): number {
  const { dimensions } = space;
  const fewest = fewestTrapPoints(space);
  const over = dimensions === 1 ? "a parameter" : `${dimensions} parameters`;
  if (given !== undefined && given > 0 && given < fewest) {
    throw new InputError(`--traps must be 0, or at least ${fewest} over ${over}: current value is ${given}`);
  }
  if (given === undefined && TRAP_POINTS < fewest) {
    progress.say(`Traps are not looked for: over ${over} that takes ${fewest} points of each region (--traps)`);
    return 0;
  }
  return given ?? TRAP_POINTS;
}

/** The traps of each region; null where it was not searched. */
export async function findTraps(
  f: SemanticFunction,
  grown: readonly GrownRegion[],
  { points, floors, signal }: { readonly points: number; readonly floors: readonly number[]; readonly signal: AbortSignal },
): Promise<(Trap[] | null)[]> {
  const found: (Trap[] | null)[] = [];
  for (const [i, { box, task }] of grown.entries()) {
    const high = task.target === "robust" ? f : complement(f);
    found.push(points === 0 || signal.aborted ? null : await regionTraps(high, box, { points, floor: floors[i] }));
  }
  return found;
}
