import type { DepthBuffer } from "../depth_buffer.ts";
import { AHEAD, BEHIND, type Candidates, EDGE, ENDS, FACTS, LINE, MANY, TOUCHES, WHAT } from "./candidates.ts";
import { type FacePlanes, PLANES } from "./face_planes.ts";
import { cross, type FeatureEdges, owns, touches } from "./feature_edges.ts";
import { APART, type NearFaces, SAME_DEPTH, TOUCH } from "./near_faces.ts";
import { Surroundings } from "./surroundings.ts";

/** How far beside an edge it is asked what lies behind it, in pixels. */
const BESIDE = 5e-6;
/** Planes are level where their 1/z differs by less than this at the distance of what is apart. */
const LEVEL = 5e-11;

/** Tells what is seen on the two sides of an edge at one of its points, by the faces near a pixel. */
export class Sight {
  /** The faces seen on the side of the normal (-dy, dx), counted from 1, and on the other; 0 where the background is. */
  ahead = 0;
  behind = 0;
  /** Where the point is hidden: a face that hides it, or 0. */
  hider = 0;
  readonly #edges: FeatureEdges;
  readonly #planes: FacePlanes;
  readonly #near: NearFaces;
  readonly #surroundings: Surroundings;

  constructor(edges: FeatureEdges, planes: FacePlanes, near: NearFaces) {
    this.#edges = edges;
    this.#planes = planes;
    this.#near = near;
    this.#surroundings = new Surroundings(edges, planes, near);
  }

  /** Looks at candidate `i` at a share of it. Whether the point is seen. */
  look(candidates: Candidates, buffer: DepthBuffer, i: number, share: number): boolean {
    const { facts } = candidates;
    this.ahead = facts[FACTS * i + AHEAD];
    this.behind = facts[FACTS * i + BEHIND];
    this.hider = 0;
    const what = facts[FACTS * i + WHAT];
    return (what & (ENDS | TOUCHES)) === 0 ? this.#within(candidates, i, share) : this.#end(candidates, buffer, i, share);
  }

  /** Whether the face that hides a point of a candidate hides all of it. */
  hidesAll({ lines }: Candidates, i: number): boolean {
    const face = this.hider, at = LINE * i;
    if (face === 0) return false;
    const x = lines[at], y = lines[at + 1], w = lines[at + 2];
    const endX = x + lines[at + 3], endY = y + lines[at + 4], endW = w + lines[at + 5];
    const planes = this.#planes;
    return planes.depth(face, x, y) > w * (1 + SAME_DEPTH) && planes.depth(face, endX, endY) > endW * (1 + SAME_DEPTH) &&
      planes.covers(face, x, y) && planes.covers(face, endX, endY);
  }

  /** Looks at a candidate within a surface: its own faces are seen unless another hides them. */
  #within({ lines, facts }: Candidates, i: number, share: number): boolean {
    const { list, nearest, count } = this.#near;
    const planes = this.#planes, values = planes.values;
    const at = LINE * i, what = facts[FACTS * i + WHAT], own = this.ahead, otherOwn = this.behind;
    const x = lines[at] + share * lines[at + 3], y = lines[at + 1] + share * lines[at + 4];
    const w = lines[at + 2] + share * lines[at + 5];
    const front = w * (1 + SAME_DEPTH);
    for (let k = 0; k < count; k++) {
      if (nearest[k] <= w) continue;
      const face = list[k];
      if (face === own || face === otherOwn) continue;
      const p = PLANES * face;
      const depth = values[p + 12] * x + values[p + 13] * y + values[p + 14];
      if (depth <= w || (depth <= front && !this.#crosses(own, otherOwn, face)) || !planes.covers(face, x, y)) continue;
      if ((what & MANY) !== 0 && owns(this.#edges, what >>> EDGE, face)) continue;
      this.hider = face;
      return false;
    }
    return true;
  }

  /** Looks at a candidate where a surface ends or touches another. */
  #end(candidates: Candidates, buffer: DepthBuffer, i: number, share: number): boolean {
    const { lines, facts } = candidates;
    const { list, nearest, count, backed } = this.#near;
    const { starts, flaps } = this.#edges;
    const planes = this.#planes, values = planes.values;
    const at = LINE * i, what = facts[FACTS * i + WHAT], edge = what >>> EDGE;
    const own = flaps[starts[edge]] >>> 2, otherOwn = flaps[starts[edge + 1] - 1] >>> 2;
    const lengthX = lines[at + 3], lengthY = lines[at + 4];
    const x = lines[at] + share * lengthX, y = lines[at + 1] + share * lengthY, w = lines[at + 2] + share * lines[at + 5];
    const front = w * (1 + SAME_DEPTH);
    // Beside the edge, where it has no face of its own, the nearest face that is not in front is what lies behind.
    const side = this.ahead === 0 ? 1 : this.behind === 0 ? -1 : 0;
    const perUnit = 1 / Math.sqrt(lengthX * lengthX + lengthY * lengthY);
    const step = side * BESIDE * perUnit;
    const besideX = x - step * lengthY, besideY = y + step * lengthX;
    const touching = (what & TOUCHES) !== 0;
    const apartX = APART * perUnit * lengthY, apartY = -APART * perUnit * lengthX;
    let found = 0, foundDepth = 0;
    for (let k = 0; k < count; k++) {
      const face = list[k];
      if (nearest[k] <= foundDepth || face === own || face === otherOwn) continue;
      const p = PLANES * face;
      const depth = values[p + 12] * x + values[p + 13] * y + values[p + 14];
      if (depth <= foundDepth && !touching) continue;
      if ((what & MANY) !== 0 && owns(this.#edges, edge, face)) continue;
      if (touching && (Math.abs(depth - w) <= TOUCH * w || touches(this.#edges, edge, face))) {
        const isAhead = planes.covers(face, x - apartX, y - apartY), isBehind = planes.covers(face, x + apartX, y + apartY);
        if (isAhead) this.ahead = this.#nearer(this.ahead, face, -apartX, -apartY);
        if (isBehind) this.behind = this.#nearer(this.behind, face, apartX, apartY);
        // It may end right beside the edge.
        const isBeside = side > 0 ? isAhead : isBehind;
        if (side !== 0 && !isBeside && w > foundDepth && planes.covers(face, besideX, besideY)) {
          foundDepth = w;
          found = face;
        }
      } else if (depth > front || depth > w && this.#crosses(own, otherOwn, face)) {
        if (!planes.covers(face, x, y)) continue;
        this.hider = face;
        return false;
      } else if (side !== 0 && depth > foundDepth && planes.covers(face, besideX, besideY)) {
        foundDepth = depth;
        found = face;
      }
    }
    if (side === 0) return true;
    const around = this.#surroundings;
    // A face none of whose edges passes through the pixel covers all of it, and would show at a sample that shows the background.
    if (found === 0 && !backed) found = around.face(candidates, buffer, edge, x, y, besideX, besideY, front);
    if (found < 0) return false;
    if (found === 0) found = around.sample(candidates, buffer, edge, i, x, y, side * lengthX, side * lengthY);
    if (this.ahead === 0) this.ahead = side > 0 ? found : 0;
    if (this.behind === 0) this.behind = side < 0 ? found : 0;
    return true;
  }

  /** Whether a face goes through one of two others: the line along which it does tells where it comes before them, however little that is. */
  #crosses(one: number, other: number, face: number): boolean {
    return cross(this.#edges, one, face) || cross(this.#edges, other, face);
  }

  /** Which of two faces that meet at a point comes nearer to the eye in a direction from it. */
  #nearer(one: number, other: number, x: number, y: number): number {
    if (one === 0) return other;
    const rise = this.#planes.rise(other, x, y) - this.#planes.rise(one, x, y);
    if (Math.abs(rise) < LEVEL) return Math.min(one, other);
    return rise > 0 ? other : one;
  }
}
