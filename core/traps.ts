import { type Lattice, latticeOf, latticePoints } from "./lattice_map.ts";
import { Orthotope } from "./orthotope.ts";
import { type Pocket, pockets } from "./pockets.ts";
import type { Trap } from "./record.ts";
import type { Bounds } from "./region_method.ts";
import type { SemanticFunction } from "./semantic_function.ts";
import type { SemanticSpace } from "./semantic_space.ts";

/** What counts as a trap. */
export interface TrapThresholds {
  /** A point that scores at least this is a confident one. */
  readonly confident: number;
  /** A pocket is a trap only where some point of it scores less than this. */
  readonly floor: number;
}

/**
 * The traps of a map: pockets where the score falls below `confident` and, somewhere, below `floor`, and around which the network is confident: a pocket
 * does not reach the border of Omega, touches no point that was not scored, and is smaller than the confident part that encloses it. The deepest
 * comes first.
 *
 * @param scores Row-major over a lattice that covers Omega; NaN where a point was not scored.
 */
export function mapTraps(
  { space, lattice, scores }: { readonly space: SemanticSpace; readonly lattice: Lattice; readonly scores: ArrayLike<number> },
  { confident, floor }: TrapThresholds,
): Trap[] {
  const closed = space.axes.map((_, axis) => space.isPeriodic(axis));
  const isKnown = (i: number) => !Number.isNaN(scores[i]);
  const low = pockets(lattice, scores, { closed, member: (i) => isKnown(i) && scores[i] < confident });
  const high = pockets(lattice, scores, { closed, member: (i) => scores[i] >= confident });
  const size = (pocket: Pocket) => {
    const around = new Set(Array.from(pocket.shore, (i) => high.label[i]));
    return around.has(-1) ? 0 : [...around].reduce((total, label) => total + high.found[label].points, 0);
  };
  const box = new Orthotope(space.axes.map((axis) => axis.low), space.axes.map((axis) => axis.high));
  return low.found
    .filter((pocket) => scores[pocket.bottom] < floor && !pocket.atBorder && pocket.points < size(pocket))
    .map((pocket) => describe(pocket, { lattice, scores, box, level: confident, closed }))
    .sort(deeper);
}

/** How a box is searched. */
export interface RegionTrapOptions {
  /** A point that scores below this lies in a trap. */
  readonly floor: number;
  /** Most points to score. */
  readonly points: number;
  /** Ends the search; it then rejects. */
  readonly signal?: AbortSignal;
}

/** Fewer values along an axis cannot tell a pocket from its surroundings. */
const FEWEST_VALUES = 4;

/** Fewest points on which {@linkcode regionTraps} looks for traps: four along each axis. */
export function fewestTrapPoints({ dimensions }: SemanticSpace): number {
  return FEWEST_VALUES ** dimensions;
}

/**
 * The traps in a box: pockets of scores below `floor` on a lattice of cells that fills the box. The deepest comes first.
 *
 * @param f The function that is high in the box: for an adversarial region the complement of the network's.
 * @returns null where the points are less than {@linkcode fewestTrapPoints}.
 */
export async function regionTraps(
  f: SemanticFunction,
  bounds: Bounds,
  { floor, points, signal }: RegionTrapOptions,
): Promise<Trap[] | null> {
  const { space } = f;
  const box = new Orthotope(bounds.a, bounds.b);
  const count = Math.floor(points ** (1 / space.dimensions) + 1e-9);
  if (count < FEWEST_VALUES) return null;
  const lattice = latticeOf(
    Array.from(box.a, (low, axis) => Float64Array.from({ length: count }, (_, i) => low + (i + 0.5) / count * box.sides[axis])),
  );
  const scores = await f.evaluate(latticePoints(lattice), signal);
  const closed = space.axes.map((_, axis) => space.isPeriodic(axis) && box.sides[axis] >= space.extent(axis) * (1 - 1e-9));
  return pockets(lattice, scores, { closed, member: (i) => scores[i] < floor }).found
    .map((pocket) => describe(pocket, { lattice, scores, box, level: floor, closed }))
    .sort(deeper);
}

function deeper(left: Trap, right: Trap): number {
  return right.depth - left.depth || right.share - left.share;
}

/** A pocket in the units of its space. `box` is what the lattice covers. */
function describe(
  { bottom, points, spans }: Pocket,
  { lattice, scores, box, level, closed }: {
    lattice: Lattice;
    scores: ArrayLike<number>;
    box: Orthotope;
    level: number;
    closed: readonly boolean[];
  },
): Trap {
  const share = points / lattice.size;
  const ends = spans.map(({ first, count }, axis) =>
    cellBounds(lattice.axes[axis], { first, count, closed: closed[axis], low: box.a[axis], high: box.b[axis] })
  );
  return {
    bottom: Array.from(latticePoints(lattice, bottom, bottom + 1)),
    score: scores[bottom],
    depth: level - scores[bottom],
    share,
    volume: share * box.volume,
    a: ends.map(([a]) => a),
    b: ends.map(([, b]) => b),
  };
}

/** The ends of `count` cells from cell `first` on: half-way to the neighbors, or at the end of an axis that is not closed on itself. */
function cellBounds(
  values: Float64Array,
  { first, count, closed, low, high }: { first: number; count: number; closed: boolean; low: number; high: number },
): [number, number] {
  const period = high - low;
  const coordinate = (i: number) => {
    const turn = Math.floor(i / values.length);
    return values[i - turn * values.length] + turn * period;
  };
  const last = first + count - 1;
  if (closed && count === values.length) return [low, high];
  if (closed) return [(coordinate(first - 1) + coordinate(first)) / 2, (coordinate(last) + coordinate(last + 1)) / 2];
  return [
    first === 0 ? low : (values[first - 1] + values[first]) / 2,
    last === values.length - 1 ? high : (values[last] + values[last + 1]) / 2,
  ];
}
