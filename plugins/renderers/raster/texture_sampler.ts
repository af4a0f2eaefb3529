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
  /** The image, counted from 1, and the size that is wanted of it: how often it is halved. */
  #image = 0;
  #level = 0;
  /** The nearest size of the last sample that is not coarser than what is wanted, and how far that is towards the next. */
  #lower = 0;
  #share = 0;
  /** 1 where a pixel that spans a little more of the image reads a coarser size. */
  #rise = 0;
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
   * Takes an image in a size.
   *
   * @param image Counted from 1; 0 is opaque white.
   * @param extent How many times the image's side a pixel spans.
   */
  take(image: number, extent: number): void {
    this.#image = image;
    this.#level = Math.log2(this.#pyramid.side * extent);
  }

  /**
   * Takes a sample of the image taken last into `color`.
   *
   * @param coarser By how many halvings more than it was taken.
   */
  sample(u: number, v: number, coarser: number): void {
    const color = this.color;
    if (this.#image === 0) {
      color[0] =
        color[1] =
        color[2] =
        color[3] =
          1;
      return;
    }
    this.#choose(coarser);
    const { texels } = this.#pyramid, share = this.#share;
    this.#locate(this.#lower, u, v);
    const a = this.#a, b = this.#b, c = this.#c, d = this.#d, right = this.#right, down = this.#down;
    for (let channel = 0; channel < 4; channel++) {
      const above = texels[b + channel] - texels[a + channel], below = texels[d + channel] - texels[c + channel];
      const top = texels[a + channel] + right * above, bottom = texels[c + channel] + right * below;
      color[channel] = (1 - share) * ((top + down * (bottom - top)) / 255);
    }
    if (share === 0) return;
    this.#locate(this.#lower + 1, u, v);
    const e = this.#a, f = this.#b, g = this.#c, h = this.#d, upperRight = this.#right, upperDown = this.#down;
    for (let channel = 0; channel < 4; channel++) {
      const above = texels[f + channel] - texels[e + channel], below = texels[h + channel] - texels[g + channel];
      const top = texels[e + channel] + upperRight * above, bottom = texels[g + channel] + upperRight * below;
      color[channel] += share * ((top + upperDown * (bottom - top)) / 255);
    }
  }

  /** Takes a sample's red, green and blue, by the very arithmetic of {@linkcode sample}, with its slopes. */
  differentiate(u: number, v: number, coarser: number): void {
    const { color, alongU, alongV, alongLevel } = this;
    if (this.#image === 0) {
      for (let k = 0; k < 3; k++) {
        color[k] = 1;
        alongU[k] = alongV[k] = alongLevel[k] = 0;
      }
      return;
    }
    this.#choose(coarser);
    const { side, levels, texels } = this.#pyramid;
    const lower = this.#lower, upper = lower + 1 < levels ? lower + 1 : lower, share = this.#share, rise = this.#rise;
    this.#locate(lower, u, v);
    const a = this.#a, b = this.#b, c = this.#c, d = this.#d, right = this.#right, down = this.#down;
    this.#locate(upper, u, v);
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

  /** Finds the two sizes that are read. */
  #choose(coarser: number): void {
    const wanted = this.#level + coarser, last = this.#pyramid.levels - 1;
    const level = wanted > 0 ? (wanted < last ? wanted : last) : 0;
    const lower = level < last ? Math.floor(level) : last > 0 ? last - 1 : 0;
    this.#lower = lower;
    this.#share = level - lower;
    this.#rise = wanted === level ? 1 : 0;
  }

  /** Finds the four texels around a place. */
  #locate(level: number, u: number, v: number): void {
    const { side, starts, wraps } = this.#pyramid, image = this.#image - 1;
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
