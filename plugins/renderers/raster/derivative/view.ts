import type { Scene } from "../../../../core/scene.ts";
import type { DepthBuffer } from "../depth_buffer.ts";
import type { Pose } from "../pose.ts";
import type { Faces } from "./faces.ts";
import type { Pieces } from "./pieces.ts";

/** What a picture is made from: what is seen at the samples, what the scene makes of the faces, and what is seen of their edges. */
export interface View {
  readonly buffer: DepthBuffer;
  readonly faces: Faces;
  readonly pieces: Pieces;
  readonly scene: Scene;
  readonly pose: Pose;
}
