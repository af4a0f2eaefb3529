import type { DepthBuffer } from "../depth_buffer.ts";
import { enlarged } from "./candidates.ts";
import { addMomentsBeyond, addRectangle, MOMENTS } from "./moments.ts";
import { IDS, type Pieces, VALUES } from "./pieces.ts";
import { ORIGIN } from "./pixel_shadow.ts";
import type { Quadrature } from "./quadrature.ts";
import { SAMPLES } from "./samples.ts";
import type { View } from "./view.ts";

/** The part of a pixel that is around each of its samples. */
const SHARE = 1 / SAMPLES ** 2;
/** Smaller patches are read where they are, not in their middle, which is lost in rounding. */
const SMALL = 1e-3;
/** Where an area that is found in two ways differs by more than this, an edge has been missed: the middle is not known. */
const APART = 1e-2;
/**
 * What is known of a pixel: no edge runs through it, some do within the surface, some do that are hidden, as an area below zero tells, or the
 * background shows.
 */
const WHOLE = 0, SPLIT = 1, WRONG = 2, BACKED = 3;
/** Areas below this are no rounding. */
const NEGATIVE = -2e-2;
/** Mean square of the distance from the middle of a pixel along x or y. */
const WHOLE_VARIANCE = 1 / 12;

/** What is seen of each face in each pixel: its area, and where it is. The arrays grow and are reused. */
export class Patches {
  count = 0;
  /** Area of each pixel that shows the background, row-major, in pixels. */
  readonly background: Float32Array;
  /** Pixel, row-major. */
  pixel: Uint32Array = new Uint32Array(0);
  /** Face, counted from 1. */
  face: Uint32Array = new Uint32Array(0);
  /** Area in pixels. */
  area: Float64Array = new Float64Array(0);
  /** The patch's middle, in pixels, where colors run across its face; elsewhere, and where it is not known, a place in it. */
  x: Float64Array = new Float64Array(0);
  y: Float64Array = new Float64Array(0);
  /** Of the places whose mean `x` and `y` become; 0 where they are known. */
  #weight: Float64Array = new Float64Array(0);
  /** Of each patch, from its pixel's first sample. */
  #moments: Float64Array = new Float64Array(0);
  /** Next patch of the same pixel, -1 behind the last. */
  #next: Int32Array = new Int32Array(0);
  readonly #heads: Int32Array;
  /** What is known of each pixel. */
  readonly #states: Uint8Array;
  readonly #width: number;
  readonly #even: Uint8Array;
  /** Moments of the whole pixel, of the part of it around each sample, and of what is beyond a piece of an edge. */
  readonly #whole = new Float64Array(MOMENTS);
  readonly #parts = Array.from({ length: SAMPLES ** 2 }, () => new Float64Array(MOMENTS));
  readonly #beyond = new Float64Array(MOMENTS);

  /** @param even 1 where a face, counted from 1, shows one color. */
  constructor(width: number, height: number, even: Uint8Array) {
    this.#width = width;
    this.background = new Float32Array(width * height);
    this.#heads = new Int32Array(width * height);
    this.#states = new Uint8Array(width * height);
    this.#even = even;
    addRectangle(this.#whole, 0, -ORIGIN, -ORIGIN, 1 - ORIGIN, 1 - ORIGIN);
    this.#parts.forEach((part, i) => {
      const left = (i % SAMPLES) / SAMPLES - ORIGIN, top = Math.floor(i / SAMPLES) / SAMPLES - ORIGIN;
      addRectangle(part, 0, left, top, left + 1 / SAMPLES, top + 1 / SAMPLES);
    });
  }

  /** Finds the patches of a picture. */
  find({ buffer, pieces }: View): void {
    const states = this.#states.fill(WHOLE);
    this.count = 0;
    this.background.fill(0);
    this.#heads.fill(-1);
    this.#reserve(states.length * SAMPLES * SAMPLES + 2 * pieces.count);
    const { count, ids } = pieces;
    for (let i = 0; i < IDS * count; i += IDS) {
      if (ids[i + 1] === 0 || ids[i + 2] === 0) states[ids[i]] = BACKED;
      else if (states[ids[i]] === WHOLE) states[ids[i]] = SPLIT;
    }
    this.#addSamples(buffer);
    this.#addPieces(pieces);
    this.#mend(buffer);
    for (let patch = 0; patch < this.count; patch++) if (this.#weight[patch] > 0) this.#finish(patch);
  }

  /** Tells a quadrature where a patch lies, and whether what it shows may have a bend. */
  tell(patch: number, quadrature: Quadrature, bends: boolean): void {
    const m = MOMENTS * patch, moments = this.#moments;
    quadrature.take(this.x[patch], this.y[patch], moments[m + 3], moments[m + 4], moments[m + 5], bends);
  }

  /** Adds what the samples show: each stands for the part around it where there are no edges, else the first for all of the pixel. */
  #addSamples({ faces, width }: DepthBuffer): void {
    const states = this.#states, even = this.#even, background = this.background;
    for (let pixel = 0; pixel < states.length; pixel++) {
      const column = pixel % this.#width, row = (pixel - column) / this.#width;
      const first = SAMPLES * (row * width + column), face = faces[first];
      const isOne = face === faces[first + 1] && face === faces[first + width] && face === faces[first + width + 1];
      if (isOne && states[pixel] === WHOLE) {
        if (face === 0) background[pixel] = 1;
        else this.#addWhole(pixel, face, column + 0.5, row + 0.5);
        continue;
      }
      const share = states[pixel] === WHOLE ? SHARE : 0;
      for (let sample = 0; sample < SAMPLES ** 2; sample++) {
        const x = sample % SAMPLES, y = (sample - x) / SAMPLES, shown = faces[first + y * width + x];
        const area = share > 0 ? share : sample === 0 ? 1 : 0;
        if (shown === 0) {
          background[pixel] += area;
          states[pixel] = BACKED;
          continue;
        }
        const patch = this.#patch(pixel, shown);
        this.#place(patch, column + (x + 0.5) / SAMPLES, row + (y + 0.5) / SAMPLES, 1);
        if (area > 0) this.#add(patch, area, share > 0 ? this.#parts[sample] : this.#whole, 1 - even[shown]);
      }
    }
  }

  /** Adds a patch that is all of a pixel: nothing is left to be found of it. */
  #addWhole(pixel: number, face: number, x: number, y: number): void {
    const patch = this.count++, m = MOMENTS * patch, moments = this.#moments;
    this.pixel[patch] = pixel;
    this.face[patch] = face;
    this.area[patch] = 1;
    this.x[patch] = x;
    this.y[patch] = y;
    this.#weight[patch] = 0;
    moments[m + 3] = moments[m + 5] = this.#even[face] === 1 ? 0 : WHOLE_VARIANCE;
    moments[m + 4] = 0;
  }

  /** Moves areas from one side of each piece to the other. */
  #addPieces({ count, ids, values }: Pieces): void {
    const even = this.#even, beyond = this.#beyond;
    const sampled = this.count;
    for (let piece = 0, i = 0, v = 0; piece < count; piece++, i += IDS, v += VALUES) {
      const pixel = ids[i], lengthX = values[v + 3], lengthY = values[v + 4];
      const runs = even[ids[i + 1]] === 0 || even[ids[i + 2]] === 0;
      if (runs) {
        const column = pixel % this.#width, row = (pixel - column) / this.#width;
        const x = values[v] - column - ORIGIN - 0.5 * lengthX, y = values[v + 1] - row - ORIGIN - 0.5 * lengthY;
        for (let k = 0; k < MOMENTS; k++) beyond[k] = 0;
        addMomentsBeyond(beyond, 0, 1, x, y, x + lengthX, y + lengthY);
      }
      for (let side = 1; side < 3; side++) {
        const face = ids[i + side], sign = side === 1 ? -1 : 1;
        if (face === 0) {
          this.background[pixel] += sign * values[v + 5];
          continue;
        }
        const patch = this.#patch(pixel, face);
        this.#add(patch, sign * values[v + 5], beyond, runs ? sign : 0);
        if (patch >= sampled) this.#place(patch, values[v], values[v + 1], Math.abs(lengthX) + Math.abs(lengthY) + 1e-12);
      }
    }
  }

  /** Goes back to the samples where edges within a surface were taken as seen that are not. */
  #mend({ faces, width }: DepthBuffer): void {
    const states = this.#states;
    let found = false;
    for (let patch = 0; patch < this.count; patch++) {
      if (this.area[patch] >= NEGATIVE || this.#even[this.face[patch]] === 1 || states[this.pixel[patch]] === BACKED) continue;
      states[this.pixel[patch]] = WRONG;
      found = true;
    }
    if (!found) return;
    for (let patch = 0; patch < this.count; patch++) {
      const pixel = this.pixel[patch];
      if (states[pixel] !== WRONG) continue;
      this.area[patch] = 0;
      this.#moments.fill(0, MOMENTS * patch, MOMENTS * (patch + 1));
      const column = pixel % this.#width, row = (pixel - column) / this.#width;
      for (let sample = 0; sample < SAMPLES ** 2; sample++) {
        const x = SAMPLES * column + sample % SAMPLES, y = SAMPLES * row + Math.floor(sample / SAMPLES);
        if (faces[y * width + x] === this.face[patch]) this.#add(patch, SHARE, this.#parts[sample], 1);
      }
    }
  }

  /** Finds the middle of a patch, and how far it spreads around it, in place of its moments. */
  #finish(patch: number): void {
    const m = MOMENTS * patch, moments = this.#moments, area = moments[m];
    const column = this.pixel[patch] % this.#width, row = (this.pixel[patch] - column) / this.#width;
    const x = moments[m + 1] / area, y = moments[m + 2] / area;
    const isInside = Math.abs(x + ORIGIN - 0.5) <= 0.5 && Math.abs(y + ORIGIN - 0.5) <= 0.5;
    if (this.#even[this.face[patch]] === 1 || !(area > SMALL) || Math.abs(area - this.area[patch]) > APART || !isInside) {
      this.x[patch] /= this.#weight[patch];
      this.y[patch] /= this.#weight[patch];
      moments[m + 3] = moments[m + 4] = moments[m + 5] = 0;
      return;
    }
    this.x[patch] = column + ORIGIN + x;
    this.y[patch] = row + ORIGIN + y;
    moments[m + 3] = moments[m + 3] / area - x * x;
    moments[m + 4] = moments[m + 4] / area - x * y;
    moments[m + 5] = moments[m + 5] / area - y * y;
  }

  #add(patch: number, area: number, moments: Float64Array, sign: number): void {
    this.area[patch] += area;
    if (sign !== 0) { for (let k = 0; k < MOMENTS; k++) this.#moments[MOMENTS * patch + k] += sign * moments[k]; }
  }

  #place(patch: number, x: number, y: number, weight: number): void {
    this.x[patch] += weight * x;
    this.y[patch] += weight * y;
    this.#weight[patch] += weight;
  }

  /** The patch of a face in a pixel. */
  #patch(pixel: number, face: number): number {
    let patch = this.#heads[pixel];
    while (patch >= 0 && this.face[patch] !== face) patch = this.#next[patch];
    if (patch >= 0) return patch;
    patch = this.count++;
    this.pixel[patch] = pixel;
    this.face[patch] = face;
    this.area[patch] =
      this.x[patch] =
      this.y[patch] =
      this.#weight[patch] =
        0;
    for (let m = MOMENTS * patch, moments = this.#moments; m < MOMENTS * (patch + 1); m++) moments[m] = 0;
    this.#next[patch] = this.#heads[pixel];
    this.#heads[pixel] = patch;
    return patch;
  }

  #reserve(size: number): void {
    if (size <= this.pixel.length) return;
    this.pixel = enlarged(this.pixel, new Uint32Array(size));
    this.face = enlarged(this.face, new Uint32Array(size));
    this.area = enlarged(this.area, new Float64Array(size));
    this.x = enlarged(this.x, new Float64Array(size));
    this.y = enlarged(this.y, new Float64Array(size));
    this.#weight = enlarged(this.#weight, new Float64Array(size));
    this.#moments = new Float64Array(MOMENTS * size);
    this.#next = new Int32Array(size);
  }
}
