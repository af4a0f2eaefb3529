import { type Texture, WRAP } from "../../../core/mesh.ts";
import { type TexturePyramid, texturePyramid } from "../texture_pyramid.ts";

/** Reads colors off the images of a texture: between texels, and between the two sizes of the pyramid that are nearest to a pixel's extent. */
export class TextureSampler {
  /** Red, green, blue and opacity of the last sample, in [0, 1]. */
  readonly color = new Float64Array(4);
  readonly #pyramid: TexturePyramid;

  constructor(texture: Texture) {
    this.#pyramid = texturePyramid(texture);
  }

  /**
   * Takes a sample into `color`.
   *
   * @param image Counted from 1; 0 gives opaque white.
   * @param extent How many times the image's side a pixel spans.
   */
  sample(image: number, u: number, v: number, extent: number): void {
    const { side, levels } = this.#pyramid;
    this.color.fill(image === 0 ? 1 : 0);
    if (image === 0) return;
    const level = Math.min(Math.max(Math.log2(side * extent), 0), levels - 1) || 0;
    const lower = Math.floor(level), share = level - lower;
    this.#add(image - 1, lower, u, v, 1 - share);
    if (share > 0) this.#add(image - 1, lower + 1, u, v, share);
  }

  #add(image: number, level: number, u: number, v: number, weight: number): void {
    const { side, starts, texels, wraps } = this.#pyramid;
    const size = side >> level, first = starts[level] + image * size * size;
    const x = u * size - 0.5, y = v * size - 0.5;
    const column = Math.floor(x), row = Math.floor(y), right = x - column, down = y - row;
    const wrapX = wraps[2 * image], wrapY = wraps[2 * image + 1];
    const left = wrapped(column, size, wrapX), next = wrapped(column + 1, size, wrapX);
    const top = first + size * wrapped(row, size, wrapY), bottom = first + size * wrapped(row + 1, size, wrapY);
    const a = 4 * (top + left), b = 4 * (top + next), c = 4 * (bottom + left), d = 4 * (bottom + next);
    const scale = weight / 255;
    const wa = scale * (1 - right) * (1 - down),
      wb = scale * right * (1 - down),
      wc = scale * (1 - right) * down,
      wd = scale * right * down;
    for (let channel = 0; channel < 4; channel++) {
      this.color[channel] += wa * texels[a + channel] + wb * texels[b + channel] + wc * texels[c + channel] + wd * texels[d + channel];
    }
  }
}

/** The texel that stands for one beyond the edges. */
function wrapped(i: number, size: number, wrap: number): number {
  if (wrap === WRAP.clamp) return Math.min(Math.max(i, 0), size - 1);
  if (wrap === WRAP.repeat) return ((i % size) + size) % size;
  const place = ((i % (2 * size)) + 2 * size) % (2 * size);
  return place < size ? place : 2 * size - 1 - place;
}
