import type { PictureSize } from "../../../../core/post_processing.ts";
import type { Shown } from "../shown.ts";
import type { Motion } from "./motion.ts";
import { Patches } from "./patches.ts";
import { IDS, VALUES } from "./pieces.ts";
import { Quadrature } from "./quadrature.ts";
import { SAMPLES } from "./samples.ts";
import { Slopes } from "./slopes.ts";
import { Velocity } from "./velocity.ts";
import type { View } from "./view.ts";

/**
 * Places at which images are read along a piece of an edge: Gauss's two, in shares of its length from the middle. Where faces go on into each other, and
 * the jump is small, the middle will do.
 */
const ALONG = [-Math.sqrt(1 / 12), Math.sqrt(1 / 12)];

/**
 * The picture of a surface whose light, colors or images may run across its faces, averaged over each pixel, and its derivatives: exact where a face
 * shows one color; what runs across a face counts by its value in the middle of what is seen of it in the pixel, images by their values at places
 * around it.
 */
export class ColoredPicture {
  readonly #width: number;
  readonly #height: number;
  readonly #shown: Shown;
  /** How many channels are kept: 1 where all are the same. */
  readonly #channels: number;
  readonly #patches: Patches;
  readonly #quadrature = new Quadrature();
  /** Light of each pixel before the object's color, [channels x height x width]. */
  readonly #light: Float32Array;
  readonly #lightRate: Float32Array;
  readonly #emptyRate: Float32Array;
  readonly #faceRates: Float32Array;
  readonly #slopes: Slopes;
  /** Whether anything runs across a face. */
  readonly #runs: boolean;
  /** How much more light than what is ahead lies behind each piece of an edge, [pieces x channels]. */
  #jumps = new Float32Array(0);
  /** Whether jumps are those of the picture drawn last. */
  #hasJumps = false;
  #view!: View;

  constructor(shown: Shown, faces: number, { width, height }: PictureSize) {
    const pixels = width * height;
    this.#width = width;
    this.#height = height;
    this.#shown = shown;
    this.#channels = shown.channels;
    this.#runs = shown.even.includes(0);
    this.#slopes = new Slopes(shown);
    this.#patches = new Patches(width, height, shown.even);
    this.#light = new Float32Array(this.#channels * pixels);
    this.#lightRate = new Float32Array(this.#channels * pixels);
    this.#emptyRate = new Float32Array(pixels);
    this.#faceRates = new Float32Array(faces + 1);
  }

  /** Writes the picture, [3 x height x width], and finds what its derivatives along motions need. */
  draw(view: View, picture: Float32Array, motions: readonly Motion[]): void {
    const { buffer, faces, scene, pose } = view;
    const light = this.#light, shown = this.#shown, patches = this.#patches, quadrature = this.#quadrature;
    const pixels = this.#width * this.#height, channels = this.#channels;
    const slopes = motions.some((motion) => this.#changesInside(motion)) ? this.#slopes : undefined;
    this.#view = view;
    this.#hasJumps = false;
    shown.begin(buffer, faces.shades, scene, pose);
    light.fill(0);
    patches.find(view);
    slopes?.begin(patches);
    for (let patch = 0; patch < patches.count; patch++) {
      const face = patches.face[patch], pixel = patches.pixel[patch], area = patches.area[patch];
      this.#spread(patch);
      shown.take(face, SAMPLES * patches.x[patch], SAMPLES * patches.y[patch]);
      slopes?.take(patch);
      for (let place = 0; place < quadrature.count; place++) {
        const x = quadrature.x[place], y = quadrature.y[place], weight = quadrature.weight[place];
        if (slopes === undefined) shown.read(SAMPLES * x, SAMPLES * y);
        else slopes.add(x, y, weight);
        for (let k = 0; k < channels; k++) light[k * pixels + pixel] += area * weight * shown.value[k];
      }
      slopes?.keep();
    }
    const empty = patches.background;
    for (let k = 0; k < 3; k++) {
      const factor = scene.object.color[k], background = scene.background[k];
      const own = channels === 1 ? 0 : k * pixels;
      for (let i = 0; i < pixels; i++) picture[k * pixels + i] = factor * light[own + i] + background * empty[i];
    }
  }

  /** Writes the derivative along a motion of the picture drawn last, [3 x height x width]. */
  differentiate(motion: Motion, derivative: Float32Array): void {
    const { scene } = this.#view;
    this.#lightRate.fill(0);
    this.#emptyRate.fill(0);
    if (this.#changesInside(motion)) this.#changeInside(motion);
    if (motion.moves) this.#moveEdges(motion);
    const pixels = this.#width * this.#height, light = this.#light, lightRate = this.#lightRate, empty = this.#patches.background;
    for (let k = 0; k < 3; k++) {
      const color = scene.object.color[k], colorRate = motion.color[k];
      const background = scene.background[k], backgroundRate = motion.background[k];
      const own = this.#channels === 1 ? 0 : k * pixels;
      for (let i = 0; i < pixels; i++) {
        derivative[k * pixels + i] = color * lightRate[own + i] + colorRate * light[own + i] + background * this.#emptyRate[i] +
          backgroundRate * empty[i];
      }
    }
  }

  /** Whether what is seen of a face changes along a motion, besides its area. */
  #changesInside(motion: Motion): boolean {
    return motion.shades || motion.moves && this.#runs;
  }

  /** The interior: faces grow brighter or darker, and take along what runs across them. */
  #changeInside(motion: Motion): void {
    const { faces, scene, pose } = this.#view;
    const patches = this.#patches, slopes = this.#slopes, rates = this.#faceRates, lightRate = this.#lightRate;
    const pixels = this.#width * this.#height;
    if (motion.shades) faces.shadeRates(scene, pose, motion, rates);
    else rates.fill(0);
    const velocity = motion.moves ? new Velocity(this.#width, this.#height, pose, motion) : undefined;
    const { directional } = scene.light;
    for (let patch = 0; patch < patches.count; patch++) {
      slopes.ask(patch, { motion, directional, velocity, lightRate: rates[patches.face[patch]] });
      const area = patches.area[patch], pixel = patches.pixel[patch];
      for (let k = 0; k < this.#channels; k++) lightRate[k * pixels + pixel] += area * slopes.rate[k];
    }
  }

  /** The boundary: each piece of an edge sweeps over the pixel as it moves along its normal, and leaves what is behind it. */
  #moveEdges(motion: Motion): void {
    const { pieces: { count, ids, values }, pose } = this.#view;
    const velocity = new Velocity(this.#width, this.#height, pose, motion);
    const pixels = this.#width * this.#height, first = this.#firstJump;
    if (!this.#hasJumps) this.#findJumps();
    this.#hasJumps = true;
    const jumps = this.#jumps, lightRate = this.#lightRate, emptyRate = this.#emptyRate, channels = this.#channels;
    for (let piece = first, i = IDS * first, v = VALUES * first; piece < count; piece++, i += IDS, v += VALUES) {
      velocity.at(values[v], values[v + 1], values[v + 2]);
      const swept = velocity.y * values[v + 3] - velocity.x * values[v + 4], pixel = ids[i];
      for (let k = 0; k < channels; k++) lightRate[k * pixels + pixel] += swept * jumps[channels * piece + k];
      if (ids[i + 1] === 0) emptyRate[pixel] -= swept;
      else if (ids[i + 2] === 0) emptyRate[pixel] += swept;
    }
  }

  /** The first piece across which anything jumps. An image does at every edge, for each face tells by itself which size of it is read. */
  get #firstJump(): number {
    return this.#shown.images === undefined ? this.#view.pieces.soft : 0;
  }

  #findJumps(): void {
    const { pieces: { count, soft, ids, values } } = this.#view;
    const shown = this.#shown, channels = this.#channels, first = this.#firstJump;
    if (this.#jumps.length < channels * count) this.#jumps = new Float32Array(channels * values.length / VALUES);
    const jumps = this.#jumps.fill(0);
    for (let piece = first, i = IDS * first, v = VALUES * first; piece < count; piece++, i += IDS, v += VALUES) {
      for (let side = 1; side < 3; side++) {
        const face = ids[i + side];
        if (face === 0) continue;
        const places = piece < soft || shown.images === undefined || shown.even[face] === 1 ? 1 : ALONG.length;
        const sign = (side === 1 ? -1 : 1) / places;
        for (let place = 0; place < places; place++) {
          const along = places === 1 ? 0 : ALONG[place];
          shown.at(face, SAMPLES * (values[v] + along * values[v + 3]), SAMPLES * (values[v + 1] + along * values[v + 4]));
          for (let k = 0; k < channels; k++) jumps[channels * piece + k] += sign * shown.value[k];
        }
      }
    }
  }

  /** Tells where to read what a patch shows: at places around its middle where it runs or bends quickly. */
  #spread(patch: number): void {
    const patches = this.#patches;
    const face = patches.face[patch], bends = this.#shown.bends(face);
    if (bends || this.#shown.hasImage(face)) patches.tell(patch, this.#quadrature, bends);
    else this.#quadrature.takeMiddle(patches.x[patch], patches.y[patch]);
  }
}
