import type { Scene } from "../../../core/scene.ts";
import type { DepthBuffer } from "./depth_buffer.ts";

/**
 * Averages the samples of each pixel where the object has one color: a brightness and a share of background first, colors after.
 *
 * @param samples Samples along a side of a pixel.
 * @param picture Is written, [3 x height x width].
 */
export function averageShades(buffer: DepthBuffer, samples: number, scene: Scene, picture: Float32Array): void {
  const { faces, shades, width } = buffer;
  const columns = width / samples, rows = buffer.height / samples, plane = columns * rows;
  const [red, green, blue] = scene.object.color;
  const [backRed, backGreen, backBlue] = scene.background;
  const share = 1 / (samples * samples);
  picture.fill(backRed, 0, plane);
  picture.fill(backGreen, plane, 2 * plane);
  picture.fill(backBlue, 2 * plane, 3 * plane);
  for (let row = 0, pixel = 0; row < rows; row++) {
    for (let first = samples * row * width, end = first + width; first < end; first += samples, pixel++) {
      let sum: number, empty: number;
      if (samples === 2) {
        const a = faces[first], b = faces[first + 1], c = faces[first + width], d = faces[first + width + 1];
        if ((a | b | c | d) === 0) continue;
        sum = shades[a] + shades[b] + shades[c] + shades[d];
        empty = (a === 0 ? 1 : 0) + (b === 0 ? 1 : 0) + (c === 0 ? 1 : 0) + (d === 0 ? 1 : 0);
      } else {
        sum = empty = 0;
        for (let dy = 0; dy < samples; dy++) {
          for (let dx = 0; dx < samples; dx++) {
            const face = faces[first + dy * width + dx];
            sum += shades[face];
            if (face === 0) empty++;
          }
        }
      }
      sum *= share;
      empty *= share;
      picture[pixel] = sum * red + empty * backRed;
      picture[plane + pixel] = sum * green + empty * backGreen;
      picture[2 * plane + pixel] = sum * blue + empty * backBlue;
    }
  }
}
