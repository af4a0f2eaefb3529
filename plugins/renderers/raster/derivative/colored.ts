import { CornerWeights, evenFaces } from "../corner_weights.ts";
import type { Surface } from "../surface.ts";
import type { Motion } from "./motion.ts";
import { Patches } from "./patches.ts";
import { IDS, VALUES } from "./pieces.ts";
import { SAMPLES } from "./samples.ts";
import { Velocity } from "./velocity.ts";
import type { View } from "./view.ts";

/**
 * The picture of a surface with colors at its corners, averaged over each pixel, and its derivatives: exact where a face has one color; where colors
 * run across a face they count by their values at one place in what is seen of it in the pixel.
 */
export class ColoredPicture {
  readonly #width: number;
  readonly #height: number;
  readonly #colors: Float32Array;
  readonly #even: Uint8Array;
  readonly #corners: CornerWeights;
  /** Light of each pixel before the object's color, [3 x height x width], and its share of background. */
  readonly #light: Float32Array;
  readonly #empty: Float32Array;
  readonly #lightRate: Float32Array;
  readonly #emptyRate: Float32Array;
  readonly #faceRates: Float32Array;
  /** Color of the face asked last at the place asked last, and how it changes there along a motion. */
  readonly #color = new Float64Array(3);
  readonly #colorRate = new Float64Array(3);
  /**
   * The most that the rate can amount to over a pixel: a face that is so narrow that its colors run steeply covers little of it. Areas of slivers
   * are not that precise.
   */
  readonly #colorLimit = new Float64Array(3);
  readonly #patches: Patches;
  #view!: View;
  #velocity?: Velocity;

  constructor(surface: Surface, colors: Float32Array, { width, height }: { width: number; height: number }) {
    const pixels = width * height;
    this.#width = width;
    this.#height = height;
    this.#colors = colors;
    this.#even = evenFaces(colors);
    this.#corners = new CornerWeights(surface);
    this.#patches = new Patches(pixels);
    this.#light = new Float32Array(3 * pixels);
    this.#empty = new Float32Array(pixels);
    this.#lightRate = new Float32Array(3 * pixels);
    this.#emptyRate = new Float32Array(pixels);
    this.#faceRates = new Float32Array(colors.length / 9 + 1);
  }

  /** Writes the picture, [3 x height x width]. */
  draw(view: View, picture: Float32Array): void {
    const { faces: { shades }, scene } = view;
    const light = this.#light, empty = this.#empty, color = this.#color;
    const pixels = this.#width * this.#height;
    this.#view = view;
    this.#velocity = undefined;
    this.#corners.forget();
    light.fill(0);
    empty.fill(0);
    const patches = this.#patches;
    patches.find(view);
    for (let patch = 0; patch < patches.count; patch++) {
      const face = patches.face[patch], pixel = patches.pixel[patch], area = patches.area[patch];
      if (face === 0) {
        empty[pixel] = area;
        continue;
      }
      this.#ask(face, patches.x[patch], patches.y[patch]);
      for (let k = 0; k < 3; k++) light[k * pixels + pixel] += area * shades[face] * color[k];
    }
    for (let k = 0; k < 3; k++) {
      const factor = scene.object.color[k], background = scene.background[k];
      for (let i = 0; i < pixels; i++) picture[k * pixels + i] = factor * light[k * pixels + i] + background * empty[i];
    }
  }

  /** Writes the derivative along a motion of the picture drawn last, [3 x height x width]. */
  differentiate(motion: Motion, derivative: Float32Array): void {
    const { faces, scene, pose } = this.#view;
    this.#lightRate.fill(0);
    this.#emptyRate.fill(0);
    this.#velocity = motion.moves ? new Velocity(this.#width, this.#height, pose, motion) : undefined;
    if (motion.shades) faces.shadeRates(scene, pose, motion, this.#faceRates);
    else this.#faceRates.fill(0);
    if (motion.shades || (motion.moves && this.#even.includes(0))) this.#changeInside();
    if (motion.moves) this.#moveEdges();
    const pixels = this.#width * this.#height;
    for (let k = 0; k < 3; k++) {
      const color = scene.object.color[k], colorRate = motion.color[k];
      const background = scene.background[k], backgroundRate = motion.background[k];
      for (let i = 0, at = k * pixels; i < pixels; i++, at++) {
        derivative[at] = color * this.#lightRate[at] + colorRate * this.#light[at] + background * this.#emptyRate[i] +
          backgroundRate * this.#empty[i];
      }
    }
  }

  /** The interior: faces grow brighter or darker, and take their colors along. */
  #changeInside(): void {
    const { shades } = this.#view.faces;
    const patches = this.#patches, rates = this.#faceRates, lightRate = this.#lightRate;
    const pixels = this.#width * this.#height;
    for (let patch = 0; patch < patches.count; patch++) {
      const face = patches.face[patch], pixel = patches.pixel[patch], area = patches.area[patch];
      if (face === 0) continue;
      this.#ask(face, patches.x[patch], patches.y[patch]);
      for (let k = 0; k < 3; k++) {
        const limit = this.#colorLimit[k];
        const carried = Math.min(Math.max(area * this.#colorRate[k], -limit), limit);
        lightRate[k * pixels + pixel] += area * rates[face] * this.#color[k] + shades[face] * carried;
      }
    }
  }

  /** The boundary: each piece of an edge sweeps over the pixel as it moves along its normal, and leaves what is behind it. */
  #moveEdges(): void {
    const { faces: { shades }, pieces: { count, ids, values } } = this.#view;
    const velocity = this.#velocity!;
    const pixels = this.#width * this.#height;
    for (let piece = 0, i = 0, v = 0; piece < count; piece++, i += IDS, v += VALUES) {
      const x = values[v], y = values[v + 1];
      velocity.at(x, y, values[v + 2]);
      const swept = velocity.y * values[v + 3] - velocity.x * values[v + 4];
      for (let side = 1; side < 3; side++) {
        const face = ids[i + side], share = side === 1 ? -swept : swept;
        if (face === 0) {
          this.#emptyRate[ids[i]] += share;
          continue;
        }
        this.#ask(face, x, y, false);
        for (let k = 0; k < 3; k++) this.#lightRate[k * pixels + ids[i]] += share * shades[face] * this.#color[k];
      }
    }
  }

  /** Finds the color of a face at a place in pixels, and its rate of change there as the face moves. */
  #ask(face: number, x: number, y: number, rate = true): void {
    const colors = this.#colors, color = this.#color, colorRate = this.#colorRate;
    const at = 9 * face - 9;
    if (this.#even[face] === 1) {
      for (let k = 0; k < 3; k++) {
        color[k] = colors[at + k];
        colorRate[k] = 0;
      }
      return;
    }
    const corners = this.#corners;
    corners.prepare(this.#view.buffer, this.#view.pose, face);
    const { weights, scale } = corners;
    const sampleX = SAMPLES * x, sampleY = SAMPLES * y;
    let a = scale * (weights[0] * sampleX + weights[1] * sampleY + weights[2]);
    let b = scale * (weights[3] * sampleX + weights[4] * sampleY + weights[5]);
    let c = scale * (weights[6] * sampleX + weights[7] * sampleY + weights[8]);
    const w = a + b + c;
    // Beyond the face its colors do not go on.
    if (a < 0) a = 0;
    if (b < 0) b = 0;
    if (c < 0) c = 0;
    const share = 1 / (a + b + c);
    for (let k = 0; k < 3; k++) color[k] = share * (a * colors[at + k] + b * colors[at + 3 + k] + c * colors[at + 6 + k]);
    if (this.#velocity === undefined || !rate) {
      colorRate.fill(0);
      return;
    }
    this.#velocity.at(x, y, w);
    const stepX = -SAMPLES * scale * this.#velocity.x / w, stepY = -SAMPLES * scale * this.#velocity.y / w;
    for (let k = 0; k < 3; k++) {
      const da = colors[at + k] - color[k], db = colors[at + 3 + k] - color[k], dc = colors[at + 6 + k] - color[k];
      colorRate[k] = stepX * (weights[0] * da + weights[3] * db + weights[6] * dc) +
        stepY * (weights[1] * da + weights[4] * db + weights[7] * dc);
      const run = Math.max(colors[at + k], colors[at + 3 + k], colors[at + 6 + k]) -
        Math.min(colors[at + k], colors[at + 3 + k], colors[at + 6 + k]);
      this.#colorLimit[k] = run * (Math.abs(this.#velocity.x) + Math.abs(this.#velocity.y));
    }
  }
}
