import type { Scene } from "../../../core/scene.ts";
import { applyTransposed, type Pose } from "./pose.ts";
import type { Surface } from "./surface.ts";

/** Brightness of a surface that runs across its faces with the normals of their corners, which count on the side of the face that the eye sees. */
export class SmoothLight {
  readonly #surface: Surface;
  readonly #normals: Float32Array;
  /** Towards the light, and the eye, in object axes. */
  #light: Float64Array = new Float64Array(3);
  #eye: Float64Array = new Float64Array(3);
  #directional = 0;
  #ambient = 0;
  /** The face that was asked for last, and whether the eye sees its back. */
  #face = 0;
  #isTurned = false;

  /** @param normals Unit normals of the corners, [faces x 3 x 3]. */
  constructor(surface: Surface, normals: Float32Array) {
    this.#surface = surface;
    this.#normals = normals;
  }

  /** Takes the light of a scene. */
  prepare({ light }: Scene, { light: toLight, rotation, offset }: Pose): void {
    this.#light = toLight;
    this.#eye = applyTransposed(rotation, offset).map((value) => -value);
    this.#directional = light.directional;
    this.#ambient = light.ambient;
    this.#face = 0;
  }

  /** Brightness of a face, counted from 1, where its corners have the barycentric coordinates a, b, c. */
  at(face: number, a: number, b: number, c: number): number {
    if (face !== this.#face) {
      this.#face = face;
      this.#isTurned = this.#isSeenFromBehind(face);
    }
    const normals = this.#normals, light = this.#light;
    const n = 9 * face - 9;
    const x = a * normals[n] + b * normals[n + 3] + c * normals[n + 6];
    const y = a * normals[n + 1] + b * normals[n + 4] + c * normals[n + 7];
    const z = a * normals[n + 2] + b * normals[n + 5] + c * normals[n + 8];
    const cosine = (x * light[0] + y * light[1] + z * light[2]) / (Math.sqrt(x * x + y * y + z * z) || 1);
    const facing = this.#isTurned ? -cosine : cosine;
    return facing > 0 ? this.#ambient + this.#directional * facing : this.#ambient;
  }

  #isSeenFromBehind(face: number): boolean {
    const { positions, triangles, normals } = this.#surface;
    const eye = this.#eye, n = 3 * face - 3, vertex = 3 * triangles[n];
    return normals[n] * (eye[0] - positions[vertex]) + normals[n + 1] * (eye[1] - positions[vertex + 1]) +
        normals[n + 2] * (eye[2] - positions[vertex + 2]) < 0;
  }
}
