import { InputError } from "../../../core/errors.ts";
import type { Mesh } from "../../../core/mesh.ts";
import type { Renderer, RendererPlugin, RenderOptions } from "../../../core/renderer.ts";
import type { Scene, SceneTangent } from "../../../core/scene.ts";
import { pictureLength } from "../picture_size.ts";
import { Differentiator } from "./derivative/differentiator.ts";
import { withoutUnseen } from "./opacity.ts";
import { surfaceOf } from "./prepare_surface.ts";

const NO_DERIVATIVES = new Float32Array(0);

/** Draws the pictures that `raster` differentiates. */
export class ExactRenderer implements Renderer {
  readonly #options: RenderOptions;
  readonly #differentiator: Differentiator;

  constructor(mesh: Mesh, options: RenderOptions) {
    const seen = options.colors === "mesh" ? withoutUnseen(mesh) : mesh;
    if (options.colors === "mesh" && seen.texture?.cutoffs !== undefined) {
      throw new InputError('Renderer "exact" draws no images with holes: use --colors white, or --renderer raster');
    }
    this.#options = options;
    this.#differentiator = new Differentiator(surfaceOf(seen, options.shading), options);
  }

  render(scenes: readonly Scene[], pictures: Float32Array): void {
    const size = pictureLength(pictures, scenes.length, this.#options);
    scenes.forEach((scene, i) => this.differentiate(scene, [], pictures.subarray(i * size, (i + 1) * size), NO_DERIVATIVES));
  }

  differentiate(scene: Scene, tangents: readonly SceneTangent[], picture: Float32Array, derivatives: Float32Array): void {
    this.#differentiator.differentiate(scene, tangents, picture, derivatives);
  }

  dispose(): void {}
}

/** A software rasterizer whose pixels are exact means over their areas, so that a score is a continuous function of the scene, with its derivative. */
export const exact: RendererPlugin = {
  kind: "renderer",
  name: "exact",
  description:
    "software rasterizer without samples: each pixel is the exact mean over its area, and the derivative is that of the picture itself",
  create: (mesh, options) => new ExactRenderer(mesh, options),
};
