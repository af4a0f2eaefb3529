import type { DepthBuffer } from "../depth_buffer.ts";
import { AHEAD, BEHIND, type Candidates, EDGE, ENDS, enlarged, FACTS, MANY, NEXT, WHAT } from "./candidates.ts";
import { type FacePlanes, PLANES, WITHIN } from "./face_planes.ts";
import type { FeatureEdges } from "./feature_edges.ts";
import type { LargeFaces } from "./large_faces.ts";
import { SAMPLES } from "./samples.ts";

/** Nearer or farther by less than this share of 1/z is the same depth. */
export const SAME_DEPTH = 1e-5;
/** Where faces touch: depths that differ by less than this share are the same, ... */
export const TOUCH = 3e-6;
/** ... and places that differ by less than this, in pixels. */
export const APART = 2.5e-4;
/** What lies beside the pixel by this share of its half counts as in it. */
const MARGIN = 1.001;
/** What is farther than a face that covers the pixel, by more than this share of 1/z, does not count. */
const FARTHER = 1 - 4 * SAME_DEPTH;

/**
 * The faces near one pixel: those at the samples in and around it, those of its edges, those that go on from either in the same plane, and all large
 * ones. What lies beside the pixel is left out, and what a face hides that covers all of it.
 */
export class NearFaces {
  /** The pixel. */
  column = 0;
  row = 0;
  /** Faces counted from 1; those after `count` are of other pixels. */
  list: Uint32Array = new Uint32Array(64);
  /** The greatest 1/z that each may have in the pixel. */
  nearest: Float64Array = new Float64Array(64);
  count = 0;
  /** The least 1/z of the nearest face that covers all of the pixel, or 0; what is farther than this is hidden. */
  cover = 0;
  /** Whether the background is seen at a sample of the pixel. */
  backed = false;
  readonly #edges: FeatureEdges;
  readonly #planes: FacePlanes;
  readonly #large: LargeFaces;
  /** The pixel for which a face was noted last, by its number. */
  readonly #pixels: Uint32Array;
  #pixel = 0;

  constructor(edges: FeatureEdges, planes: FacePlanes, large: LargeFaces, faces: number) {
    this.#edges = edges;
    this.#planes = planes;
    this.#large = large;
    this.#pixels = new Uint32Array(faces + 1);
  }

  /** Collects the faces near a pixel. `head` is the first of the candidates in it. */
  gather({ width, height, faces }: DepthBuffer, column: number, row: number, candidates: Candidates, head: number): void {
    const { starts, flaps } = this.#edges;
    const { facts } = candidates;
    const pixels = this.#pixels;
    const left = SAMPLES * column, top = SAMPLES * row;
    const pixel = ++this.#pixel;
    pixels[0] = pixel;
    this.count = 0;
    this.cover = 0;
    this.backed = false;
    this.column = column;
    this.row = row;
    // The pixel's own samples come first: what hides its edges is mostly there.
    for (let y = top; y < top + SAMPLES; y++) {
      for (let i = y * width + left; i < y * width + left + SAMPLES; i++) {
        const face = faces[i];
        if (face === 0) this.backed = true;
        else if (pixels[face] !== pixel) this.#add(face);
      }
    }
    for (let i = head; i > 0; i = facts[FACTS * i + NEXT]) {
      const what = facts[FACTS * i + WHAT];
      if ((what & (ENDS | MANY)) === 0) {
        const ahead = facts[FACTS * i + AHEAD], behind = facts[FACTS * i + BEHIND];
        if (pixels[ahead] !== pixel) this.#add(ahead);
        if (pixels[behind] !== pixel) this.#add(behind);
        continue;
      }
      const edge = what >>> EDGE;
      for (let k = starts[edge]; k < starts[edge + 1]; k++) {
        const face = flaps[k] >>> 2;
        if (pixels[face] !== pixel) this.#add(face);
      }
    }
    const endX = Math.min(left + SAMPLES + 1, width), endY = Math.min(top + SAMPLES + 1, height);
    for (let j = Math.max(top - 1, 0); j < endY; j++) {
      const own = j >= top && j < top + SAMPLES;
      for (let i = Math.max(left - 1, 0); i < endX; i++) {
        if (own && i === left) i += SAMPLES;
        if (i >= endX) break;
        const face = faces[j * width + i];
        if (pixels[face] === pixel) continue;
        this.#add(face);
        this.#addFlat(face);
      }
    }
    const { faces: large, next } = this.#large;
    for (let place = this.#large.first(column, row); place > 0; place = next[place]) {
      if (pixels[large[place]] !== pixel) this.#add(large[place]);
    }
    for (let k = 0; k < this.count; k++) this.#addFlat(this.list[k]);
    this.#leaveOutHidden();
  }

  /** Whether a face is among those collected, or was looked at for them. */
  has(face: number): boolean {
    return this.#pixels[face] === this.#pixel;
  }

  /** Adds the faces that go on from one in its plane. */
  #addFlat(face: number): void {
    const { flatStarts, flat } = this.#edges;
    for (let k = flatStarts[face]; k < flatStarts[face + 1]; k++) {
      if (this.#pixels[flat[k]] !== this.#pixel) this.#add(flat[k]);
    }
  }

  #add(face: number): void {
    this.#pixels[face] = this.#pixel;
    if (!this.#planes.know(face)) return;
    const v = this.#planes.values, p = PLANES * face, x = this.column + 0.5, y = this.row + 0.5;
    const a = v[p] * x + v[p + 1] * y + v[p + 2], reachA = MARGIN * v[p + 3];
    if (a + reachA < WITHIN) return;
    const b = v[p + 4] * x + v[p + 5] * y + v[p + 6], reachB = MARGIN * v[p + 7];
    if (b + reachB < WITHIN) return;
    const c = v[p + 8] * x + v[p + 9] * y + v[p + 10], reachC = MARGIN * v[p + 11];
    if (c + reachC < WITHIN) return;
    const depth = v[p + 12] * x + v[p + 13] * y + v[p + 14], reach = MARGIN * v[p + 15];
    if (a > reachA && b > reachB && c > reachC && depth - reach > this.cover) this.cover = depth - reach;
    if (this.count === this.list.length) {
      this.list = enlarged(this.list, new Uint32Array(2 * this.count));
      this.nearest = enlarged(this.nearest, new Float64Array(2 * this.count));
    }
    const most = this.#planes.nearest[face];
    this.nearest[this.count] = depth + reach < most ? depth + reach : most;
    this.list[this.count++] = face;
  }

  #leaveOutHidden(): void {
    const { list, nearest, count } = this;
    const least = FARTHER * this.cover;
    let kept = 0;
    for (let k = 0; k < count; k++) {
      if (nearest[k] < least) continue;
      list[kept] = list[k];
      nearest[kept++] = nearest[k];
    }
    this.count = kept;
  }
}
