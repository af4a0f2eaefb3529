import type { Texture } from "../../../core/mesh.ts";
import type { CornerWeights } from "./corner_weights.ts";
import { TextureSampler } from "./texture_sampler.ts";

/** Reads the images of a surface at places on the screen. */
export class SurfaceImages {
  /** What was read last: red, green, blue and opacity. */
  readonly color: Float64Array;
  readonly #texture: Texture;
  readonly #sampler: TextureSampler;

  constructor(texture: Texture) {
    this.#texture = texture;
    this.#sampler = new TextureSampler(texture);
    this.color = this.#sampler.color;
  }

  /**
   * Reads the image of a face, counted from 1, into `color`.
   *
   * @param a, b, c Weights of its corners at the place.
   * @param corners How they change across the screen.
   * @param samples Samples along a side of a pixel.
   */
  read(face: number, a: number, b: number, c: number, { weights }: CornerWeights, samples: number): void {
    const { coordinates, images } = this.#texture;
    const total = a + b + c, at = 6 * face - 6;
    const u0 = coordinates[at], v0 = coordinates[at + 1], u1 = coordinates[at + 2], v1 = coordinates[at + 3];
    const u2 = coordinates[at + 4], v2 = coordinates[at + 5];
    const u = (a * u0 + b * u1 + c * u2) / total, v = (a * v0 + b * v1 + c * v2) / total;
    // How u and v change from a sample to the next: quotients of linear functions.
    const totalX = weights[0] + weights[3] + weights[6], totalY = weights[1] + weights[4] + weights[7];
    const ux = (weights[0] * u0 + weights[3] * u1 + weights[6] * u2 - u * totalX) / total;
    const vx = (weights[0] * v0 + weights[3] * v1 + weights[6] * v2 - v * totalX) / total;
    const uy = (weights[1] * u0 + weights[4] * u1 + weights[7] * u2 - u * totalY) / total;
    const vy = (weights[1] * v0 + weights[4] * v1 + weights[7] * v2 - v * totalY) / total;
    const extent = samples * Math.sqrt(Math.max(ux * ux + vx * vx, uy * uy + vy * vy));
    this.#sampler.sample(images[face - 1], u, v, extent);
  }
}
