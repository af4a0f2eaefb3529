import { InputError } from "./errors.ts";
import { requireScores } from "./scores.ts";
import type { Differentiated, SemanticFunction } from "./semantic_function.ts";
import type { SemanticSpace } from "./semantic_space.ts";
import { product } from "./shape.ts";

/** A regular grid of points over Omega. Whatever lies on it is row-major: the first axis varies slowest. */
export interface Lattice {
  /** Coordinates along each axis, ascending. */
  readonly axes: readonly Float64Array[];
  /** Number of coordinates along each axis. */
  readonly shape: readonly number[];
  /** Number of points. */
  readonly size: number;
}

/** How fine a lattice is, an entry an axis: the distance between neighbors in units of the parameter, or the number of values. */
export type LatticeDensity = { readonly steps: readonly number[] } | { readonly counts: readonly number[] };

/** Points that a lattice may have; more is a mistyped step. */
export const LATTICE_LIMIT = 100_000_000;

/**
 * The lattice of a density over a space.
 *
 * Steps begin at the lower end and leave the upper one out, as the paper's maps do: azimuth 0:360 and elevation -10:90 in steps of 3 are 120 and 34
 * values, up to 357 and 89. Counts spread evenly from end to end; on a periodic axis the upper end is the lower one and is left out.
 *
 * @throws InputError where a step or count makes no sense or the lattice would be too large.
 */
export function createLattice(space: SemanticSpace, density: LatticeDensity): Lattice {
  const entries = "steps" in density ? density.steps : density.counts;
  const what = "steps" in density ? "step" : "count";
  if (entries.length !== space.dimensions) {
    throw new InputError(`A lattice needs one ${what} for each of ${space.dimensions} parameters: current number is ${entries.length}`);
  }
  const axes = space.axes.map((axis, i) => "steps" in density ? stepped(axis, entries[i]) : counted(axis, entries[i], space.isPeriodic(i)));
  return latticeOf(axes);
}

/** The lattice with given coordinates along each axis. @throws InputError where it has too many points. */
export function latticeOf(axes: readonly Float64Array[]): Lattice {
  const shape = axes.map((values) => values.length);
  const size = product(shape);
  if (size > LATTICE_LIMIT) throw new InputError(`A map can have at most ${LATTICE_LIMIT} points: ${shape.join(" x ")} are ${size}`);
  return { axes, shape, size };
}

/** The points `from` to `to` (left out) of a lattice in its order, [(to - from) x n]. */
export function latticePoints(lattice: Lattice, from = 0, to = lattice.size): Float64Array {
  const n = lattice.axes.length;
  const points = new Float64Array((to - from) * n);
  for (let i = from; i < to; i++) latticePoint(lattice, i, points.subarray((i - from) * n, (i - from + 1) * n));
  return points;
}

/** Writes the point at a place in a lattice's order, [n]. */
export function latticePoint({ axes, shape }: Lattice, index: number, point: Float64Array): void {
  for (let k = shape.length - 1; k >= 0; k--) {
    point[k] = axes[k][index % shape[k]];
    index = Math.floor(index / shape[k]);
  }
}

/** How a map is sampled. */
export interface SampleMapOptions {
  /** Ends sampling early; what is done is kept. */
  readonly signal?: AbortSignal;
  /** Points a call of the function. */
  readonly batch?: number;
  /** Whether to take gradients as well; the function must have them. */
  readonly gradients?: boolean;
  /** Told after each batch how many points are scored. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Scores on a lattice. */
export interface SampledMap {
  /** [size], NaN where the point was not scored. */
  readonly scores: Float64Array;
  /** [size x n], NaN where the point was not scored; absent where they were not asked for. */
  readonly gradients?: Float64Array;
  /** Points scored. */
  readonly evaluations: number;
  /** Whether all points were. */
  readonly complete: boolean;
}

/**
 * Scores a function on every point of a lattice: a network semantic map where there are one or two parameters. Gradients change no score: those that are
 * taken with them may be of another picture.
 *
 * @throws InputError where a score is missing or is not a number in [0, 1].
 */
export async function sampleMap(f: SemanticFunction, lattice: Lattice, options: SampleMapOptions = {}): Promise<SampledMap> {
  const { signal, batch = 128, onProgress } = options;
  const n = f.space.dimensions;
  const scores = new Float64Array(lattice.size).fill(NaN);
  const gradients = options.gradients ? new Float64Array(lattice.size * n).fill(NaN) : undefined;
  const ask = async (points: Float64Array): Promise<Partial<Differentiated> & Pick<Differentiated, "scores">> => {
    const [scores, given] = await Promise.all([
      f.evaluate(points, signal),
      gradients === undefined ? undefined : f.differentiate!(points, signal),
    ]);
    const answer = { scores, ...(given === undefined ? {} : { gradients: given.gradients }) };
    requireScores(answer, points, f.space);
    return answer;
  };
  const started: { readonly from: number; readonly result: ReturnType<typeof ask> }[] = [];
  let asked = 0;
  let done = 0;
  try {
    while (done < lattice.size && !signal?.aborted) {
      while (started.length < BATCHES_AHEAD && asked < lattice.size) {
        const to = Math.min(asked + batch, lattice.size);
        const result = ask(latticePoints(lattice, asked, to));
        // One that fails before its turn is told of when it comes.
        result.catch(() => undefined);
        started.push({ from: asked, result });
        asked = to;
      }
      const { from, result } = started[0];
      const values = await result;
      started.shift();
      scores.set(values.scores, from);
      gradients?.set(values.gradients!, from * n);
      done = from + values.scores.length;
      onProgress?.(done, lattice.size);
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    await Promise.allSettled(started.map(({ result }) => result));
  }
  return { scores, ...(gradients === undefined ? {} : { gradients }), evaluations: done, complete: done === lattice.size };
}

/** Batches that are under way together, so that nothing idles between one and the next. */
const BATCHES_AHEAD = 3;

function stepped({ name, low, high }: { name: string; low: number; high: number }, step: number): Float64Array {
  if (!(Number.isFinite(step) && step > 0)) throw new InputError(`Step of "${name}" must be above 0: current value is ${step}`);
  const exact = (high - low) / step;
  // A step that divides the range up to rounding must not give one value more.
  const count = Math.max(1, Math.ceil(exact * (1 - 1e-12)));
  if (count > LATTICE_LIMIT) throw new InputError(`Step of "${name}" is too small for its range ${low}:${high}: current value is ${step}`);
  return Float64Array.from({ length: count }, (_, i) => low + i * step);
}

function counted({ name, low, high }: { name: string; low: number; high: number }, count: number, periodic: boolean): Float64Array {
  if (!(Number.isInteger(count) && count >= 1 && count <= LATTICE_LIMIT)) {
    throw new InputError(`Count of "${name}" must be a whole number in [1, ${LATTICE_LIMIT}]: current value is ${count}`);
  }
  if (count === 1) return Float64Array.of((low + high) / 2);
  const cells = periodic ? count : count - 1;
  return Float64Array.from({ length: count }, (_, i) => low + (i / cells) * (high - low));
}
