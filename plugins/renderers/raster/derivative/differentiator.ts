import type { RenderOptions } from "../../../../core/renderer.ts";
import type { Scene, SceneTangent } from "../../../../core/scene.ts";
import { DepthBuffer } from "../depth_buffer.ts";
import { poseOf } from "../pose.ts";
import { Shown } from "../shown.ts";
import type { Surface } from "../surface.ts";
import { Boundary } from "./boundary.ts";
import { ColoredPicture } from "./colored.ts";
import { findContacts } from "./contacts.ts";
import { Faces } from "./faces.ts";
import { featureEdgesOf } from "./feature_edges.ts";
import { motionOf } from "./motion.ts";
import { Pieces } from "./pieces.ts";
import { SAMPLES } from "./samples.ts";
import { softEdgesOf } from "./soft_edges.ts";
import { WhitePicture } from "./white.ts";

/**
 * Draws pictures that are averaged exactly over each pixel, with their derivatives along scene tangents: what faces do inside (their brightness and
 * color change), and what their edges do (they sweep over the pixel).
 */
export class Differentiator {
  readonly #buffer: DepthBuffer;
  readonly #faces: Faces;
  readonly #boundary: Boundary;
  readonly #pieces = new Pieces();
  readonly #painter: WhitePicture | ColoredPicture;
  /** Numbers of a picture. */
  readonly #size: number;

  constructor(surface: Surface, options: RenderOptions) {
    const { width, height } = options;
    const contacts = findContacts(surface);
    const positions = new Float32Array(surface.positions.length + contacts.points.length);
    positions.set(surface.positions);
    positions.set(contacts.points, surface.positions.length);
    const extended: Surface = { ...surface, positions };
    const isWhite = surface.cornerNormals === undefined && (options.colors === "white" || surface.colors === undefined);
    const shown = isWhite ? undefined : new Shown(extended, options, SAMPLES);
    const count = surface.triangles.length / 3;
    this.#size = 3 * width * height;
    this.#buffer = new DepthBuffer(extended, SAMPLES * width, SAMPLES * height);
    this.#faces = new Faces(extended);
    const edges = featureEdgesOf(extended, contacts, shown);
    this.#boundary = new Boundary(extended, edges, shown?.smooth === undefined ? undefined : softEdgesOf(extended, edges, shown));
    this.#painter = shown === undefined ? new WhitePicture(count, options) : new ColoredPicture(shown, count, options);
  }

  /** Writes the picture, [3 x height x width], and its derivatives, [tangents x 3 x height x width]. */
  differentiate(scene: Scene, tangents: readonly SceneTangent[], picture: Float32Array, derivatives: Float32Array): void {
    if (picture.length !== this.#size || derivatives.length < this.#size * tangents.length) {
      throw new RangeError(
        `A picture must hold ${this.#size} values, and derivatives ${tangents.length} times as many: ` +
          `current lengths are ${picture.length} and ${derivatives.length}`,
      );
    }
    const buffer = this.#buffer, faces = this.#faces, pieces = this.#pieces;
    const pose = poseOf(scene);
    const motions = tangents.map((tangent) => motionOf(scene, tangent, pose));
    buffer.draw(scene, pose);
    faces.look(buffer, scene, pose);
    const lit = this.#painter instanceof ColoredPicture || motions.some(({ shades }) => shades);
    this.#boundary.find(buffer, faces, pose, { pieces, lit });
    this.#painter.draw({ buffer, faces, pieces, scene, pose }, picture, motions);
    motions.forEach((motion, k) => {
      this.#painter.differentiate(motion, derivatives.subarray(k * picture.length, (k + 1) * picture.length));
    });
  }
}
