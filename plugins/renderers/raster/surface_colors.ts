import type { Scene } from "../../../core/scene.ts";
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
  readonly #surface: Surface;
  readonly #colors: Float32Array;
  /** Whether a face, counted from 1, has the same color at its three corners. */
  readonly #even: Uint8Array;
  /** Weights of the three corners of one face as functions of a place on the screen, [3 x (x, y, 1)]. */
  readonly #weights = new Float64Array(9);
  /** The face that the weights are of. */
  #weighted = 0;
  /** Sum of colors over a pixel, RGB. */
  readonly #sum = new Float64Array(3);

  /** @param surface The surface. @param colors Its colors, [faces x 3 x 3]. */
  constructor(surface: Surface, colors: Float32Array) {
    this.#surface = surface;
    this.#colors = colors;
    this.#even = new Uint8Array(colors.length / 9 + 1);
    for (let at = 0; at < colors.length; at += 9) {
      let even = 1;
      for (let k = 0; k < 3; k++) {
        if (colors[at + 3 + k] !== colors[at + k] || colors[at + 6 + k] !== colors[at + k]) even = 0;
      }
      this.#even[at / 9 + 1] = even;
    }
  }

  /** Averages the samples of each pixel: color, interpolated in perspective, times brightness. */
  average(buffer: DepthBuffer, { samples, scene, pose, picture }: AverageOptions): void {
    const { width, height, faces, shades } = buffer;
    const [red, green, blue] = scene.object.color;
    const [backRed, backGreen, backBlue] = scene.background;
    const columns = width / samples, rows = height / samples, plane = columns * rows;
    const share = 1 / (samples * samples);
    const sum = this.#sum, colors = this.#colors, even = this.#even, weights = this.#weights;
    this.#weighted = 0;
    for (let row = 0, pixel = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, pixel++) {
        const first = samples * (row * width + column);
        const face = faces[first];
        let same = true;
        for (let start = first; start < first + samples * width && same; start += width) {
          for (let i = start; i < start + samples; i++) same = same && faces[i] === face;
        }
        let sumRed = 0, sumGreen = 0, sumBlue = 0, empty = 0;
        if (!same) {
          empty = share * this.#mix(buffer, pose, samples, first);
          sumRed = share * sum[0], sumGreen = share * sum[1], sumBlue = share * sum[2];
        } else if (face === 0) {
          empty = 1;
        } else {
          const at = 9 * face - 9;
          const shade = shades[face];
          if (even[face] === 1) {
            sumRed = shade * colors[at], sumGreen = shade * colors[at + 1], sumBlue = shade * colors[at + 2];
          } else {
            // Within one face the color at the center is the mean, but for the perspective's curvature, which no picture shows.
            if (face !== this.#weighted) this.#prepare(buffer, pose, face);
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
    const sum = this.#sum, colors = this.#colors, weights = this.#weights;
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
          if (face !== this.#weighted) this.#prepare(buffer, pose, face);
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

  /** Finds the weights of the corners of a face whose colors differ. Over their sum they are barycentric coordinates in perspective. */
  #prepare(buffer: DepthBuffer, pose: Pose, face: number): void {
    this.#weighted = face;
    const { triangles } = this.#surface;
    const { screen } = buffer;
    const a = 3 * triangles[3 * face - 3], b = 3 * triangles[3 * face - 2], c = 3 * triangles[3 * face - 1];
    const aw = screen[a + 2], bw = screen[b + 2], cw = screen[c + 2];
    if (aw === 0 || bw === 0 || cw === 0) {
      cornerFunctions(this.#surface, pose, face, this.#weights);
      toScreen(this.#weights, buffer, pose.zoom * buffer.height / 2);
      return;
    }
    const ax = screen[a], ay = screen[a + 1], bx = screen[b], by = screen[b + 1], cx = screen[c], cy = screen[c + 1];
    const weights = this.#weights;
    weights[0] = aw * (by - cy);
    weights[1] = aw * (cx - bx);
    weights[2] = aw * (bx * cy - cx * by);
    weights[3] = bw * (cy - ay);
    weights[4] = bw * (ax - cx);
    weights[5] = bw * (cx * ay - ax * cy);
    weights[6] = cw * (ay - by);
    weights[7] = cw * (bx - ax);
    weights[8] = cw * (ax * by - bx * ay);
  }
}

/**
 * Writes the functions of the slopes (x/z, y/z, 1) of a ray that are, over their sum, the barycentric coordinates of the point where it meets the
 * face: one row of three coefficients for each corner. They hold across the near plane as well.
 */
function cornerFunctions({ positions, triangles }: Surface, { rotation: r, offset }: Pose, face: number, rows: Float64Array): void {
  for (let k = 0; k < 3; k++) {
    const i = 3 * triangles[3 * face - 3 + k];
    for (let axis = 0; axis < 3; axis++) {
      rows[3 * k + axis] = r[3 * axis] * positions[i] + r[3 * axis + 1] * positions[i + 1] + r[3 * axis + 2] * positions[i + 2] +
        offset[axis];
    }
  }
  const [ax, ay, az, bx, by, bz, cx, cy, cz] = rows;
  rows[0] = by * cz - bz * cy;
  rows[1] = bz * cx - bx * cz;
  rows[2] = bx * cy - by * cx;
  rows[3] = cy * az - cz * ay;
  rows[4] = cz * ax - cx * az;
  rows[5] = cx * ay - cy * ax;
  rows[6] = ay * bz - az * by;
  rows[7] = az * bx - ax * bz;
  rows[8] = ax * by - ay * bx;
}

/** Turns functions of slopes into functions of a place on the screen. */
function toScreen(rows: Float64Array, { width, height }: DepthBuffer, scale: number): void {
  for (let k = 0; k < 9; k += 3) {
    rows[k] /= scale;
    rows[k + 1] /= -scale;
    rows[k + 2] -= rows[k] * width / 2 + rows[k + 1] * height / 2;
  }
}
