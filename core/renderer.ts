import type { Mesh } from "./mesh.ts";
import type { Scene, SceneTangent } from "./scene.ts";

/** One brightness a face, as in the paper, or one that runs across faces with the normals of their corners. */
export type Shading = "flat" | "smooth";

/** How the surface of an object looks. */
export interface Appearance {
  /** The object's own colors, or white everywhere as in the paper. */
  readonly colors: "white" | "mesh";
  /** Default: flat. */
  readonly shading?: Shading;
}

/** What a renderer is made for, besides its mesh. */
export interface RenderOptions extends Appearance {
  /** Width of the pictures in pixels. */
  readonly width: number;
  /** Height of the pictures in pixels. */
  readonly height: number;
}

/**
 * Draws one mesh. Pictures are planar float32, [count x 3 x height x width], RGB, linear; a picture is what the camera sees before
 * `scene.post` is applied (the caller does that, for every renderer alike).
 */
export interface Renderer {
  /** Draws `scenes` one after the other into `pictures`, [scenes x 3 x height x width]. */
  render(scenes: readonly Scene[], pictures: Float32Array): void | Promise<void>;
  /**
   * Draws one scene into `picture`, [3 x height x width], and the picture's derivative along each tangent into `derivatives`,
   * [tangents x 3 x height x width]. The picture may differ from that of `render` where that one is a step function of the scene: it is the one
   * whose derivative this is. Absent where the renderer has no derivative.
   */
  differentiate?(
    scene: Scene,
    tangents: readonly SceneTangent[],
    picture: Float32Array,
    derivatives: Float32Array,
  ): void | Promise<void>;
  /** Frees what the renderer holds outside the JavaScript heap. */
  dispose(): void;
}

/** A kind of renderer. */
export interface RendererPlugin {
  /** What makes it one of its kind. */
  readonly kind: "renderer";
  /** In lower case, words joined by hyphens. */
  readonly name: string;
  /** One line for people. */
  readonly description: string;
  /** Makes a renderer of one mesh. One that only draws flat faces throws where smooth ones are asked for. */
  create(mesh: Mesh, options: RenderOptions): Renderer | Promise<Renderer>;
}
