import { CornerWeights } from "../corner_weights.ts";
import type { DepthBuffer } from "../depth_buffer.ts";
import type { Pose } from "../pose.ts";
import type { Surface } from "../surface.ts";
import { type Candidates, enlarged } from "./candidates.ts";
import { type FeatureEdges, owns } from "./feature_edges.ts";
import { SAMPLES } from "./samples.ts";

/** Nearer or farther by less than this share of 1/z is the same depth. */
export const SAME_DEPTH = 1e-5;
/** Barycentric coordinates (over z) of this much below zero still count as within a face. */
const WITHIN = -1e-9;
/**
 * Numbers kept of a face: three barycentric coordinates over z and 1/z as functions of the place in pixels, [4 x (x, y, 1)], and its greatest 1/z.
 */
const PLANES = 13;

/**
 * The faces near one pixel: those at the samples in and around it, those of its edges, and those that go on from either in the same plane. Each is
 * known by its plane, which is found once a picture.
 */
export class NearFaces {
  /** Faces counted from 1; those after `count` are of other pixels. */
  list = new Uint32Array(64);
  count = 0;
  /** Faces that reach pieces, see {@linkcode NearFaces.reach}. */
  reached = new Uint32Array(64);
  reachedCount = 0;
  readonly #surface: Surface;
  readonly #edges: FeatureEdges;
  readonly #corners: CornerWeights;
  readonly #planes: Float64Array;
  /** The picture for which a face's planes were found last, and the pixel for which it was noted last, by their number. */
  readonly #pictures: Uint32Array;
  readonly #pixels: Uint32Array;
  #picture = 0;
  #pixel = 0;
  #buffer!: DepthBuffer;
  #pose!: Pose;
  #facing!: Int8Array;

  constructor(surface: Surface, edges: FeatureEdges) {
    const faces = surface.triangles.length / 3;
    this.#surface = surface;
    this.#edges = edges;
    this.#corners = new CornerWeights(surface);
    this.#planes = new Float64Array(PLANES * (faces + 1));
    this.#pictures = new Uint32Array(faces + 1);
    this.#pixels = new Uint32Array(faces + 1);
  }

  /** Begins a picture. */
  begin(buffer: DepthBuffer, pose: Pose, facing: Int8Array): void {
    this.#buffer = buffer;
    this.#pose = pose;
    this.#facing = facing;
    this.#picture++;
    this.#corners.forget();
  }

  /**
   * Collects the faces near a pixel.
   *
   * @param left, top The pixel's first sample.
   * @param candidates, head, next The edges in the pixel: the first one and the next after each, -1 behind the last.
   */
  gather(left: number, top: number, candidates: Candidates, head: number, next: Int32Array): void {
    const { width, height, faces } = this.#buffer;
    const { starts, flaps, flatStarts } = this.#edges;
    this.count = this.reachedCount = 0;
    this.#pixel++;
    // The pixel's own samples come first: what hides its edges is mostly there.
    for (let y = top; y < top + SAMPLES; y++) {
      for (let i = y * width + left; i < y * width + left + SAMPLES; i++) this.#note(faces[i]);
    }
    for (let i = head; i >= 0; i = next[i]) {
      const edge = candidates.edge[i];
      for (let k = starts[edge]; k < starts[edge + 1]; k++) this.#note(flaps[k] >>> 2);
    }
    const x = (left + SAMPLES / 2) / SAMPLES, y = (top + SAMPLES / 2) / SAMPLES;
    const endX = Math.min(left + SAMPLES + 1, width), endY = Math.min(top + SAMPLES + 1, height);
    for (let j = Math.max(top - 1, 0); j < endY; j++) {
      const own = j >= top && j < top + SAMPLES;
      for (let i = Math.max(left - 1, 0); i < endX; i++) {
        if (own && i === left) i += SAMPLES;
        if (i >= endX) break;
        const face = faces[j * width + i];
        if (face === 0 || this.#pixels[face] === this.#pixel) continue;
        if (flatStarts[face] < flatStarts[face + 1]) this.#note(face);
        else if (this.know(face) && this.#comesNear(face, x, y)) this.#add(face);
        else this.#pixels[face] = this.#pixel;
      }
    }
  }

  /**
   * Adds to `reached` those of the faces collected that lie over some of a piece of an edge, or over what is right beside it, without the edge's own.
   *
   * @param line, at The piece: x, y in pixels, 1/z, and its extent.
   * @param margin How far beside the piece counts, in pixels.
   * @param inFront Whether only faces that pass in front are of interest.
   * @returns Whether one of them hides all of the piece.
   */
  reach(edge: number, line: Float64Array, at: number, margin: number, inFront: boolean): boolean {
    const planes = this.#planes, list = this.list;
    if (this.reached.length < this.reachedCount + this.count) {
      this.reached = enlarged(this.reached, new Uint32Array(2 * (this.reachedCount + this.count)));
    }
    const reached = this.reached;
    const { starts, flaps } = this.#edges;
    const start = starts[edge], end = starts[edge + 1], own = flaps[start] >>> 2, otherOwn = flaps[end - 1] >>> 2;
    const x = line[at], y = line[at + 1], endX = x + line[at + 3], endY = y + line[at + 4];
    const front = line[at + 2] * (1 + SAME_DEPTH), endFront = (line[at + 2] + line[at + 5]) * (1 + SAME_DEPTH);
    const least = !inFront ? 0 : front < endFront ? front : endFront;
    for (let k = 0; k < this.count; k++) {
      const face = list[k], p = PLANES * face;
      if (planes[p + 12] <= least || face === own || face === otherOwn) continue;
      const ax = planes[p], ay = planes[p + 1], ac = planes[p + 2];
      const a = ax * x + ay * y + ac, endA = ax * endX + ay * endY + ac;
      if ((a > endA ? a : endA) + margin * ((ax < 0 ? -ax : ax) + (ay < 0 ? -ay : ay)) < WITHIN) continue;
      const bx = planes[p + 3], by = planes[p + 4], bc = planes[p + 5];
      const b = bx * x + by * y + bc, endB = bx * endX + by * endY + bc;
      if ((b > endB ? b : endB) + margin * ((bx < 0 ? -bx : bx) + (by < 0 ? -by : by)) < WITHIN) continue;
      const cx = planes[p + 6], cy = planes[p + 7], cc = planes[p + 8];
      const c = cx * x + cy * y + cc, endC = cx * endX + cy * endY + cc;
      if ((c > endC ? c : endC) + margin * ((cx < 0 ? -cx : cx) + (cy < 0 ? -cy : cy)) < WITHIN) continue;
      const ahead = this.depth(face, x, y) > front, endAhead = this.depth(face, endX, endY) > endFront;
      if ((inFront && !ahead && !endAhead) || (end - start > 2 && owns(this.#edges, edge, face))) continue;
      if (ahead && endAhead && a >= WITHIN && b >= WITHIN && c >= WITHIN && endA >= WITHIN && endB >= WITHIN && endC >= WITHIN) return true;
      reached[this.reachedCount++] = face;
    }
    return false;
  }

  /** Whether a face is among those collected, or was looked at for them. */
  has(face: number): boolean {
    return this.#pixels[face] === this.#pixel;
  }

  /** Finds the planes of a face, before it is asked about. Whether it has any, and can be seen. */
  know(face: number): boolean {
    if (face === 0 || (this.#buffer.culled && this.#facing[face] < 0 && this.#surface.solid[face - 1] === 1)) return false;
    return this.#pictures[face] === this.#picture || this.#findPlanes(face);
  }

  /** 1/z of the plane of a face at a place in pixels. */
  depth(face: number, x: number, y: number): number {
    const p = PLANES * face + 9, planes = this.#planes;
    return planes[p] * x + planes[p + 1] * y + planes[p + 2];
  }

  /** How much nearer the plane of a face comes, in 1/z, from any place to one that lies by x, y pixels from it. */
  rise(face: number, x: number, y: number): number {
    const p = PLANES * face + 9;
    return this.#planes[p] * x + this.#planes[p + 1] * y;
  }

  /** Whether a face lies over a place in pixels. */
  covers(face: number, x: number, y: number): boolean {
    const p = PLANES * face, planes = this.#planes;
    return planes[p] * x + planes[p + 1] * y + planes[p + 2] >= WITHIN && planes[p + 3] * x + planes[p + 4] * y + planes[p + 5] >= WITHIN &&
      planes[p + 6] * x + planes[p + 7] * y + planes[p + 8] >= WITHIN;
  }

  /** Whether a face may lie over some of the pixel around a place: no side of it has the pixel wholly beyond it. */
  #comesNear(face: number, x: number, y: number): boolean {
    const p = PLANES * face, planes = this.#planes;
    for (let q = p; q < p + 9; q += 3) {
      const bx = planes[q], by = planes[q + 1];
      if (bx * x + by * y + planes[q + 2] + 0.5 * ((bx < 0 ? -bx : bx) + (by < 0 ? -by : by)) < WITHIN) return false;
    }
    return true;
  }

  /** Notes a face with those that go on from it in its plane. */
  #note(face: number): void {
    if (this.#pixels[face] === this.#pixel) return;
    this.#add(face);
    const { flatStarts, flat } = this.#edges;
    for (let k = flatStarts[face]; k < flatStarts[face + 1]; k++) {
      if (this.#pixels[flat[k]] !== this.#pixel) this.#add(flat[k]);
    }
  }

  #add(face: number): void {
    this.#pixels[face] = this.#pixel;
    if (!this.know(face)) return;
    if (this.count === this.list.length) this.list = enlarged(this.list, new Uint32Array(2 * this.list.length));
    this.list[this.count++] = face;
  }

  #findPlanes(face: number): boolean {
    const corners = this.#corners, planes = this.#planes;
    corners.prepare(this.#buffer, this.#pose, face);
    const { weights, scale } = corners;
    if (!Number.isFinite(scale)) return false;
    this.#pictures[face] = this.#picture;
    const p = PLANES * face;
    for (let k = 0; k < 9; k += 3) {
      planes[p + k] = SAMPLES * scale * weights[k];
      planes[p + k + 1] = SAMPLES * scale * weights[k + 1];
      planes[p + k + 2] = scale * weights[k + 2];
    }
    for (let k = 0; k < 3; k++) planes[p + 9 + k] = planes[p + k] + planes[p + 3 + k] + planes[p + 6 + k];
    const { screen } = this.#buffer;
    let nearest = 0;
    for (let t = 3 * face - 3; t < 3 * face; t++) {
      const w = screen[3 * this.#surface.triangles[t] + 2];
      nearest = Math.max(nearest, w === 0 ? Infinity : w);
    }
    planes[p + 12] = nearest;
    return true;
  }
}
