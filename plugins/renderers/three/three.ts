import type { Mesh } from "../../../core/mesh.ts";
import type { RendererPlugin, RenderOptions } from "../../../core/renderer.ts";

/**
 * three.js' WebGPURenderer on Deno's own WebGPU, without a window. Draws by the conventions of `docs/rendering.md`, as `raster` does; its pictures
 * differ from those by the rounding of the adapter, and its derivatives are differences of pictures.
 */
export const three: RendererPlugin = {
  kind: "renderer",
  name: "three",
  description: "three.js on WebGPU: for a machine with a GPU",
  // Loaded when it is wanted: a command that draws without it starts without it.
  create: async (mesh: Mesh, options: RenderOptions) => {
    const { ThreeRenderer } = await import("./three_renderer.ts");
    return await ThreeRenderer.create(mesh, options);
  },
};
