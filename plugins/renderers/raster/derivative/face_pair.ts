import type { Surface } from "../surface.ts";

/** Lengths below this, in units of the normalized mesh, are none: about a thousandth of a pixel. */
export const TINY = 1e-5;

/** A line shorter than this is a point. */
const LONG = 10 * TINY;

/** Compares two faces. */
export class FacePair {
  /** Whether the two faces compared last go through each other, along a line that is an edge of neither, and its ends. */
  crosses = false;
  readonly from = [0, 0, 0];
  readonly to = [0, 0, 0];
  /** Bit k is set where edge k of the first face lies along the second, bit 3 + k where edge k of the second lies along the first. */
  edges = 0;
  readonly #surface: Surface;
  /** Heights of the corners of each face above the plane of the other. */
  readonly #heights = new Float64Array(6);
  /** What of the line of both planes lies in either face: place along it and x, y, z of either end. [2 faces x 2 ends x 4] */
  readonly #spans = new Float64Array(16);

  constructor(surface: Surface) {
    this.#surface = surface;
  }

  /** Whether faces `a` and `b`, counted from 0, touch other than by an edge or corner that they share. */
  meet(a: number, b: number): boolean {
    const { triangles, normals } = this.#surface;
    this.crosses = false;
    let shared = 0;
    for (let i = 3 * a; i < 3 * a + 3; i++) {
      for (let j = 3 * b; j < 3 * b + 3; j++) if (triangles[i] === triangles[j]) shared++;
    }
    if (shared > 1) return false;
    const flatA = this.#rise(a, b, 0), flatB = this.#rise(b, a, 3);
    if (flatA === undefined || flatB === undefined) return false;
    if (flatA || flatB) {
      this.edges = 63;
      return shared === 0 && this.#overlapInPlane(a, b);
    }
    // The line of both planes, and what of it lies in each face.
    const n = 3 * a, m = 3 * b;
    const x = normals[n + 1] * normals[m + 2] - normals[n + 2] * normals[m + 1];
    const y = normals[n + 2] * normals[m] - normals[n] * normals[m + 2];
    const z = normals[n] * normals[m + 1] - normals[n + 1] * normals[m];
    const length = Math.sqrt(x * x + y * y + z * z);
    if (length === 0) return false;
    const along = [x / length, y / length, z / length] as const;
    this.#span(a, 0, along);
    this.#span(b, 1, along);
    const spans = this.#spans;
    const from = Math.max(spans[0], spans[8]), to = Math.min(spans[4], spans[12]);
    if (to - from < (shared === 1 ? LONG : -TINY)) return false;
    this.edges = this.#flatEdges(0) | (this.#flatEdges(3) << 3);
    if (to - from > LONG && this.edges === 0) {
      this.crosses = true;
      this.#place(from, this.from);
      this.#place(to, this.to);
    }
    return true;
  }

  /**
   * Finds the heights of the corners of `face` above the plane of `other`, those below TINY as 0.
   *
   * @returns Whether all are 0; undefined where all are on one side.
   */
  #rise(face: number, other: number, at: number): boolean | undefined {
    const { positions, triangles, normals } = this.#surface;
    const n = 3 * other, origin = 3 * triangles[n];
    let above = 0, below = 0;
    for (let k = 0; k < 3; k++) {
      const v = 3 * triangles[3 * face + k];
      let height = 0;
      for (let axis = 0; axis < 3; axis++) height += normals[n + axis] * (positions[v + axis] - positions[origin + axis]);
      if (height > TINY) above++;
      else if (height < -TINY) below++;
      else height = 0;
      this.#heights[at + k] = height;
    }
    return above === 3 || below === 3 ? undefined : above + below === 0;
  }

  /** Finds where a face begins and ends on the line of both planes. */
  #span(face: number, which: number, along: readonly [number, number, number]): void {
    const { positions, triangles } = this.#surface;
    const spans = this.#spans, heights = this.#heights;
    const at = 8 * which;
    spans[at] = Infinity;
    spans[at + 4] = -Infinity;
    for (let k = 0; k < 3; k++) {
      const h = heights[3 * which + k], other = heights[3 * which + (k + 1) % 3];
      if (h !== 0 && h * other >= 0) continue;
      const share = h === 0 ? 0 : h / (h - other);
      const v = 3 * triangles[3 * face + k], u = 3 * triangles[3 * face + (k + 1) % 3];
      const x = positions[v] + share * (positions[u] - positions[v]);
      const y = positions[v + 1] + share * (positions[u + 1] - positions[v + 1]);
      const z = positions[v + 2] + share * (positions[u + 2] - positions[v + 2]);
      const place = along[0] * x + along[1] * y + along[2] * z;
      if (place < spans[at]) spans.set([place, x, y, z], at);
      if (place > spans[at + 4]) spans.set([place, x, y, z], at + 4);
    }
  }

  /** Which edges of the face whose heights are at `at` lie in the other's plane. */
  #flatEdges(at: number): number {
    let edges = 0;
    for (let k = 0; k < 3; k++) {
      if (this.#heights[at + k] === 0 && this.#heights[at + (k + 1) % 3] === 0) edges |= 1 << k;
    }
    return edges;
  }

  /** The point at a place of the line, from where the first face begins and ends on it. */
  #place(place: number, point: number[]): void {
    const spans = this.#spans;
    const share = (place - spans[0]) / (spans[4] - spans[0]);
    for (let axis = 0; axis < 3; axis++) point[axis] = spans[1 + axis] + share * (spans[5 + axis] - spans[1 + axis]);
  }

  /** Whether two faces of one plane overlap or touch: no side of either has the other wholly beyond it. */
  #overlapInPlane(a: number, b: number): boolean {
    const { positions, triangles, normals } = this.#surface;
    for (const [face, other] of [[a, b], [b, a]]) {
      const n = 3 * face;
      for (let k = 0; k < 3; k++) {
        const v = 3 * triangles[n + k], u = 3 * triangles[n + (k + 1) % 3];
        const x = positions[u] - positions[v], y = positions[u + 1] - positions[v + 1], z = positions[u + 2] - positions[v + 2];
        // Points out of the face, within its plane, at a right angle to the side.
        const outX = y * normals[n + 2] - z * normals[n + 1], outY = z * normals[n] - x * normals[n + 2];
        const outZ = x * normals[n + 1] - y * normals[n];
        const limit = TINY * Math.sqrt(x * x + y * y + z * z);
        let beyond = 0;
        for (let c = 0; c < 3; c++) {
          const q = 3 * triangles[3 * other + c];
          const out = outX * (positions[q] - positions[v]) + outY * (positions[q + 1] - positions[v + 1]) +
            outZ * (positions[q + 2] - positions[v + 2]);
          if (out > limit) beyond++;
        }
        if (beyond === 3) return false;
      }
    }
    return true;
  }
}
