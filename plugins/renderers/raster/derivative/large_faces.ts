import type { DepthBuffer } from "../depth_buffer.ts";
import type { Surface } from "../surface.ts";
import { enlarged } from "./candidates.ts";
import { type Faces, RADIUS } from "./faces.ts";
import { SAMPLES } from "./samples.ts";

/** Pixels along a side of a tile. */
const TILE = 8;

/** The faces that may lie over all of a pixel, so that none of their edges tells that they are there, by tiles of the picture. */
export class LargeFaces {
  /** Faces counted from 1, ... */
  faces: Uint32Array = new Uint32Array(256);
  /** ... and the place of the next of the same tile, 0 where there is none. */
  next: Uint32Array = new Uint32Array(256);
  readonly #surface: Surface;
  readonly #edges = new Float64Array(9);
  #heads = new Uint32Array(0);
  #columns = 0;
  #count = 0;

  constructor(surface: Surface) {
    this.#surface = surface;
  }

  /** Finds the faces of a picture. */
  find({ screen, width, height, culled }: DepthBuffer, { facing, large, largeCount }: Faces): void {
    const { triangles, solid } = this.#surface;
    const size = TILE * SAMPLES;
    const columns = this.#columns = Math.ceil(width / size), rows = Math.ceil(height / size);
    if (this.#heads.length !== columns * rows) this.#heads = new Uint32Array(columns * rows);
    this.#heads.fill(0);
    this.#count = 0;
    for (let k = 0; k < largeCount; k++) {
      const face = large[k], t = 3 * face - 3;
      if (culled && facing[face] < 0 && solid[face - 1] === 1) continue;
      const a = 3 * triangles[t], b = 3 * triangles[t + 1], c = 3 * triangles[t + 2];
      const ax = screen[a], ay = screen[a + 1], bx = screen[b], by = screen[b + 1], cx = screen[c], cy = screen[c + 1];
      const doubleArea = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
      const sides = length(bx - ax, by - ay) + length(cx - bx, cy - by) + length(ax - cx, ay - cy);
      if (Math.abs(doubleArea) >= RADIUS * SAMPLES * sides) this.#spread(face, rows, ax, ay, bx, by, cx, cy);
    }
  }

  /** The place of the first face of the tile of a pixel, 0 where there is none. */
  first(column: number, row: number): number {
    return this.#heads[Math.floor(row / TILE) * this.#columns + Math.floor(column / TILE)];
  }

  /** Adds a face to the tiles that it lies over, by its corners in samples. */
  #spread(face: number, rows: number, ax: number, ay: number, bx: number, by: number, cx: number, cy: number): void {
    const edges = this.#edges, share = 1 / (TILE * SAMPLES);
    const turn = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay) > 0 ? share : -share;
    edgeFunction(edges, 0, ax, ay, bx, by, turn);
    edgeFunction(edges, 3, bx, by, cx, cy, turn);
    edgeFunction(edges, 6, cx, cy, ax, ay, turn);
    const left = Math.max(0, Math.floor(share * Math.min(ax, bx, cx)));
    const right = Math.min(this.#columns - 1, Math.floor(share * Math.max(ax, bx, cx)));
    const top = Math.max(0, Math.floor(share * Math.min(ay, by, cy)));
    const bottom = Math.min(rows - 1, Math.floor(share * Math.max(ay, by, cy)));
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        if (edges[0] * column + edges[1] * row + edges[2] < 0) continue;
        if (edges[3] * column + edges[4] * row + edges[5] < 0) continue;
        if (edges[6] * column + edges[7] * row + edges[8] < 0) continue;
        this.#add(face, row * this.#columns + column);
      }
    }
  }

  #add(face: number, tile: number): void {
    const place = ++this.#count;
    if (place === this.faces.length) {
      this.faces = enlarged(this.faces, new Uint32Array(2 * place));
      this.next = enlarged(this.next, new Uint32Array(2 * place));
    }
    this.faces[place] = face;
    this.next[place] = this.#heads[tile];
    this.#heads[tile] = place;
  }
}

function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

/** Writes the function of a tile's column and row, and 1, that is negative where all of the tile lies beyond the edge from `a` to `b`. */
function edgeFunction(edges: Float64Array, at: number, ax: number, ay: number, bx: number, by: number, turn: number): void {
  const x = turn * (ay - by), y = turn * (bx - ax);
  edges[at] = TILE * SAMPLES * x;
  edges[at + 1] = TILE * SAMPLES * y;
  // Of its corners the one that lies farthest in counts.
  edges[at + 2] = TILE * SAMPLES * ((x > 0 ? x : 0) + (y > 0 ? y : 0)) - x * ax - y * ay;
}
