import type { OutsidePlugin } from "@orthotope/orthotope";

export default {
  kind: "parameter",
  name: "fog",
  version: "1.0.0",
  description: "share of gray fog between the eye and the object",
  unit: "share",
  low: 0,
  high: 0.9,
  limits: [0, 1],
  default: 0,
  apply(scene, value) {
    const { contrast, brightness } = scene.post;
    // Contrast is about mid-gray: less of it mixes the picture with gray.
    return { ...scene, post: { ...scene.post, contrast: contrast * (1 - value), brightness: brightness * (1 - value) } };
  },
} satisfies OutsidePlugin;
