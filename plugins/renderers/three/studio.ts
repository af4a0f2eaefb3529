import {
  DepthTexture,
  FloatType,
  type InstancedBufferGeometry,
  Mesh,
  NearestFilter,
  type NodeMaterial,
  PerspectiveCamera,
  ReadbackBuffer,
  RedIntegerFormat,
  RenderTarget,
  RGBAIntegerFormat,
  Scene as Stage,
  UnsignedIntType,
  Vector2,
} from "three/webgpu";
import { attribute, uniform, vec4 } from "three/tsl";
import type { Texture } from "../../../core/mesh.ts";
import type { Shading } from "../../../core/renderer.ts";
import type { Scene } from "../../../core/scene.ts";
import { type Atlas, planAtlas, SAMPLES } from "./atlas.ts";
import { type Headless, headless } from "./headless.ts";
import { PicturePass } from "./picture_pass.ts";
import { sampleMaterial } from "./sample_material.ts";
import { SceneInstances } from "./scene_instances.ts";
import { ImageReader, type TextureImage, textureImage } from "./texture_image.ts";

/** An object that can be drawn in a studio. */
export interface Subject {
  readonly mesh: Mesh<InstancedBufferGeometry>;
  /** The largest distance of the object from its origin, along each axis. */
  readonly extent: readonly number[];
  readonly image?: TextureImage;
}

/** What colors a surface: one for all of it, one for each corner, or these times images. */
export type Coloring = "white" | "corners" | "images";

/** What the pictures of a studio have in common. */
export interface StudioOptions {
  readonly width: number;
  readonly height: number;
  readonly coloring: Coloring;
  readonly shading: Shading;
}

/** All that pictures of one size and kind need besides the object, for all renderers of a thread. */
export class Studio {
  readonly atlas: Atlas;
  readonly #headless: Headless;
  readonly #target: RenderTarget;
  readonly #instances: SceneInstances;
  readonly #pass: PicturePass;
  readonly #material: NodeMaterial;
  readonly #images = new ImageReader();
  readonly #readbacks: ReadbackBuffer[] = [];
  /** three has the projection in a camera; here every instance has its own. */
  readonly #camera = new PerspectiveCamera();

  private constructor(device: Headless, atlas: Atlas, { coloring, shading }: StudioOptions) {
    this.#headless = device;
    this.atlas = atlas;
    const { textureWidth: width, textureHeight: height } = atlas;
    this.#target = new RenderTarget(width, height, {
      format: coloring === "white" ? RedIntegerFormat : RGBAIntegerFormat,
      type: UnsignedIntType,
      minFilter: NearestFilter,
      magFilter: NearestFilter,
      depthTexture: new DepthTexture(width, height, FloatType),
    });
    this.#instances = new SceneInstances(atlas);
    this.#pass = new PicturePass(atlas, this.#target, coloring === "white" ? "white" : "mesh");
    const sizes = {
      tile: uniform(new Vector2(SAMPLES * atlas.width, SAMPLES * atlas.height)),
      texture: uniform(new Vector2(width, height)),
    };
    const paint = attribute("paint", "vec3");
    const color = { white: () => undefined, corners: () => vec4(paint, 1), images: () => this.#images.color().mul(vec4(paint, 1)) }
      [coloring]();
    this.#material = sampleMaterial(sizes, { shading, color });
  }

  /** A studio for pictures of a size, of objects that look alike. @throws InputError where the machine has no adapter, or one that cannot draw such pictures. */
  static async open(options: StudioOptions): Promise<Studio> {
    const device = await headless();
    return new Studio(device, planAtlas(options.width, options.height, device.device.limits), options);
  }

  /** Makes a subject of a geometry. */
  place(geometry: InstancedBufferGeometry, { extent, texture }: { extent: readonly number[]; texture?: Texture }): Subject {
    this.#instances.attachTo(geometry);
    const mesh = new Mesh(geometry, this.#material);
    mesh.frustumCulled = false;
    return { mesh, extent, image: texture === undefined ? undefined : textureImage(texture) };
  }

  /**
   * Draws scenes, at most one a tile of the atlas, in one submission. Returns at once; the pictures are there when the promise resolves, so that
   * several submissions can be under way.
   *
   * @param pictures Is written, [scenes x 3 x height x width].
   */
  async draw({ mesh, extent, image }: Subject, scenes: readonly Scene[], pictures: Float32Array): Promise<void> {
    const { renderer, check } = this.#headless;
    this.#instances.write(scenes, extent);
    if (image !== undefined) this.#images.use(image);
    mesh.geometry.instanceCount = scenes.length;
    const stage = new Stage();
    stage.add(mesh);
    renderer.setRenderTarget(this.#target);
    renderer.render(stage, this.#camera);
    renderer.setRenderTarget(null);
    this.#pass.run(renderer, scenes);
    const readback = this.#readbacks.pop() ?? new ReadbackBuffer(this.#pass.pictures.array.byteLength);
    await renderer.getArrayBufferAsync(this.#pass.pictures, readback, 0, pictures.byteLength);
    pictures.set(new Float32Array(readback.buffer!, 0, pictures.length));
    readback.release();
    this.#readbacks.push(readback);
    check();
  }

  /** Frees textures, buffers and pipelines. */
  dispose(): void {
    for (const readback of this.#readbacks) readback.dispose();
    this.#material.dispose();
    this.#pass.dispose();
    this.#target.dispose();
  }
}
