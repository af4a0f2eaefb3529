import { type Texture, WRAP } from "../../../core/mesh.ts";
import { type TexturePyramid, texturePyramid } from "../texture_pyramid.ts";

/** Reads colors off the images of a texture: between texels, and between the two sizes of the pyramid that are nearest to a pixel's extent. */
export class TextureSampler {
  /** Red, green, blue and opacity of the last sample, in [0, 1]. */
  readonly color = new Float64Array(4);
  /** How they change along u, along v, and with the size that is read, a unit of which halves it; of the last sample whose slopes were asked for. */
  readonly alongU = new Float64Array(4);
  readonly alongV = new Float64Array(4);
  readonly alongLevel = new Float64Array(4);
  readonly #pyramid: TexturePyramid;
  /** Where the four texels around a place begin, and how far it is from the first to the next of them. */
  #a = 0;
  #b = 0;
  #c = 0;
  #d = 0;
  #right = 0;
  #down = 0;

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
    this.color.fill(image === 0 ? 1 : 0);
    if (image === 0) return;
    const { side, levels } = this.#pyramid;
    const level = Math.min(Math.max(Math.log2(side * extent), 0), levels - 1) || 0;
    const lower = Math.floor(level), share = level - lower;
    this.#add(image - 1, lower, u, v, 1 - share);
    if (share > 0) this.#add(image - 1, lower + 1, u, v, share);
  }

  /** Takes a sample, with its slopes. */
  differentiate(image: number, u: number, v: number, extent: number): void {
    this.color.fill(image === 0 ? 1 : 0);
    this.alongU.fill(0);
    this.alongV.fill(0);
    this.alongLevel.fill(0);
    if (image === 0) return;
    const { side, levels } = this.#pyramid;
    const wanted = Math.log2(side * extent), level = Math.min(Math.max(wanted, 0), levels - 1) || 0;
    const lower = Math.min(Math.floor(level), levels - 2), share = level - lower;
    if (lower < 0) return this.#add(image - 1, 0, u, v, 1);
    const rise = wanted === level ? 1 : 0;
    if (share < 1) this.#addSlopes(image - 1, lower, u, v, 1 - share, -rise);
    if (share > 0) this.#addSlopes(image - 1, lower + 1, u, v, share, rise);
  }

  #add(image: number, level: number, u: number, v: number, weight: number): void {
    this.#locate(image, level, u, v);
    const { texels } = this.#pyramid;
    const a = this.#a, b = this.#b, c = this.#c, d = this.#d, right = this.#right, down = this.#down;
    const scale = weight / 255;
    const wa = scale * (1 - right) * (1 - down),
      wb = scale * right * (1 - down),
      wc = scale * (1 - right) * down,
      wd = scale * right * down;
    for (let channel = 0; channel < 4; channel++) {
      this.color[channel] += wa * texels[a + channel] + wb * texels[b + channel] + wc * texels[c + channel] + wd * texels[d + channel];
    }
  }

  #addSlopes(image: number, level: number, u: number, v: number, weight: number, rise: number): void {
    this.#locate(image, level, u, v);
    const { side, texels } = this.#pyramid;
    const a = this.#a, b = this.#b, c = this.#c, d = this.#d, right = this.#right, down = this.#down;
    const run = weight * (side >> level) / 255;
    for (let channel = 0; channel < 4; channel++) {
      const above = texels[b + channel] - texels[a + channel], below = texels[d + channel] - texels[c + channel];
      const top = texels[a + channel] + right * above, bottom = texels[c + channel] + right * below;
      const value = (top + down * (bottom - top)) / 255;
      this.color[channel] += weight * value;
      this.alongU[channel] += run * (above + down * (below - above));
      this.alongV[channel] += run * (bottom - top);
      this.alongLevel[channel] += rise * value;
    }
  }

  /** Finds the four texels around a place. */
  #locate(image: number, level: number, u: number, v: number): void {
    const { side, starts, wraps } = this.#pyramid;
    const size = side >> level, first = starts[level] + image * size * size;
    const x = u * size - 0.5, y = v * size - 0.5;
    const column = Math.floor(x), row = Math.floor(y);
    const wrapX = wraps[2 * image], wrapY = wraps[2 * image + 1];
    const left = wrapped(column, size, wrapX), next = wrapped(column + 1, size, wrapX);
    const top = first + size * wrapped(row, size, wrapY), bottom = first + size * wrapped(row + 1, size, wrapY);
    this.#a = 4 * (top + left);
    this.#b = 4 * (top + next);
    this.#c = 4 * (bottom + left);
    this.#d = 4 * (bottom + next);
    this.#right = x - column;
    this.#down = y - row;
  }
}

/** The texel that stands for one beyond the edges; sizes are powers of two. */
function wrapped(i: number, size: number, wrap: number): number {
  if (wrap === WRAP.clamp) return i < 0 ? 0 : i < size ? i : size - 1;
  if (wrap === WRAP.repeat) return i & (size - 1);
  const place = i & (2 * size - 1);
  return place < size ? place : 2 * size - 1 - place;
}
