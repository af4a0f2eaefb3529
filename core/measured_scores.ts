import { type Lattice, latticePoint } from "./lattice_map.ts";
import { requireScores } from "./scores.ts";
import type { SemanticFunction } from "./semantic_function.ts";

/** How points are measured. */
export interface MeasuredScoresOptions {
  /** Ends measuring early; what is done is kept. */
  readonly signal?: AbortSignal;
  /** Points a call of the function. */
  readonly batch?: number;
  /** Told after each batch how many points are scored, and how many there will be at least. */
  readonly onProgress?: (done: number, known: number) => void;
}

/** The scores of a lattice's points as far as they are measured. */
export class MeasuredScores {
  /** [size], NaN where a point is not measured. */
  readonly values: Float64Array;
  /** 1 where it is, [size]. */
  readonly measured: Uint8Array;
  /** Points scored. */
  count = 0;
  readonly #f: SemanticFunction;
  readonly #lattice: Lattice;
  readonly #options: MeasuredScoresOptions;

  constructor(f: SemanticFunction, lattice: Lattice, options: MeasuredScoresOptions) {
    this.#f = f;
    this.#lattice = lattice;
    this.#options = options;
    this.values = new Float64Array(lattice.size).fill(NaN);
    this.measured = new Uint8Array(lattice.size);
  }

  /**
   * Measures points, by index, that are not yet measured. False where it was aborted first.
   *
   * @param more How many points will follow at least, for who is told of the progress.
   */
  async measure(indices: readonly number[], more: number): Promise<boolean> {
    const { signal, batch = 256, onProgress } = this.#options, n = this.#lattice.axes.length;
    const wanted = indices.toSorted((one, other) => one - other);
    for (let from = 0; from < wanted.length; from += batch) {
      if (signal?.aborted) return false;
      const part = wanted.slice(from, from + batch);
      const points = new Float64Array(part.length * n);
      part.forEach((index, i) => latticePoint(this.#lattice, index, points.subarray(i * n, (i + 1) * n)));
      let scores: Float64Array;
      try {
        scores = await this.#f.evaluate(points, signal);
        requireScores({ scores }, points, this.#f.space);
      } catch (error) {
        if (signal?.aborted) return false;
        throw error;
      }
      part.forEach((index, i) => {
        this.values[index] = scores[i];
        this.measured[index] = 1;
      });
      this.count += part.length;
      onProgress?.(this.count, this.count + wanted.length - from - part.length + more);
    }
    return !signal?.aborted;
  }
}
