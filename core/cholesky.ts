/** Least square of a factor's diagonal: a matrix may fail to be positive by rounding. */
const LEAST = 1e-12;

/** The lower factor L of a symmetric matrix that is positive up to rounding, L L' = A; of A the lower half is read, row by row. */
export function cholesky(matrix: readonly Float64Array[]): Float64Array[] {
  const n = matrix.length;
  const factor = Array.from({ length: n }, () => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i][j];
      for (let k = 0; k < j; k++) sum -= factor[i][k] * factor[j][k];
      factor[i][j] = i === j ? Math.sqrt(Math.max(sum, LEAST)) : sum / factor[j][j];
    }
  }
  return factor;
}

/** The solution x of L L' x = b, of a lower factor. */
export function solveCholesky(factor: readonly Float64Array[], right: Float64Array): Float64Array {
  const x = right.slice();
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) x[i] -= factor[i][j] * x[j];
    x[i] /= factor[i][i];
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let j = i + 1; j < x.length; j++) x[i] -= factor[j][i] * x[j];
    x[i] /= factor[i][i];
  }
  return x;
}
