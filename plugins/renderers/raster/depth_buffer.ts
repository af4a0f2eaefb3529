import type { Scene } from "../../../core/scene.ts";
import type { Pose } from "./pose.ts";
import type { Surface } from "./surface.ts";

/** Nothing nearer to the eye is drawn. */
export const NEAR = 0.1;
/** Nothing farther from the eye is drawn. */
export const FAR = 100;

/** A later face must be nearer by this factor to cover an earlier one: of faces in one plane the first is seen, and rounding makes no pattern. */
const TIE = 1 + 3e-7;

/** Marks a vertex before the near plane. */
const BEHIND = -(2 ** 29);

/** Coordinates are no farther off than this when samples are counted. */
const BEYOND = 2 ** 28;

/** Corners that a triangle can have once the near plane has cut it. */
const CUT = 4;

/** Tells where faces are not seen though nothing hides them. */
export interface Holes {
  /** Takes a face, counted from 1, of a buffer that is being drawn. Whether it may have holes. */
  take(buffer: DepthBuffer, pose: Pose, face: number): boolean;
  /** Whether the face that was taken is seen at a place on the screen, in samples. */
  isSeen(x: number, y: number): boolean;
}

/**
 * Which face is seen at each sample of a picture, and its shade: a z-buffer over 1/z, which is linear across the picture, filled by scanlines.
 * Samples lie at the centers of a grid of `width` x `height`, row 0 at the top. Everything is allocated once.
 */
export class DepthBuffer {
  readonly width: number;
  readonly height: number;
  /** Face at each sample, counted from 1; 0 where there is none. [height x width] */
  readonly faces: Uint32Array;
  /** 1/z at each sample, [height x width]; 1/FAR where there is no face. */
  readonly inverse: Float32Array;
  /** x, y in samples and 1/z of each vertex, [vertices x 3]; 1/z is 0 for a vertex that lies before the near plane. */
  readonly screen: Float64Array;
  /** How 1/z of each face that was drawn changes from a sample to the next along x and y, counted from 1, [faces + 1 x 2]. */
  readonly slopes: Float32Array;
  /** Brightness of each face that was drawn, counted from 1; 0 at 0. [faces + 1] */
  readonly shades: Float32Array;
  readonly #surface: Surface;
  readonly #holes?: Holes;
  readonly #vertices: number;
  /** First sample at or after each vertex, [vertices x 2]: column, row. */
  readonly #cells: Int32Array;
  readonly #light = new Float64Array(5);
  readonly #cutTriangles: Uint32Array;
  /** Whether a vertex lies before the near plane: then the eye may be inside of a solid. */
  #touchesNear = false;

  /** Whether the backs of solids were left out of the last drawing. */
  get culled(): boolean {
    return !this.#touchesNear;
  }

  /** @param holes Of faces, where these have any. */
  constructor(surface: Surface, width: number, height: number, holes?: Holes) {
    this.#surface = surface;
    this.#holes = holes;
    this.width = width;
    this.height = height;
    this.faces = new Uint32Array(width * height);
    this.inverse = new Float32Array(width * height);
    this.#vertices = surface.positions.length / 3;
    this.screen = new Float64Array(3 * (this.#vertices + CUT));
    this.#cells = new Int32Array(2 * (this.#vertices + CUT));
    this.slopes = new Float32Array(2 * surface.triangles.length / 3 + 2);
    this.shades = new Float32Array(surface.triangles.length / 3 + 1);
    const first = this.#vertices;
    this.#cutTriangles = Uint32Array.of(first, first + 1, first + 2, first, first + 2, first + 3);
  }

  /** Draws the mesh over an empty buffer. */
  draw(scene: Scene, pose: Pose): void {
    this.faces.fill(0);
    this.inverse.fill(1 / FAR);
    this.#light.set(pose.light);
    this.#light[3] = scene.light.directional;
    this.#light[4] = scene.light.ambient;
    this.#touchesNear = false;
    this.#project(pose);
    this.#fill(this.#surface.triangles, 0, pose);
  }

  /** Twice the area of a face on the screen, in samples: positive where the eye is on the side of its normal. */
  doubleArea(face: number): number {
    const { triangles } = this.#surface;
    const a = 3 * triangles[3 * face - 3], b = 3 * triangles[3 * face - 2], c = 3 * triangles[3 * face - 1];
    const s = this.screen;
    return (s[b] - s[a]) * (s[c + 1] - s[a + 1]) - (s[c] - s[a]) * (s[b + 1] - s[a + 1]);
  }

  #project({ rotation: r, offset, zoom }: Pose): void {
    const { positions } = this.#surface;
    const screen = this.screen, cells = this.#cells;
    const middleX = this.width / 2, middleY = this.height / 2, scale = zoom * this.height / 2;
    const r0 = r[0], r1 = r[1], r2 = r[2], r3 = r[3], r4 = r[4], r5 = r[5], r6 = r[6], r7 = r[7], r8 = r[8];
    const offsetX = offset[0], offsetY = offset[1], offsetZ = offset[2];
    for (let i = 0, j = 0; i < positions.length; i += 3, j += 2) {
      const x = positions[i], y = positions[i + 1], z = positions[i + 2];
      const depth = r6 * x + r7 * y + r8 * z + offsetZ;
      if (depth >= NEAR) {
        const inverse = 1 / depth;
        screen[i] = middleX + scale * inverse * (r0 * x + r1 * y + r2 * z + offsetX);
        screen[i + 1] = middleY - scale * inverse * (r3 * x + r4 * y + r5 * z + offsetY);
        screen[i + 2] = inverse;
        cells[j] = cell(screen[i]);
        cells[j + 1] = cell(screen[i + 1]);
      } else {
        this.#touchesNear = true;
        screen[i + 2] = 0;
        cells[j] = cells[j + 1] = BEHIND;
      }
    }
  }

  /** Fills triangles. `cutFace` is 0 for the faces of the mesh in their order, else the one face whose pieces they are. */
  #fill(triangles: Uint32Array, cutFace: number, pose: Pose, count = triangles.length): void {
    const { screen, faces, inverse, width, height, shades, slopes } = this;
    const { normals, solid } = this.#surface;
    const cull = !this.#touchesNear;
    const cells = this.#cells, holes = this.#holes;
    const [lightX, lightY, lightZ, directional, ambient] = this.#light;
    for (let t = 0; t < count; t += 3) {
      const va = triangles[t], vb = triangles[t + 1], vc = triangles[t + 2];
      const rowA = cells[2 * va + 1], rowB = cells[2 * vb + 1], rowC = cells[2 * vc + 1];
      if (rowA === rowB && rowB === rowC) continue;
      const columnA = cells[2 * va], columnB = cells[2 * vb], columnC = cells[2 * vc];
      if (columnA === columnB && columnB === columnC) continue;
      if ((columnA & columnB & columnC) < 0 || ((columnA - width) | (columnB - width) | (columnC - width)) >= 0) {
        if (rowA > BEHIND && rowB > BEHIND && rowC > BEHIND) continue;
      }
      let low = rowA + ((rowB - rowA) & ((rowB - rowA) >> 31));
      low += (rowC - low) & ((rowC - low) >> 31);
      if (low === BEHIND) {
        this.#cut(t, pose);
        continue;
      }
      let high = rowA - ((rowA - rowB) & ((rowA - rowB) >> 31));
      high -= (high - rowC) & ((high - rowC) >> 31);
      const firstRow = low > 0 ? low : 0, endRow = high < height ? high : height;
      if (firstRow >= endRow) continue;
      const a = 3 * va, b = 3 * vb, c = 3 * vc;
      const aw = screen[a + 2], bw = screen[b + 2], cw = screen[c + 2];
      const ax = screen[a], ay = screen[a + 1], bx = screen[b], by = screen[b + 1], cx = screen[c], cy = screen[c + 1];
      const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
      if (area === 0) continue;
      const face = cutFace === 0 ? t / 3 + 1 : cutFace;
      if (area < 0 && solid[face - 1] === 1 && cull) continue;
      const slopeX = ((bw - aw) * (cy - ay) - (cw - aw) * (by - ay)) / area;
      const slopeY = ((cw - aw) * (bx - ax) - (bw - aw) * (cx - ax)) / area;

      const n = 3 * face - 3;
      const cosine = normals[n] * lightX + normals[n + 1] * lightY + normals[n + 2] * lightZ;
      // The side that is seen has its corners clockwise on the screen, whose y points down.
      const facing = area > 0 ? cosine : -cosine;
      shades[face] = facing > 0 ? ambient + directional * facing : ambient;
      slopes[2 * face] = slopeX;
      slopes[2 * face + 1] = slopeY;

      // Corners from top to bottom. Edges are always walked downwards, so faces that share one agree on every sample.
      const aFirst = ay <= by;
      let tx = aFirst ? ax : bx, ty = aFirst ? ay : by, mx = aFirst ? bx : ax, my = aFirst ? by : ay, ex = cx, ey = cy;
      if (ey < ty) {
        ex = mx, ey = my, mx = tx, my = ty, tx = cx, ty = cy;
      } else if (ey < my) {
        ex = mx, ey = my, mx = cx, my = cy;
      }
      const long = (ex - tx) / (ey - ty);
      const longOnLeft = (ex - tx) * (my - ty) < (mx - tx) * (ey - ty);
      const w00 = aw - (ax - 0.5) * slopeX - (ay - 0.5) * slopeY;
      const hasHoles = holes !== undefined && holes.take(this, pose, face);
      let row = firstRow;
      for (let half = 0; half < 2; half++) {
        const sx = half === 0 ? tx : mx, sy = half === 0 ? ty : my;
        let stop = half === 0 ? Math.ceil(my - 0.5) | 0 : endRow;
        if (stop > endRow) stop = endRow;
        if (row >= stop) continue;
        const short = half === 0 ? (mx - tx) / (my - ty) : (ex - mx) / (ey - my);
        const lx = longOnLeft ? tx : sx, ly = longOnLeft ? ty : sy, ls = longOnLeft ? long : short;
        const rx = longOnLeft ? sx : tx, ry = longOnLeft ? sy : ty, rs = longOnLeft ? short : long;
        for (; row < stop; row++) {
          const y = row + 0.5;
          const left = lx + (y - ly) * ls - 0.5, right = rx + (y - ry) * rs - 0.5;
          const start = left > 0 ? Math.ceil(left) | 0 : 0;
          const end = right < width ? Math.ceil(right) | 0 : width;
          const base = row * width;
          let w = w00 + start * slopeX + row * slopeY;
          for (let i = base + start; i < base + end; i++) {
            if (w > inverse[i] && !(hasHoles && !holes.isSeen(i - base + 0.5, y))) {
              inverse[i] = w * TIE;
              faces[i] = face;
            }
            w += slopeX;
          }
        }
      }
    }
  }

  /** Draws what the near plane leaves of the face at `t`. */
  #cut(t: number, pose: Pose): void {
    const { rotation: r, offset, zoom } = pose;
    const { positions, triangles } = this.#surface;
    const corners = new Float64Array(9);
    for (let k = 0; k < 3; k++) {
      const i = 3 * triangles[t + k];
      const x = positions[i], y = positions[i + 1], z = positions[i + 2];
      for (let row = 0; row < 3; row++) corners[3 * k + row] = r[3 * row] * x + r[3 * row + 1] * y + r[3 * row + 2] * z + offset[row];
    }
    const scale = zoom * this.height / 2;
    let at = 3 * this.#vertices;
    const add = (x: number, y: number, z: number) => {
      this.screen[at++] = this.width / 2 + scale * x / z;
      this.screen[at++] = this.height / 2 - scale * y / z;
      this.screen[at++] = 1 / z;
    };
    for (let k = 0; k < 9; k += 3) {
      const next = (k + 3) % 9;
      const z = corners[k + 2], nextZ = corners[next + 2];
      if (z >= NEAR) add(corners[k], corners[k + 1], z);
      if ((z >= NEAR) !== (nextZ >= NEAR)) {
        const share = (NEAR - z) / (nextZ - z);
        add(corners[k] + share * (corners[next] - corners[k]), corners[k + 1] + share * (corners[next + 1] - corners[k + 1]), NEAR);
      }
    }
    const count = at / 3 - this.#vertices;
    for (let k = this.#vertices; k < at / 3; k++) {
      this.#cells[2 * k] = cell(this.screen[3 * k]);
      this.#cells[2 * k + 1] = cell(this.screen[3 * k + 1]);
    }
    if (count >= 3) this.#fill(this.#cutTriangles, t / 3 + 1, pose, 3 * (count - 2));
  }
}

/** The first sample whose center lies at or after a coordinate. */
function cell(coordinate: number): number {
  return Math.ceil(coordinate > -BEYOND ? (coordinate < BEYOND ? coordinate - 0.5 : BEYOND) : -BEYOND);
}
