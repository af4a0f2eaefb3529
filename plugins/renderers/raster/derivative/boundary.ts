import { type DepthBuffer, NEAR } from "../depth_buffer.ts";
import { applyTransposed, type Pose } from "../pose.ts";
import type { Surface } from "../surface.ts";
import type { Faces } from "./faces.ts";
import { type FeatureEdges, FORWARD, THROUGH } from "./feature_edges.ts";
import { Arrangement } from "./arrangement.ts";
import { Candidates, COVERED, OPEN, SEEN } from "./candidates.ts";
import { isCovered } from "./first_look.ts";
import type { Pieces } from "./pieces.ts";
import { SAMPLES } from "./samples.ts";

/** Edges shorter than this, in pixels, get one first look. */
const SHORT = 2;

/** Walks over the edges of a surface and cuts what is seen of them into pieces, one for each pixel. */
export class Boundary {
  readonly #surface: Surface;
  readonly #edges: FeatureEdges;
  readonly #candidates = new Candidates();
  readonly #arrangement: Arrangement;
  /** The nearest faces of the current edge on either side of it; 0 where there is none. */
  #ahead = 0;
  #behind = 0;
  /** The eye in object axes. */
  #eye = new Float64Array(3);
  /** The current edge on the screen: x, y in pixels and 1/z of its ends. */
  readonly #line = new Float64Array(6);

  constructor(surface: Surface, edges: FeatureEdges) {
    this.#surface = surface;
    this.#edges = edges;
    this.#arrangement = new Arrangement(surface, edges);
  }

  /**
   * Finds the visible pieces.
   *
   * @param lit Whether brightness changes: then edges between faces that are equally bright are wanted too.
   */
  find(buffer: DepthBuffer, faces: Faces, pose: Pose, { pieces, lit }: { pieces: Pieces; lit: boolean }): void {
    const { ends, starts } = this.#edges;
    const { screen } = buffer;
    const line = this.#line;
    this.#candidates.count = 0;
    this.#eye = applyTransposed(pose.rotation, pose.offset).map((value) => -value);
    for (let edge = 0; edge + 1 < starts.length; edge++) {
      if (!this.#sides(edge, faces, buffer.culled)) continue;
      const from = 3 * ends[2 * edge], to = 3 * ends[2 * edge + 1];
      if (screen[from + 2] === 0 || screen[to + 2] === 0) {
        if (!this.#cut(edge, buffer, pose)) continue;
      } else {
        line[0] = screen[from] / SAMPLES;
        line[1] = screen[from + 1] / SAMPLES;
        line[2] = screen[from + 2];
        line[3] = screen[to] / SAMPLES;
        line[4] = screen[to + 1] / SAMPLES;
        line[5] = screen[to + 2];
      }
      this.#walk(edge, buffer);
    }
    this.#arrangement.resolve(buffer, lit ? undefined : faces.shades, this.#candidates, pieces);
  }

  /** Finds the nearest face of an edge on either side. Whether the edge can be seen, as far as its own faces go. */
  #sides(edge: number, { facing }: Faces, culled: boolean): boolean {
    const { starts, flaps } = this.#edges;
    const { solid } = this.#surface;
    let ahead = 0, behind = 0;
    for (let i = starts[edge]; i < starts[edge + 1]; i++) {
      const face = flaps[i] >>> 2, how = flaps[i] & 3;
      const side = facing[face];
      if (side === 0) continue;
      if (how === THROUGH || (how === FORWARD) === (side > 0)) {
        ahead = ahead === 0 || this.#nearer(face, ahead, edge, 1, facing) ? face : ahead;
      }
      if (how === THROUGH || (how === FORWARD) !== (side > 0)) {
        behind = behind === 0 || this.#nearer(face, behind, edge, -1, facing) ? face : behind;
      }
    }
    this.#ahead = ahead;
    this.#behind = behind;
    if (ahead === behind) return false;
    if (!culled) return true;
    const hiddenAhead = ahead !== 0 && facing[ahead] < 0 && solid[ahead - 1] === 1;
    const hiddenBehind = behind !== 0 && facing[behind] < 0 && solid[behind - 1] === 1;
    return !hiddenAhead && !hiddenBehind;
  }

  /** Whether face `a` lies before face `b` where both hang from an edge on the same side, 1 ahead or -1 behind. */
  #nearer(a: number, b: number, edge: number, side: number, facing: Int8Array): boolean {
    const { positions, triangles, normals } = this.#surface;
    const [eyeX, eyeY, eyeZ] = this.#eye;
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
    return height === 0 ? a < b : height > 0 === facing[b] > 0;
  }

  /** Cuts an edge at the near plane. Whether anything is left. */
  #cut(edge: number, { width, height }: DepthBuffer, { rotation: r, offset, zoom }: Pose): boolean {
    const { positions } = this.#surface;
    const places = [0, 1].map((k) => {
      const i = 3 * this.#edges.ends[2 * edge + k];
      const at = (row: number) => r[row] * positions[i] + r[row + 1] * positions[i + 1] + r[row + 2] * positions[i + 2] + offset[row / 3];
      return [at(0), at(3), at(6)];
    });
    if (places[0][2] < NEAR && places[1][2] < NEAR) return false;
    const scale = zoom * height / SAMPLES / 2;
    places.forEach((place, k) => {
      const other = places[1 - k];
      const share = place[2] < NEAR ? (NEAR - place[2]) / (other[2] - place[2]) : 0;
      const [x, y, z] = place.map((value, axis) => value + share * (other[axis] - value));
      this.#line.set([width / SAMPLES / 2 + scale * x / z, height / SAMPLES / 2 - scale * y / z, 1 / z], 3 * k);
    });
    return true;
  }

  /** Cuts the current line at the borders of pixels and keeps what may be seen of it. */
  #walk(edge: number, buffer: DepthBuffer): void {
    const candidates = this.#candidates;
    const frontFace = this.#ahead, backFace = this.#behind;
    const width = buffer.width / SAMPLES, height = buffer.height / SAMPLES;
    const [x0, y0, w0, x1, y1, w1] = this.#line;
    const lengthX = x1 - x0, lengthY = y1 - y0, rise = w1 - w0;
    // The share of the line that lies in the picture.
    let first = 0, last = 1;
    if (lengthX !== 0) {
      const left = -x0 / lengthX, right = (width - x0) / lengthX;
      first = Math.max(first, Math.min(left, right));
      last = Math.min(last, Math.max(left, right));
    } else if (x0 < 0 || x0 > width) return;
    if (lengthY !== 0) {
      const top = -y0 / lengthY, bottom = (height - y0) / lengthY;
      first = Math.max(first, Math.min(top, bottom));
      last = Math.min(last, Math.max(top, bottom));
    } else if (y0 < 0 || y0 > height) return;
    if (!(first < last)) return;
    candidates.reserve(Math.ceil((Math.abs(lengthX) + Math.abs(lengthY)) * (last - first)) + 3);
    const { pixel, ahead, behind, state, line, edge: edges } = candidates;
    let count = candidates.count;
    const { triangles } = this.#surface;
    const uncovered = frontFace === 0 || backFace === 0 || this.#edges.touching[edge] === 1 ? OPEN : SEEN;
    let look: number = uncovered;
    // Of a short edge within a surface the middle tells enough: where more happens, its pixels are looked at closely anyway.
    const middle = 0.5 * (first + last);
    const short = uncovered === SEEN && (lengthX * lengthX + lengthY * lengthY) * (last - first) ** 2 < SHORT * SHORT;
    if (
      short &&
      isCovered(
        buffer,
        triangles,
        frontFace,
        backFace,
        SAMPLES * (x0 + middle * lengthX),
        SAMPLES * (y0 + middle * lengthY),
        w0 + middle * rise,
      )
    ) {
      look = COVERED;
    }
    const startX = x0 + first * lengthX, startY = y0 + first * lengthY;
    const stepX = lengthX === 0 ? Infinity : 1 / Math.abs(lengthX), stepY = lengthY === 0 ? Infinity : 1 / Math.abs(lengthY);
    let crossX = lengthX === 0 ? Infinity : ((lengthX > 0 ? Math.floor(startX) + 1 : Math.ceil(startX) - 1) - x0) / lengthX;
    let crossY = lengthY === 0 ? Infinity : ((lengthY > 0 ? Math.floor(startY) + 1 : Math.ceil(startY) - 1) - y0) / lengthY;
    for (let t = first; t < last;) {
      let next = last;
      if (crossX < next) next = crossX;
      if (crossY < next) next = crossY;
      if (crossX <= next) crossX += stepX;
      if (crossY <= next) crossY += stepY;
      if (next > t) {
        const middle = 0.5 * (t + next);
        const middleX = x0 + middle * lengthX, middleY = y0 + middle * lengthY, middleW = w0 + middle * rise;
        if (!short) {
          look = isCovered(buffer, triangles, frontFace, backFace, SAMPLES * middleX, SAMPLES * middleY, middleW) ? COVERED : uncovered;
        }
        const column = Math.min(Math.floor(middleX), width - 1), row = Math.min(Math.floor(middleY), height - 1);
        edges[count] = edge;
        pixel[count] = row * width + column;
        ahead[count] = frontFace;
        behind[count] = backFace;
        state[count] = look;
        const at = 6 * count++;
        line[at] = x0 + t * lengthX;
        line[at + 1] = y0 + t * lengthY;
        line[at + 2] = w0 + t * rise;
        line[at + 3] = (next - t) * lengthX;
        line[at + 4] = (next - t) * lengthY;
        line[at + 5] = (next - t) * rise;
      }
      t = next;
    }
    candidates.count = count;
  }
}
