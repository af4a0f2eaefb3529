import type { Scene } from "./scene.ts";

/** Size of a picture in pixels. */
export interface PictureSize {
  /** From left to right. */
  readonly width: number;
  /** From top to bottom. */
  readonly height: number;
}

/** A Gaussian reaches this many standard deviations: what lies beyond would change no value by 1e-5. */
const REACH = 5;

/**
 * Applies blur, contrast and brightness, then clamps to [0, 1]; at their defaults it only clamps.
 *
 * @param picture Planar RGB, [3 x height x width]; is changed in place.
 */
export function postProcess(picture: Float32Array, post: Scene["post"], { width, height }: PictureSize): void {
  const { weights } = gaussian(post.blur * height);
  if (weights.length > 1) convolve(picture, picture, { width, height, across: weights, down: weights });
  const { contrast, brightness } = post;
  const shift = 0.5 - 0.5 * contrast + brightness;
  for (let i = 0; i < picture.length; i++) {
    const value = contrast * picture[i] + shift;
    picture[i] = value < 0 ? 0 : value > 1 ? 1 : value;
  }
}

/** What {@linkcode differentiatePost} works on. */
export interface PostTangents extends PictureSize {
  /** The derivative of `post` along each tangent. */
  readonly tangents: readonly Scene["post"][];
  /** Derivatives of the picture before post-processing, [tangents x 3 x height x width]; changed in place into those of the picture after it. */
  readonly derivatives: Float32Array;
}

/**
 * Applies {@linkcode postProcess} to a picture and its derivative to the picture's derivatives. Where the clamp cuts a value off its derivative is
 * 0; a value of exactly 0 or 1 is not cut off.
 *
 * @param picture Planar RGB, [3 x height x width]; is changed in place.
 */
export function differentiatePost(picture: Float32Array, post: Scene["post"], options: PostTangents): void {
  const { width, height, tangents, derivatives } = options;
  const size = picture.length;
  const { weights, slopes } = gaussian(post.blur * height);
  const blurs = weights.length > 1;
  // The blur's own derivative, before the picture is blurred: either direction's kernel in turn gives way to its slope.
  let spread: Float32Array | undefined;
  if (blurs && tangents.some(({ blur }) => blur !== 0)) {
    spread = new Float32Array(size);
    const other = new Float32Array(size);
    convolve(picture, spread, { width, height, across: slopes, down: weights });
    convolve(picture, other, { width, height, across: weights, down: slopes });
    for (let i = 0; i < size; i++) spread[i] += other[i];
  }
  if (blurs) convolve(picture, picture, { width, height, across: weights, down: weights });
  const { contrast, brightness } = post;
  const shift = 0.5 - 0.5 * contrast + brightness;
  tangents.forEach((tangent, k) => {
    const derivative = derivatives.subarray(k * size, (k + 1) * size);
    if (blurs) convolve(derivative, derivative, { width, height, across: weights, down: weights });
    const spreading = tangent.blur * height;
    for (let i = 0; i < size; i++) {
      let slope = derivative[i];
      if (spread !== undefined) slope += spreading * spread[i];
      const value = contrast * picture[i] + shift;
      derivative[i] = value < 0 || value > 1 ? 0 : contrast * slope + tangent.contrast * (picture[i] - 0.5) + tangent.brightness;
    }
  });
  for (let i = 0; i < size; i++) {
    const value = contrast * picture[i] + shift;
    picture[i] = value < 0 ? 0 : value > 1 ? 1 : value;
  }
}

/** Weights of a Gaussian at 0, 1, 2, ... pixels from its center, which sum to 1 over both sides, and their derivatives for the deviation. */
function gaussian(deviation: number): { weights: Float64Array; slopes: Float64Array } {
  // Below this the neighbors' weights are zero in float32.
  if (!(deviation > 0.1)) return { weights: Float64Array.of(1), slopes: Float64Array.of(0) };
  const reach = Math.ceil(REACH * deviation);
  const weights = new Float64Array(reach + 1), slopes = new Float64Array(reach + 1);
  let total = 0, totalSlope = 0;
  for (let k = 0; k <= reach; k++) {
    weights[k] = Math.exp(-0.5 * (k / deviation) ** 2);
    slopes[k] = weights[k] * k * k / deviation ** 3;
    total += k === 0 ? weights[k] : 2 * weights[k];
    totalSlope += 2 * slopes[k];
  }
  for (let k = 0; k <= reach; k++) {
    slopes[k] = (slopes[k] - weights[k] * totalSlope / total) / total;
    weights[k] /= total;
  }
  return { weights, slopes };
}

interface Kernels extends PictureSize {
  /** Symmetric kernel along rows, from its center. */
  readonly across: Float64Array;
  /** The same along columns. */
  readonly down: Float64Array;
}

/** Convolves each plane of `from` into `to` (which may be the same), as if the outermost pixels went on outside. */
function convolve(from: Float32Array, to: Float32Array, { width, height, across, down }: Kernels): void {
  const reach = across.length - 1;
  const padded = new Float64Array(width + 2 * reach);
  const rows = new Float64Array(width * height);
  const sums = new Float64Array(width);
  for (let plane = 0; plane < from.length; plane += width * height) {
    for (let y = 0; y < height; y++) {
      const start = plane + y * width;
      padded.fill(from[start], 0, reach);
      for (let x = 0; x < width; x++) padded[reach + x] = from[start + x];
      padded.fill(from[start + width - 1], reach + width);
      const row = rows.subarray(y * width, (y + 1) * width);
      for (let x = 0; x < width; x++) row[x] = across[0] * padded[reach + x];
      for (let k = 1; k <= reach; k++) {
        const weight = across[k];
        for (let x = 0, left = reach - k, right = reach + k; x < width; x++) row[x] += weight * (padded[left++] + padded[right++]);
      }
    }
    for (let y = 0; y < height; y++) {
      for (let x = 0, i = y * width; x < width; x++) sums[x] = down[0] * rows[i++];
      for (let k = 1; k <= reach; k++) {
        const weight = down[k];
        let above = Math.max(y - k, 0) * width, below = Math.min(y + k, height - 1) * width;
        for (let x = 0; x < width; x++) sums[x] += weight * (rows[above++] + rows[below++]);
      }
      to.set(sums, plane + y * width);
    }
  }
}
