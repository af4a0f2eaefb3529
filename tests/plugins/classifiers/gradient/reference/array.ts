/** A dense tensor of float64 numbers; integers and booleans are kept as numbers too. */
export interface Array64 {
  readonly dims: readonly number[];
  readonly data: Float64Array;
}

export function size(dims: readonly number[]): number {
  return dims.reduce((left, right) => left * right, 1);
}

export function strides(dims: readonly number[]): number[] {
  return dims.map((_, axis) => size(dims.slice(axis + 1)));
}

export function zeros(dims: readonly number[]): Array64 {
  return { dims, data: new Float64Array(size(dims)) };
}

/** All coordinates of a shape, row-major. */
export function coordinates(dims: readonly number[]): number[][] {
  return dims.reduce<number[][]>((lists, length) => lists.flatMap((list) => Array.from({ length }, (_, at) => [...list, at])), [[]]);
}

/** An array from its element at every coordinate. */
export function build(dims: readonly number[], element: (at: readonly number[]) => number): Array64 {
  return { dims, data: Float64Array.from(coordinates(dims), element) };
}

/** The element at a coordinate; trailing coordinates count, axes of size 1 repeat. */
export function at({ dims, data }: Array64, coordinate: readonly number[]): number {
  const lead = coordinate.length - dims.length;
  let offset = 0;
  for (let axis = 0; axis < dims.length; axis++) offset = offset * dims[axis] + (dims[axis] === 1 ? 0 : coordinate[axis + lead]);
  return data[offset];
}

export function broadcastDims(...shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map(({ length }) => length));
  return Array.from({ length: rank }, (_, axis) => Math.max(...shapes.map((dims) => dims[dims.length - rank + axis] ?? 1)));
}

export function fromEnd(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
