import type { ScoredPoints } from "../core/falsify.ts";
import { latticeOf, latticePoints } from "../core/lattice_map.ts";
import type { Backdrop, Slice } from "../core/record.ts";
import type { SemanticFunction } from "../core/semantic_function.ts";
import type { SemanticSpace } from "../core/semantic_space.ts";
import type { Progress } from "./progress.ts";

/** Most slices of a space with many parameters. */
const SLICES = 6;

/**
 * Scores for the background of a figure of regions: the curve of a space of one parameter, the map of one of two, and of larger ones the slices
 * through a point, along each pair of parameters. `budget` points in all, about.
 */
export async function sampleBackdrop(
  f: SemanticFunction,
  through: Float64Array,
  { budget, signal, progress }: { budget: number; signal: AbortSignal; progress: Progress },
): Promise<Backdrop | null> {
  const chosen = axesOfSlices(f.space.dimensions).slice(0, SLICES);
  const slices: Slice[] = [];
  progress.start("sampling the background", "pictures");
  for (const [i, axes] of chosen.entries()) {
    const values = axes.map((axis) => coordinates(f.space, axis, (budget / chosen.length) ** (1 / axes.length)));
    const points = slicePoints({ axes, values, through });
    const count = points.length / through.length;
    const scores = new Float64Array(count);
    for (let from = 0; from < count; from += BATCH) {
      const to = Math.min(from + BATCH, count);
      if (signal.aborted) return null;
      scores.set(await f.evaluate(points.slice(from * through.length, to * through.length)), from);
      progress.update(i * count + to, chosen.length * count);
    }
    slices.push({ axes, values: values.map((axis) => Array.from(axis)), scores: Array.from(scores), through: Array.from(through) });
  }
  return { slices };
}

/** All points of a backdrop, [count x n], and their scores. */
export function knownPoints({ slices }: Backdrop): ScoredPoints {
  return {
    points: Float64Array.from(slices.flatMap((slice) => Array.from(slicePoints(slice)))),
    scores: Float64Array.from(slices.flatMap(({ scores }) => scores)),
  };
}

/** The points of a slice, [count x n]. */
function slicePoints(
  { axes, values, through }: {
    readonly axes: Slice["axes"];
    readonly values: readonly ArrayLike<number>[];
    readonly through: ArrayLike<number>;
  },
): Float64Array {
  const n = through.length;
  const lattice = latticePoints(latticeOf(values.map((axis) => Float64Array.from(axis))));
  const count = lattice.length / axes.length;
  const points = new Float64Array(count * n);
  for (let p = 0; p < count; p++) {
    points.set(through, p * n);
    axes.forEach((axis, k) => points[p * n + axis] = lattice[p * axes.length + k]);
  }
  return points;
}

const BATCH = 256;

function axesOfSlices(n: number): number[][] {
  if (n === 1) return [[0]];
  return Array.from({ length: n }, (_, first) => Array.from({ length: n - first - 1 }, (_, second) => [first, first + 1 + second])).flat();
}

/** Centers of about `count` cells that cover an axis. */
function coordinates(space: SemanticSpace, axis: number, count: number): Float64Array {
  const cells = Math.max(2, Math.round(count));
  const { low } = space.axes[axis];
  return Float64Array.from({ length: cells }, (_, i) => low + (i + 0.5) / cells * space.extent(axis));
}
