import type { SemanticParameter } from "../../core/semantic_parameter.ts";
import { background, backgroundColors } from "./background.ts";
import { azimuth, distance, elevation, fieldOfView, roll } from "./camera.ts";
import { ambient, directional, directions, lightAzimuth, lightElevation } from "./light.ts";
import { colors, hue, rotations, shifts } from "./object.ts";
import { blur, brightness, contrast } from "./post.ts";

/** The built-in semantic parameters, in the order in which they are applied to a scene. */
export const parameters: readonly SemanticParameter[] = [
  azimuth,
  elevation,
  distance,
  roll,
  fieldOfView,
  ...rotations,
  ...shifts,
  ...directions,
  lightElevation,
  lightAzimuth,
  directional,
  ambient,
  hue,
  ...colors,
  background,
  ...backgroundColors,
  blur,
  contrast,
  brightness,
];
