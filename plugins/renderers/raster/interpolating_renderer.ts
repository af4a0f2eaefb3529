import type { Mesh } from "../../../core/mesh.ts";
import type { Renderer, RenderOptions } from "../../../core/renderer.ts";
import type { Scene } from "../../../core/scene.ts";
import { pictureLength } from "../picture_size.ts";
import { Cutouts } from "./cutouts.ts";
import { DepthBuffer } from "./depth_buffer.ts";
import { Differentiator } from "./derivative/differentiator.ts";
import { withoutUnseen } from "./opacity.ts";
import { poseOf } from "./pose.ts";
import { surfaceOf } from "./prepare_surface.ts";
import { Shown } from "./shown.ts";
import { SurfaceImages } from "./surface_images.ts";

/** How a picture is made: `samples` squared samples a pixel, an even number, 2 unless told otherwise. */
export interface InterpolatingOptions extends RenderOptions {
  readonly samples?: number;
}

/** Draws one mesh by z-buffer whose brightness or images run across its faces. It has no derivative where images have holes. */
export class InterpolatingRenderer implements Renderer {
  readonly differentiate?: Renderer["differentiate"];
  readonly #options: InterpolatingOptions;
  readonly #samples: number;
  readonly #buffer: DepthBuffer;
  readonly #shown: Shown;
  /** Sum of colors over a pixel, RGB. */
  readonly #sum = new Float64Array(3);

  constructor(mesh: Mesh, options: InterpolatingOptions) {
    const { width, height, colors, shading } = options;
    const samples = this.#samples = options.samples ?? 2;
    const surface = surfaceOf(colors === "mesh" ? withoutUnseen(mesh) : mesh, shading);
    const { texture } = surface, cutoffs = colors === "mesh" ? texture?.cutoffs : undefined;
    const cutouts = texture === undefined || cutoffs === undefined
      ? undefined
      : new Cutouts(surface, { texture, cutoffs, images: new SurfaceImages(texture), samples });
    this.#options = options;
    this.#buffer = new DepthBuffer(surface, samples * width, samples * height, cutouts);
    this.#shown = new Shown(surface, options, samples);
    if (cutouts === undefined) {
      // Made on first use: who only draws need not wait for the edges.
      let differentiator: Differentiator | undefined;
      this.differentiate = (...given) => (differentiator ??= new Differentiator(surface, options)).differentiate(...given);
    }
  }

  render(scenes: readonly Scene[], pictures: Float32Array): void {
    const size = pictureLength(pictures, scenes.length, this.#options);
    scenes.forEach((scene, i) => {
      const pose = poseOf(scene);
      this.#buffer.draw(scene, pose);
      this.#shown.begin(this.#buffer, this.#buffer.shades, scene, pose);
      this.#average(scene, pictures.subarray(i * size, (i + 1) * size));
    });
  }

  dispose(): void {}

  /** Averages the samples of each pixel; where two by two of them show one face only, it is read once, between them. */
  #average(scene: Scene, picture: Float32Array): void {
    const { width, height } = this.#options;
    const { faces } = this.#buffer;
    const [red, green, blue] = scene.object.color;
    const [backRed, backGreen, backBlue] = scene.background;
    const samples = this.#samples;
    const sum = this.#sum, plane = width * height, columns = samples * width, share = 1 / samples ** 2;
    picture.fill(backRed, 0, plane);
    picture.fill(backGreen, plane, 2 * plane);
    picture.fill(backBlue, 2 * plane, 3 * plane);
    for (let row = 0, pixel = 0; row < height; row++) {
      for (let column = 0; column < width; column++, pixel++) {
        let empty = 0;
        sum[0] = sum[1] = sum[2] = 0;
        for (let y = samples * row; y < samples * (row + 1); y += 2) {
          for (let x = samples * column; x < samples * (column + 1); x += 2) {
            const first = y * columns + x;
            const a = faces[first], b = faces[first + 1], c = faces[first + columns], d = faces[first + columns + 1];
            if (a === b && a === c && a === d) {
              if (a === 0) empty += 4;
              else this.#add(a, x + 1, y + 1, 4 * share);
              continue;
            }
            for (let k = 0; k < 4; k++) {
              const dx = k % 2, dy = k >> 1, face = faces[first + dy * columns + dx];
              if (face === 0) empty++;
              else this.#add(face, x + dx + 0.5, y + dy + 0.5, share);
            }
          }
        }
        empty *= share;
        if (empty === 1) continue;
        picture[pixel] = sum[0] * red + empty * backRed;
        picture[plane + pixel] = sum[1] * green + empty * backGreen;
        picture[2 * plane + pixel] = sum[2] * blue + empty * backBlue;
      }
    }
  }

  /** Adds what a face shows at a place, in samples. */
  #add(face: number, x: number, y: number, share: number): void {
    this.#shown.at(face, x, y);
    for (let channel = 0; channel < 3; channel++) this.#sum[channel] += share * this.#shown.value[channel];
  }
}
