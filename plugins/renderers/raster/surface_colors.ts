import type { Scene } from "../../../core/scene.ts";
import { CornerWeights, evenFaces } from "./corner_weights.ts";
import type { DepthBuffer } from "./depth_buffer.ts";
import type { Pose } from "./pose.ts";
import type { Surface } from "./surface.ts";

/** What to average, besides the samples. */
export interface AverageOptions {
  /** Samples along a side of a pixel. */
  readonly samples: number;
  readonly scene: Scene;
  readonly pose: Pose;
  /** Is written: [3 x height x width]. */
  readonly picture: Float32Array;
}

/** Colors of a surface whose triangles have a color at each corner. */
export class SurfaceColors {
  readonly #colors: Float32Array;
  /** Whether a face, counted from 1, has the same color at its three corners. */
  readonly #even: Uint8Array;
  readonly #corners: CornerWeights;
  /** Sum of colors over a pixel, RGB. */
  readonly #sum = new Float64Array(3);

  /** @param surface The surface. @param colors Its colors, [faces x 3 x 3]. */
  constructor(surface: Surface, colors: Float32Array) {
    this.#corners = new CornerWeights(surface);
    this.#colors = colors;
    this.#even = evenFaces(colors);
  }

  /** Averages the samples of each pixel: color, interpolated in perspective, times brightness. */
  average(buffer: DepthBuffer, { samples, scene, pose, picture }: AverageOptions): void {
    const { width, height, faces, shades } = buffer;
    const [red, green, blue] = scene.object.color;
    const [backRed, backGreen, backBlue] = scene.background;
    const columns = width / samples, rows = height / samples, plane = columns * rows;
    const share = 1 / (samples * samples);
    const sum = this.#sum, colors = this.#colors, even = this.#even, weights = this.#corners.weights;
    this.#corners.forget();
    picture.fill(backRed, 0, plane);
    picture.fill(backGreen, plane, 2 * plane);
    picture.fill(backBlue, 2 * plane, 3 * plane);
    for (let row = 0, pixel = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, pixel++) {
        const first = samples * (row * width + column);
        const face = faces[first];
        let same = true;
        if (samples === 2) {
          same = faces[first + 1] === face && faces[first + width] === face && faces[first + width + 1] === face;
        } else {
          for (let start = first; start < first + samples * width && same; start += width) {
            for (let i = start; i < start + samples; i++) same = same && faces[i] === face;
          }
        }
        if (same && face === 0) continue;
        let sumRed = 0, sumGreen = 0, sumBlue = 0, empty = 0;
        if (!same) {
          empty = share * this.#mix(buffer, pose, samples, first);
          sumRed = share * sum[0], sumGreen = share * sum[1], sumBlue = share * sum[2];
        } else {
          const at = 9 * face - 9;
          const shade = shades[face];
          if (even[face] === 1) {
            sumRed = shade * colors[at], sumGreen = shade * colors[at + 1], sumBlue = shade * colors[at + 2];
          } else {
            // Within one face the color at the center is the mean, but for the perspective's curvature, which no picture shows.
            this.#corners.prepare(buffer, pose, face);
            const x = samples * (column + 0.5), y = samples * (row + 0.5);
            const a = weights[0] * x + weights[1] * y + weights[2];
            const b = weights[3] * x + weights[4] * y + weights[5];
            const c = weights[6] * x + weights[7] * y + weights[8];
            const lit = shade / (a + b + c);
            sumRed = lit * (a * colors[at] + b * colors[at + 3] + c * colors[at + 6]);
            sumGreen = lit * (a * colors[at + 1] + b * colors[at + 4] + c * colors[at + 7]);
            sumBlue = lit * (a * colors[at + 2] + b * colors[at + 5] + c * colors[at + 8]);
          }
        }
        picture[pixel] = sumRed * red + empty * backRed;
        picture[plane + pixel] = sumGreen * green + empty * backGreen;
        picture[2 * plane + pixel] = sumBlue * blue + empty * backBlue;
      }
    }
  }

  /** Adds up the colors of a pixel's samples, the first of which is at `first`, and counts those where there is no face. */
  #mix(buffer: DepthBuffer, pose: Pose, samples: number, first: number): number {
    const { width, faces, shades } = buffer;
    const sum = this.#sum, colors = this.#colors, weights = this.#corners.weights;
    const left = first % width, top = (first - left) / width;
    let empty = 0;
    sum[0] = sum[1] = sum[2] = 0;
    for (let y = top; y < top + samples; y++) {
      for (let x = left; x < left + samples; x++) {
        const face = faces[y * width + x];
        if (face === 0) {
          empty++;
          continue;
        }
        const at = 9 * face - 9;
        let a = 1, b = 0, c = 0;
        if (this.#even[face] === 0) {
          this.#corners.prepare(buffer, pose, face);
          a = weights[0] * (x + 0.5) + weights[1] * (y + 0.5) + weights[2];
          b = weights[3] * (x + 0.5) + weights[4] * (y + 0.5) + weights[5];
          c = weights[6] * (x + 0.5) + weights[7] * (y + 0.5) + weights[8];
        }
        const lit = shades[face] / (a + b + c);
        sum[0] += lit * (a * colors[at] + b * colors[at + 3] + c * colors[at + 6]);
        sum[1] += lit * (a * colors[at + 1] + b * colors[at + 4] + c * colors[at + 7]);
        sum[2] += lit * (a * colors[at + 2] + b * colors[at + 5] + c * colors[at + 8]);
      }
    }
    return empty;
  }
}
