import type { Mesh } from "../../../core/mesh.ts";
import type { Renderer, RenderOptions } from "../../../core/renderer.ts";
import type { Scene } from "../../../core/scene.ts";
import { pictureLength } from "../picture_size.ts";
import { CornerWeights } from "./corner_weights.ts";
import { Cutouts } from "./cutouts.ts";
import { DepthBuffer } from "./depth_buffer.ts";
import { type Pose, poseOf } from "./pose.ts";
import { surfaceOf } from "./prepare_surface.ts";
import { SmoothLight } from "./smooth_light.ts";
import { SurfaceImages } from "./surface_images.ts";

/** Samples along a side of a pixel. */
const SAMPLES = 2;

/**
 * Draws one mesh by z-buffer whose brightness or images run across its faces. It has no derivative of its own: images have edges of their own, which no
 * list of edges knows, and a normal that turns is no constant of its face.
 */
export class InterpolatingRenderer implements Renderer {
  readonly #options: RenderOptions;
  readonly #buffer: DepthBuffer;
  readonly #corners: CornerWeights;
  readonly #colors?: Float32Array;
  readonly #images?: SurfaceImages;
  readonly #light?: SmoothLight;
  /** Sum of colors over a pixel, RGB. */
  readonly #sum = new Float64Array(3);

  constructor(mesh: Mesh, options: RenderOptions) {
    const surface = surfaceOf(mesh, options.shading);
    this.#options = options;
    this.#corners = new CornerWeights(surface);
    let cutouts: Cutouts | undefined;
    if (options.colors === "mesh") {
      this.#colors = surface.colors;
      const { texture } = surface;
      if (texture !== undefined) {
        const images = this.#images = new SurfaceImages(texture);
        const { cutoffs } = texture;
        if (cutoffs !== undefined) cutouts = new Cutouts(surface, { texture, cutoffs, images, samples: SAMPLES });
      }
    }
    this.#buffer = new DepthBuffer(surface, SAMPLES * options.width, SAMPLES * options.height, cutouts);
    if (surface.cornerNormals !== undefined) this.#light = new SmoothLight(surface, surface.cornerNormals);
  }

  render(scenes: readonly Scene[], pictures: Float32Array): void {
    const size = pictureLength(pictures, scenes.length, this.#options);
    scenes.forEach((scene, i) => {
      const pose = poseOf(scene);
      this.#buffer.draw(scene, pose);
      this.#light?.prepare(scene, pose);
      this.#average(scene, pose, pictures.subarray(i * size, (i + 1) * size));
    });
  }

  dispose(): void {}

  /** Averages the samples of each pixel; one that shows one face only is read once, at its center. */
  #average(scene: Scene, pose: Pose, picture: Float32Array): void {
    const { width, height } = this.#options;
    const { faces } = this.#buffer;
    const [red, green, blue] = scene.object.color;
    const [backRed, backGreen, backBlue] = scene.background;
    const sum = this.#sum, plane = width * height, columns = SAMPLES * width, share = 1 / SAMPLES ** 2;
    this.#corners.forget();
    picture.fill(backRed, 0, plane);
    picture.fill(backGreen, plane, 2 * plane);
    picture.fill(backBlue, 2 * plane, 3 * plane);
    for (let row = 0, pixel = 0; row < height; row++) {
      for (let column = 0; column < width; column++, pixel++) {
        const x = SAMPLES * column, y = SAMPLES * row, first = y * columns + x;
        const a = faces[first], b = faces[first + 1], c = faces[first + columns], d = faces[first + columns + 1];
        if ((a | b | c | d) === 0) continue;
        let empty = 0;
        sum[0] = sum[1] = sum[2] = 0;
        if (a === b && a === c && a === d) {
          this.#add(pose, a, x + SAMPLES / 2, y + SAMPLES / 2, 1);
        } else {
          for (let k = 0; k < SAMPLES ** 2; k++) {
            const dx = k % SAMPLES, dy = (k - dx) / SAMPLES;
            const face = faces[first + dy * columns + dx];
            if (face === 0) empty += share;
            else this.#add(pose, face, x + dx + 0.5, y + dy + 0.5, share);
          }
        }
        picture[pixel] = sum[0] * red + empty * backRed;
        picture[plane + pixel] = sum[1] * green + empty * backGreen;
        picture[2 * plane + pixel] = sum[2] * blue + empty * backBlue;
      }
    }
  }

  /** Adds the color of a face at a place on the screen, in samples. */
  #add(pose: Pose, face: number, x: number, y: number, share: number): void {
    const corners = this.#corners, colors = this.#colors, images = this.#images, sum = this.#sum;
    const { weights } = corners;
    corners.prepare(this.#buffer, pose, face);
    let a = weights[0] * x + weights[1] * y + weights[2];
    let b = weights[3] * x + weights[4] * y + weights[5];
    let c = weights[6] * x + weights[7] * y + weights[8];
    images?.read(face, a, b, c, corners, SAMPLES);
    const total = a + b + c;
    a /= total, b /= total, c /= total;
    const lit = share * (this.#light?.at(face, a, b, c) ?? this.#buffer.shades[face]);
    if (colors === undefined && images === undefined) {
      sum[0] += lit, sum[1] += lit, sum[2] += lit;
      return;
    }
    for (let channel = 0, i = 9 * face - 9; channel < 3; channel++, i++) {
      const paint = colors === undefined ? 1 : a * colors[i] + b * colors[i + 3] + c * colors[i + 6];
      sum[channel] += images === undefined ? lit * paint : lit * paint * images.color[channel];
    }
  }
}
