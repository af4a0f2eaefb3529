import { CornerWeights } from "../corner_weights.ts";
import type { DepthBuffer } from "../depth_buffer.ts";
import type { Pose } from "../pose.ts";
import type { Surface } from "../surface.ts";
import { type Candidates, enlarged } from "./candidates.ts";
import type { FeatureEdges } from "./feature_edges.ts";
import type { Pieces } from "./pieces.ts";
import { SAMPLES } from "./samples.ts";

/** Nearer or farther by less than this share of 1/z is the same depth. */
const SAME_DEPTH = 1e-5;
/** Barycentric coordinates (over z) of this much below zero still count as within a face. */
const WITHIN = -1e-9;
/** How far beside an edge it is asked what lies behind it, in samples. */
const BESIDE = 1e-5;
/** Of an edge whose faces touch others: depths that differ by less than this share are the same, ... */
const TOUCH = 3e-6;
/** ... places that differ by less than this, in samples, are the same. */
const APART = 5e-4;
/** Numbers kept of a face near a pixel: three barycentric coordinates over z, and 1/z, as functions of the place, [4 x (x, y, 1)]. */
const PLANES = 12;

/**
 * Tells what is seen of the pieces of edges in pixels where a surface ends or parts hide each other. There every piece is cut where others cross
 * it, and each part is asked about by the planes of all faces nearby: those at the samples in and around the pixel and those of its edges. So the
 * answer is about the part, even among faces that no sample has hit.
 */
export class Arrangement {
  readonly #edges: FeatureEdges;
  readonly #corners: CornerWeights;
  #buffer!: DepthBuffer;
  #pose!: Pose;
  #shades?: Float32Array;
  /** First candidate in each pixel and the next after each, -1 where there is none. */
  #heads = new Int32Array(0);
  #next = new Int32Array(0);
  /** Faces near the current pixel, and their planes. */
  #near = new Uint32Array(64);
  #planes = new Float64Array(64 * PLANES);
  #nearCount = 0;
  /** The pixel for which each face was noted last, in the order of pixels looked at. */
  readonly #noted: Uint32Array;
  #round = 0;
  /** Where the current piece is cut, in order, and how often. */
  #cuts = new Float64Array(64);
  #cutCount = 0;

  constructor(surface: Surface, edges: FeatureEdges) {
    this.#edges = edges;
    this.#corners = new CornerWeights(surface);
    this.#noted = new Uint32Array(surface.triangles.length / 3 + 1);
  }

  /**
   * Adds the visible parts of candidates, which must be all the edges in their pixels.
   *
   * @param shades Brightness of the faces where edges between equally bright ones are of no interest.
   */
  resolve(
    buffer: DepthBuffer,
    pose: Pose,
    { shades, candidates, pieces }: { shades?: Float32Array; candidates: Candidates; pieces: Pieces },
  ): void {
    this.#buffer = buffer;
    this.#pose = pose;
    this.#corners.forget();
    this.#shades = shades;
    const width = buffer.width / SAMPLES, pixels = width * buffer.height / SAMPLES;
    if (this.#heads.length !== pixels) this.#heads = new Int32Array(pixels);
    if (this.#next.length < candidates.count) this.#next = new Int32Array(candidates.edge.length);
    const heads = this.#heads, next = this.#next;
    const { count, pixel } = candidates;
    heads.fill(-1);
    for (let i = count - 1; i >= 0; i--) {
      next[i] = heads[pixel[i]];
      heads[pixel[i]] = i;
    }
    for (let i = 0; i < count; i++) {
      if (heads[pixel[i]] === i) this.#resolvePixel(candidates, i, width, pieces);
    }
  }

  #jumps(ahead: number, behind: number): boolean {
    if (ahead === behind) return false;
    return this.#shades === undefined || ahead === 0 || behind === 0 || this.#shades[ahead] !== this.#shades[behind];
  }

  #resolvePixel(candidates: Candidates, head: number, width: number, pieces: Pieces): void {
    const { pixel, edge, ahead, behind, line } = candidates;
    const { touching } = this.#edges;
    const column = pixel[head] % width, row = (pixel[head] - column) / width;
    this.#gather(candidates, head, SAMPLES * column, SAMPLES * row);
    const next = this.#next;
    for (let i = head; i >= 0; i = next[i]) {
      this.#cutCount = 0;
      for (let j = head; j >= 0; j = next[j]) {
        if (j === i) continue;
        if (ahead[j] === 0 || behind[j] === 0) this.#crossing(line, 6 * i, 6 * j);
        if (touching[edge[j]] === 1) this.#landing(line, 6 * i, 6 * j);
      }
      let from = 0;
      for (let k = 0; k < this.#cutCount; k++) {
        const to = this.#cuts[k];
        if (to > from) this.#part(candidates, head, i, from, to, pieces);
        from = to;
      }
      this.#part(candidates, head, i, from, 1, pieces);
    }
  }

  /** Notes a cut. */
  #cut(share: number): void {
    if (this.#cutCount === this.#cuts.length) this.#cuts = enlarged(this.#cuts, new Float64Array(2 * this.#cuts.length));
    const cuts = this.#cuts;
    let at = this.#cutCount++;
    for (; at > 0 && cuts[at - 1] > share; at--) cuts[at] = cuts[at - 1];
    cuts[at] = share;
  }

  /** Notes where piece `at` is crossed by piece `by`. */
  #crossing(line: Float64Array, at: number, by: number): void {
    const ax = line[at + 3], ay = line[at + 4], bx = line[by + 3], by_ = line[by + 4];
    const turn = ax * by_ - ay * bx;
    if (turn === 0) return;
    const x = line[by] - line[at], y = line[by + 1] - line[at + 1];
    const share = (x * by_ - y * bx) / turn, other = (x * ay - y * ax) / turn;
    if (share > 0 && share < 1 && other > 0 && other < 1) this.#cut(share);
  }

  /** Notes where piece `by` ends on piece `at`. */
  #landing(line: Float64Array, at: number, by: number): void {
    const lengthX = line[at + 3], lengthY = line[at + 4];
    const length = lengthX * lengthX + lengthY * lengthY;
    for (let end = 0; end < 2; end++) {
      const x = line[by] + end * line[by + 3] - line[at], y = line[by + 1] + end * line[by + 4] - line[at + 1];
      const share = (x * lengthX + y * lengthY) / length, aside = x * lengthY - y * lengthX;
      if (share > 0 && share < 1 && aside * aside < (APART / SAMPLES) ** 2 * length) this.#cut(share);
    }
  }

  /** How many other candidates run along the same line at a point: together they make one edge. */
  #coincident(candidates: Candidates, head: number, i: number, x: number, y: number, w: number): number {
    const { line } = candidates;
    let found = 0;
    for (let j = head; j >= 0; j = this.#next[j]) {
      if (j === i) continue;
      const at = 6 * j;
      const lengthX = line[at + 3], lengthY = line[at + 4], length = lengthX * lengthX + lengthY * lengthY;
      const offX = x / SAMPLES - line[at], offY = y / SAMPLES - line[at + 1];
      const share = (offX * lengthX + offY * lengthY) / length, aside = offX * lengthY - offY * lengthX;
      if (share < 0 || share > 1 || aside * aside > (APART / SAMPLES) ** 2 * length) continue;
      if (Math.abs(line[at + 2] + share * line[at + 5] - w) > TOUCH * w) continue;
      const turn = lengthX * line[6 * i + 4] - lengthY * line[6 * i + 3];
      if (turn * turn < 1e-2 * length * (line[6 * i + 3] ** 2 + line[6 * i + 4] ** 2)) found++;
    }
    return found;
  }

  /** Collects the faces at the samples in and around the pixel, and those of its edges. */
  #gather(candidates: Candidates, head: number, left: number, top: number): void {
    const { width, height, faces } = this.#buffer;
    const { starts, flaps } = this.#edges;
    this.#nearCount = 0;
    this.#round++;
    for (let y = Math.max(top - 1, 0); y < Math.min(top + SAMPLES + 1, height); y++) {
      for (let x = Math.max(left - 1, 0); x < Math.min(left + SAMPLES + 1, width); x++) {
        if (faces[y * width + x] !== 0) this.#noteFlat(faces[y * width + x]);
      }
    }
    for (let i = head; i >= 0; i = this.#next[i]) {
      const edge = candidates.edge[i];
      for (let k = starts[edge]; k < starts[edge + 1]; k++) this.#noteFlat(flaps[k] >>> 2);
    }
  }

  /** Notes a face with those that go on from it in its plane. */
  #noteFlat(face: number): void {
    const { flatStarts, flat } = this.#edges;
    this.#note(face);
    for (let k = flatStarts[face]; k < flatStarts[face + 1]; k++) this.#note(flat[k]);
  }

  #note(face: number): void {
    const near = this.#near;
    if (this.#noted[face] === this.#round) return;
    this.#noted[face] = this.#round;
    const corners = this.#corners;
    corners.prepare(this.#buffer, this.#pose, face);
    if (!Number.isFinite(corners.scale)) return;
    if (this.#nearCount === near.length) {
      this.#near = enlarged(near, new Uint32Array(2 * near.length));
      this.#planes = enlarged(this.#planes, new Float64Array(2 * this.#planes.length));
    }
    this.#near[this.#nearCount] = face;
    const planes = this.#planes;
    const at = PLANES * this.#nearCount++;
    const { weights, scale } = corners;
    for (let k = 0; k < 9; k++) planes[at + k] = scale * weights[k];
    for (let k = 0; k < 3; k++) planes[at + 9 + k] = planes[at + k] + planes[at + 3 + k] + planes[at + 6 + k];
  }

  /** Adds the part of a piece from one share of it to another, if it is seen. */
  #part(candidates: Candidates, head: number, i: number, from: number, to: number, pieces: Pieces): void {
    const { line, edge, pixel } = candidates;
    const at = 6 * i, middle = 0.5 * (from + to);
    const lengthX = line[at + 3], lengthY = line[at + 4];
    const x = SAMPLES * (line[at] + middle * lengthX),
      y = SAMPLES * (line[at + 1] + middle * lengthY),
      w = line[at + 2] + middle * line[at + 5];
    let ahead = candidates.ahead[i], behind = candidates.behind[i];
    const near = this.#near, planes = this.#planes;
    const front = w * (1 + SAME_DEPTH);
    // Beside the edge, where it has no face of its own, the nearest face that is not in front is what lies behind.
    const side = ahead === 0 ? 1 : behind === 0 ? -1 : 0;
    const step = side * BESIDE / Math.sqrt(lengthX * lengthX + lengthY * lengthY);
    const besideX = x - step * lengthY, besideY = y + step * lengthX;
    const touching = this.#edges.touching[edge[i]] === 1;
    const apart = APART / Math.sqrt(lengthX * lengthX + lengthY * lengthY);
    const apartX = apart * lengthY, apartY = -apart * lengthX;
    const { starts, flaps } = this.#edges;
    const start = starts[edge[i]], end = starts[edge[i] + 1], firstOwn = flaps[start] >>> 2, lastOwn = flaps[end - 1] >>> 2;
    let covered = false, found = 0, foundDepth = 0;
    for (let k = 0; k < this.#nearCount; k++) {
      const face = near[k];
      if (face === firstOwn || face === lastOwn || (end - start > 2 && this.#owns(edge[i], face))) continue;
      const p = PLANES * k;
      const depth = planes[p + 9] * x + planes[p + 10] * y + planes[p + 11];
      if (touching && Math.abs(depth - w) <= TOUCH * w) {
        if (this.#covers(p, x - apartX, y - apartY)) ahead = this.#nearest(ahead, face, -apartX, -apartY);
        if (this.#covers(p, x + apartX, y + apartY)) behind = this.#nearest(behind, face, apartX, apartY);
      } else if (depth > front) {
        if (
          planes[p] * x + planes[p + 1] * y + planes[p + 2] >= WITHIN && planes[p + 3] * x + planes[p + 4] * y + planes[p + 5] >= WITHIN &&
          planes[p + 6] * x + planes[p + 7] * y + planes[p + 8] >= WITHIN
        ) return;
      } else if (
        planes[p] * besideX + planes[p + 1] * besideY + planes[p + 2] >= WITHIN &&
        planes[p + 3] * besideX + planes[p + 4] * besideY + planes[p + 5] >= WITHIN &&
        planes[p + 6] * besideX + planes[p + 7] * besideY + planes[p + 8] >= WITHIN
      ) {
        covered = true;
        if (depth > foundDepth) {
          foundDepth = depth;
          found = face;
        }
      }
    }
    if (side !== 0 && !covered) found = this.#beyond(candidates, head, i, [x, y], [side * lengthX, side * lengthY]);
    if (side > 0 && ahead === 0) ahead = found;
    else if (side < 0 && behind === 0) behind = found;
    if (!this.#jumps(ahead, behind)) return;
    pieces.reserve(1);
    const width = this.#buffer.width / SAMPLES, column = pixel[i] % width;
    pieces.add(column, (pixel[i] - column) / width, ahead, behind, line, at, from, to);
    pieces.weigh(touching ? 1 / (1 + this.#coincident(candidates, head, i, x, y, w)) : 1);
  }

  /** Whether the face whose planes are at `p` lies over a place. */
  #covers(p: number, x: number, y: number): boolean {
    const planes = this.#planes;
    return planes[p] * x + planes[p + 1] * y + planes[p + 2] >= WITHIN && planes[p + 3] * x + planes[p + 4] * y + planes[p + 5] >= WITHIN &&
      planes[p + 6] * x + planes[p + 7] * y + planes[p + 8] >= WITHIN;
  }

  /** Which of two faces that meet at a point comes nearer to the eye in a direction from it. */
  #nearest(one: number, other: number, x: number, y: number): number {
    if (one === 0) return other;
    const planes = this.#planes;
    const a = PLANES * this.#near.indexOf(one), b = PLANES * this.#near.indexOf(other);
    const rise = (planes[b + 9] - planes[a + 9]) * x + (planes[b + 10] - planes[a + 10]) * y;
    if (Math.abs(rise) < APART * SAME_DEPTH * 1e-2) return Math.min(one, other);
    return rise > 0 ? other : one;
  }

  /**
   * What lies beside a point of an edge, on the side ahead of a direction, where no face nearby lies over it: the face at the pixel's nearest
   * sample there, carried on, or the background where another piece passes between.
   */
  #beyond(candidates: Candidates, head: number, i: number, point: readonly [number, number], along: readonly [number, number]): number {
    const { width, height, faces } = this.#buffer;
    const [x, y] = point, [alongX, alongY] = along;
    const left = SAMPLES * Math.floor(x / SAMPLES), top = SAMPLES * Math.floor(y / SAMPLES);
    let best = Infinity, found = 0, foundX = 0, foundY = 0;
    for (let sampleY = top; sampleY < Math.min(top + SAMPLES, height); sampleY++) {
      for (let sampleX = left; sampleX < Math.min(left + SAMPLES, width); sampleX++) {
        const offX = sampleX + 0.5 - x, offY = sampleY + 0.5 - y;
        const distance = offX * offX + offY * offY;
        const face = faces[sampleY * width + sampleX];
        if (distance >= best || alongX * offY - alongY * offX <= 0 || this.#owns(candidates.edge[i], face)) continue;
        best = distance;
        found = face;
        foundX = offX;
        foundY = offY;
      }
    }
    if (found === 0) return 0;
    const { line } = candidates;
    for (let j = head; j >= 0; j = this.#next[j]) {
      const at = 6 * j;
      const startX = SAMPLES * line[at] - x, startY = SAMPLES * line[at + 1] - y;
      const lengthX = SAMPLES * line[at + 3], lengthY = SAMPLES * line[at + 4];
      const turn = foundX * lengthY - foundY * lengthX;
      if (j === i || turn === 0) continue;
      const share = (startX * lengthY - startY * lengthX) / turn, other = (startX * foundY - startY * foundX) / turn;
      if (share > 0 && share < 1 && other > 0 && other < 1) return 0;
    }
    return found;
  }

  /** Whether an edge is one of a face's own. */
  #owns(edge: number, face: number): boolean {
    const { starts, flaps } = this.#edges;
    for (let i = starts[edge]; i < starts[edge + 1]; i++) {
      if (flaps[i] >>> 2 === face) return true;
    }
    return false;
  }
}
