import type { Texture } from "../../../core/mesh.ts";
import type { Appearance } from "../../../core/renderer.ts";
import type { Scene } from "../../../core/scene.ts";
import { CornerWeights, evenFaces } from "./corner_weights.ts";
import type { DepthBuffer } from "./depth_buffer.ts";
import type { Pose } from "./pose.ts";
import { SmoothLight } from "./smooth_light.ts";
import type { Surface } from "./surface.ts";
import { SurfaceImages } from "./surface_images.ts";

/** What the faces of a surface show at places on the screen: light times color times image, each of which may run across a face. */
export class Shown {
  /** What is shown at the place asked last, before the object's color: red, green, blue. */
  readonly value = new Float64Array(3);
  /** The same without light. */
  readonly paint = new Float64Array(3);
  /** How `value` changes from a sample to the next along x and y; where slopes were asked for. */
  readonly alongX = new Float64Array(3);
  readonly alongY = new Float64Array(3);
  /** How it changes with the size of the image that is read; 0 of a surface without. */
  readonly alongLevel = new Float64Array(3);
  /** How many channels there are slopes of: 1 of a surface without colors, for all are the same. */
  readonly channels: 1 | 3;
  /** 1 where a face, counted from 1, shows one color. */
  readonly even: Uint8Array;
  readonly corners: CornerWeights;
  readonly images?: SurfaceImages;
  readonly smooth?: SmoothLight;
  readonly #colors?: Float32Array;
  readonly #normals?: Float32Array;
  readonly #texture?: Texture;
  readonly #samples: number;
  #buffer!: DepthBuffer;
  #pose!: Pose;
  #shades!: Float32Array;
  #light = 0;
  /** Color without image and light at the place asked last. */
  readonly #plain = new Float64Array(3);
  /** The face that was taken, and for which place. */
  #face = 0;
  #x = 0;
  #y = 0;
  /** How the coordinates of a place change from a sample to the next, along x and along y, and how much of their changes that is. [2 x 3], [2] */
  readonly #steps = new Float64Array(6);
  /** The same of the color without image. [2 x 3] */
  readonly #colorSteps = new Float64Array(6);
  readonly #limits = new Float64Array(2);

  /** @param samples Samples along a side of a pixel. */
  constructor(surface: Surface, { colors }: Appearance, samples: number) {
    this.#samples = samples;
    this.corners = new CornerWeights(surface);
    if (colors === "mesh") {
      this.#colors = surface.colors;
      this.#texture = surface.texture;
      if (this.#texture !== undefined) this.images = new SurfaceImages(this.#texture);
    }
    if (surface.cornerNormals !== undefined) this.smooth = new SmoothLight(surface, surface.cornerNormals);
    this.#normals = surface.cornerNormals;
    this.channels = this.#colors === undefined ? 1 : 3;
    this.even = new Uint8Array(surface.triangles.length / 3 + 1).fill(1);
    for (const values of [this.#colors, this.#normals]) {
      if (values !== undefined) evenFaces(values).forEach((even, face) => this.even[face] &= even);
    }
    this.#texture?.images.forEach((image, face) => this.even[face + 1] &= image === 0 ? 1 : 0);
  }

  /** Whether two faces of one plane, counted from 1, show one and the same color. */
  isSame(one: number, other: number): boolean {
    if (this.even[one] === 0 || this.even[other] === 0) return false;
    return [this.#colors, this.#normals].every((values) =>
      values === undefined || [0, 1, 2].every((k) => values[9 * one - 9 + k] === values[9 * other - 9 + k])
    );
  }

  /** Whether two corners of smooth faces at one vertex show the same there, so that it does not matter which of them is seen. */
  goesOn(corner: number, other: number): boolean {
    const same = (values: ArrayLike<number> | undefined, size: number) =>
      values === undefined || Array.from({ length: size }, (_, k) => values[size * corner + k] === values[size * other + k]).every(Boolean);
    if (!same(this.#normals, 3) || !same(this.#colors, 3)) return false;
    if (this.#texture === undefined) return true;
    const { coordinates, images } = this.#texture, image = images[Math.floor(corner / 3)];
    return image === images[Math.floor(other / 3)] && (image === 0 || same(coordinates, 2));
  }

  /** Whether a face, counted from 1, shows an image, so that one place does not stand for a pixel. */
  hasImage(face: number): boolean {
    return this.images?.has(face) ?? false;
  }

  /** Whether the brightness of a face has a bend, where it turns from the light. */
  bends(face: number): boolean {
    return this.even[face] === 0 && (this.smooth?.isBent(face) ?? false);
  }

  /** Takes a picture, and the brightness of its faces for where they are flat. */
  begin(buffer: DepthBuffer, shades: Float32Array, scene: Scene, pose: Pose): void {
    this.#buffer = buffer;
    this.#pose = pose;
    this.#shades = shades;
    this.corners.forget();
    this.smooth?.prepare(scene, pose);
  }

  /** Finds what a face, counted from 1, shows at a place in samples. */
  at(face: number, x: number, y: number): void {
    this.take(face, x, y);
    this.read(x, y);
  }

  /** Takes a face for places around one: that tells in what size its image is read. */
  take(face: number, x: number, y: number): void {
    this.#face = face;
    if (this.images === undefined) return;
    this.#x = x;
    this.#y = y;
    this.#locate(face, x, y);
    this.images.take(face, this.corners, this.#samples);
  }

  /** Finds what the face taken last shows at a place. */
  read(x: number, y: number): void {
    const face = this.#face;
    this.#locate(face, x, y);
    this.images?.read(face, this.corners, x - this.#x, y - this.#y);
    this.#multiply(face);
  }

  /**
   * Finds how the corners' coordinates of the face taken last change at a place: so they do all around it.
   *
   * @param steepest The most that a coordinate may change from a sample to the next: what is seen of a narrow face is no wider than it is.
   */
  takeSlopes(x: number, y: number, steepest: number): void {
    const face = this.#face, steps = this.#steps;
    if (this.even[face] === 1) return;
    this.#locate(face, x, y);
    const { weights, a, b, total } = this.corners;
    for (let axis = 0; axis < 2; axis++) {
      const divisor = weights[axis] + weights[3 + axis] + weights[6 + axis];
      let da = (weights[axis] - a * divisor) / total, db = (weights[3 + axis] - b * divisor) / total;
      const limit = Math.min(1, steepest / Math.max(Math.abs(da), Math.abs(db), Math.abs(da + db)));
      da *= limit, db *= limit;
      steps[3 * axis] = da;
      steps[3 * axis + 1] = db;
      steps[3 * axis + 2] = -da - db;
      this.#limits[axis] = limit;
      if (this.#colors === undefined) continue;
      const colors = this.#colors;
      for (let k = 0, i = 9 * face - 9; k < 3; k++, i++) {
        this.#colorSteps[3 * axis + k] = da * colors[i] + db * colors[i + 3] - (da + db) * colors[i + 6];
      }
    }
  }

  /** Finds what the face taken last shows at a place, with its slopes. */
  differentiate(x: number, y: number): void {
    const { images, smooth, paint, alongX, alongY, alongLevel } = this, face = this.#face;
    this.#locate(face, x, y);
    images?.differentiate(face, this.corners, x - this.#x, y - this.#y);
    this.#multiply(face);
    if (this.even[face] === 1) {
      for (let k = 0; k < 3; k++) alongX[k] = alongY[k] = alongLevel[k] = 0;
      return;
    }
    const light = this.#light, steps = this.#steps;
    let lightX = 0, lightY = 0;
    if (smooth !== undefined) {
      smooth.differentiate();
      lightX = steps[0] * smooth.alongA + steps[1] * smooth.alongB + steps[2] * smooth.alongC;
      lightY = steps[3] * smooth.alongA + steps[4] * smooth.alongB + steps[5] * smooth.alongC;
    }
    if (this.#colors === undefined) {
      alongX[0] = lightX;
      alongY[0] = lightY;
      return;
    }
    const colorSteps = this.#colorSteps;
    if (images === undefined) {
      for (let k = 0; k < 3; k++) {
        alongX[k] = lightX * paint[k] + light * colorSteps[k];
        alongY[k] = lightY * paint[k] + light * colorSteps[3 + k];
      }
      return;
    }
    const { color, alongU, alongV, ux, vx, uy, vy, levelX, levelY } = images, plain = this.#plain;
    const limitX = this.#limits[0], limitY = this.#limits[1];
    for (let k = 0; k < 3; k++) {
      const lit = light * plain[k], image = light * color[k], u = lit * alongU[k], v = lit * alongV[k];
      const level = alongLevel[k] = lit * images.alongLevel[k];
      alongX[k] = lightX * paint[k] + image * colorSteps[k] + limitX * (u * ux + v * vx + level * levelX);
      alongY[k] = lightY * paint[k] + image * colorSteps[3 + k] + limitY * (u * uy + v * vy + level * levelY);
    }
  }

  #locate(face: number, x: number, y: number): void {
    if (this.even[face] === 1) return this.corners.takeFirst();
    this.corners.prepare(this.#buffer, this.#pose, face);
    this.corners.locate(x, y);
  }

  #multiply(face: number): void {
    const { corners: { a, b, c }, images, smooth, value, paint } = this;
    const colors = this.#colors;
    smooth?.look(face, this.corners);
    const light = this.#light = smooth === undefined ? this.#shades[face] : smooth.brightness;
    if (colors === undefined) {
      paint[0] = paint[1] = paint[2] = 1;
      value[0] = value[1] = value[2] = light;
      return;
    }
    for (let k = 0, i = 9 * face - 9; k < 3; k++, i++) {
      const color = this.#plain[k] = a * colors[i] + b * colors[i + 3] + c * colors[i + 6];
      paint[k] = images === undefined ? color : color * images.color[k];
      value[k] = light * paint[k];
    }
  }
}
