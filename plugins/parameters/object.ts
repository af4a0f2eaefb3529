import type { Scene, Triple } from "../../core/scene.ts";
import type { SemanticParameter } from "../../core/semantic_parameter.ts";
import { AXES, CHANNELS, replaced } from "./triple.ts";

function withObject(scene: Scene, change: Partial<Scene["object"]>): Scene {
  return { ...scene, object: { ...scene.object, ...change } };
}

/** Rotations of the object about x, then y, then z, in degrees: `rotation-x`, `rotation-y`, `rotation-z`. */
export const rotations: readonly SemanticParameter[] = AXES.map((axis, i) => ({
  kind: "parameter",
  name: `rotation-${axis}`,
  description: `rotation of the object about its ${axis} axis`,
  unit: "degree",
  low: -180,
  high: 180,
  period: 360,
  default: 0,
  apply: (scene, value) => withObject(scene, { rotation: replaced(scene.object.rotation, i, value) }),
}));

/** Shifts of the object along x, y and z: `shift-x`, `shift-y`, `shift-z`. */
export const shifts: readonly SemanticParameter[] = AXES.map((axis, i) => ({
  kind: "parameter",
  name: `shift-${axis}`,
  description: `shift of the object along the ${axis} axis, in half lengths of its longest side`,
  unit: "unit",
  low: -0.5,
  high: 0.5,
  default: 0,
  apply: (scene, value) => withObject(scene, { shift: replaced(scene.object.shift, i, value) }),
}));

/** Channels of the object's color: `red`, `green`, `blue`. */
export const colors: readonly SemanticParameter[] = CHANNELS.map((channel, i) => ({
  kind: "parameter",
  name: channel,
  description: `${channel} of the object's color`,
  unit: "share",
  low: 0,
  high: 1,
  limits: [0, 1],
  default: 1,
  apply: (scene, value) => withObject(scene, { color: replaced(scene.object.color, i, value) }),
}));

/** A full color of the given hue: red at 0, green at 120, blue at 240 degrees, with smooth passages between them. */
export const hue: SemanticParameter = {
  kind: "parameter",
  name: "hue",
  description: "hue of a fully colored object: red 0, green 120, blue 240",
  unit: "degree",
  low: 0,
  high: 360,
  period: 360,
  default: 0,
  apply: (scene, value) => withObject(scene, { color: CHANNELS.map((_, i) => channelOfHue(value, i)) as unknown as Triple }),
};

function channelOfHue(hue: number, channel: number): number {
  return (1 + Math.cos((hue - 120 * channel) * Math.PI / 180)) / 2;
}
