import type { Architecture } from "./architecture.ts";

/** Large first filters with a stride, overlapping pooling, normalization, and most weights in dense layers at the end. */
export const alexnet: Architecture = {
  name: "alexnet",
  description: "large strided filters first, overlapping pooling, dense layers at the end",
  learningRate: 2e-3,
  describe(layers, pictures, classes) {
    let x = layers.convolution(pictures, { filters: 16, size: 7, stride: 2, normalize: true });
    x = layers.maxPool(x, { size: 3, stride: 2, padding: 1 });
    x = layers.convolution(x, { filters: 32, size: 5, normalize: true });
    x = layers.maxPool(x, { size: 3, stride: 2, padding: 1 });
    x = layers.convolution(x, { filters: 48, size: 3, normalize: true });
    x = layers.convolution(x, { filters: 48, size: 3, normalize: true });
    x = layers.maxPool(x, { size: 3, stride: 2, padding: 1 });
    x = layers.dense(layers.flatten(x), 96);
    x = layers.dense(x, 64);
    return layers.dense(x, classes, { activate: false });
  },
};
