import type { Mesh } from "../../../core/mesh.ts";
import type { Scene } from "../../../core/scene.ts";
import type { DepthBuffer } from "./depth_buffer.ts";
import type { Pose } from "./pose.ts";

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
  readonly #mesh: Mesh;
  readonly #colors: Float32Array;
  /** Whether a face, counted from 1, has the same color at its three corners. */
  readonly #even: Uint8Array;
  readonly #corners = new Float64Array(9);

  /** @param mesh The mesh. @param colors Its colors, [faces x 3 x 3]. */
  constructor(mesh: Mesh, colors: Float32Array) {
    this.#mesh = mesh;
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
  average({ width, height, faces, shades }: DepthBuffer, { samples, scene, pose, picture }: AverageOptions): void {
    const colors = this.#colors;
    const scale = pose.zoom * height / 2;
    const [red, green, blue] = scene.object.color;
    const [backRed, backGreen, backBlue] = scene.background;
    const columns = width / samples, rows = height / samples, plane = columns * rows;
    const share = 1 / (samples * samples);
    const corners = this.#corners;
    let known = 0;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let sumRed = 0, sumGreen = 0, sumBlue = 0, empty = 0;
        for (let dy = 0; dy < samples; dy++) {
          for (let dx = 0; dx < samples; dx++) {
            const x = column * samples + dx, y = row * samples + dy;
            const face = faces[y * width + x];
            if (face === 0) {
              empty++;
              continue;
            }
            const shade = shades[face];
            const at = 9 * face - 9;
            if (this.#even[face] === 1) {
              sumRed += shade * colors[at];
              sumGreen += shade * colors[at + 1];
              sumBlue += shade * colors[at + 2];
              continue;
            }
            if (face !== known) cornerFunctions(this.#mesh, pose, face, corners);
            known = face;
            const slopeX = (x + 0.5 - width / 2) / scale, slopeY = (height / 2 - y - 0.5) / scale;
            const a = corners[0] * slopeX + corners[1] * slopeY + corners[2];
            const b = corners[3] * slopeX + corners[4] * slopeY + corners[5];
            const c = corners[6] * slopeX + corners[7] * slopeY + corners[8];
            const lit = shade / (a + b + c);
            sumRed += lit * (a * colors[at] + b * colors[at + 3] + c * colors[at + 6]);
            sumGreen += lit * (a * colors[at + 1] + b * colors[at + 4] + c * colors[at + 7]);
            sumBlue += lit * (a * colors[at + 2] + b * colors[at + 5] + c * colors[at + 8]);
          }
        }
        const pixel = row * columns + column;
        picture[pixel] = share * (sumRed * red + empty * backRed);
        picture[plane + pixel] = share * (sumGreen * green + empty * backGreen);
        picture[2 * plane + pixel] = share * (sumBlue * blue + empty * backBlue);
      }
    }
  }
}

/**
 * Writes the functions of the slopes (x/z, y/z, 1) of a ray that are, over their sum, the barycentric coordinates of the point where it meets the
 * face: one row of three coefficients for each corner. They hold across the near plane as well.
 */
export function cornerFunctions({ positions, triangles }: Mesh, { rotation: r, offset }: Pose, face: number, rows: Float64Array): void {
  for (let k = 0; k < 3; k++) {
    const i = 3 * triangles[3 * face - 3 + k];
    const x = positions[i], y = positions[i + 1], z = positions[i + 2];
    for (let axis = 0; axis < 3; axis++) {
      rows[3 * k + axis] = r[3 * axis] * x + r[3 * axis + 1] * y + r[3 * axis + 2] * z + offset[axis];
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
