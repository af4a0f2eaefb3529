import type { Architecture } from "./architecture.ts";
import type { Feature, Layers } from "./layers.ts";

/** Blocks of two convolutions that are added to what went in, normalized throughout, and a global average in place of dense layers. */
export const resnet: Architecture = {
  name: "resnet",
  description: "residual blocks with batch normalization, global average at the end",
  learningRate: 2e-3,
  describe(layers, pictures, classes) {
    let x = layers.convolution(pictures, { filters: 16, size: 5, stride: 2, normalize: true });
    x = layers.maxPool(x, { size: 3, stride: 2, padding: 1 });
    x = block(layers, x, 24, 1);
    x = block(layers, x, 40, 2);
    x = block(layers, x, 64, 2);
    return layers.dense(layers.globalAverage(x), classes, { activate: false });
  },
};

function block(layers: Layers, x: Feature, filters: number, stride: number): Feature {
  const first = layers.convolution(x, { filters, size: 3, stride, normalize: true });
  const second = layers.convolution(first, { filters, size: 3, normalize: true, activate: false });
  const shortcut = stride === 1 && x.channels === filters
    ? x
    : layers.convolution(x, { filters, size: 1, stride, normalize: true, activate: false });
  return layers.addAndRectify(second, shortcut);
}
