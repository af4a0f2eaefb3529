import { enlarged } from "./candidates.ts";
import { IDS, VALUES } from "./pieces.ts";
import { SAMPLES } from "./samples.ts";
import type { View } from "./view.ts";

/** What is seen of each face in each pixel: its area, and a place in it. The arrays grow and are reused. */
export class Patches {
  count = 0;
  /** Pixel, row-major. */
  pixel: Uint32Array = new Uint32Array(0);
  /** Face, counted from 1; 0 is the background. */
  face: Uint32Array = new Uint32Array(0);
  /** Area in pixels. */
  area: Float64Array = new Float64Array(0);
  /** A place within the patch, in pixels: the mean of the samples that show it, or of its edges where none does. */
  x: Float64Array = new Float64Array(0);
  y: Float64Array = new Float64Array(0);
  #weight: Float64Array = new Float64Array(0);
  /** Next patch of the same pixel, -1 behind the last. */
  #next: Int32Array = new Int32Array(0);
  readonly #heads: Int32Array;

  constructor(pixels: number) {
    this.#heads = new Int32Array(pixels);
  }

  /** Finds the patches of a picture. */
  find({ buffer, pieces: { count, ids, values } }: View): void {
    const heads = this.#heads;
    const width = buffer.width / SAMPLES;
    this.count = 0;
    heads.fill(-1);
    this.#reserve(heads.length * SAMPLES * SAMPLES + 2 * count);
    for (let pixel = 0; pixel < heads.length; pixel++) {
      const left = SAMPLES * (pixel % width), top = SAMPLES * Math.floor(pixel / width);
      for (let y = top; y < top + SAMPLES; y++) {
        for (let x = left; x < left + SAMPLES; x++) {
          const patch = this.#patch(pixel, buffer.faces[y * buffer.width + x]);
          this.x[patch] += (x + 0.5) / SAMPLES;
          this.y[patch] += (y + 0.5) / SAMPLES;
          this.#weight[patch]++;
          // Areas are counted from the pixel's first sample.
          if (x === left && y === top) this.area[patch] = 1;
        }
      }
    }
    const sampled = this.count;
    for (let piece = 0, i = 0, v = 0; piece < count; piece++, i += IDS, v += VALUES) {
      for (let side = 1; side < 3; side++) {
        const patch = this.#patch(ids[i], ids[i + side]);
        this.area[patch] += side === 1 ? -values[v + 5] : values[v + 5];
        if (patch < sampled) continue;
        const length = Math.abs(values[v + 3]) + Math.abs(values[v + 4]) + 1e-12;
        this.x[patch] += length * values[v];
        this.y[patch] += length * values[v + 1];
        this.#weight[patch] += length;
      }
    }
    for (let patch = 0; patch < this.count; patch++) {
      this.x[patch] /= this.#weight[patch];
      this.y[patch] /= this.#weight[patch];
    }
  }

  /** The patch of a face in a pixel. */
  #patch(pixel: number, face: number): number {
    let patch = this.#heads[pixel];
    while (patch >= 0 && this.face[patch] !== face) patch = this.#next[patch];
    if (patch >= 0) return patch;
    patch = this.count++;
    this.pixel[patch] = pixel;
    this.face[patch] = face;
    this.area[patch] =
      this.x[patch] =
      this.y[patch] =
      this.#weight[patch] =
        0;
    this.#next[patch] = this.#heads[pixel];
    this.#heads[pixel] = patch;
    return patch;
  }

  #reserve(size: number): void {
    if (size <= this.pixel.length) return;
    this.pixel = enlarged(this.pixel, new Uint32Array(size));
    this.face = enlarged(this.face, new Uint32Array(size));
    this.area = enlarged(this.area, new Float64Array(size));
    this.x = enlarged(this.x, new Float64Array(size));
    this.y = enlarged(this.y, new Float64Array(size));
    this.#weight = enlarged(this.#weight, new Float64Array(size));
    this.#next = new Int32Array(size);
  }
}
