import type { Scene } from "../../core/scene.ts";
import type { SemanticParameter } from "../../core/semantic_parameter.ts";

function withPost(scene: Scene, change: Partial<Scene["post"]>): Scene {
  return { ...scene, post: { ...scene.post, ...change } };
}

/** Standard deviation of a Gaussian blur, as a share of the picture's height. */
export const blur: SemanticParameter = {
  kind: "parameter",
  name: "blur",
  description: "standard deviation of a Gaussian blur, as a share of the picture's height",
  unit: "share",
  low: 0,
  high: 0.03,
  limits: [0, 0.25],
  default: 0,
  apply: (scene, value) => withPost(scene, { blur: value }),
};

/** Factor by which values are spread about mid-gray. */
export const contrast: SemanticParameter = {
  kind: "parameter",
  name: "contrast",
  description: "factor by which values are spread about mid-gray",
  unit: "factor",
  low: 0.2,
  high: 2,
  limits: [0, 100],
  default: 1,
  apply: (scene, value) => withPost(scene, { contrast: value }),
};

/** Added to every value of the picture. */
export const brightness: SemanticParameter = {
  kind: "parameter",
  name: "brightness",
  description: "added to every value of the picture",
  unit: "share",
  low: -0.5,
  high: 0.5,
  limits: [-1, 1],
  default: 0,
  apply: (scene, value) => withPost(scene, { brightness: value }),
};
