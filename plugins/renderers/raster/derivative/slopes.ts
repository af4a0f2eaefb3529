import type { Shown } from "../shown.ts";
import type { Motion } from "./motion.ts";
import type { Patches } from "./patches.ts";
import type { Quadrature } from "./quadrature.ts";
import { SAMPLES } from "./samples.ts";
import type { Velocity } from "./velocity.ts";

/** Numbers kept of a patch: ... */
const SIZE = 36;
/** ... its color without light, and how what it shows changes along x and y, in pixels; ... */
const PAINT = 0, ALONG_X = 3, ALONG_Y = 6;
/** ... of smooth faces, its color times the cosine with the light, and times the normal, x, y and z of each color; ... */
const COSINE = 9, NORMAL = 12;
/** ... 1/z and its slopes; and of images how each color changes as the velocity does across the patch: its x and y along x, then both along y. */
const DEPTH = 21, SHEAR = 24;

/** How what is shown of each patch changes in place, as its face moves, and as the light does: found once for all motions. */
export class Slopes {
  /** Of the patch asked last: red, green, blue. */
  readonly rate = new Float64Array(3);
  readonly #shown: Shown;
  #numbers = new Float32Array(0);

  constructor(shown: Shown) {
    this.#shown = shown;
  }

  /** Finds the slopes of patches. */
  find(patches: Patches, quadrature: Quadrature, tell: (patch: number) => void): void {
    if (this.#numbers.length < SIZE * patches.count) this.#numbers = new Float32Array(SIZE * patches.count);
    const numbers = this.#numbers.fill(0, 0, SIZE * patches.count), shown = this.#shown;
    const { corners, corners: { weights } } = shown;
    for (let patch = 0, at = 0; patch < patches.count; patch++, at += SIZE) {
      const face = patches.face[patch];
      if (face === 0) continue;
      tell(patch);
      // What is seen of a narrow face is no wider than it is, though its area is not that precise.
      const steepest = 1 / (SAMPLES * Math.abs(patches.area[patch]));
      for (let place = 0; place < quadrature.count; place++) {
        const x = quadrature.x[place], y = quadrature.y[place];
        shown.differentiate(face, SAMPLES * x, SAMPLES * y, steepest);
        this.#add(at, quadrature.weight[place], x - patches.x[patch], y - patches.y[patch]);
      }
      if (shown.even[face] === 1) continue;
      for (let axis = 0; axis < 2; axis++) {
        numbers[at + DEPTH + 1 + axis] = SAMPLES * corners.scale * (weights[axis] + weights[3 + axis] + weights[6 + axis]);
      }
      const x = SAMPLES * patches.x[patch], y = SAMPLES * patches.y[patch];
      numbers[at + DEPTH] = corners.scale * (weights[2] + weights[5] + weights[8]) +
        (numbers[at + DEPTH + 1] * x + numbers[at + DEPTH + 2] * y) / SAMPLES;
    }
  }

  /** Adds what a place has for its weight, x and y pixels from the middle of its patch. */
  #add(at: number, weight: number, x: number, y: number): void {
    const numbers = this.#numbers, { images, smooth, paint, alongX, alongY, alongLevel } = this.#shown;
    for (let k = 0; k < 3; k++) {
      const slopeX = weight * SAMPLES * alongX[k], slopeY = weight * SAMPLES * alongY[k];
      numbers[at + PAINT + k] += weight * paint[k];
      numbers[at + ALONG_X + k] += slopeX;
      numbers[at + ALONG_Y + k] += slopeY;
      if (smooth !== undefined && smooth.cosine > 0) {
        numbers[at + COSINE + k] += weight * paint[k] * smooth.cosine;
        for (let axis = 0; axis < 3; axis++) numbers[at + NORMAL + 3 * k + axis] += weight * paint[k] * smooth.normal[axis];
      }
      if (images === undefined) continue;
      const shear = at + SHEAR + 4 * k, longest = shear + 2 * images.axis, level = weight * alongLevel[k];
      numbers[shear] += x * slopeX;
      numbers[shear + 1] += x * slopeY;
      numbers[shear + 2] += y * slopeX;
      numbers[shear + 3] += y * slopeY;
      // A step across the pixel comes to be longer as its ends move apart: then less of the image lies in it.
      numbers[longest] += level * images.stretch[0];
      numbers[longest + 1] += level * images.stretch[1];
    }
  }

  /**
   * Finds the rate of a patch along a motion.
   *
   * @param x, y The patch's middle.
   * @param lightRate Of its face, where faces are flat.
   */
  ask(patch: number, x: number, y: number, { motion, directional, velocity, lightRate }: {
    readonly motion: Motion;
    readonly directional: number;
    readonly velocity?: Velocity;
    readonly lightRate: number;
  }): void {
    const numbers = this.#numbers, at = SIZE * patch, rate = this.rate;
    if (this.#shown.smooth === undefined) {
      for (let k = 0; k < 3; k++) rate[k] = lightRate * numbers[at + PAINT + k];
    } else {
      const { light } = motion;
      for (let k = 0, n = at + NORMAL; k < 3; k++, n += 3) {
        rate[k] = motion.ambient * numbers[at + PAINT + k] + motion.directional * numbers[at + COSINE + k] +
          directional * (numbers[n] * light[0] + numbers[n + 1] * light[1] + numbers[n + 2] * light[2]);
      }
    }
    const w = numbers[at + DEPTH];
    if (velocity === undefined || w === 0) return;
    velocity.at(x, y, w);
    for (let k = 0; k < 3; k++) {
      rate[k] -= velocity.x * numbers[at + ALONG_X + k] + velocity.y * numbers[at + ALONG_Y + k];
    }
    if (this.#shown.images === undefined) return;
    for (let axis = 0; axis < 2; axis++) {
      // The velocity is quadratic in the place: differences are its slopes.
      const stepX = axis === 0 ? 0.5 : 0, stepY = 0.5 - stepX, rise = 0.5 * numbers[at + DEPTH + 1 + axis];
      velocity.at(x + stepX, y + stepY, w + rise);
      const endX = velocity.x, endY = velocity.y;
      velocity.at(x - stepX, y - stepY, w - rise);
      const slopeX = endX - velocity.x, slopeY = endY - velocity.y;
      for (let k = 0, shear = at + SHEAR + 2 * axis; k < 3; k++, shear += 4) {
        rate[k] -= slopeX * numbers[shear] + slopeY * numbers[shear + 1];
      }
    }
  }
}
