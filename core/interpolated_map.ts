import type { Lattice } from "./lattice_map.ts";
import type { Differentiated, SemanticFunction } from "./semantic_function.ts";
import type { SemanticSpace } from "./semantic_space.ts";
import { stridesOf } from "./shape.ts";

/**
 * A stored map as a semantic function: the multilinear interpolant of scores on a lattice, over any number of dimensions, with its exact gradient.
 * Along a periodic axis the cell after the last value reaches across the seam to the first one; elsewhere the interpolant is constant beyond the
 * first and last values. On the border of two cells, where the gradient jumps, it is that of the cell above.
 *
 * @param scores Row-major over the lattice; NaN makes the cells around it NaN.
 * @throws RangeError where lattice, scores and space do not fit one another.
 */
export function interpolateMap(space: SemanticSpace, lattice: Lattice, scores: ArrayLike<number>): SemanticFunction {
  const n = space.dimensions;
  if (lattice.axes.length !== n) throw new RangeError(`Lattice must have ${n} axes: current number is ${lattice.axes.length}`);
  if (scores.length !== lattice.size) throw new RangeError(`Map must have ${lattice.size} scores: current number is ${scores.length}`);
  for (const values of lattice.axes) {
    for (let i = 1; i < values.length; i++) if (!(values[i] > values[i - 1])) throw new RangeError("Coordinates of a lattice must ascend");
  }
  const values = Float64Array.from(scores);
  const strides = stridesOf(lattice.shape);
  const corners = 2 ** n;
  const low = new Int32Array(n), high = new Int32Array(n);
  const share = new Float64Array(n), length = new Float64Array(n);
  const column = new Float64Array(corners);
  const slopes = Array.from({ length: n }, () => new Float64Array(corners));

  /** Finds the cell of coordinate `k`: the offsets of its two ends, its length (0 beyond the lattice) and where in it the coordinate lies. */
  const locate = (k: number, coordinate: number): void => {
    const axis = lattice.axes[k];
    const last = axis.length - 1;
    const periodic = space.isPeriodic(k);
    let value = coordinate;
    if (periodic && value < axis[0]) value += space.extent(k);
    const gap = axis[0] + space.extent(k) - axis[last];
    const seam = periodic && gap > 0 && last > 0;
    if (value >= axis[0] && (value < axis[last] || (value === axis[last] && last > 0 && !seam))) {
      let left = 0, right = last;
      while (right - left > 1) {
        const middle = (left + right) >> 1;
        if (axis[middle] <= value) left = middle;
        else right = middle;
      }
      low[k] = left * strides[k];
      high[k] = right * strides[k];
      length[k] = axis[right] - axis[left];
      share[k] = (value - axis[left]) / length[k];
      return;
    }
    low[k] = value < axis[0] ? 0 : last * strides[k];
    high[k] = seam ? 0 : low[k];
    length[k] = seam ? gap : 0;
    share[k] = seam ? (value - axis[last]) / gap : 0;
  };

  /** The interpolant at a point of Omega; contracts the corners of its cell one axis after the other, and their differences alongside. */
  const interpolate = (point: Float64Array, gradient?: Float64Array): number => {
    for (let k = 0; k < n; k++) locate(k, point[k]);
    for (let corner = 0; corner < corners; corner++) {
      let offset = 0;
      for (let k = 0; k < n; k++) offset += (corner >>> (n - 1 - k)) & 1 ? high[k] : low[k];
      column[corner] = values[offset];
    }
    let half = corners >> 1;
    for (let k = 0; k < n; k++, half >>= 1) {
      const t = share[k];
      for (let i = 0; i < half; i++) {
        if (gradient !== undefined) {
          for (let j = 0; j < k; j++) slopes[j][i] = mix(slopes[j][i], slopes[j][i + half], t);
          slopes[k][i] = length[k] > 0 ? (column[i + half] - column[i]) / length[k] : 0;
        }
        column[i] = mix(column[i], column[i + half], t);
      }
    }
    if (gradient !== undefined) { for (let k = 0; k < n; k++) gradient[k] = slopes[k][0]; }
    return column[0];
  };

  const run = (points: Float64Array, gradients?: Float64Array): Float64Array => {
    const projected = space.project(points);
    const result = new Float64Array(space.count(points));
    for (let i = 0; i < result.length; i++) {
      result[i] = interpolate(projected.subarray(i * n, (i + 1) * n), gradients?.subarray(i * n, (i + 1) * n));
    }
    return result;
  };

  return {
    space,
    evaluate(points: Float64Array, signal?: AbortSignal): Promise<Float64Array> {
      signal?.throwIfAborted();
      return Promise.resolve(run(points));
    },
    differentiate(points: Float64Array, signal?: AbortSignal): Promise<Differentiated> {
      signal?.throwIfAborted();
      const gradients = new Float64Array(points.length);
      return Promise.resolve({ scores: run(points, gradients), gradients });
    },
  };
}

function mix(low: number, high: number, share: number): number {
  return share === 0 ? low : share === 1 ? high : low + (high - low) * share;
}
