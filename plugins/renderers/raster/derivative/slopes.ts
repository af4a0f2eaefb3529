import type { Shown } from "../shown.ts";
import type { Motion } from "./motion.ts";
import type { Patches } from "./patches.ts";
import { SAMPLES } from "./samples.ts";
import type { Velocity } from "./velocity.ts";

/** Numbers kept of a patch: 1/z and its slopes; of smooth faces where it is lit the cosine with the light, and the normal, x, y and z; ... */
const COSINE = 3, NORMAL = 4, FIRST = 7;
/** ... then for each channel its color without light, how what it shows changes along x and y, in pixels, ... */
const PAINT = 0, ALONG_X = 1, ALONG_Y = 2;
/** ... and of images how that changes as the velocity does across the patch: its x and y along x, then both along y. */
const SHEAR = 3, CHANNEL = 7;

/** How what is shown of each patch changes in place, as its face moves, and as the light does: found once for all motions. */
export class Slopes {
  /** Of the patch asked last, of each channel. */
  readonly rate = new Float64Array(3);
  readonly #shown: Shown;
  /** Numbers of a patch. */
  readonly #size: number;
  #numbers = new Float32Array(0);
  /** The patch taken last, and its numbers as far as they are known. */
  #patch = 0;
  readonly #sums: Float64Array;
  /** How it changes with the size in which its image is read, of each channel. */
  readonly #levels = new Float64Array(3);
  #patches!: Patches;

  constructor(shown: Shown) {
    this.#shown = shown;
    this.#size = FIRST + CHANNEL * shown.channels;
    this.#sums = new Float64Array(this.#size);
  }

  /** Takes the patches of a picture. */
  begin(patches: Patches): void {
    const needed = this.#size * patches.count;
    this.#patches = patches;
    if (this.#numbers.length < needed) this.#numbers = new Float32Array(needed);
  }

  /** Takes a patch, whose face has been taken. */
  take(patch: number): void {
    const { area, x, y } = this.#patches;
    this.#patch = patch;
    // What is seen of a narrow face is no wider than it is, though its area is not that precise.
    this.#shown.takeSlopes(SAMPLES * x[patch], SAMPLES * y[patch], 1 / (SAMPLES * Math.abs(area[patch])));
    for (let i = 0, sums = this.#sums; i < sums.length; i++) sums[i] = 0;
    for (let k = 0; k < 3; k++) this.#levels[k] = 0;
  }

  /** Adds what a place of the patch, in pixels, has for its weight; what is shown there can then be read off. */
  add(x: number, y: number, weight: number): void {
    const sums = this.#sums,
      levels = this.#levels,
      shown = this.#shown,
      { images, smooth, paint, alongX, alongY, alongLevel, channels } = shown;
    shown.differentiate(SAMPLES * x, SAMPLES * y);
    if (smooth !== undefined && smooth.cosine > 0) {
      const normal = smooth.normal;
      sums[COSINE] += weight * smooth.cosine;
      sums[NORMAL] += weight * normal[0];
      sums[NORMAL + 1] += weight * normal[1];
      sums[NORMAL + 2] += weight * normal[2];
    }
    const perPixel = weight * SAMPLES;
    const aside = x - this.#patches.x[this.#patch], below = y - this.#patches.y[this.#patch];
    for (let k = 0, at = FIRST; k < channels; k++, at += CHANNEL) {
      const slopeX = perPixel * alongX[k], slopeY = perPixel * alongY[k];
      sums[at + PAINT] += weight * paint[k];
      sums[at + ALONG_X] += slopeX;
      sums[at + ALONG_Y] += slopeY;
      if (images === undefined) continue;
      const shear = at + SHEAR;
      levels[k] += weight * alongLevel[k];
      sums[shear] += aside * slopeX;
      sums[shear + 1] += aside * slopeY;
      sums[shear + 2] += below * slopeX;
      sums[shear + 3] += below * slopeY;
    }
  }

  /** Keeps the sums of the patch, and how far away it is. */
  keep(): void {
    const { even, images, corners: { weights, scale } } = this.#shown, { face, x, y } = this.#patches;
    const patch = this.#patch, sums = this.#sums, numbers = this.#numbers, first = this.#size * patch;
    if (even[face[patch]] === 0) {
      const alongX = scale * (weights[0] + weights[3] + weights[6]), alongY = scale * (weights[1] + weights[4] + weights[7]);
      sums[0] = scale * (weights[2] + weights[5] + weights[8]) + SAMPLES * (alongX * x[patch] + alongY * y[patch]);
      sums[1] = SAMPLES * alongX;
      sums[2] = SAMPLES * alongY;
    }
    if (images !== undefined) {
      // A step across the pixel comes to be longer as its ends move apart: then less of the image lies in it.
      const { stretch, axis } = images, levels = this.#levels;
      for (let k = 0, longest = FIRST + SHEAR + 2 * axis; k < 3; k++, longest += CHANNEL) {
        sums[longest] += levels[k] * stretch[0];
        sums[longest + 1] += levels[k] * stretch[1];
      }
    }
    for (let i = 0; i < sums.length; i++) numbers[first + i] = sums[i];
  }

  /**
   * Finds the rate of a patch along a motion.
   *
   * @param lightRate Of its face, where faces are flat.
   */
  ask(patch: number, { motion, directional, velocity, lightRate }: {
    readonly motion: Motion;
    readonly directional: number;
    readonly velocity?: Velocity;
    readonly lightRate: number;
  }): void {
    const numbers = this.#numbers, at = this.#size * patch, first = at + FIRST, rate = this.rate;
    const { smooth, channels, images } = this.#shown;
    if (smooth === undefined) {
      for (let k = 0, c = first; k < channels; k++, c += CHANNEL) rate[k] = lightRate * numbers[c + PAINT];
    } else {
      const { light } = motion, n = at + NORMAL;
      const brighter = motion.ambient + motion.directional * numbers[at + COSINE] +
        directional * (numbers[n] * light[0] + numbers[n + 1] * light[1] + numbers[n + 2] * light[2]);
      for (let k = 0, c = first; k < channels; k++, c += CHANNEL) rate[k] = brighter * numbers[c + PAINT];
    }
    const w = numbers[at];
    if (velocity === undefined || w === 0) return;
    const x = this.#patches.x[patch], y = this.#patches.y[patch];
    velocity.at(x, y, w);
    for (let k = 0, c = first; k < channels; k++, c += CHANNEL) {
      rate[k] -= velocity.x * numbers[c + ALONG_X] + velocity.y * numbers[c + ALONG_Y];
    }
    if (images === undefined) return;
    for (let axis = 0; axis < 2; axis++) {
      // The velocity is quadratic in the place: differences are its slopes.
      const stepX = axis === 0 ? 0.5 : 0, stepY = 0.5 - stepX, rise = 0.5 * numbers[at + 1 + axis];
      velocity.at(x + stepX, y + stepY, w + rise);
      const endX = velocity.x, endY = velocity.y;
      velocity.at(x - stepX, y - stepY, w - rise);
      const slopeX = endX - velocity.x, slopeY = endY - velocity.y;
      for (let k = 0, shear = first + SHEAR + 2 * axis; k < channels; k++, shear += CHANNEL) {
        rate[k] -= slopeX * numbers[shear] + slopeY * numbers[shear + 1];
      }
    }
  }
}
