import type { OutsidePlugin } from "@orthotope/orthotope";

const SIDE = 32;
const PIXELS = SIDE * SIDE;
const CLASSES = 3;
/** How quickly the scores change with the picture's mean color. */
const SHARPNESS = 12;

export default {
  kind: "classifier",
  name: "prevailing-color",
  version: "1.0.0",
  description: "red, green or blue: the color that prevails in the picture",
  load: () =>
    Promise.resolve({
      info: { width: SIDE, height: SIDE, classes: CLASSES, facts: { sharpness: SHARPNESS } },
      classify(pictures, count) {
        const scores = new Float64Array(count * CLASSES);
        for (let i = 0; i < count; i++) scores.set(scoresOf(pictures, i), i * CLASSES);
        return Promise.resolve(scores);
      },
      differentiate(pictures, count, classIndex) {
        const scores = new Float64Array(count);
        const gradients = new Float32Array(count * 3 * PIXELS);
        for (let i = 0; i < count; i++) {
          const all = scoresOf(pictures, i);
          scores[i] = all[classIndex];
          for (let channel = 0; channel < 3; channel++) {
            const slope = SHARPNESS / PIXELS * scores[i] * ((channel === classIndex ? 1 : 0) - all[channel]);
            gradients.fill(slope, (3 * i + channel) * PIXELS, (3 * i + channel + 1) * PIXELS);
          }
        }
        return Promise.resolve({ scores, gradients });
      },
      dispose: () => Promise.resolve(),
    }),
} satisfies OutsidePlugin;

/** Softmax over the means of the channels of one picture. */
function scoresOf(pictures: Float32Array, index: number): number[] {
  const powers = [0, 1, 2].map((channel) => {
    const start = (3 * index + channel) * PIXELS;
    return Math.exp(SHARPNESS / PIXELS * pictures.subarray(start, start + PIXELS).reduce((sum, value) => sum + value, 0));
  });
  const total = powers[0] + powers[1] + powers[2];
  return powers.map((power) => power / total);
}
