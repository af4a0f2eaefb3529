import type { DepthBuffer } from "../depth_buffer.ts";
import type { Pose } from "../pose.ts";
import type { Surface } from "../surface.ts";
import { type Candidates, enlarged } from "./candidates.ts";
import type { FeatureEdges } from "./feature_edges.ts";
import { NearFaces } from "./near_faces.ts";
import type { Pieces } from "./pieces.ts";
import { SAMPLES } from "./samples.ts";

/** Nearer or farther by less than this share of 1/z is the same depth. */
const SAME_DEPTH = 1e-5;
/** How far beside an edge it is asked what lies behind it, in samples. */
const BESIDE = 1e-5;
/** Of an edge whose faces touch others: depths that differ by less than this share are the same, ... */
const TOUCH = 3e-6;
/** ... places that differ by less than this, in samples, are the same. */
const APART = 5e-4;
/**
 * Tells what is seen of the pieces of edges in pixels where a surface ends or parts hide each other. There every piece is cut where others cross
 * it, and each part is asked about by the planes of all faces nearby: those at the samples in and around the pixel and those of its edges. So the
 * answer is about the part, even among faces that no sample has hit.
 */
export class Arrangement {
  readonly #edges: FeatureEdges;
  #buffer!: DepthBuffer;
  #shades?: Float32Array;
  /** First candidate in each pixel and the next after each, -1 where there is none. */
  #heads = new Int32Array(0);
  #next = new Int32Array(0);
  readonly #near: NearFaces;
  /** Where the current piece is cut, in order, and how often. */
  #cuts = new Float64Array(64);
  #cutCount = 0;

  constructor(surface: Surface, edges: FeatureEdges) {
    this.#edges = edges;
    this.#near = new NearFaces(surface, edges);
  }

  /**
   * Adds the visible parts of candidates, which must be all the edges in their pixels.
   *
   * @param shades Brightness of the faces where edges between equally bright ones are of no interest.
   */
  resolve(
    buffer: DepthBuffer,
    pose: Pose,
    { facing, shades, candidates, pieces }: { facing: Int8Array; shades?: Float32Array; candidates: Candidates; pieces: Pieces },
  ): void {
    this.#buffer = buffer;
    this.#near.begin(buffer, pose, facing);
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
    this.#near.gather(SAMPLES * column, SAMPLES * row, candidates, head, this.#next);
    const next = this.#next;
    for (let i = head; i >= 0; i = next[i]) {
      // What hides a piece ends in another piece; where the surface itself ends, what lies behind may change at any.
      const ends = ahead[i] === 0 || behind[i] === 0;
      this.#cutCount = 0;
      for (let j = head; j >= 0; j = next[j]) {
        if (j === i) continue;
        if (ends || ahead[j] === 0 || behind[j] === 0) this.#crossing(line, 6 * i, 6 * j);
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

  /** Adds the part of a piece from one share of it to another, if it is seen. */
  #part(candidates: Candidates, head: number, i: number, from: number, to: number, pieces: Pieces): void {
    const { line, edge, pixel } = candidates;
    const at = 6 * i, middle = 0.5 * (from + to);
    const lengthX = line[at + 3], lengthY = line[at + 4];
    const x = SAMPLES * (line[at] + middle * lengthX),
      y = SAMPLES * (line[at + 1] + middle * lengthY),
      w = line[at + 2] + middle * line[at + 5];
    let ahead = candidates.ahead[i], behind = candidates.behind[i];
    const near = this.#near;
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
    let found = 0, foundDepth = 0;
    for (let k = 0; k < near.count; k++) {
      const face = near.list[k];
      // Within a surface only what passes in front matters.
      if (side === 0 && !touching && near.nearest(face) <= front) continue;
      if (face === firstOwn || face === lastOwn || (end - start > 2 && this.#owns(edge[i], face))) continue;
      const depth = near.depth(face, x, y);
      if (touching && Math.abs(depth - w) <= TOUCH * w) {
        if (near.covers(face, x - apartX, y - apartY)) ahead = this.#nearest(ahead, face, -apartX, -apartY);
        if (near.covers(face, x + apartX, y + apartY)) behind = this.#nearest(behind, face, apartX, apartY);
      } else if (depth > front) {
        if (near.covers(face, x, y)) return;
      } else if (side !== 0 && depth > foundDepth && near.covers(face, besideX, besideY)) {
        foundDepth = depth;
        found = face;
      }
    }
    if (side !== 0) {
      const around = this.#fromAround(candidates, i, { x, y, besideX, besideY, front, depth: foundDepth });
      if (around < 0) return;
      if (around > 0) found = around;
    }
    if (side !== 0 && found === 0) found = this.#beyond(candidates, head, i, [x, y], [side * lengthX, side * lengthY]);
    if (side > 0 && ahead === 0) ahead = found;
    else if (side < 0 && behind === 0) behind = found;
    if (!this.#jumps(ahead, behind)) return;
    pieces.reserve(1);
    const width = this.#buffer.width / SAMPLES, column = pixel[i] % width;
    pieces.add(column, (pixel[i] - column) / width, ahead, behind, line, at, from, to);
    pieces.weigh(touching ? 1 / (1 + this.#coincident(candidates, head, i, x, y, w)) : 1);
  }

  /** Which of two faces that meet at a point comes nearer to the eye in a direction from it. */
  #nearest(one: number, other: number, x: number, y: number): number {
    if (one === 0) return other;
    const rise = this.#near.rise(other, x, y) - this.#near.rise(one, x, y);
    if (Math.abs(rise) < APART * SAME_DEPTH * 1e-2) return Math.min(one, other);
    return rise > 0 ? other : one;
  }

  /**
   * Asks the faces whose edges pass through the pixels around, for they may reach in between the samples.
   *
   * @returns -1 where one hides a point; else the nearest that lies over the place beside it, not in front and nearer than `depth`, or 0.
   */
  #fromAround(
    candidates: Candidates,
    i: number,
    { x, y, besideX, besideY, front, depth: least }: {
      x: number;
      y: number;
      besideX: number;
      besideY: number;
      front: number;
      depth: number;
    },
  ): number {
    const { starts, flaps } = this.#edges;
    const near = this.#near;
    const width = this.#buffer.width / SAMPLES, height = this.#buffer.height / SAMPLES;
    const column = candidates.pixel[i] % width, row = (candidates.pixel[i] - column) / width;
    let found = 0, foundDepth = least;
    // The three pixels nearest to the point.
    const towardsX = x / SAMPLES - column < 0.5 ? -1 : 1, towardsY = y / SAMPLES - row < 0.5 ? -1 : 1;
    for (let k = 1; k < 4; k++) {
      const x1 = column + (k & 1) * towardsX, y1 = row + (k >> 1) * towardsY;
      if (x1 < 0 || y1 < 0 || x1 >= width || y1 >= height) continue;
      for (let j = this.#heads[y1 * width + x1]; j >= 0; j = this.#next[j]) {
        const edge = candidates.edge[j];
        for (let flap = starts[edge]; flap < starts[edge + 1]; flap++) {
          const face = flaps[flap] >>> 2;
          if (face === found || near.has(face) || !near.know(face) || this.#owns(candidates.edge[i], face)) continue;
          const depth = near.depth(face, x, y);
          if (depth > front) {
            if (near.covers(face, x, y)) return -1;
          } else if (depth > foundDepth && near.covers(face, besideX, besideY)) {
            found = face;
            foundDepth = depth;
          }
        }
      }
    }
    return found;
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
