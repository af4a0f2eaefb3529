import { product } from "../../../../../core/shape.ts";
import type { Node, Tensor } from "../../graph.ts";

/** What is known of a value once every free dimension has a size. */
export interface Known {
  /** Element type as ONNX numbers it. */
  readonly dataType: number;
  readonly dims: readonly number[];
  /** The elements, where they follow from constants and shapes alone and are few: how shape arithmetic is followed. */
  readonly data?: readonly number[];
}

/** Infers the outputs of a node. An absent optional input is undefined; every other input is known. */
export type ShapeRule = (node: Node, inputs: readonly Known[]) => readonly Known[];

/** Tensors of more elements than this are never followed by value. */
export const FOLLOWED_ELEMENTS = 1 << 16;

/** An axis counted from the front. */
export function positive(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** The shape that operands broadcast to (numpy's rule). */
export function broadcast(...shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map((dims) => dims.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((dims) => dims[axis - rank + dims.length] ?? 1);
    return sizes.find((size) => size !== 1) ?? 1;
  });
}

/** Calls `visit` with the coordinates of every element, row-major; the array is reused. */
export function everyIndex(dims: readonly number[], visit: (index: readonly number[], offset: number) => void): void {
  const index = dims.map(() => 0);
  const count = product(dims);
  for (let offset = 0; offset < count; offset++) {
    visit(index, offset);
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      if (++index[axis] < dims[axis]) break;
      index[axis] = 0;
    }
  }
}

/** What is known of a stored tensor. */
export function knownTensor(tensor: Tensor): Known {
  const { dataType, dims, data } = tensor;
  const followed = data.length <= FOLLOWED_ELEMENTS && data.length === product(dims);
  return followed ? { dataType, dims, data: Array.from(data as ArrayLike<number | bigint>, Number) } : { dataType, dims };
}
