import type { Scene, Triple } from "../../core/scene.ts";
import type { SemanticParameter } from "../../core/semantic_parameter.ts";
import { AXES, replaced } from "./triple.ts";

const DEGREE = Math.PI / 180;

function withLight(scene: Scene, change: Partial<Scene["light"]>): Scene {
  return { ...scene, light: { ...scene.light, ...change } };
}

/** The direction towards the light as three numbers, of any length: `light-x`, `light-y`, `light-z`. */
export const directions: readonly SemanticParameter[] = AXES.map((axis, i) => ({
  kind: "parameter",
  name: `light-${axis}`,
  description: `${axis} of the direction towards the light`,
  unit: "unit",
  low: -1,
  high: 1,
  default: i === 1 ? 1 : 0,
  apply: (scene, value) => withLight(scene, { direction: replaced(scene.light.direction, i, value) }),
}));

/** Angle of the light above the horizon, in degrees; it keeps the light's azimuth. */
export const lightElevation: SemanticParameter = {
  kind: "parameter",
  name: "light-elevation",
  description: "angle of the light above the horizon",
  unit: "degree",
  low: 0,
  high: 90,
  limits: [-90, 90],
  default: 90,
  apply: (scene, value) => withLight(scene, { direction: polar(azimuthOf(scene.light.direction), value) }),
};

/** Angle of the light around the vertical axis, in degrees, counted as the eye's; it keeps the light's elevation. */
export const lightAzimuth: SemanticParameter = {
  kind: "parameter",
  name: "light-azimuth",
  description: "angle of the light around the vertical axis",
  unit: "degree",
  low: 0,
  high: 360,
  period: 360,
  default: 0,
  apply: (scene, value) => withLight(scene, { direction: polar(value, elevationOf(scene.light.direction)) }),
};

/** Intensity of the directional light. */
export const directional: SemanticParameter = {
  kind: "parameter",
  name: "directional",
  description: "intensity of the directional light",
  unit: "share",
  low: 0,
  high: 1,
  limits: [0, 10],
  default: 0.5,
  apply: (scene, value) => withLight(scene, { directional: value }),
};

/** Intensity of the ambient light. */
export const ambient: SemanticParameter = {
  kind: "parameter",
  name: "ambient",
  description: "intensity of the ambient light",
  unit: "share",
  low: 0,
  high: 1,
  limits: [0, 10],
  default: 0.5,
  apply: (scene, value) => withLight(scene, { ambient: value }),
};

function polar(azimuth: number, elevation: number): Triple {
  const across = Math.cos(elevation * DEGREE);
  return [across * Math.sin(azimuth * DEGREE), Math.sin(elevation * DEGREE), -across * Math.cos(azimuth * DEGREE)];
}

function azimuthOf([x, , z]: Triple): number {
  // 0 - z, not -z: straight up is azimuth 0, and the arc tangent of a negative zero would make it 180.
  return Math.atan2(x, 0 - z) / DEGREE;
}

function elevationOf([x, y, z]: Triple): number {
  return Math.atan2(y, Math.hypot(x, z)) / DEGREE;
}
