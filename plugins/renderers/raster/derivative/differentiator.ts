import type { Mesh } from "../../../../core/mesh.ts";
import type { RenderOptions } from "../../../../core/renderer.ts";
import type { Scene, SceneTangent } from "../../../../core/scene.ts";
import { DepthBuffer } from "../depth_buffer.ts";
import { poseOf } from "../pose.ts";
import type { Surface } from "../surface.ts";
import { Boundary } from "./boundary.ts";
import { findContacts } from "./contacts.ts";
import { Faces } from "./faces.ts";
import { featureEdgesOf } from "./feature_edges.ts";
import { motionOf } from "./motion.ts";
import { Pieces } from "./pieces.ts";
import { SAMPLES } from "./samples.ts";
import { WhitePicture } from "./white.ts";

/** Draws pictures that are averaged exactly over each pixel, with their derivatives along scene tangents. */
export class Differentiator {
  readonly #buffer: DepthBuffer;
  readonly #faces: Faces;
  readonly #boundary: Boundary;
  readonly #pieces = new Pieces();
  readonly #white: WhitePicture;

  constructor(surface: Surface, _mesh: Mesh, { width, height }: RenderOptions) {
    const contacts = findContacts(surface);
    const positions = new Float32Array(surface.positions.length + contacts.points.length);
    positions.set(surface.positions);
    positions.set(contacts.points, surface.positions.length);
    surface = { ...surface, positions };
    this.#buffer = new DepthBuffer(surface, SAMPLES * width, SAMPLES * height);
    this.#faces = new Faces(surface);
    this.#boundary = new Boundary(surface, featureEdgesOf(surface, contacts));
    this.#white = new WhitePicture(width, height, surface.triangles.length / 3);
  }

  /** Writes the picture and its derivatives. */
  differentiate(scene: Scene, tangents: readonly SceneTangent[], picture: Float32Array, derivatives: Float32Array): void {
    const pose = poseOf(scene);
    const motions = tangents.map((tangent) => motionOf(scene, tangent, pose));
    this.#buffer.draw(scene, pose);
    this.#faces.look(this.#buffer, scene, pose);
    this.#boundary.find(this.#buffer, this.#faces, pose, { pieces: this.#pieces, lit: motions.some(({ shades }) => shades) });
    this.#white.draw(this.#buffer, this.#faces, this.#pieces, scene, picture);
    motions.forEach((motion, k) => {
      const derivative = derivatives.subarray(k * picture.length, (k + 1) * picture.length);
      this.#white.differentiate(this.#buffer, this.#faces, this.#pieces, { scene, pose, motion, derivative });
    });
  }
}
