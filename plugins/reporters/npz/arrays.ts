import type { NumpyContent } from "../../../core/npy.ts";
import { product } from "../../../core/shape.ts";

/** A one-dimensional array. */
export function vector(values: readonly number[]): NumpyContent {
  return { shape: [values.length], data: Float64Array.from(values) };
}

/** An array of strings. */
export function text(values: readonly string[]): NumpyContent {
  return { shape: [values.length], data: values };
}

/** Rows of one shape below each other: [rows x shape]. */
export function stack(rows: readonly (readonly number[])[], shape: readonly number[]): NumpyContent {
  const size = product(shape);
  const data = new Float64Array(rows.length * size);
  rows.forEach((row, i) => data.set(row, i * size));
  return { shape: [rows.length, ...shape], data };
}

/** The coordinates of a lattice as `axis_NAME`, and of one over two parameters what `numpy.meshgrid` gives: one row a value of the second. */
export function latticeArrays(
  axes: readonly { readonly name: string; readonly values: readonly number[] }[],
): Record<string, NumpyContent> {
  const own = Object.fromEntries(axes.map(({ name, values }) => [`axis_${name}`, vector(values)]));
  return axes.length === 2 ? { ...gridArrays(axes[0].values, axes[1].values), ...own } : own;
}

/** `xx` and `yy`, what matplotlib's `contourf` and the paper's figures take. */
export function gridArrays(x: readonly number[], y: readonly number[]): Record<"xx" | "yy", NumpyContent> {
  const grid = (value: (column: number, row: number) => number): NumpyContent => ({
    shape: [y.length, x.length],
    data: Float64Array.from({ length: y.length * x.length }, (_, i) => value(i % x.length, Math.floor(i / x.length))),
  });
  return { xx: grid((column) => x[column]), yy: grid((_, row) => y[row]) };
}

/** Scores over two parameters in the order of {@linkcode gridArrays}: `z`. */
export function gridScores(scores: readonly number[], [columns, rows]: readonly number[]): NumpyContent {
  return {
    shape: [rows, columns],
    data: Float64Array.from({ length: rows * columns }, (_, i) => scores[(i % columns) * rows + Math.floor(i / columns)]),
  };
}
