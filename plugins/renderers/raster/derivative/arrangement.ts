import type { DepthBuffer } from "../depth_buffer.ts";
import type { Pose } from "../pose.ts";
import type { Surface } from "../surface.ts";
import type { Candidates } from "./candidates.ts";
import { Cuts } from "./cuts.ts";
import { type FeatureEdges, owns } from "./feature_edges.ts";
import { NearFaces, SAME_DEPTH } from "./near_faces.ts";
import type { Pieces } from "./pieces.ts";
import { SAMPLES } from "./samples.ts";

/** How far beside an edge it is asked what lies behind it, in pixels. */
const BESIDE = 5e-6;
/** Of an edge whose faces touch others: depths that differ by less than this share are the same, ... */
const TOUCH = 3e-6;
/** ... places that differ by less than this, in pixels, are the same, ... */
const APART = 2.5e-4;
/** ... and planes whose 1/z differs by less than this at that distance. */
const LEVEL = 5e-11;
/** What a candidate is: where a surface ends, where it touches another, or nothing to be seen. */
const ENDS = 1, TOUCHES = 2, HIDDEN = 4;

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
  /** What each candidate is, and which of the faces that reach pieces are its own. */
  #kinds = new Uint8Array(0);
  #reachStarts = new Uint32Array(0);
  #reachEnds = new Uint32Array(0);
  /** The current pixel, and whether the background is seen in it. */
  #column = 0;
  #row = 0;
  #backed = false;
  /** Where the current piece is cut. */
  readonly #cuts = new Cuts();

  constructor(surface: Surface, edges: FeatureEdges) {
    this.#edges = edges;
    this.#near = new NearFaces(surface, edges);
  }

  /**
   * Adds the visible parts of candidates, which must be all the edges in their pixels.
   *
   * @param close 1 where a pixel is looked at; in others all candidates are hidden, and only tell what faces are near.
   * @param shades Brightness of the faces where edges between equally bright ones are of no interest.
   */
  resolve(
    buffer: DepthBuffer,
    pose: Pose,
    { facing, shades, close, candidates, pieces }: {
      facing: Int8Array;
      shades?: Float32Array;
      close: Uint8Array;
      candidates: Candidates;
      pieces: Pieces;
    },
  ): void {
    this.#buffer = buffer;
    this.#near.begin(buffer, pose, facing);
    this.#shades = shades;
    const width = buffer.width / SAMPLES, pixels = width * buffer.height / SAMPLES;
    if (this.#heads.length !== pixels) this.#heads = new Int32Array(pixels);
    if (this.#next.length < candidates.count) {
      const room = candidates.edge.length;
      this.#next = new Int32Array(room);
      this.#kinds = new Uint8Array(room);
      this.#reachStarts = new Uint32Array(room);
      this.#reachEnds = new Uint32Array(room);
    }
    const heads = this.#heads, next = this.#next;
    const { count, pixel } = candidates;
    heads.fill(-1);
    for (let i = count - 1; i >= 0; i--) {
      next[i] = heads[pixel[i]];
      heads[pixel[i]] = i;
    }
    for (let i = 0; i < count; i++) {
      if (heads[pixel[i]] === i && close[pixel[i]] === 1) this.#resolvePixel(candidates, i, width, pieces);
    }
  }

  #jumps(ahead: number, behind: number): boolean {
    if (ahead === behind) return false;
    return this.#shades === undefined || ahead === 0 || behind === 0 || this.#shades[ahead] !== this.#shades[behind];
  }

  #resolvePixel(candidates: Candidates, head: number, width: number, pieces: Pieces): void {
    const { pixel, edge, ahead, behind, line } = candidates;
    const { touching } = this.#edges;
    const near = this.#near, next = this.#next, kinds = this.#kinds, cuts = this.#cuts;
    const column = pixel[head] % width, row = ((pixel[head] - column) / width) | 0;
    near.gather(SAMPLES * column, SAMPLES * row, candidates, head, next);
    this.#look(column, row);
    let found = false;
    for (let i = head; i >= 0; i = next[i]) {
      const touches = touching[edge[i]] === 1, ends = ahead[i] === 0 || behind[i] === 0;
      kinds[i] = HIDDEN;
      if (!ends && !touches && !this.#jumps(ahead[i], behind[i])) continue;
      this.#reachStarts[i] = near.reachedCount;
      if (near.reach(edge[i], line, 6 * i, touches ? APART : BESIDE, !ends && !touches)) near.reachedCount = this.#reachStarts[i];
      else kinds[i] = (ends ? ENDS : 0) | (touches ? TOUCHES : 0), found = true;
      this.#reachEnds[i] = near.reachedCount;
    }
    if (!found) return;
    for (let i = head; i >= 0; i = next[i]) {
      if (kinds[i] === HIDDEN) continue;
      // What hides a piece ends in another piece; where the surface itself ends, what lies behind may change at any.
      const ends = kinds[i] & ENDS;
      cuts.count = 0;
      if (kinds[i] !== 0 || this.#reachEnds[i] > this.#reachStarts[i]) {
        for (let j = head; j >= 0; j = next[j]) {
          if (j === i || kinds[j] === HIDDEN) continue;
          if ((ends | kinds[j]) & ENDS) cuts.crossing(line, 6 * i, 6 * j);
          if (kinds[j] & TOUCHES) cuts.landing(line, 6 * i, 6 * j, APART);
        }
      }
      let from = 0;
      for (let k = 0; k < cuts.count; k++) {
        const to = cuts.shares[k];
        if (to > from) this.#part(candidates, head, i, from, to, pieces);
        from = to;
      }
      this.#part(candidates, head, i, from, 1, pieces);
    }
  }

  /** Takes the pixel in the given place: whether the background is seen at one of its samples. */
  #look(column: number, row: number): void {
    const { width, faces } = this.#buffer;
    this.#column = column;
    this.#row = row;
    this.#backed = false;
    for (let y = SAMPLES * row; y < SAMPLES * (row + 1); y++) {
      for (let i = y * width + SAMPLES * column; i < y * width + SAMPLES * (column + 1); i++) if (faces[i] === 0) this.#backed = true;
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
      const offX = x - line[at], offY = y - line[at + 1];
      const share = (offX * lengthX + offY * lengthY) / length, aside = offX * lengthY - offY * lengthX;
      if (share < 0 || share > 1 || aside * aside > APART * APART * length) continue;
      if (Math.abs(line[at + 2] + share * line[at + 5] - w) > TOUCH * w) continue;
      const turn = lengthX * line[6 * i + 4] - lengthY * line[6 * i + 3];
      if (turn * turn < 1e-2 * length * (line[6 * i + 3] ** 2 + line[6 * i + 4] ** 2)) found++;
    }
    return found;
  }

  /** Adds the part of a piece from one share of it to another, if it is seen. */
  #part(candidates: Candidates, head: number, i: number, from: number, to: number, pieces: Pieces): void {
    const { line } = candidates;
    const at = 6 * i, middle = 0.5 * (from + to);
    const lengthX = line[at + 3], lengthY = line[at + 4];
    const x = line[at] + middle * lengthX, y = line[at + 1] + middle * lengthY, w = line[at + 2] + middle * line[at + 5];
    let ahead = candidates.ahead[i], behind = candidates.behind[i];
    const near = this.#near, reached = near.reached;
    const front = w * (1 + SAME_DEPTH);
    // Beside the edge, where it has no face of its own, the nearest face that is not in front is what lies behind.
    const side = ahead === 0 ? 1 : behind === 0 ? -1 : 0;
    const perUnit = 1 / Math.sqrt(lengthX * lengthX + lengthY * lengthY);
    const step = side * BESIDE * perUnit;
    const besideX = x - step * lengthY, besideY = y + step * lengthX;
    const touching = (this.#kinds[i] & TOUCHES) !== 0;
    const apartX = APART * perUnit * lengthY, apartY = -APART * perUnit * lengthX;
    let found = 0, foundDepth = 0;
    for (let k = this.#reachStarts[i]; k < this.#reachEnds[i]; k++) {
      const face = reached[k];
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
      // A face none of whose edges passes through the pixel covers all of it, and would show at a sample that shows the background.
      if (found === 0 && !this.#backed) found = this.#fromAround(candidates, i, x, y, besideX, besideY, front);
      if (found < 0) return;
      if (found === 0) found = this.#beyond(candidates, head, i, x, y, side * lengthX, side * lengthY);
      if (ahead === 0) ahead = side > 0 ? found : 0;
      if (behind === 0) behind = side < 0 ? found : 0;
    }
    if (!this.#jumps(ahead, behind)) return;
    pieces.reserve(1);
    const weight = touching ? 1 / (1 + this.#coincident(candidates, head, i, x, y, w)) : 1;
    pieces.add(this.#column, this.#row, ahead, behind, line, at, from, to, weight);
  }

  /** Which of two faces that meet at a point comes nearer to the eye in a direction from it. */
  #nearest(one: number, other: number, x: number, y: number): number {
    if (one === 0) return other;
    const rise = this.#near.rise(other, x, y) - this.#near.rise(one, x, y);
    if (Math.abs(rise) < LEVEL) return Math.min(one, other);
    return rise > 0 ? other : one;
  }

  /**
   * Asks the faces whose edges pass through the pixels around, for they may reach in between the samples.
   *
   * @returns -1 where one hides a point; else the nearest that lies over the place beside it, not in front, or 0.
   */
  #fromAround(
    { ahead, behind, edge }: Candidates,
    i: number,
    x: number,
    y: number,
    besideX: number,
    besideY: number,
    front: number,
  ): number {
    const near = this.#near, heads = this.#heads, next = this.#next;
    const width = this.#buffer.width / SAMPLES, height = this.#buffer.height / SAMPLES;
    let found = 0, foundDepth = 0;
    // The three pixels nearest to the point.
    const towardsX = x - this.#column < 0.5 ? -1 : 1, towardsY = y - this.#row < 0.5 ? -1 : 1;
    for (let k = 1; k < 4; k++) {
      const x1 = this.#column + (k & 1) * towardsX, y1 = this.#row + (k >> 1) * towardsY;
      if (x1 < 0 || y1 < 0 || x1 >= width || y1 >= height) continue;
      for (let j = heads[y1 * width + x1]; j >= 0; j = next[j]) {
        for (let face = ahead[j], other = behind[j];; face = other, other = 0) {
          if (face === 0) {
            if (other === 0) break;
            continue;
          }
          if (face === found || near.has(face) || !near.know(face)) continue;
          const depth = near.depth(face, x, y);
          if (depth <= foundDepth) continue;
          if (depth > front) {
            if (near.covers(face, x, y) && !owns(this.#edges, edge[i], face)) return -1;
          } else if (near.covers(face, besideX, besideY) && !owns(this.#edges, edge[i], face)) {
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
  #beyond({ edge, line }: Candidates, head: number, i: number, x: number, y: number, alongX: number, alongY: number): number {
    const { width, faces } = this.#buffer;
    const left = SAMPLES * this.#column, top = SAMPLES * this.#row;
    let best = Infinity, found = 0, foundX = 0, foundY = 0;
    for (let sampleY = top; sampleY < top + SAMPLES; sampleY++) {
      for (let sampleX = left; sampleX < left + SAMPLES; sampleX++) {
        const offX = (sampleX + 0.5) / SAMPLES - x, offY = (sampleY + 0.5) / SAMPLES - y;
        const distance = offX * offX + offY * offY;
        const face = faces[sampleY * width + sampleX];
        if (distance >= best || alongX * offY - alongY * offX <= 0 || owns(this.#edges, edge[i], face)) continue;
        best = distance;
        found = face;
        foundX = offX;
        foundY = offY;
      }
    }
    if (found === 0) return 0;
    for (let j = head; j >= 0; j = this.#next[j]) {
      const at = 6 * j;
      const startX = line[at] - x, startY = line[at + 1] - y, lengthX = line[at + 3], lengthY = line[at + 4];
      const turn = foundX * lengthY - foundY * lengthX;
      if (j === i || turn === 0) continue;
      const share = (startX * lengthY - startY * lengthX) / turn, other = (startX * foundY - startY * foundX) / turn;
      if (share > 0 && share < 1 && other > 0 && other < 1) return 0;
    }
    return found;
  }
}
