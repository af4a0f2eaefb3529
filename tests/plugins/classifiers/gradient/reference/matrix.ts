import { at, broadcastDims, build } from "./array.ts";
import { attribute } from "./attribute.ts";
import type { Definition } from "./operators.ts";

export const matrix: Readonly<Record<string, Definition>> = {
  Gemm: (node, [a, b, c]) => {
    const [transA, transB] = [attribute(node, "transA", 0), attribute(node, "transB", 0)];
    const inner = a.dims[1 - transA];
    return [build([a.dims[transA], b.dims[1 - transB]], ([i, j]) => {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += at(a, transA ? [k, i] : [i, k]) * at(b, transB ? [j, k] : [k, j]);
      return attribute(node, "alpha", 1) * sum + (c === undefined ? 0 : attribute(node, "beta", 1) * at(c, [i, j]));
    })];
  },
  MatMul: (_, [a, b]) => {
    const left = { dims: a.dims.length === 1 ? [1, ...a.dims] : a.dims, data: a.data };
    const right = { dims: b.dims.length === 1 ? [...b.dims, 1] : b.dims, data: b.data };
    const batch = broadcastDims(left.dims.slice(0, -2), right.dims.slice(0, -2));
    const inner = left.dims.at(-1)!;
    const product = build([...batch, left.dims.at(-2)!, right.dims.at(-1)!], (coordinate) => {
      const outer = coordinate.slice(0, -2);
      const [i, j] = coordinate.slice(-2);
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += at(left, [...outer, i, k]) * at(right, [...outer, k, j]);
      return sum;
    });
    const dims = [...batch, ...a.dims.slice(-2, -1).filter(() => a.dims.length > 1), ...b.dims.slice(-1).filter(() => b.dims.length > 1)];
    return [{ dims, data: product.data }];
  },
};
