import { assertAlmostEquals, assertEquals } from "@std/assert";
import { cholesky, solveCholesky } from "../../core/cholesky.ts";

Deno.test("cholesky() of a matrix whose factor is known, and solveCholesky() of a system whose solution is", () => {
  const matrix = [[4, 12, -16], [12, 37, -43], [-16, -43, 98]].map((row) => Float64Array.from(row));
  const factor = cholesky(matrix);
  assertEquals(factor.map((row) => Array.from(row)), [[2, 0, 0], [6, 1, 0], [-8, 5, 3]]);
  const solution = [1, -2, 3], right = matrix.map((row) => row.reduce((sum, value, i) => sum + value * solution[i], 0));
  solveCholesky(factor, Float64Array.from(right)).forEach((value, i) => assertAlmostEquals(value, solution[i], 1e-12));
});
