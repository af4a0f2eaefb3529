import { type Texture, WRAP } from "../../../core/mesh.ts";
import { type TexturePyramid, texturePyramid } from "../texture_pyramid.ts";

/** Reads colors off the images of a texture: between texels, and between the two sizes of the pyramid that are nearest to a pixel's extent. */
export class TextureSampler {
  /** Red, green, blue and opacity of the last sample, in [0, 1]. */
  readonly color = new Float64Array(4);
  /**
   * How red, green and blue change along u, along v, and with the size that is read, a unit of which halves it; of the last sample whose slopes were
   * asked for.
   */
  readonly alongU = new Float64Array(3);
  readonly alongV = new Float64Array(3);
  readonly alongLevel = new Float64Array(3);
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

  /** Takes a sample's red, green and blue, by the very arithmetic of {@linkcode sample}, with its slopes. */
  differentiate(image: number, u: number, v: number, extent: number): void {
    const { color, alongU, alongV, alongLevel } = this;
    if (image === 0) {
      color.fill(1);
      for (const slopes of [alongU, alongV, alongLevel]) slopes.fill(0);
      return;
    }
    const { side, levels, texels } = this.#pyramid;
    const wanted = Math.log2(side * extent), level = Math.min(Math.max(wanted, 0), levels - 1) || 0;
    const lower = Math.max(0, Math.min(Math.floor(level), levels - 2)), upper = Math.min(lower + 1, levels - 1);
    const share = level - lower, rise = wanted === level ? 1 : 0;
    this.#locate(image - 1, lower, u, v);
    const a = this.#a, b = this.#b, c = this.#c, d = this.#d, right = this.#right, down = this.#down;
    this.#locate(image - 1, upper, u, v);
    const e = this.#a, f = this.#b, g = this.#c, h = this.#d, upperRight = this.#right, upperDown = this.#down;
    const run = (1 - share) * (side >> lower) / 255, upperRun = share * (side >> upper) / 255;
    for (let channel = 0; channel < 3; channel++) {
      const above = texels[b + channel] - texels[a + channel], below = texels[d + channel] - texels[c + channel];
      const top = texels[a + channel] + right * above, bottom = texels[c + channel] + right * below;
      const value = (top + down * (bottom - top)) / 255;
      const upperAbove = texels[f + channel] - texels[e + channel], upperBelow = texels[h + channel] - texels[g + channel];
      const upperTop = texels[e + channel] + upperRight * upperAbove, upperBottom = texels[g + channel] + upperRight * upperBelow;
      const upperValue = (upperTop + upperDown * (upperBottom - upperTop)) / 255;
      color[channel] = (1 - share) * value + share * upperValue;
      alongU[channel] = run * (above + down * (below - above)) + upperRun * (upperAbove + upperDown * (upperBelow - upperAbove));
      alongV[channel] = run * (bottom - top) + upperRun * (upperBottom - upperTop);
      alongLevel[channel] = rise * (upperValue - value);
    }
  }

  #add(image: number, level: number, u: number, v: number, weight: number): void {
    this.#locate(image, level, u, v);
    const { texels } = this.#pyramid;
    const a = this.#a, b = this.#b, c = this.#c, d = this.#d, right = this.#right, down = this.#down;
    for (let channel = 0; channel < 4; channel++) {
      const above = texels[b + channel] - texels[a + channel], below = texels[d + channel] - texels[c + channel];
      const top = texels[a + channel] + right * above, bottom = texels[c + channel] + right * below;
      this.color[channel] += weight * ((top + down * (bottom - top)) / 255);
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
