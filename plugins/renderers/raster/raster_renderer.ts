import type { Mesh } from "../../../core/mesh.ts";
import type { Renderer, RenderOptions } from "../../../core/renderer.ts";
import type { Scene, SceneTangent } from "../../../core/scene.ts";
import { pictureLength } from "../picture_size.ts";
import { averageShades } from "./average_shades.ts";
import { DepthBuffer } from "./depth_buffer.ts";
import { Differentiator } from "./derivative/differentiator.ts";
import { poseOf } from "./pose.ts";
import { surfaceOf } from "./prepare_surface.ts";
import type { Surface } from "./surface.ts";
import { SurfaceColors } from "./surface_colors.ts";

/** How a raster is made: `samples` squared samples a pixel, 2 unless told otherwise. Faces are flat. */
export interface RasterOptions extends Omit<RenderOptions, "shading"> {
  readonly samples?: number;
}

/** Draws one mesh by z-buffer. See {@linkcode Renderer}. */
export class RasterRenderer implements Renderer {
  readonly #options: RasterOptions;
  readonly #samples: number;
  readonly #buffer: DepthBuffer;
  readonly #colors?: SurfaceColors;
  readonly #surface: Surface;
  #differentiator?: Differentiator;

  constructor(mesh: Mesh, options: RasterOptions) {
    this.#options = options;
    this.#samples = options.samples ?? 2;
    const surface = this.#surface = surfaceOf(mesh);
    this.#buffer = new DepthBuffer(surface, options.width * this.#samples, options.height * this.#samples);
    if (options.colors === "mesh" && surface.colors !== undefined) this.#colors = new SurfaceColors(surface, surface.colors);
  }

  render(scenes: readonly Scene[], pictures: Float32Array): void {
    const size = pictureLength(pictures, scenes.length, this.#options);
    scenes.forEach((scene, i) => {
      const pose = poseOf(scene);
      this.#buffer.draw(scene, pose);
      const picture = pictures.subarray(i * size, (i + 1) * size);
      if (this.#colors === undefined) averageShades(this.#buffer, this.#samples, scene, picture);
      else this.#colors.average(this.#buffer, { samples: this.#samples, scene, pose, picture });
    });
  }

  differentiate(scene: Scene, tangents: readonly SceneTangent[], picture: Float32Array, derivatives: Float32Array): void {
    // Made on first use: who only draws need not wait for the edges.
    this.#differentiator ??= new Differentiator(this.#surface, this.#options);
    this.#differentiator.differentiate(scene, tangents, picture, derivatives);
  }

  dispose(): void {}
}
