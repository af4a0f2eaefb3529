import type { Architecture } from "./architecture.ts";
import type { Feature, Layers } from "./layers.ts";

/** Modules of filters of several sizes side by side, each behind a 1 x 1 bottleneck; a global average at the end. */
export const inception: Architecture = {
  name: "inception",
  description: "filters of several sizes side by side behind 1 x 1 bottlenecks, global average at the end",
  learningRate: 2e-3,
  describe(layers, pictures, classes) {
    let x = layers.convolution(pictures, { filters: 16, size: 5, stride: 2, normalize: true });
    x = layers.maxPool(x, { size: 3, stride: 2, padding: 1 });
    x = module(layers, x, [16, 24, 12, 12]);
    x = layers.maxPool(x, { size: 3, stride: 2, padding: 1 });
    x = module(layers, x, [32, 48, 24, 24]);
    x = module(layers, x, [48, 64, 32, 32]);
    return layers.dense(layers.globalAverage(x), classes, { activate: false });
  },
};

/** Branches of 1 x 1, 3 x 3 and twice 3 x 3 filters, and of pooling, with so many outputs each. */
function module(layers: Layers, x: Feature, [point, small, large, pooled]: readonly number[]): Feature {
  const convolution = (from: Feature, filters: number, size: number) => layers.convolution(from, { filters, size, normalize: true });
  const narrow = convolution(x, large, 1);
  return layers.concatenate(
    convolution(x, point, 1),
    convolution(convolution(x, small >> 1, 1), small, 3),
    convolution(convolution(narrow, large, 3), large, 3),
    convolution(layers.averagePool(x, { size: 3, padding: 1 }), pooled, 1),
  );
}
