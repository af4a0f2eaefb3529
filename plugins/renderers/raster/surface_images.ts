import type { Texture } from "../../../core/mesh.ts";
import type { CornerWeights } from "./corner_weights.ts";
import { TextureSampler } from "./texture_sampler.ts";

/** Reads the images of a surface at places on the screen. */
export class SurfaceImages {
  /** What was read last: red, green, blue and opacity. */
  readonly color: Float64Array;
  /** How red, green and blue change along u, along v, and with the size that is read; where slopes were asked for. */
  readonly alongU: Float64Array;
  readonly alongV: Float64Array;
  readonly alongLevel: Float64Array;
  /** The axis along which a pixel spans more of the image: 1 for y. It tells the size that is read. */
  axis = 0;
  /** How the size that is read changes where a step along that axis comes to be longer by so much along x, and along y. */
  readonly stretch = new Float64Array(2);
  /** How u and v change from a sample to the next along x, and along y, where the image was taken: so they do all around it. */
  ux = 0;
  vx = 0;
  uy = 0;
  vy = 0;
  /** How the size that is read changes from a sample to the next along x, and along y. */
  levelX = 0;
  levelY = 0;
  readonly #texture: Texture;
  readonly #sampler: TextureSampler;
  #u = 0;
  #v = 0;

  constructor(texture: Texture) {
    this.#texture = texture;
    this.#sampler = new TextureSampler(texture);
    this.color = this.#sampler.color;
    this.alongU = this.#sampler.alongU;
    this.alongV = this.#sampler.alongV;
    this.alongLevel = this.#sampler.alongLevel;
  }

  /** Whether a face, counted from 1, has an image. */
  has(face: number): boolean {
    return this.#texture.images[face - 1] > 0;
  }

  /**
   * Takes the image of a face, counted from 1, in the size that a pixel wants which shows it.
   *
   * @param corners Of that face, at the pixel's place.
   * @param samples Samples along a side of a pixel.
   */
  take(face: number, corners: CornerWeights, samples: number): void {
    const { weights, total } = corners, { coordinates, images } = this.#texture, at = 6 * face - 6;
    const u0 = coordinates[at], v0 = coordinates[at + 1], u1 = coordinates[at + 2], v1 = coordinates[at + 3];
    const u2 = coordinates[at + 4], v2 = coordinates[at + 5];
    // u and v are quotients of linear functions.
    const totalX = weights[0] + weights[3] + weights[6], totalY = weights[1] + weights[4] + weights[7];
    this.#locate(face, corners);
    const u = this.#u, v = this.#v;
    const ux = this.ux = (weights[0] * u0 + weights[3] * u1 + weights[6] * u2 - u * totalX) / total;
    const vx = this.vx = (weights[0] * v0 + weights[3] * v1 + weights[6] * v2 - v * totalX) / total;
    const uy = this.uy = (weights[1] * u0 + weights[4] * u1 + weights[7] * u2 - u * totalY) / total;
    const vy = this.vy = (weights[1] * v0 + weights[4] * v1 + weights[7] * v2 - v * totalY) / total;
    const squareX = ux * ux + vx * vx, squareY = uy * uy + vy * vy, square = squareX >= squareY ? squareX : squareY;
    this.axis = squareX >= squareY ? 0 : 1;
    this.#sampler.take(images[face - 1], samples * Math.sqrt(square));
    const share = square > 0 ? 1 / (square * Math.LN2) : 0;
    const along = this.axis === 0 ? ux : uy, alongV = this.axis === 0 ? vx : vy;
    this.stretch[0] = share * (ux * along + vx * alongV);
    this.stretch[1] = share * (uy * along + vy * alongV);
    // In perspective the steps of u and v are smaller where their divisor is greater.
    const divisorX = totalX / total, divisorY = totalY / total, divisor = this.axis === 0 ? divisorX : divisorY;
    this.levelX = -divisor * this.stretch[0] - divisorX / Math.LN2;
    this.levelY = -divisor * this.stretch[1] - divisorY / Math.LN2;
  }

  /**
   * Reads the image of the face taken last at a place of it.
   *
   * @param aside, below How far the place is from that for which it was taken, in samples.
   */
  read(face: number, corners: CornerWeights, aside: number, below: number): void {
    this.#locate(face, corners);
    this.#sampler.sample(this.#u, this.#v, aside * this.levelX + below * this.levelY);
  }

  /** Reads the image of the face taken last at a place of it, with its slopes. */
  differentiate(face: number, corners: CornerWeights, aside: number, below: number): void {
    this.#locate(face, corners);
    this.#sampler.differentiate(this.#u, this.#v, aside * this.levelX + below * this.levelY);
  }

  /** Finds where a place lies in the image. */
  #locate(face: number, { a, b, c }: CornerWeights): void {
    const { coordinates } = this.#texture, at = 6 * face - 6;
    this.#u = a * coordinates[at] + b * coordinates[at + 2] + c * coordinates[at + 4];
    this.#v = a * coordinates[at + 1] + b * coordinates[at + 3] + c * coordinates[at + 5];
  }
}
