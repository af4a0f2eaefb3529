import type { Mesh } from "../../../core/mesh.ts";
import type { Scene } from "../../../core/scene.ts";
import type { Pose } from "./pose.ts";

/** Nothing nearer to the eye is drawn. */
export const NEAR = 0.1;
/** Nothing farther from the eye is drawn. */
export const FAR = 100;

/** A later face must be nearer by this factor to cover an earlier one: of faces in one plane the first is seen, and rounding makes no pattern. */
const TIE = 1 + 2e-6;

/** Corners that a triangle can have once the near plane has cut it. */
const CUT = 4;

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
  /** Brightness of each face that was drawn, counted from 1; 0 at 0. [faces + 1] */
  readonly shades: Float32Array;
  /** Unit normals of the faces, [faces x 3]: of the side from which the corners run counterclockwise in a right-handed frame. */
  readonly normals: Float32Array;
  readonly #mesh: Mesh;
  readonly #vertices: number;
  readonly #light = new Float64Array(5);
  readonly #cutTriangles: Uint32Array;

  constructor(mesh: Mesh, width: number, height: number) {
    this.#mesh = mesh;
    this.width = width;
    this.height = height;
    this.faces = new Uint32Array(width * height);
    this.inverse = new Float32Array(width * height);
    this.#vertices = mesh.positions.length / 3;
    this.screen = new Float64Array(3 * (this.#vertices + CUT));
    this.shades = new Float32Array(mesh.triangles.length / 3 + 1);
    this.normals = faceNormals(mesh);
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
    this.#project(pose);
    this.#fill(this.#mesh.triangles, 0, pose);
  }

  #project({ rotation: r, offset, zoom }: Pose): void {
    const { positions } = this.#mesh;
    const screen = this.screen;
    const middleX = this.width / 2, middleY = this.height / 2, scale = zoom * this.height / 2;
    const r0 = r[0], r1 = r[1], r2 = r[2], r3 = r[3], r4 = r[4], r5 = r[5], r6 = r[6], r7 = r[7], r8 = r[8];
    const offsetX = offset[0], offsetY = offset[1], offsetZ = offset[2];
    for (let i = 0; i < positions.length; i += 3) {
      const x = positions[i], y = positions[i + 1], z = positions[i + 2];
      const depth = r6 * x + r7 * y + r8 * z + offsetZ;
      if (depth >= NEAR) {
        const inverse = 1 / depth;
        screen[i] = middleX + scale * inverse * (r0 * x + r1 * y + r2 * z + offsetX);
        screen[i + 1] = middleY - scale * inverse * (r3 * x + r4 * y + r5 * z + offsetY);
        screen[i + 2] = inverse;
      } else {
        screen[i + 2] = 0;
      }
    }
  }

  /** Fills triangles. `cutFace` is 0 for the faces of the mesh in their order, else the one face whose pieces they are. */
  #fill(triangles: Uint32Array, cutFace: number, pose: Pose, count = triangles.length): void {
    const { screen, faces, inverse, width, height, shades, normals } = this;
    const [lightX, lightY, lightZ, directional, ambient] = this.#light;
    for (let t = 0; t < count; t += 3) {
      const a = 3 * triangles[t], b = 3 * triangles[t + 1], c = 3 * triangles[t + 2];
      const aw = screen[a + 2], bw = screen[b + 2], cw = screen[c + 2];
      if (aw === 0 || bw === 0 || cw === 0) {
        this.#cut(t, pose);
        continue;
      }
      const ax = screen[a], ay = screen[a + 1], bx = screen[b], by = screen[b + 1], cx = screen[c], cy = screen[c + 1];
      const lowY = ay < by ? (ay < cy ? ay : cy) : (by < cy ? by : cy);
      const highY = ay > by ? (ay > cy ? ay : cy) : (by > cy ? by : cy);
      const firstRow = lowY > 0.5 ? Math.ceil(lowY - 0.5) : 0;
      const endRow = highY < height ? Math.ceil(highY - 0.5) : height;
      if (firstRow >= endRow) continue;
      const lowX = ax < bx ? (ax < cx ? ax : cx) : (bx < cx ? bx : cx);
      const highX = ax > bx ? (ax > cx ? ax : cx) : (bx > cx ? bx : cx);
      if (Math.ceil(lowX - 0.5) >= Math.ceil(highX - 0.5) || highX <= 0.5 || lowX >= width) continue;
      const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
      if (area === 0) continue;
      const slopeX = ((bw - aw) * (cy - ay) - (cw - aw) * (by - ay)) / area;
      const slopeY = ((cw - aw) * (bx - ax) - (bw - aw) * (cx - ax)) / area;

      const face = cutFace === 0 ? t / 3 + 1 : cutFace;
      const n = 3 * face - 3;
      const cosine = normals[n] * lightX + normals[n + 1] * lightY + normals[n + 2] * lightZ;
      // The side that is seen has its corners clockwise on the screen, whose y points down.
      const facing = area > 0 ? cosine : -cosine;
      shades[face] = facing > 0 ? ambient + directional * facing : ambient;

      // Corners from top to bottom. Edges are always walked downwards, so faces that share one agree on every sample.
      const aFirst = ay <= by;
      let tx = aFirst ? ax : bx, ty = aFirst ? ay : by, mx = aFirst ? bx : ax, my = aFirst ? by : ay, ex = cx, ey = cy;
      if (ey < ty) {
        ex = mx, ey = my, mx = tx, my = ty, tx = cx, ty = cy;
      } else if (ey < my) {
        ex = mx, ey = my, mx = cx, my = cy;
      }
      const long = (ex - tx) / (ey - ty), upper = (mx - tx) / (my - ty), lower = (ex - mx) / (ey - my);
      const longOnLeft = (ex - tx) * (my - ty) < (mx - tx) * (ey - ty);
      for (let row = firstRow; row < endRow; row++) {
        const y = row + 0.5;
        const xLong = tx + (y - ty) * long;
        const xShort = y < my ? tx + (y - ty) * upper : mx + (y - my) * lower;
        let left = longOnLeft ? xLong : xShort;
        let right = longOnLeft ? xShort : xLong;
        if (left < 0.5) left = 0.5;
        if (right > width + 0.5) right = width + 0.5;
        const start = row * width + (Math.ceil(left - 0.5) | 0);
        const end = row * width + (Math.ceil(right - 0.5) | 0);
        let w = aw + (start - row * width + 0.5 - ax) * slopeX + (y - ay) * slopeY;
        for (let i = start; i < end; i++) {
          if (w > inverse[i]) {
            inverse[i] = w * TIE;
            faces[i] = face;
          }
          w += slopeX;
        }
      }
    }
  }

  /** Draws what the near plane leaves of the face at `t`. */
  #cut(t: number, pose: Pose): void {
    const { rotation: r, offset, zoom } = pose;
    const { positions, triangles } = this.#mesh;
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
    if (count >= 3) this.#fill(this.#cutTriangles, t / 3 + 1, pose, 3 * (count - 2));
  }
}

/** Unit normals, [faces x 3]; zero for a face without area. */
function faceNormals({ positions, triangles }: Mesh): Float32Array {
  const normals = new Float32Array(triangles.length);
  for (let t = 0; t < triangles.length; t += 3) {
    const a = 3 * triangles[t], b = 3 * triangles[t + 1], c = 3 * triangles[t + 2];
    const ux = positions[b] - positions[a], uy = positions[b + 1] - positions[a + 1], uz = positions[b + 2] - positions[a + 2];
    const vx = positions[c] - positions[a], vy = positions[c + 1] - positions[a + 1], vz = positions[c + 2] - positions[a + 2];
    const x = uy * vz - uz * vy, y = uz * vx - ux * vz, z = ux * vy - uy * vx;
    const length = Math.sqrt(x * x + y * y + z * z) || 1;
    normals[t] = x / length;
    normals[t + 1] = y / length;
    normals[t + 2] = z / length;
  }
  return normals;
}
