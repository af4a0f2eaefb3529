import type { Surface } from "../surface.ts";
import type { Faces } from "./faces.ts";
import { BACKWARD, type FeatureEdges, FORWARD, THROUGH } from "./feature_edges.ts";

/** Which of its own faces the eye sees on either side of each edge. */
export class EdgeSides {
  /**
   * Nearest face on the side of the normal (-dy, dx) of the edge as it runs on the screen, counted from 1, and on the other side; 0 where there is
   * none. Of no meaning where the edge cannot be seen. [edges]
   */
  readonly ahead: Uint32Array;
  readonly behind: Uint32Array;
  /** Edges where a surface ends for the eye, or touches another; those after `openCount` are of other pictures. */
  readonly open: Uint32Array;
  openCount = 0;
  /** All other edges that can be seen. */
  readonly inner: Uint32Array;
  innerCount = 0;
  readonly #surface: Surface;
  readonly #edges: FeatureEdges;
  /** The two faces of each edge where there are two and it runs forward along one and backward along the other, else 0. [edges x 2] */
  readonly #pairs: Uint32Array;
  #facing!: Int8Array;
  #eye!: Float64Array;

  constructor(surface: Surface, edges: FeatureEdges) {
    const count = edges.starts.length - 1;
    this.#surface = surface;
    this.#edges = edges;
    this.ahead = new Uint32Array(count);
    this.behind = new Uint32Array(count);
    this.open = new Uint32Array(count);
    this.inner = new Uint32Array(count);
    const pairs = this.#pairs = new Uint32Array(2 * count);
    for (let edge = 0; edge < count; edge++) {
      const first = edges.flaps[edges.starts[edge]], last = edges.flaps[edges.starts[edge + 1] - 1];
      if (edges.starts[edge + 1] - edges.starts[edge] !== 2 || (first & 3) + (last & 3) !== FORWARD + BACKWARD) continue;
      pairs[2 * edge] = ((first & 3) === FORWARD ? first : last) >>> 2;
      pairs[2 * edge + 1] = ((first & 3) === FORWARD ? last : first) >>> 2;
    }
  }

  /**
   * Finds the sides of all edges.
   *
   * @param culled Whether backs of solids are left out.
   * @param eye The eye in object axes.
   */
  find({ facing }: Faces, culled: boolean, eye: Float64Array): void {
    const { touching } = this.#edges;
    const { solid } = this.#surface;
    const { ahead, behind, open, inner } = this;
    const pairs = this.#pairs;
    let openCount = 0, innerCount = 0;
    this.#facing = facing;
    this.#eye = eye;
    for (let edge = 0, pair = 0; edge < touching.length; edge++, pair += 2) {
      const one = pairs[pair], other = pairs[pair + 1], side = facing[one];
      if (side === 0 || side !== facing[other]) {
        this.#findSides(edge, culled);
        if (ahead[edge] === behind[edge]) continue;
      } else if (side > 0) {
        ahead[edge] = one;
        behind[edge] = other;
      } else {
        if (culled && (solid[one - 1] === 1 || solid[other - 1] === 1)) continue;
        ahead[edge] = other;
        behind[edge] = one;
      }
      if (touching[edge] === 1 || ahead[edge] === 0 || behind[edge] === 0) open[openCount++] = edge;
      else inner[innerCount++] = edge;
    }
    this.openCount = openCount;
    this.innerCount = innerCount;
  }

  /** Finds the sides of any edge. */
  #findSides(edge: number, culled: boolean): void {
    const { starts, flaps } = this.#edges;
    const { solid } = this.#surface;
    const facing = this.#facing;
    let ahead = 0, behind = 0;
    for (let i = starts[edge]; i < starts[edge + 1]; i++) {
      const flap = flaps[i], face = flap >>> 2, how = flap & 3;
      const side = facing[face];
      if (side === 0) continue;
      const forward = (how === FORWARD) === (side > 0);
      if (forward || how === THROUGH) ahead = ahead === 0 || this.#isNearer(face, ahead, edge, 1) ? face : ahead;
      if (!forward || how === THROUGH) behind = behind === 0 || this.#isNearer(face, behind, edge, -1) ? face : behind;
    }
    const hidden = culled && ((ahead !== 0 && facing[ahead] < 0 && solid[ahead - 1] === 1) ||
      (behind !== 0 && facing[behind] < 0 && solid[behind - 1] === 1));
    this.ahead[edge] = hidden ? 0 : ahead;
    this.behind[edge] = hidden ? 0 : behind;
  }

  /** Whether face `a` lies before face `b` where both hang from an edge on the same side, 1 ahead or -1 behind. */
  #isNearer(a: number, b: number, edge: number, side: number): boolean {
    const { positions, triangles, normals } = this.#surface;
    const eyeX = this.#eye[0], eyeY = this.#eye[1], eyeZ = this.#eye[2];
    const v = 3 * this.#edges.ends[2 * edge], u = 3 * this.#edges.ends[2 * edge + 1];
    const vx = positions[v] - eyeX, vy = positions[v + 1] - eyeY, vz = positions[v + 2] - eyeZ;
    const ux = positions[u] - eyeX, uy = positions[u + 1] - eyeY, uz = positions[u + 2] - eyeZ;
    // The corner of `a` that is farthest out on that side, from the plane of the eye and the edge.
    const x = vy * uz - vz * uy, y = vz * ux - vx * uz, z = vx * uy - vy * ux;
    let farthest = 0, q = v;
    for (let corner = 3 * a - 3; corner < 3 * a; corner++) {
      const at = 3 * triangles[corner];
      const out = -side * (x * (positions[at] - eyeX) + y * (positions[at + 1] - eyeY) + z * (positions[at + 2] - eyeZ));
      if (out > farthest) {
        farthest = out;
        q = at;
      }
    }
    const n = 3 * b - 3;
    const height = normals[n] * (positions[q] - positions[v]) + normals[n + 1] * (positions[q + 1] - positions[v + 1]) +
      normals[n + 2] * (positions[q + 2] - positions[v + 2]);
    return height === 0 ? a < b : height > 0 === this.#facing[b] > 0;
  }
}
