import type { Architecture } from "./architecture.ts";

/** Nothing but 3 x 3 filters, more of them after each halving by 2 x 2 pooling; dense layers at the end. */
export const vgg: Architecture = {
  name: "vgg",
  description: "3 x 3 filters throughout, halved by 2 x 2 pooling, dense layers at the end",
  learningRate: 2e-3,
  describe(layers, pictures, classes) {
    let x = pictures;
    for (const [filters, depth] of [[8, 1], [16, 1], [32, 2], [48, 2]]) {
      for (let i = 0; i < depth; i++) x = layers.convolution(x, { filters, size: 3, normalize: true });
      x = layers.maxPool(x, { size: 2, stride: 2 });
    }
    x = layers.dense(layers.flatten(x), 64);
    return layers.dense(x, classes, { activate: false });
  },
};
