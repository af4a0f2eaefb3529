import type { Mesh } from "../../../core/mesh.ts";
import type { RendererPlugin } from "../../../core/renderer.ts";
import { type InterpolatingOptions, InterpolatingRenderer } from "./interpolating_renderer.ts";
import { RasterRenderer } from "./raster_renderer.ts";

/** Makes the rasterizer of a mesh: one that knows smooth normals and images where they are wanted, else one that need not. */
export function createRaster(mesh: Mesh, options: InterpolatingOptions): RasterRenderer | InterpolatingRenderer {
  const isTextured = options.colors === "mesh" && mesh.texture !== undefined;
  return isTextured || options.shading === "smooth" ? new InterpolatingRenderer(mesh, options) : new RasterRenderer(mesh, options);
}

/**
 * The default renderer: a software rasterizer that needs no GPU and gives the picture's derivative as well. Draws by the conventions of
 * `docs/rendering.md`: two-sided shading, 2 x 2 samples a pixel.
 */
export const raster: RendererPlugin = {
  kind: "renderer",
  name: "raster",
  description: "software rasterizer, differentiable, the same picture on every machine",
  create: createRaster,
};
