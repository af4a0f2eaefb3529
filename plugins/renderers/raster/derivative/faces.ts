import type { Scene } from "../../../../core/scene.ts";
import type { DepthBuffer } from "../depth_buffer.ts";
import type { Pose } from "../pose.ts";
import type { Surface } from "../surface.ts";
import type { Motion } from "./motion.ts";
import { SAMPLES } from "./samples.ts";

/** Radius in pixels of a circle that every face has room for which lies over all of a pixel, ... */
export const RADIUS = 0.5;
/** ... and twice the area, in samples, of the smallest triangle that does. */
const LARGE = 6 * Math.sqrt(3) * (SAMPLES * RADIUS) ** 2;

/** What a scene makes of each face, seen or not, counted from 1. */
export class Faces {
  /** 1 where the eye is on the side of the face's normal, -1 where on the other, 0 where it is seen edge on. [faces + 1] */
  readonly facing: Int8Array;
  /** Brightness, 0 at 0. [faces + 1] */
  readonly shades: Float32Array;
  /** Faces large enough to lie over all of a pixel, those that the near plane cuts left out; those after `largeCount` are of other pictures. */
  readonly large: Uint32Array;
  largeCount = 0;
  readonly #surface: Surface;

  constructor(surface: Surface) {
    this.#surface = surface;
    const faces = surface.triangles.length / 3;
    this.facing = new Int8Array(faces + 1);
    this.shades = new Float32Array(faces + 1);
    this.large = new Uint32Array(faces);
  }

  /** Finds side and brightness of every face. */
  look({ screen }: DepthBuffer, scene: Scene, pose: Pose): void {
    const { facing, shades } = this;
    const { triangles, normals } = this.#surface;
    const [lightX, lightY, lightZ] = pose.light;
    const { ambient, directional } = scene.light;
    let largeCount = 0;
    for (let t = 0, face = 1; t < triangles.length; t += 3, face++) {
      const a = 3 * triangles[t], b = 3 * triangles[t + 1], c = 3 * triangles[t + 2];
      const ax = screen[a], ay = screen[a + 1];
      let area = (screen[b] - ax) * (screen[c + 1] - ay) - (screen[c] - ax) * (screen[b + 1] - ay);
      if (screen[a + 2] === 0 || screen[b + 2] === 0 || screen[c + 2] === 0) area = this.#towardsEye(t, pose);
      else if (area >= LARGE || area <= -LARGE) this.large[largeCount++] = face;
      const side = area > 0 ? 1 : area < 0 ? -1 : 0;
      const cosine = side * (normals[t] * lightX + normals[t + 1] * lightY + normals[t + 2] * lightZ);
      facing[face] = side;
      shades[face] = cosine > 0 ? ambient + directional * cosine : ambient;
    }
    this.largeCount = largeCount;
  }

  /** Writes the derivative of every face's brightness along a motion, [faces + 1]. */
  shadeRates(scene: Scene, pose: Pose, motion: Motion, rates: Float32Array): void {
    const { facing } = this;
    const { normals } = this.#surface;
    const [lightX, lightY, lightZ] = pose.light;
    const [rateX, rateY, rateZ] = motion.light;
    const { directional } = scene.light;
    for (let t = 0, face = 1; t < normals.length; t += 3, face++) {
      const cosine = facing[face] * (normals[t] * lightX + normals[t + 1] * lightY + normals[t + 2] * lightZ);
      const rate = facing[face] * (normals[t] * rateX + normals[t + 1] * rateY + normals[t + 2] * rateZ);
      rates[face] = cosine > 0 ? motion.ambient + motion.directional * cosine + directional * rate : motion.ambient;
    }
  }

  /** Positive where the eye is on the side of the normal of the face at `t`, which the near plane cuts. */
  #towardsEye(t: number, { rotation: r, offset }: Pose): number {
    const { triangles, positions, normals } = this.#surface;
    const a = 3 * triangles[t];
    let sum = 0;
    for (let axis = 0; axis < 3; axis++) {
      const place = r[3 * axis] * positions[a] + r[3 * axis + 1] * positions[a + 1] + r[3 * axis + 2] * positions[a + 2] + offset[axis];
      sum -= place * (r[3 * axis] * normals[t] + r[3 * axis + 1] * normals[t + 1] + r[3 * axis + 2] * normals[t + 2]);
    }
    return sum;
  }
}
