import type { Mesh } from "../../../core/mesh.ts";
import type { Renderer, RenderOptions } from "../../../core/renderer.ts";
import type { Scene } from "../../../core/scene.ts";
import { DepthBuffer } from "./depth_buffer.ts";
import { poseOf } from "./pose.ts";
import { SurfaceColors } from "./surface_colors.ts";

/** How a raster is made: `samples` squared samples a pixel, 2 unless told otherwise. */
export interface RasterOptions extends RenderOptions {
  readonly samples?: number;
}

/** Draws one mesh by z-buffer. See {@linkcode Renderer}. */
export class RasterRenderer implements Renderer {
  readonly #options: RasterOptions;
  readonly #samples: number;
  readonly #buffer: DepthBuffer;
  readonly #colors?: SurfaceColors;

  constructor(mesh: Mesh, options: RasterOptions) {
    this.#options = options;
    this.#samples = options.samples ?? 2;
    this.#buffer = new DepthBuffer(mesh, options.width * this.#samples, options.height * this.#samples);
    if (options.colors === "mesh" && mesh.colors !== undefined) this.#colors = new SurfaceColors(mesh, mesh.colors);
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
      const picture = pictures.subarray(i * size, (i + 1) * size);
      if (this.#colors === undefined) averageShades(this.#buffer, this.#samples, scene, picture);
      else this.#colors.average(this.#buffer, { samples: this.#samples, scene, pose, picture });
    });
  }

  dispose(): void {}
}

/** Averages the samples of each pixel where the object has one color: brightness and background share first, colors after. */
function averageShades({ width, height, faces, shades }: DepthBuffer, samples: number, scene: Scene, picture: Float32Array): void {
  const [red, green, blue] = scene.object.color;
  const [backRed, backGreen, backBlue] = scene.background;
  const columns = width / samples, rows = height / samples, plane = columns * rows;
  const share = 1 / (samples * samples);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0, empty = 0;
      for (let dy = 0; dy < samples; dy++) {
        const start = (row * samples + dy) * width + column * samples;
        for (let i = start; i < start + samples; i++) {
          const face = faces[i];
          if (face === 0) empty++;
          sum += shades[face];
        }
      }
      sum *= share;
      empty *= share;
      const pixel = row * columns + column;
      picture[pixel] = sum * red + empty * backRed;
      picture[plane + pixel] = sum * green + empty * backGreen;
      picture[2 * plane + pixel] = sum * blue + empty * backBlue;
    }
  }
}
