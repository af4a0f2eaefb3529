import { CornerWeights } from "../corner_weights.ts";
import type { DepthBuffer } from "../depth_buffer.ts";
import type { Pose } from "../pose.ts";
import type { Surface } from "../surface.ts";
import { type Candidates, enlarged } from "./candidates.ts";
import type { FeatureEdges } from "./feature_edges.ts";
import { SAMPLES } from "./samples.ts";

/** Barycentric coordinates (over z) of this much below zero still count as within a face. */
const WITHIN = -1e-9;
/**
 * Numbers kept of a face: three barycentric coordinates over z and 1/z as functions of the place in samples, [4 x (x, y, 1)], and its greatest 1/z.
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
    const { starts, flaps } = this.#edges;
    this.count = 0;
    this.#pixel++;
    const endX = Math.min(left + SAMPLES + 1, width), endY = Math.min(top + SAMPLES + 1, height);
    for (let y = Math.max(top - 1, 0); y < endY; y++) {
      for (let i = y * width + Math.max(left - 1, 0); i < y * width + endX; i++) this.#note(faces[i]);
    }
    for (let i = head; i >= 0; i = next[i]) {
      const edge = candidates.edge[i];
      for (let k = starts[edge]; k < starts[edge + 1]; k++) this.#note(flaps[k] >>> 2);
    }
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

  /** 1/z of the plane of a face at a place in samples. */
  depth(face: number, x: number, y: number): number {
    const p = PLANES * face + 9, planes = this.#planes;
    return planes[p] * x + planes[p + 1] * y + planes[p + 2];
  }

  /** The greatest 1/z of a face. */
  nearest(face: number): number {
    return this.#planes[PLANES * face + 12];
  }

  /** How much nearer the plane of a face comes, in 1/z, from any place to one that lies by x, y samples from it. */
  rise(face: number, x: number, y: number): number {
    const p = PLANES * face + 9;
    return this.#planes[p] * x + this.#planes[p + 1] * y;
  }

  /** Whether a face lies over a place in samples. */
  covers(face: number, x: number, y: number): boolean {
    const p = PLANES * face, planes = this.#planes;
    return planes[p] * x + planes[p + 1] * y + planes[p + 2] >= WITHIN && planes[p + 3] * x + planes[p + 4] * y + planes[p + 5] >= WITHIN &&
      planes[p + 6] * x + planes[p + 7] * y + planes[p + 8] >= WITHIN;
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
    for (let k = 0; k < 9; k++) planes[p + k] = scale * weights[k];
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
