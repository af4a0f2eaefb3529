import type { Shown } from "../shown.ts";
import type { Motion } from "./motion.ts";
import type { Patches } from "./patches.ts";
import { SAMPLES } from "./samples.ts";
import type { Velocity } from "./velocity.ts";

/** Numbers kept of a patch: 1/z and its slopes, then for each channel ... */
const DEPTHS = 3;
/** ... its color without light, and how what it shows changes along x and y, in pixels; ... */
const PAINT = 0, ALONG_X = 1, ALONG_Y = 2;
/** ... of smooth faces, its color times the cosine with the light, and times the normal, x, y and z; ... */
const COSINE = 3, NORMAL = 4;
/** ... and of images how it changes as the velocity does across the patch: its x and y along x, then both along y. */
const SHEAR = 7;
/** All numbers of a channel. */
const CHANNEL = 11;

/** How what is shown of each patch changes in place, as its face moves, and as the light does: found once for all motions. */
export class Slopes {
  /** Of the patch asked last, of each channel. */
  readonly rate = new Float64Array(3);
  readonly #shown: Shown;
  /** Numbers of a patch. */
  readonly #size: number;
  #numbers = new Float32Array(0);
  #patches!: Patches;

  constructor(shown: Shown) {
    this.#shown = shown;
    this.#size = DEPTHS + CHANNEL * shown.channels;
  }

  /** Takes the patches of a picture. */
  begin(patches: Patches): void {
    const needed = this.#size * patches.count;
    this.#patches = patches;
    if (this.#numbers.length < needed) this.#numbers = new Float32Array(needed);
    else this.#numbers.fill(0, 0, needed);
  }

  /** Adds what a place of a patch, in pixels, has for its weight; what is shown there can then be read off. */
  find(patch: number, x: number, y: number, weight: number): void {
    const numbers = this.#numbers, shown = this.#shown, { images, smooth, paint, alongX, alongY, alongLevel, channels } = shown;
    const patches = this.#patches;
    // What is seen of a narrow face is no wider than it is, though its area is not that precise.
    shown.differentiate(patches.face[patch], SAMPLES * x, SAMPLES * y, 1 / (SAMPLES * Math.abs(patches.area[patch])));
    for (let k = 0, at = this.#size * patch + DEPTHS; k < channels; k++, at += CHANNEL) {
      const slopeX = weight * SAMPLES * alongX[k], slopeY = weight * SAMPLES * alongY[k];
      numbers[at + PAINT] += weight * paint[k];
      numbers[at + ALONG_X] += slopeX;
      numbers[at + ALONG_Y] += slopeY;
      if (smooth !== undefined && smooth.cosine > 0) {
        const share = weight * paint[k], normal = smooth.normal;
        numbers[at + COSINE] += share * smooth.cosine;
        numbers[at + NORMAL] += share * normal[0];
        numbers[at + NORMAL + 1] += share * normal[1];
        numbers[at + NORMAL + 2] += share * normal[2];
      }
      if (images === undefined) continue;
      const shear = at + SHEAR, longest = shear + 2 * images.axis, level = weight * alongLevel[k];
      const aside = x - patches.x[patch], below = y - patches.y[patch];
      numbers[shear] += aside * slopeX;
      numbers[shear + 1] += aside * slopeY;
      numbers[shear + 2] += below * slopeX;
      numbers[shear + 3] += below * slopeY;
      // A step across the pixel comes to be longer as its ends move apart: then less of the image lies in it.
      numbers[longest] += level * images.stretch[0];
      numbers[longest + 1] += level * images.stretch[1];
    }
  }

  /** Finds how far away a patch is, after its places. */
  findDepth(patch: number): void {
    const { even, corners: { weights, scale } } = this.#shown;
    const { face, x, y } = this.#patches;
    if (even[face[patch]] === 1) return;
    const at = this.#size * patch, numbers = this.#numbers;
    const alongX = scale * (weights[0] + weights[3] + weights[6]), alongY = scale * (weights[1] + weights[4] + weights[7]);
    numbers[at] = scale * (weights[2] + weights[5] + weights[8]) + SAMPLES * (alongX * x[patch] + alongY * y[patch]);
    numbers[at + 1] = SAMPLES * alongX;
    numbers[at + 2] = SAMPLES * alongY;
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
    const numbers = this.#numbers, at = this.#size * patch, first = at + DEPTHS, rate = this.rate;
    const { smooth, channels, images } = this.#shown;
    if (smooth === undefined) {
      for (let k = 0, c = first; k < channels; k++, c += CHANNEL) rate[k] = lightRate * numbers[c + PAINT];
    } else {
      const { light } = motion;
      for (let k = 0, c = first; k < channels; k++, c += CHANNEL) {
        const n = c + NORMAL;
        rate[k] = motion.ambient * numbers[c + PAINT] + motion.directional * numbers[c + COSINE] +
          directional * (numbers[n] * light[0] + numbers[n + 1] * light[1] + numbers[n + 2] * light[2]);
      }
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
