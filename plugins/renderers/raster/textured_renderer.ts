import type { Mesh, Texture } from "../../../core/mesh.ts";
import type { Renderer, RenderOptions } from "../../../core/renderer.ts";
import type { Scene } from "../../../core/scene.ts";
import { CornerWeights } from "./corner_weights.ts";
import { DepthBuffer } from "./depth_buffer.ts";
import { type Pose, poseOf } from "./pose.ts";
import { surfaceOf } from "./prepare_surface.ts";
import type { Surface } from "./surface.ts";
import { TextureSampler } from "./texture_sampler.ts";

/** Samples along a side of a pixel. */
const SAMPLES = 2;

/** Draws one mesh with images by z-buffer. It has no derivative of its own: images have edges of their own, which no list of edges knows. */
export class TexturedRenderer implements Renderer {
  readonly #options: RenderOptions;
  readonly #surface: Surface;
  readonly #texture: Texture;
  readonly #buffer: DepthBuffer;
  readonly #corners: CornerWeights;
  readonly #sampler: TextureSampler;
  /** Sum of colors over a pixel, RGB. */
  readonly #sum = new Float64Array(3);

  /** @param mesh Has a texture. */
  constructor(mesh: Mesh, options: RenderOptions) {
    const surface = surfaceOf(mesh);
    if (surface.texture === undefined) throw new TypeError("A mesh without a texture needs another renderer");
    this.#options = options;
    this.#surface = surface;
    this.#texture = surface.texture;
    this.#buffer = new DepthBuffer(surface, SAMPLES * options.width, SAMPLES * options.height);
    this.#corners = new CornerWeights(surface);
    this.#sampler = new TextureSampler(surface.texture);
  }

  render(scenes: readonly Scene[], pictures: Float32Array): void {
    const { width, height } = this.#options;
    const size = 3 * width * height;
    if (pictures.length < size * scenes.length) {
      throw new RangeError(`Pictures must hold [${scenes.length} x 3 x ${height} x ${width}] values: current length is ${pictures.length}`);
    }
    scenes.forEach((scene, i) => {
      const pose = poseOf(scene);
      this.#buffer.draw(scene, pose);
      this.#average(scene, pose, pictures.subarray(i * size, (i + 1) * size));
    });
  }

  dispose(): void {}

  /** Averages the samples of each pixel; one that shows one face only is read once, at its center. */
  #average(scene: Scene, pose: Pose, picture: Float32Array): void {
    const { width, height } = this.#options;
    const { faces } = this.#buffer;
    const { color } = scene.object;
    const sum = this.#sum, plane = width * height, columns = SAMPLES * width, share = 1 / SAMPLES ** 2;
    this.#corners.forget();
    for (let row = 0, pixel = 0; row < height; row++) {
      for (let column = 0; column < width; column++, pixel++) {
        const x = SAMPLES * column, y = SAMPLES * row, first = y * columns + x;
        const face = faces[first];
        const same = face === faces[first + 1] && face === faces[first + columns] && face === faces[first + columns + 1];
        let empty = 0;
        sum.fill(0);
        if (!same) {
          for (let k = 0; k < SAMPLES ** 2; k++) {
            const dx = k % SAMPLES, dy = (k - dx) / SAMPLES;
            const other = faces[first + dy * columns + dx];
            if (other === 0) empty += share;
            else this.#add(pose, other, x + dx + 0.5, y + dy + 0.5, share);
          }
        } else if (face === 0) {
          empty = 1;
        } else {
          this.#add(pose, face, x + SAMPLES / 2, y + SAMPLES / 2, 1);
        }
        for (let channel = 0; channel < 3; channel++) {
          picture[channel * plane + pixel] = sum[channel] * color[channel] + empty * scene.background[channel];
        }
      }
    }
  }

  /** Adds the color of a face at a place on the screen, in samples. */
  #add(pose: Pose, face: number, x: number, y: number, share: number): void {
    const { coordinates, images } = this.#texture;
    const { weights } = this.#corners;
    this.#corners.prepare(this.#buffer, pose, face);
    const a = weights[0] * x + weights[1] * y + weights[2];
    const b = weights[3] * x + weights[4] * y + weights[5];
    const c = weights[6] * x + weights[7] * y + weights[8];
    const total = a + b + c, at = 6 * face - 6;
    const u0 = coordinates[at], v0 = coordinates[at + 1], u1 = coordinates[at + 2], v1 = coordinates[at + 3];
    const u2 = coordinates[at + 4], v2 = coordinates[at + 5];
    const u = (a * u0 + b * u1 + c * u2) / total, v = (a * v0 + b * v1 + c * v2) / total;
    // How u and v change from a sample to the next: quotients of linear functions.
    const totalX = weights[0] + weights[3] + weights[6], totalY = weights[1] + weights[4] + weights[7];
    const ux = (weights[0] * u0 + weights[3] * u1 + weights[6] * u2 - u * totalX) / total;
    const vx = (weights[0] * v0 + weights[3] * v1 + weights[6] * v2 - v * totalX) / total;
    const uy = (weights[1] * u0 + weights[4] * u1 + weights[7] * u2 - u * totalY) / total;
    const vy = (weights[1] * v0 + weights[4] * v1 + weights[7] * v2 - v * totalY) / total;
    const extent = SAMPLES * Math.sqrt(Math.max(ux * ux + vx * vx, uy * uy + vy * vy));
    this.#sampler.sample(images[face - 1], u, v, extent);
    const { color } = this.#sampler;
    const colors = this.#surface.colors;
    const lit = share * this.#buffer.shades[face] / total;
    for (let channel = 0; channel < 3; channel++) {
      const i = 9 * face - 9 + channel;
      const paint = colors === undefined ? total : a * colors[i] + b * colors[i + 3] + c * colors[i + 6];
      this.#sum[channel] += lit * paint * color[channel];
    }
  }
}
