import { CornerWeights } from "../corner_weights.ts";
import type { DepthBuffer } from "../depth_buffer.ts";
import type { Pose } from "../pose.ts";
import type { Surface } from "../surface.ts";
import { SAMPLES } from "./samples.ts";

/** Barycentric coordinates (over z) of this much below zero still count as within a face. */
export const WITHIN = -1e-9;
/**
 * Numbers kept of a face: three barycentric coordinates over z and 1/z as functions of the place in pixels, x, y and 1, each with how much it changes
 * from the middle of a pixel to a corner. [4 x 4]
 */
export const PLANES = 16;

/** The planes of faces in a picture, each found when it is first asked about. */
export class FacePlanes {
  /** Faces counted from 1, [faces + 1 x PLANES]. */
  readonly values: Float64Array;
  /** The greatest 1/z of each face. */
  readonly nearest: Float64Array;
  readonly #surface: Surface;
  readonly #corners: CornerWeights;
  /** Of each face twice the number of the picture for which it was asked about last, and 1 more where it can be seen there. */
  readonly #asked: Uint32Array;
  #picture = 0;
  #buffer!: DepthBuffer;
  #pose!: Pose;
  #facing!: Int8Array;

  constructor(surface: Surface) {
    const faces = surface.triangles.length / 3;
    this.#surface = surface;
    this.#corners = new CornerWeights(surface);
    this.values = new Float64Array(PLANES * (faces + 1));
    this.nearest = new Float64Array(faces + 1);
    this.#asked = new Uint32Array(faces + 1);
  }

  /** Begins a picture. */
  begin(buffer: DepthBuffer, pose: Pose, facing: Int8Array): void {
    this.#buffer = buffer;
    this.#pose = pose;
    this.#facing = facing;
    this.#picture += 2;
    this.#asked[0] = this.#picture;
    this.#corners.forget();
  }

  /** Finds the planes of a face, before anything else is asked about it. Whether it has any, and can be seen. */
  know(face: number): boolean {
    const asked = this.#asked[face] - this.#picture;
    if (asked === 0 || asked === 1) return asked === 1;
    const known = !(this.#buffer.culled && this.#facing[face] < 0 && this.#surface.solid[face - 1] === 1) && this.#find(face);
    this.#asked[face] = this.#picture + (known ? 1 : 0);
    return known;
  }

  /** 1/z of the plane of a face at a place in pixels. */
  depth(face: number, x: number, y: number): number {
    const p = PLANES * face, v = this.values;
    return v[p + 12] * x + v[p + 13] * y + v[p + 14];
  }

  /** How much nearer the plane of a face comes, in 1/z, from any place to one that lies by x, y pixels from it. */
  rise(face: number, x: number, y: number): number {
    const p = PLANES * face, v = this.values;
    return v[p + 12] * x + v[p + 13] * y;
  }

  /** Whether a face lies over a place in pixels. */
  covers(face: number, x: number, y: number): boolean {
    const p = PLANES * face, v = this.values;
    return v[p] * x + v[p + 1] * y + v[p + 2] >= WITHIN && v[p + 4] * x + v[p + 5] * y + v[p + 6] >= WITHIN &&
      v[p + 8] * x + v[p + 9] * y + v[p + 10] >= WITHIN;
  }

  #find(face: number): boolean {
    const corners = this.#corners, values = this.values;
    corners.prepare(this.#buffer, this.#pose, face);
    const { weights, scale } = corners;
    if (!Number.isFinite(scale)) return false;
    const p = PLANES * face;
    let depthX = 0, depthY = 0, depth = 0;
    for (let k = 0, at = p; k < 9; k += 3, at += 4) {
      const x = values[at] = SAMPLES * scale * weights[k];
      const y = values[at + 1] = SAMPLES * scale * weights[k + 1];
      const rest = values[at + 2] = scale * weights[k + 2];
      values[at + 3] = 0.5 * (Math.abs(x) + Math.abs(y));
      depthX += x;
      depthY += y;
      depth += rest;
    }
    values[p + 12] = depthX;
    values[p + 13] = depthY;
    values[p + 14] = depth;
    values[p + 15] = 0.5 * (Math.abs(depthX) + Math.abs(depthY));
    const { screen } = this.#buffer;
    const { triangles } = this.#surface;
    let nearest = 0;
    for (let t = 3 * face - 3; t < 3 * face; t++) {
      const w = screen[3 * triangles[t] + 2];
      nearest = Math.max(nearest, w === 0 ? Infinity : w);
    }
    this.nearest[face] = nearest;
    return true;
  }
}
