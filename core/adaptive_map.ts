import { InputError } from "./errors.ts";
import { type Cell, cellPoints, coarseCells, fillCell, middleOf, splitCell, splitsOf } from "./lattice_cell.ts";
import { type Lattice, latticePoint } from "./lattice_map.ts";
import { Random } from "./random.ts";
import type { SemanticFunction } from "./semantic_function.ts";

/** Parameters that an adaptive map can have: a cell has 3^n points. */
export const ADAPTIVE_DIMENSIONS = 4;
/** Points between those of the first, coarse lattice. */
const COARSE_STRIDE = 8;
/** A cell is divided where its middle lies further from the straight line than this many tolerances: halves bend about half as much. */
const BEND = 1.5;
/** Share of the lattice's points at which the interpolation is checked, and the fewest. */
const CHECKED_SHARE = 0.01, FEWEST_CHECKED = 16;

/** How a map is sampled adaptively. */
export interface AdaptiveMapOptions {
  /** Error of an interpolated score that is tolerated, in (0, 1). */
  readonly tolerance: number;
  /** Of the check's random points. */
  readonly seed?: number;
  /** Ends sampling early; what is done is kept. */
  readonly signal?: AbortSignal;
  /** Points a call of the function. */
  readonly batch?: number;
  /** Told after each batch how many points are scored, and how many there will be at least. */
  readonly onProgress?: (done: number, known: number) => void;
}

/** Scores on a lattice, some of them measured and the others interpolated. */
export interface AdaptiveMap {
  /** [size]; NaN where sampling was ended before the point's cell was looked at. */
  readonly scores: Float64Array;
  /** 1 where a score was measured, [size]. */
  readonly measured: Uint8Array;
  /** Points scored. */
  readonly evaluations: number;
  /** Whether it was not ended early. */
  readonly complete: boolean;
  /** What random points, measured at the end, say of the scores that were interpolated there. */
  readonly check: {
    readonly points: number;
    /** Share of them whose error is within the tolerance. */
    readonly withinTolerance: number;
    readonly meanError: number;
    readonly maximumError: number;
  };
}

/**
 * Samples a map only where it bends. Cells of a coarse lattice get their middles measured, in one batch a level; where a middle lies off the straight
 * line between its neighbors by more than the tolerance allows, the cell is divided along that axis. The rest is interpolated multilinearly, checked at
 * random points, divided further where the check fails, and checked again.
 *
 * @throws InputError where the tolerance is out of range or the lattice has too many axes.
 */
export async function sampleAdaptiveMap(f: SemanticFunction, lattice: Lattice, options: AdaptiveMapOptions): Promise<AdaptiveMap> {
  const { tolerance, seed = 0 } = options;
  if (!(tolerance > 0 && tolerance < 1)) throw new InputError(`Tolerance of a map must be in (0, 1): current value is ${tolerance}`);
  if (lattice.axes.length > ADAPTIVE_DIMENSIONS) {
    throw new InputError(`An adaptive map takes up to ${ADAPTIVE_DIMENSIONS} parameters: current number is ${lattice.axes.length}`);
  }
  const scores = new MeasuredScores(f, lattice, options);
  const random = new Random(seed, 0x6d6170);
  const cells = coarseCells(lattice, f.space, COARSE_STRIDE);
  let leaves: Cell[] = [];
  let check = { points: 0, withinTolerance: NaN, meanError: NaN, maximumError: NaN };
  let complete = await scores.measure(cells.flatMap((cell) => cellPoints(cell, lattice, "corners")));
  if (complete) complete = await refine(cells, leaves, { scores, lattice, limit: BEND * tolerance });
  for (let last = false; complete; last = true) {
    const leafOf = new Int32Array(lattice.size).fill(-1);
    leaves.forEach((leaf, index) => fillCell(leaf, lattice, { scores: scores.values, measured: scores.measured, leafOf, index }));
    const points = scores.unmeasured(random, Math.max(FEWEST_CHECKED, Math.ceil(CHECKED_SHARE * lattice.size)));
    const expected = points.map((point) => scores.values[point]);
    complete = await scores.measure(points);
    if (!complete) break;
    const errors = points.map((point, i) => Math.abs(scores.values[point] - expected[i]));
    check = summarize(errors, tolerance);
    const failed = new Set(points.filter((_, i) => errors[i] > tolerance).map((point) => leafOf[point]));
    if (last || failed.size === 0) break;
    const again = leaves.filter((_, index) => failed.has(index));
    leaves = leaves.filter((_, index) => !failed.has(index));
    const parts = again.flatMap((leaf) => splitCell(leaf, splitsOf(leaf)));
    complete = await refine(parts, leaves, { scores, lattice, limit: BEND * tolerance });
  }
  if (!complete) { for (const leaf of leaves) fillCell(leaf, lattice, { scores: scores.values, measured: scores.measured }); }
  return { scores: scores.values, measured: scores.measured, evaluations: scores.count, complete, check };
}

/** Divides cells until none bends beyond the limit; adds those that are left to `leaves`. False where it was aborted. */
async function refine(
  cells: readonly Cell[],
  leaves: Cell[],
  { scores, lattice, limit }: { scores: MeasuredScores; lattice: Lattice; limit: number },
): Promise<boolean> {
  for (let open = cells; open.length > 0;) {
    if (!await scores.measure(open.flatMap((cell) => cellPoints(cell, lattice, "all")))) return false;
    const parts: Cell[] = [];
    for (const cell of open) {
      const bent = splitsOf(cell).filter((axis) => bend(cell, axis, { lattice, values: scores.values }) > limit);
      if (bent.length === 0) leaves.push(cell);
      else parts.push(...splitCell(cell, bent));
    }
    open = parts;
  }
  return true;
}

/** How far a cell's middles along an axis lie off the straight lines between their neighbors on both sides, at most. */
function bend(cell: Cell, axis: number, { lattice, values }: { lattice: Lattice; values: Float64Array }): number {
  const { low, high } = cell, middle = middleOf(cell, axis);
  const share = (middle - low[axis]) / (high[axis] - low[axis]);
  const at = (position: number) => cellPoints(cell, lattice, "all", { axis, position }).map((point) => values[point]);
  const [below, between, above] = [at(low[axis]), at(middle), at(high[axis])];
  return between.reduce((most, value, i) => Math.max(most, Math.abs(value - below[i] * (1 - share) - above[i] * share)), 0);
}

function summarize(errors: readonly number[], tolerance: number): AdaptiveMap["check"] {
  const { length } = errors;
  return {
    points: length,
    withinTolerance: length === 0 ? 1 : errors.filter((error) => error <= tolerance).length / length,
    meanError: length === 0 ? 0 : errors.reduce((sum, error) => sum + error, 0) / length,
    maximumError: errors.reduce((most, error) => Math.max(most, error), 0),
  };
}

/** The scores of a lattice's points as far as they are measured. */
class MeasuredScores {
  readonly values: Float64Array;
  readonly measured: Uint8Array;
  count = 0;
  readonly #f: SemanticFunction;
  readonly #lattice: Lattice;
  readonly #options: AdaptiveMapOptions;

  constructor(f: SemanticFunction, lattice: Lattice, options: AdaptiveMapOptions) {
    this.#f = f;
    this.#lattice = lattice;
    this.#options = options;
    this.values = new Float64Array(lattice.size).fill(NaN);
    this.measured = new Uint8Array(lattice.size);
  }

  /** Measures points, by index, that are not yet measured. False where it was aborted first. */
  async measure(indices: readonly number[]): Promise<boolean> {
    const { signal, batch = 256, onProgress } = this.#options, n = this.#lattice.axes.length;
    const wanted = [...new Set(indices.filter((index) => this.measured[index] === 0))].sort((one, other) => one - other);
    for (let from = 0; from < wanted.length; from += batch) {
      if (signal?.aborted) return false;
      const part = wanted.slice(from, from + batch);
      const points = new Float64Array(part.length * n);
      part.forEach((index, i) => latticePoint(this.#lattice, index, points.subarray(i * n, (i + 1) * n)));
      let scores: Float64Array;
      try {
        scores = await this.#f.evaluate(points, signal);
      } catch (error) {
        if (signal?.aborted) return false;
        throw error;
      }
      part.forEach((index, i) => {
        this.values[index] = scores[i];
        this.measured[index] = 1;
      });
      this.count += part.length;
      onProgress?.(this.count, this.count + wanted.length - from - part.length);
    }
    return !signal?.aborted;
  }

  /** Some of the points that are not measured, each at most once. */
  unmeasured(random: Random, count: number): number[] {
    const left: number[] = [];
    this.measured.forEach((measured, index) => {
      if (measured === 0) left.push(index);
    });
    for (let i = 0; i < Math.min(count, left.length); i++) {
      const j = i + random.integer(left.length - i);
      [left[i], left[j]] = [left[j], left[i]];
    }
    return left.slice(0, count);
  }
}
