/** The product of numbers, 1 of none: how many elements an array of a shape has. */
export function product(values: readonly number[]): number {
  return values.reduce((left, right) => left * right, 1);
}

/** Distances between neighbors along each axis of a dense row-major array. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * shape[axis + 1];
  return strides;
}
