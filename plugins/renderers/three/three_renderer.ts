import type { Mesh } from "../../../core/mesh.ts";
import type { Renderer, RenderOptions } from "../../../core/renderer.ts";
import type { Scene } from "../../../core/scene.ts";
import { pictureLength } from "../picture_size.ts";
import { surfaceOf } from "../raster/prepare_surface.ts";
import type { Subject } from "./studio.ts";
import { type Lease, leaseStudio } from "./studios.ts";
import { surfaceGeometry } from "./surface_geometry.ts";

/** Submissions under way at a time: reading back takes long on the clock and next to nothing of the machine. */
const IN_FLIGHT = 8;

/**
 * Draws one mesh with three.js. See {@linkcode Renderer}.
 *
 * A scene gives the same bytes in any batch where the object is flat and has one color; colors and normals between corners are interpolated by the
 * device, which rounds them by their place in a batch.
 */
export class ThreeRenderer implements Renderer {
  readonly #options: RenderOptions;
  readonly #lease: Lease;
  readonly #subject: Subject;

  private constructor(options: RenderOptions, lease: Lease, subject: Subject) {
    this.#options = options;
    this.#lease = lease;
    this.#subject = subject;
  }

  /** @throws InputError where this machine has no WebGPU adapter, or one that cannot draw pictures of this size. */
  static async create(mesh: Mesh, options: RenderOptions): Promise<ThreeRenderer> {
    const { shading = "flat" } = options;
    const surface = surfaceOf(mesh, shading);
    const { colors, texture } = options.colors === "mesh" ? surface : {};
    const coloring = colors === undefined ? "white" : texture === undefined ? "corners" : "images";
    const lease = await leaseStudio({ ...options, coloring, shading });
    const extent = [0, 0, 0];
    surface.positions.forEach((value, i) => extent[i % 3] = Math.max(extent[i % 3], Math.abs(value)));
    return new ThreeRenderer(
      options,
      lease,
      lease.studio.place(surfaceGeometry(surface, coloring), { extent, ...(coloring === "images" ? { texture } : {}) }),
    );
  }

  async render(scenes: readonly Scene[], pictures: Float32Array): Promise<void> {
    const { studio } = this.#lease;
    const size = pictureLength(pictures, scenes.length, this.#options);
    const underWay: Promise<void>[] = [];
    try {
      for (let from = 0; from < scenes.length; from += studio.atlas.tiles) {
        const to = Math.min(from + studio.atlas.tiles, scenes.length);
        if (underWay.length === IN_FLIGHT) await underWay.shift();
        underWay.push(studio.draw(this.#subject, scenes.slice(from, to), pictures.subarray(from * size, to * size)));
      }
      await Promise.all(underWay);
    } finally {
      await Promise.allSettled(underWay);
    }
  }

  dispose(): void {
    this.#subject.mesh.geometry.dispose();
    this.#subject.image?.texels.dispose();
    this.#lease.end();
  }
}
