import type { Surface } from "../surface.ts";
import type { Faces } from "./faces.ts";
import { type FeatureEdges, FORWARD, THROUGH } from "./feature_edges.ts";

/** Which of its own faces the eye sees on either side of each edge. */
export class EdgeSides {
  /**
   * Nearest face on the side of the normal (-dy, dx) of the edge as it runs on the screen, counted from 1, and on the other side; 0 where there is
   * none. Both are 0 where the edge cannot be seen. [edges]
   */
  readonly ahead: Uint32Array;
  readonly behind: Uint32Array;
  readonly #surface: Surface;
  readonly #edges: FeatureEdges;
  #facing!: Int8Array;
  #eye!: Float64Array;

  constructor(surface: Surface, edges: FeatureEdges) {
    this.#surface = surface;
    this.#edges = edges;
    this.ahead = new Uint32Array(edges.starts.length - 1);
    this.behind = new Uint32Array(edges.starts.length - 1);
  }

  /**
   * Finds the sides of all edges.
   *
   * @param culled Whether backs of solids are left out.
   * @param eye The eye in object axes.
   */
  find({ facing }: Faces, culled: boolean, eye: Float64Array): void {
    const { starts, flaps } = this.#edges;
    const { solid } = this.#surface;
    const aheads = this.ahead, behinds = this.behind;
    this.#facing = facing;
    this.#eye = eye;
    for (let edge = 0; edge < aheads.length; edge++) {
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
      aheads[edge] = hidden ? 0 : ahead;
      behinds[edge] = hidden ? 0 : behind;
    }
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
