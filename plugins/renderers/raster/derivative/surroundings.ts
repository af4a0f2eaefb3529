import type { DepthBuffer } from "../depth_buffer.ts";
import { AHEAD, BEHIND, type Candidates, FACTS, LINE, NEXT, PIXEL } from "./candidates.ts";
import type { FacePlanes } from "./face_planes.ts";
import { type FeatureEdges, owns } from "./feature_edges.ts";
import type { NearFaces } from "./near_faces.ts";
import { SAMPLES } from "./samples.ts";

/** What lies beside an edge where a surface ends and no face near the pixel lies over the place: the pixels around tell, or the samples. */
export class Surroundings {
  readonly #edges: FeatureEdges;
  readonly #planes: FacePlanes;
  readonly #near: NearFaces;

  constructor(edges: FeatureEdges, planes: FacePlanes, near: NearFaces) {
    this.#edges = edges;
    this.#planes = planes;
    this.#near = near;
  }

  /**
   * Asks the faces whose edges pass through the pixels around, for they may reach in between the samples.
   *
   * @param edge The edge that the point is on.
   * @param front Up to this 1/z at the point a face is not in front.
   * @returns -1 where one hides the point; else the nearest that lies over the place beside it, not in front, or 0.
   */
  face(
    { facts, heads }: Candidates,
    { width, height }: DepthBuffer,
    edge: number,
    x: number,
    y: number,
    besideX: number,
    besideY: number,
    front: number,
  ): number {
    const near = this.#near, planes = this.#planes;
    const columns = width / SAMPLES, rows = height / SAMPLES;
    let found = 0, foundDepth = 0;
    // The three pixels nearest to the point.
    const towardsX = x - near.column < 0.5 ? -1 : 1, towardsY = y - near.row < 0.5 ? -1 : 1;
    for (let k = 1; k < 4; k++) {
      const column = near.column + (k & 1) * towardsX, row = near.row + (k >> 1) * towardsY;
      if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
      for (let j = heads[row * columns + column]; j > 0; j = facts[FACTS * j + NEXT]) {
        for (let side = AHEAD; side <= BEHIND; side++) {
          const face = facts[FACTS * j + side];
          if (face === 0 || face === found || near.has(face) || !planes.know(face)) continue;
          const depth = planes.depth(face, x, y);
          if (depth <= foundDepth) continue;
          if (depth > front) {
            if (planes.covers(face, x, y) && !owns(this.#edges, edge, face)) return -1;
          } else if (planes.covers(face, besideX, besideY) && !owns(this.#edges, edge, face)) {
            found = face;
            foundDepth = depth;
          }
        }
      }
    }
    return found;
  }

  /**
   * The face at the pixel's nearest sample on the side ahead of a direction from a point of a candidate, carried on, or the background where another
   * candidate passes between.
   */
  sample(
    { lines, facts, heads }: Candidates,
    { width, faces }: DepthBuffer,
    edge: number,
    i: number,
    x: number,
    y: number,
    alongX: number,
    alongY: number,
  ): number {
    const left = SAMPLES * this.#near.column, top = SAMPLES * this.#near.row;
    let best = Infinity, found = 0, foundX = 0, foundY = 0;
    for (let sampleY = top; sampleY < top + SAMPLES; sampleY++) {
      for (let sampleX = left; sampleX < left + SAMPLES; sampleX++) {
        const offX = (sampleX + 0.5) / SAMPLES - x, offY = (sampleY + 0.5) / SAMPLES - y;
        const distance = offX * offX + offY * offY;
        const face = faces[sampleY * width + sampleX];
        if (distance >= best || alongX * offY - alongY * offX <= 0 || owns(this.#edges, edge, face)) continue;
        best = distance;
        found = face;
        foundX = offX;
        foundY = offY;
      }
    }
    if (found === 0) return 0;
    for (let j = heads[facts[FACTS * i + PIXEL]]; j > 0; j = facts[FACTS * j + NEXT]) {
      const at = LINE * j;
      const startX = lines[at] - x, startY = lines[at + 1] - y, lengthX = lines[at + 3], lengthY = lines[at + 4];
      const turn = foundX * lengthY - foundY * lengthX;
      if (j === i || turn === 0) continue;
      const share = (startX * lengthY - startY * lengthX) / turn, other = (startX * foundY - startY * foundX) / turn;
      if (share > 0 && share < 1 && other > 0 && other < 1) return 0;
    }
    return found;
  }
}
