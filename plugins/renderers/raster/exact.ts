import { InputError } from "../../../core/errors.ts";
import type { Mesh } from "../../../core/mesh.ts";
import type { Renderer, RendererPlugin, RenderOptions } from "../../../core/renderer.ts";
import type { Scene, SceneTangent } from "../../../core/scene.ts";
import { pictureLength } from "../picture_size.ts";
import { RasterRenderer } from "./raster_renderer.ts";

const NO_DERIVATIVES = new Float32Array(0);

/** Draws the pictures that `raster` differentiates. */
export class ExactRenderer implements Renderer {
  readonly #options: RenderOptions;
  readonly #raster: RasterRenderer;

  constructor(mesh: Mesh, options: RenderOptions) {
    this.#options = options;
    this.#raster = new RasterRenderer(mesh, options);
  }

  render(scenes: readonly Scene[], pictures: Float32Array): void {
    const size = pictureLength(pictures, scenes.length, this.#options);
    scenes.forEach((scene, i) => this.#raster.differentiate(scene, [], pictures.subarray(i * size, (i + 1) * size), NO_DERIVATIVES));
  }

  differentiate(scene: Scene, tangents: readonly SceneTangent[], picture: Float32Array, derivatives: Float32Array): void {
    this.#raster.differentiate(scene, tangents, picture, derivatives);
  }

  dispose(): void {}
}

/** A software rasterizer whose pixels are exact means over their areas, so that a score is a continuous function of the scene, with its derivative. */
export const exact: RendererPlugin = {
  kind: "renderer",
  name: "exact",
  description:
    "software rasterizer without samples: each pixel is the exact mean over its area, and the derivative is that of the picture itself",
  create(mesh, options) {
    if (options.shading === "smooth") {
      throw new InputError('Renderer "exact" draws flat faces only: use --shading flat, or --renderer raster');
    }
    if (options.colors === "mesh" && mesh.texture !== undefined) {
      throw new InputError('Renderer "exact" draws no images: use --colors white, or --renderer raster');
    }
    return new ExactRenderer(mesh, options);
  },
};
