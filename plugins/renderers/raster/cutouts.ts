import type { Texture } from "../../../core/mesh.ts";
import { CornerWeights } from "./corner_weights.ts";
import type { DepthBuffer, Holes } from "./depth_buffer.ts";
import type { Pose } from "./pose.ts";
import type { Surface } from "./surface.ts";
import type { SurfaceImages } from "./surface_images.ts";

/** Where faces are seen whose images have holes. */
export class Cutouts implements Holes {
  readonly #texture: Texture;
  readonly #cutoffs: Float32Array;
  readonly #images: SurfaceImages;
  readonly #corners: CornerWeights;
  readonly #samples: number;
  #face = 0;
  #cutoff = 0;

  /** @param texture Has cutoffs. @param images Reads it. @param samples Samples along a side of a pixel. */
  constructor(surface: Surface, { texture, cutoffs, images, samples }: {
    readonly texture: Texture;
    readonly cutoffs: Float32Array;
    readonly images: SurfaceImages;
    readonly samples: number;
  }) {
    this.#texture = texture;
    this.#cutoffs = cutoffs;
    this.#images = images;
    this.#corners = new CornerWeights(surface);
    this.#samples = samples;
  }

  take(buffer: DepthBuffer, pose: Pose, face: number): boolean {
    const image = this.#texture.images[face - 1];
    this.#cutoff = image === 0 ? 0 : this.#cutoffs[image - 1];
    if (this.#cutoff === 0) return false;
    this.#face = face;
    this.#corners.forget();
    this.#corners.prepare(buffer, pose, face);
    return true;
  }

  isSeen(x: number, y: number): boolean {
    this.#corners.locate(x, y);
    this.#images.take(this.#face, this.#corners, this.#samples);
    this.#images.read(this.#face, this.#corners, 0, 0);
    return this.#images.color[3] >= this.#cutoff;
  }
}
