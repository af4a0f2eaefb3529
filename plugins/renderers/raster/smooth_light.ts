import type { Scene } from "../../../core/scene.ts";
import type { CornerWeights } from "./corner_weights.ts";
import { applyTransposed, type Pose } from "./pose.ts";
import type { Surface } from "./surface.ts";

/** Brightness of a surface that runs across its faces with the normals of their corners, which count on the side of the face that the eye sees. */
export class SmoothLight {
  /** Brightness at the place asked last. */
  brightness = 0;
  /** Unit normal there, on the side that is seen, and its cosine with the direction to the light. */
  readonly normal = new Float64Array(3);
  cosine = 0;
  /** How the brightness there changes with the three coordinates of the place; where that was asked for. */
  alongA = 0;
  alongB = 0;
  alongC = 0;
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
  /** What the normal between those of the corners is multiplied by to have length 1; negative where it is turned. */
  #share = 1;

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

  /** Finds the brightness of a face, counted from 1, at the place that its corners were asked for. */
  look(face: number, { a, b, c }: CornerWeights): void {
    if (face !== this.#face) {
      this.#face = face;
      this.#isTurned = this.#isSeenFromBehind(face);
    }
    const normals = this.#normals, light = this.#light;
    const n = 9 * face - 9;
    const x = a * normals[n] + b * normals[n + 3] + c * normals[n + 6];
    const y = a * normals[n + 1] + b * normals[n + 4] + c * normals[n + 7];
    const z = a * normals[n + 2] + b * normals[n + 5] + c * normals[n + 8];
    const length = Math.sqrt(x * x + y * y + z * z) || 1;
    const share = this.#share = this.#isTurned ? -1 / length : 1 / length;
    const normal = this.normal;
    normal[0] = share * x;
    normal[1] = share * y;
    normal[2] = share * z;
    const cosine = this.cosine = share * (x * light[0] + y * light[1] + z * light[2]);
    this.brightness = cosine > 0 ? this.#ambient + this.#directional * cosine : this.#ambient;
  }

  /** Whether a face turns away from the light somewhere, but not everywhere: there its brightness has a bend. */
  isBent(face: number): boolean {
    const normals = this.#normals, light = this.#light;
    let towards = 0, away = 0;
    for (let n = 9 * face - 9; n < 9 * face; n += 3) {
      const sum = normals[n] * light[0] + normals[n + 1] * light[1] + normals[n + 2] * light[2];
      if (sum > 0) towards++;
      else if (sum < 0) away++;
    }
    return towards > 0 && away > 0;
  }

  /** Finds how the brightness at the place asked last changes with each of its coordinates. */
  differentiate(): void {
    this.alongA = this.alongB = this.alongC = 0;
    const cosine = this.cosine;
    if (cosine <= 0) return;
    const normals = this.#normals, light = this.#light, normal = this.normal, factor = this.#directional * this.#share;
    const x = factor * (light[0] - cosine * normal[0]);
    const y = factor * (light[1] - cosine * normal[1]);
    const z = factor * (light[2] - cosine * normal[2]);
    const n = 9 * this.#face - 9;
    this.alongA = normals[n] * x + normals[n + 1] * y + normals[n + 2] * z;
    this.alongB = normals[n + 3] * x + normals[n + 4] * y + normals[n + 5] * z;
    this.alongC = normals[n + 6] * x + normals[n + 7] * y + normals[n + 8] * z;
  }

  #isSeenFromBehind(face: number): boolean {
    const { positions, triangles, normals } = this.#surface;
    const eye = this.#eye, n = 3 * face - 3, vertex = 3 * triangles[n];
    return normals[n] * (eye[0] - positions[vertex]) + normals[n + 1] * (eye[1] - positions[vertex + 1]) +
        normals[n + 2] * (eye[2] - positions[vertex + 2]) < 0;
  }
}
