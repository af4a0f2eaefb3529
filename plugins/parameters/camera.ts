import type { Scene } from "../../core/scene.ts";
import type { SemanticParameter } from "../../core/semantic_parameter.ts";

function withCamera(scene: Scene, change: Partial<Scene["camera"]>): Scene {
  return { ...scene, camera: { ...scene.camera, ...change } };
}

/** Angle of the eye around the object, in degrees. */
export const azimuth: SemanticParameter = {
  kind: "parameter",
  name: "azimuth",
  description: "angle of the eye around the vertical axis",
  unit: "degree",
  low: 0,
  high: 360,
  period: 360,
  default: 0,
  apply: (scene, value) => withCamera(scene, { azimuth: value }),
};

/** Angle of the eye above the horizon, in degrees; the paper's range is [-10, 90]. */
export const elevation: SemanticParameter = {
  kind: "parameter",
  name: "elevation",
  description: "angle of the eye above the horizon",
  unit: "degree",
  low: -10,
  high: 90,
  limits: [-90, 90],
  default: 0,
  apply: (scene, value) => withCamera(scene, { elevation: value }),
};

/** Distance of the eye from the object's center, in half lengths of its longest side. */
export const distance: SemanticParameter = {
  kind: "parameter",
  name: "distance",
  description: "distance of the eye from the object's center, in half lengths of its longest side",
  unit: "unit",
  low: 2,
  high: 5,
  limits: [0, 100],
  default: 2.732,
  apply: (scene, value) => withCamera(scene, { distance: value }),
};

/** Rotation of the picture about its center, in degrees. */
export const roll: SemanticParameter = {
  kind: "parameter",
  name: "roll",
  description: "rotation of the picture about its center, counterclockwise",
  unit: "degree",
  low: -180,
  high: 180,
  period: 360,
  default: 0,
  apply: (scene, value) => withCamera(scene, { roll: value }),
};

/** Full angle of view, in degrees. */
export const fieldOfView: SemanticParameter = {
  kind: "parameter",
  name: "field-of-view",
  description: "full vertical angle of view",
  unit: "degree",
  low: 40,
  high: 90,
  limits: [1, 170],
  default: 60,
  apply: (scene, value) => withCamera(scene, { fieldOfView: value }),
};
