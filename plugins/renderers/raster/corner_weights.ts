import type { DepthBuffer } from "./depth_buffer.ts";
import type { Pose } from "./pose.ts";
import type { Surface } from "./surface.ts";

/** A face goes on for so much of its size beside itself. */
const BESIDE = 0.5;

/** Interpolates in perspective between the corners of one face at a time. */
export class CornerWeights {
  /**
   * Weights of the three corners of the face as functions of a place on the screen in samples, [3 x (x, y, 1)]: over their sum they are barycentric
   * coordinates.
   */
  readonly weights = new Float64Array(9);
  /** 1/z over the sum of the weights. */
  scale = 0;
  /** Barycentric coordinates of the place asked last, and the sum of the weights there. */
  a = 1;
  b = 0;
  c = 0;
  total = 1;
  readonly #surface: Surface;
  #face = 0;

  constructor(surface: Surface) {
    this.#surface = surface;
  }

  /** Forgets the face, for the next picture. */
  forget(): void {
    this.#face = 0;
  }

  /** Takes a face, counted from 1. */
  prepare(buffer: DepthBuffer, pose: Pose, face: number): void {
    if (face === this.#face) return;
    this.#face = face;
    const { triangles } = this.#surface;
    const { screen } = buffer;
    const a = 3 * triangles[3 * face - 3], b = 3 * triangles[3 * face - 2], c = 3 * triangles[3 * face - 1];
    const aw = screen[a + 2], bw = screen[b + 2], cw = screen[c + 2];
    if (aw === 0 || bw === 0 || cw === 0) {
      this.scale = 1 / cornerFunctions(this.#surface, pose, face, this.weights);
      toScreen(this.weights, buffer, pose.zoom * buffer.height / 2);
      return;
    }
    const ax = screen[a], ay = screen[a + 1], bx = screen[b], by = screen[b + 1], cx = screen[c], cy = screen[c + 1];
    const weights = this.weights;
    weights[0] = aw * (by - cy);
    weights[1] = aw * (cx - bx);
    weights[2] = aw * (bx * cy - cx * by);
    weights[3] = bw * (cy - ay);
    weights[4] = bw * (ax - cx);
    weights[5] = bw * (cx * ay - ax * cy);
    weights[6] = cw * (ay - by);
    weights[7] = cw * (bx - ax);
    weights[8] = cw * (ax * by - bx * ay);
    this.scale = 1 / ((bx - ax) * (cy - ay) - (cx - ax) * (by - ay));
  }

  /** Takes the coordinates of the first corner. */
  takeFirst(): void {
    this.a = 1;
    this.b = this.c = 0;
  }

  /** Finds the coordinates of a place on the screen, in samples; of one far beside the face, those of a place at its side. */
  locate(x: number, y: number): void {
    const weights = this.weights;
    let a = weights[0] * x + weights[1] * y + weights[2];
    let b = weights[3] * x + weights[4] * y + weights[5];
    let c = weights[6] * x + weights[7] * y + weights[8];
    const total = this.total = a + b + c, share = 1 / total;
    a *= share, b *= share, c *= share;
    if (!(a >= -BESIDE && b >= -BESIDE && c >= -BESIDE)) {
      a = a > 0 ? a : 0, b = b > 0 ? b : 0, c = c > 0 ? c : 0;
      const sum = a + b + c;
      if (sum > 0 && sum < Infinity) a /= sum, b /= sum, c /= sum;
      else a = 1, b = c = 0;
    }
    this.a = a;
    this.b = b;
    this.c = c;
  }
}

/** Which faces, counted from 1, have the same color at their three corners; `colors` is [faces x 3 x 3]. */
export function evenFaces(colors: Float32Array): Uint8Array {
  const even = new Uint8Array(colors.length / 9 + 1).fill(1);
  for (let i = 0; i < colors.length; i++) {
    if (colors[i] !== colors[i - i % 9 + i % 3]) even[(i - i % 9) / 9 + 1] = 0;
  }
  return even;
}

/**
 * Writes the functions of the slopes (x/z, y/z, 1) of a ray that are, over their sum, the barycentric coordinates of the point where it meets the
 * face: one row of three coefficients for each corner. They hold across the near plane as well.
 *
 * @returns What the sum of the functions is over 1/z.
 */
function cornerFunctions({ positions, triangles }: Surface, { rotation: r, offset }: Pose, face: number, rows: Float64Array): number {
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
  return ax * rows[0] + ay * rows[1] + az * rows[2];
}

/** Turns functions of slopes into functions of a place on the screen. */
function toScreen(rows: Float64Array, { width, height }: DepthBuffer, scale: number): void {
  for (let k = 0; k < 9; k += 3) {
    rows[k] /= scale;
    rows[k + 1] /= -scale;
    rows[k + 2] -= rows[k] * width / 2 + rows[k + 1] * height / 2;
  }
}
