import type { SemanticParameter } from "../../core/semantic_parameter.ts";
import { CHANNELS, replaced } from "./triple.ts";

/** A gray background, from black to white. */
export const background: SemanticParameter = {
  kind: "parameter",
  name: "background",
  description: "gray of the background, from black to white",
  unit: "share",
  low: 0,
  high: 1,
  limits: [0, 1],
  default: 0,
  apply: (scene, value) => ({ ...scene, background: [value, value, value] }),
};

/** Channels of the background's color: `background-red`, `background-green`, `background-blue`. */
export const backgroundColors: readonly SemanticParameter[] = CHANNELS.map((channel, i) => ({
  kind: "parameter",
  name: `background-${channel}`,
  description: `${channel} of the background's color`,
  unit: "share",
  low: 0,
  high: 1,
  limits: [0, 1],
  default: 0,
  apply: (scene, value) => ({ ...scene, background: replaced(scene.background, i, value) }),
}));
