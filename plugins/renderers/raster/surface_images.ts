import type { Texture } from "../../../core/mesh.ts";
import type { CornerWeights } from "./corner_weights.ts";
import { TextureSampler } from "./texture_sampler.ts";

/** Reads the images of a surface at places on the screen. */
export class SurfaceImages {
  /** What was read last: red, green, blue and opacity. */
  readonly color: Float64Array;
  /** How red, green and blue change from a sample to the next along x and y, and with the size that is read; where slopes were asked for. */
  readonly alongX = new Float64Array(3);
  readonly alongY = new Float64Array(3);
  readonly alongLevel: Float64Array;
  /** The axis along which a pixel spans more of the image: 1 for y. It tells the size that is read. */
  axis = 0;
  /** How the size that is read changes where a step along that axis comes to be longer by so much along x, and along y. */
  readonly stretch = new Float64Array(2);
  readonly #texture: Texture;
  readonly #sampler: TextureSampler;
  #u = 0;
  #v = 0;
  /** How u and v change from a sample to the next along x, and along y. */
  #ux = 0;
  #vx = 0;
  #uy = 0;
  #vy = 0;

  constructor(texture: Texture) {
    this.#texture = texture;
    this.#sampler = new TextureSampler(texture);
    this.color = this.#sampler.color;
    this.alongLevel = this.#sampler.alongLevel;
  }

  /** Whether a face, counted from 1, has an image. */
  has(face: number): boolean {
    return this.#texture.images[face - 1] > 0;
  }

  /**
   * Reads the image of a face, counted from 1, into `color`.
   *
   * @param corners Of that face, at the place.
   * @param samples Samples along a side of a pixel.
   */
  read(face: number, corners: CornerWeights, samples: number): void {
    const extent = samples * Math.sqrt(this.#place(face, corners));
    this.#sampler.sample(this.#texture.images[face - 1], this.#u, this.#v, extent);
  }

  /** Reads the image of a face, with its slopes. */
  differentiate(face: number, corners: CornerWeights, samples: number): void {
    const square = this.#place(face, corners);
    const { weights, total } = corners;
    const sampler = this.#sampler, ux = this.#ux, vx = this.#vx, uy = this.#uy, vy = this.#vy;
    sampler.differentiate(this.#texture.images[face - 1], this.#u, this.#v, samples * Math.sqrt(square));
    const share = square > 0 ? 1 / (square * Math.LN2) : 0;
    const along = this.axis === 0 ? ux : uy, alongV = this.axis === 0 ? vx : vy;
    this.stretch[0] = share * (ux * along + vx * alongV);
    this.stretch[1] = share * (uy * along + vy * alongV);
    // In perspective the steps of u and v are smaller where their divisor is greater.
    const divisorX = (weights[0] + weights[3] + weights[6]) / total, divisorY = (weights[1] + weights[4] + weights[7]) / total;
    const divisor = this.axis === 0 ? divisorX : divisorY;
    const levelX = -divisor * this.stretch[0] - divisorX / Math.LN2, levelY = -divisor * this.stretch[1] - divisorY / Math.LN2;
    for (let k = 0; k < 3; k++) {
      this.alongX[k] = sampler.alongU[k] * ux + sampler.alongV[k] * vx + sampler.alongLevel[k] * levelX;
      this.alongY[k] = sampler.alongU[k] * uy + sampler.alongV[k] * vy + sampler.alongLevel[k] * levelY;
    }
  }

  /** Finds where a place lies in the image. @returns The square of how much of it a sample spans. */
  #place(face: number, { weights, a, b, c, total }: CornerWeights): number {
    const { coordinates } = this.#texture, at = 6 * face - 6;
    const u0 = coordinates[at], v0 = coordinates[at + 1], u1 = coordinates[at + 2], v1 = coordinates[at + 3];
    const u2 = coordinates[at + 4], v2 = coordinates[at + 5];
    const u = this.#u = a * u0 + b * u1 + c * u2, v = this.#v = a * v0 + b * v1 + c * v2;
    // u and v are quotients of linear functions.
    const totalX = weights[0] + weights[3] + weights[6], totalY = weights[1] + weights[4] + weights[7];
    this.#ux = (weights[0] * u0 + weights[3] * u1 + weights[6] * u2 - u * totalX) / total;
    this.#vx = (weights[0] * v0 + weights[3] * v1 + weights[6] * v2 - v * totalX) / total;
    this.#uy = (weights[1] * u0 + weights[4] * u1 + weights[7] * u2 - u * totalY) / total;
    this.#vy = (weights[1] * v0 + weights[4] * v1 + weights[7] * v2 - v * totalY) / total;
    const squareX = this.#ux * this.#ux + this.#vx * this.#vx, squareY = this.#uy * this.#uy + this.#vy * this.#vy;
    this.axis = squareX >= squareY ? 0 : 1;
    return this.axis === 0 ? squareX : squareY;
  }
}
