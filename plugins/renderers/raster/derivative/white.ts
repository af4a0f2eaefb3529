import type { Motion } from "./motion.ts";
import { IDS, VALUES } from "./pieces.ts";
import type { View } from "./view.ts";

/**
 * The picture of an object of one color, averaged exactly over each pixel, and its derivatives. Every value is a brightness and a share of
 * background first; colors come after.
 */
export class WhitePicture {
  readonly #width: number;
  readonly #height: number;
  /** Brightness and background share of each pixel, and their derivatives along one motion. */
  readonly #shade: Float32Array;
  readonly #empty: Float32Array;
  readonly #shadeRate: Float32Array;
  readonly #emptyRate: Float32Array;
  readonly #faceRates: Float32Array;
  #view!: View;

  constructor(faces: number, { width, height }: { width: number; height: number }) {
    this.#width = width;
    this.#height = height;
    const pixels = width * height;
    this.#shade = new Float32Array(pixels);
    this.#empty = new Float32Array(pixels);
    this.#shadeRate = new Float32Array(pixels);
    this.#emptyRate = new Float32Array(pixels);
    this.#faceRates = new Float32Array(faces + 1);
  }

  /** Writes the picture, [3 x height x width]. */
  draw(view: View, picture: Float32Array): void {
    const { buffer: { faces: seen, width: columns }, faces: { shades }, pieces, scene } = view;
    this.#view = view;
    const width = this.#width, height = this.#height;
    const shade = this.#shade, empty = this.#empty;
    for (let row = 0, i = 0; row < height; row++) {
      for (let column = 0; column < width; column++, i++) {
        const face = seen[2 * row * columns + 2 * column];
        shade[i] = face === 0 ? 0 : shades[face];
        empty[i] = face === 0 ? 1 : 0;
      }
    }
    const { count, ids, values } = pieces;
    for (let k = 0, i = 0, v = 5; k < count; k++, i += IDS, v += VALUES) {
      const pixel = ids[i], ahead = ids[i + 1], behind = ids[i + 2], area = values[v];
      shade[pixel] += (shades[behind] - shades[ahead]) * area;
      if (ahead === 0) empty[pixel] -= area;
      else if (behind === 0) empty[pixel] += area;
    }
    const pixels = width * height;
    for (let channel = 0; channel < 3; channel++) {
      const color = scene.object.color[channel], background = scene.background[channel], start = channel * pixels;
      if (channel > 0 && color === scene.object.color[channel - 1] && background === scene.background[channel - 1]) {
        picture.copyWithin(start, start - pixels, start);
        continue;
      }
      for (let i = 0; i < pixels; i++) picture[start + i] = color * shade[i] + background * empty[i];
    }
  }

  /** Writes the derivative along a motion of the picture drawn last, [3 x height x width]. */
  differentiate(motion: Motion, derivative: Float32Array): void {
    const { scene } = this.#view;
    const pixels = this.#width * this.#height;
    const all = [scene.background, motion.background, motion.color];
    if (all.every((color) => color.every((value) => value === 0))) {
      // Brightness is all there is: it is found where it is wanted.
      const first = derivative.subarray(0, pixels);
      this.#findRates(motion, first);
      for (let channel = 2; channel >= 0; channel--) {
        const color = scene.object.color[channel], start = channel * pixels;
        if (color !== 1) { for (let i = 0; i < pixels; i++) derivative[start + i] = color * first[i]; }
        else if (channel > 0) derivative.set(first, start);
      }
      return;
    }
    const shadeRate = this.#shadeRate, emptyRate = this.#emptyRate;
    this.#findRates(motion, shadeRate, emptyRate);
    for (let channel = 0; channel < 3; channel++) {
      const color = scene.object.color[channel], colorRate = motion.color[channel];
      const background = scene.background[channel], backgroundRate = motion.background[channel];
      const start = channel * pixels;
      if (
        channel > 0 && color === scene.object.color[channel - 1] && background === scene.background[channel - 1] &&
        colorRate === motion.color[channel - 1] && backgroundRate === motion.background[channel - 1]
      ) {
        derivative.copyWithin(start, start - pixels, start);
        continue;
      }
      for (let i = 0; i < pixels; i++) {
        derivative[start + i] = color * shadeRate[i] + colorRate * this.#shade[i] + background * emptyRate[i] +
          backgroundRate * this.#empty[i];
      }
    }
  }

  /** Finds how brightness and, where it is wanted, the share of background change along a motion. */
  #findRates(motion: Motion, shadeRate: Float32Array, emptyRate?: Float32Array): void {
    shadeRate.fill(0);
    emptyRate?.fill(0);
    if (motion.shades) this.#changeShades(motion, shadeRate);
    if (motion.moves) this.#moveEdges(motion, shadeRate, emptyRate);
  }

  /** The interior: faces grow brighter or darker where they are. */
  #changeShades(motion: Motion, shadeRate: Float32Array): void {
    const { buffer: { faces: seen, width: columns }, faces, pieces: { count, ids, values }, scene, pose } = this.#view;
    const rates = this.#faceRates;
    faces.shadeRates(scene, pose, motion, rates);
    for (let row = 0, i = 0; row < this.#height; row++) {
      for (let column = 0; column < this.#width; column++, i++) shadeRate[i] = rates[seen[2 * row * columns + 2 * column]];
    }
    for (let k = 0, i = 0, v = 5; k < count; k++, i += IDS, v += VALUES) {
      shadeRate[ids[i]] += (rates[ids[i + 2]] - rates[ids[i + 1]]) * values[v];
    }
  }

  /** The boundary: each piece of an edge sweeps over the pixel as it moves along its normal, and leaves what is behind it. */
  #moveEdges(motion: Motion, shadeRate: Float32Array, emptyRate?: Float32Array): void {
    const { faces: { shades }, pieces, pose } = this.#view;
    const { count, ids, values } = pieces;
    const scale = pose.zoom * this.#height / 2, share = 1 / scale, zoom = motion.zoom * this.#height / 2;
    const middleX = this.#width / 2, middleY = this.#height / 2;
    const [turnX, turnY, turnZ] = motion.turn;
    const [driftX, driftY, driftZ] = motion.drift;
    for (let k = 0, i = 0, v = 0; k < count; k++, i += IDS, v += VALUES) {
      // Slopes x/z and y/z of the piece's middle, and their rates of change.
      const a = (values[v] - middleX) * share, b = (middleY - values[v + 1]) * share, inverse = values[v + 2];
      const away = turnX * b - turnY * a + driftZ * inverse;
      const rateA = turnY - turnZ * b + driftX * inverse - a * away;
      const rateB = turnZ * a - turnX + driftY * inverse - b * away;
      const velocityX = scale * rateA + zoom * a, velocityY = -(scale * rateB + zoom * b);
      const swept = velocityY * values[v + 3] - velocityX * values[v + 4];
      const pixel = ids[i], ahead = ids[i + 1], behind = ids[i + 2];
      shadeRate[pixel] += (shades[behind] - shades[ahead]) * swept;
      if (emptyRate === undefined) continue;
      if (ahead === 0) emptyRate[pixel] -= swept;
      else if (behind === 0) emptyRate[pixel] += swept;
    }
  }
}
