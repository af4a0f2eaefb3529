import type { Mesh } from "../../../core/mesh.ts";
import type { RendererPlugin, RenderOptions } from "../../../core/renderer.ts";
import { RasterRenderer } from "./raster_renderer.ts";
import { TexturedRenderer } from "./textured_renderer.ts";

/**
 * The default renderer: a software rasterizer that needs no GPU and gives the picture's derivative as well. Draws by the conventions of
 * `docs/rendering.md`: flat, two-sided shading, 2 x 2 samples a pixel.
 */
export const raster: RendererPlugin = {
  kind: "renderer",
  name: "raster",
  description: "software rasterizer, differentiable, the same picture on every machine",
  create: (mesh: Mesh, options: RenderOptions) =>
    options.colors === "mesh" && mesh.texture !== undefined ? new TexturedRenderer(mesh, options) : new RasterRenderer(mesh, options),
};
