import { DynamicDrawUsage, type InstancedBufferGeometry, InstancedInterleavedBuffer, InterleavedBufferAttribute } from "three/webgpu";
import type { Scene } from "../../../core/scene.ts";
import { poseOf } from "../raster/pose.ts";
import { type Atlas, SAMPLES } from "./atlas.ts";

/** Nothing nearer to the eye is drawn. */
export const NEAR = 0.1;
/** Nothing farther from the eye is drawn. */
export const FAR = 100;

/** Vectors of four numbers an instance, in their order: rows of the projection, light, and place in the atlas. */
const INSTANCE_VECTORS = ["right", "up", "ahead", "toLight", "light"] as const;

const STRIDE = 4 * INSTANCE_VECTORS.length;

/** The scenes of a submission: the object is drawn once for each, into a tile of its own. */
export class SceneInstances {
  readonly #atlas: Atlas;
  readonly #buffer: InstancedInterleavedBuffer;

  constructor(atlas: Atlas) {
    this.#atlas = atlas;
    this.#buffer = new InstancedInterleavedBuffer(new Float32Array(STRIDE * atlas.tiles), STRIDE);
    this.#buffer.setUsage(DynamicDrawUsage);
  }

  /** Gives a geometry the scenes as attributes of its instances. */
  attachTo(geometry: InstancedBufferGeometry): void {
    INSTANCE_VECTORS.forEach((name, i) => geometry.setAttribute(name, new InterleavedBufferAttribute(this.#buffer, 4, 4 * i)));
  }

  /** Writes scenes, one a tile. `extent` is the largest distance of the object from its origin, along each axis. */
  write(scenes: readonly Scene[], extent: readonly number[]): void {
    const { width, height, columns } = this.#atlas;
    const array = this.#buffer.array as Float32Array;
    scenes.forEach((scene, i) => {
      const { rotation: r, offset, zoom, light } = poseOf(scene);
      const across = zoom * height / width;
      const reach = Math.abs(r[6]) * extent[0] + Math.abs(r[7]) * extent[1] + Math.abs(r[8]) * extent[2];
      // The eye may be inside of a solid that reaches the near plane, and then sees its faces from behind.
      const hideBacks = offset[2] - reach > NEAR ? 1 : 0;
      const column = i % columns, row = Math.floor(i / columns);
      array.set([across * r[0], across * r[1], across * r[2], across * offset[0]], STRIDE * i);
      array.set([zoom * r[3], zoom * r[4], zoom * r[5], zoom * offset[1]], STRIDE * i + 4);
      array.set([r[6], r[7], r[8], offset[2]], STRIDE * i + 8);
      array.set([light[0], light[1], light[2], hideBacks], STRIDE * i + 12);
      array.set([scene.light.ambient, scene.light.directional, column * SAMPLES * width, row * SAMPLES * height], STRIDE * i + 16);
    });
    this.#buffer.needsUpdate = true;
  }
}
