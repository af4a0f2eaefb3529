import { type Mesh, takeTriangles } from "../../../core/mesh.ts";

/** How much of an image is a hole. */
const NONE = 0, SOME = 1, ALL = 2;

/**
 * The mesh without the triangles that are nowhere seen, as every place of their images is less opaque than it must be. What it is left has cutoffs only
 * where an image has both holes and places that are seen.
 */
export function withoutUnseen(mesh: Mesh): Mesh {
  const { texture } = mesh;
  if (texture?.cutoffs === undefined) return mesh;
  const { cutoffs, images, side, texels } = texture;
  const holes = Array.from(cutoffs, (cutoff, image) => {
    if (cutoff === 0) return NONE;
    let least = 255, most = 0;
    for (let at = 4 * image * side * side + 3; at < 4 * (image + 1) * side * side; at += 4) {
      least = Math.min(least, texels[at]);
      most = Math.max(most, texels[at]);
    }
    return least / 255 >= cutoff ? NONE : most / 255 < cutoff ? ALL : SOME;
  });
  const seen = Array.from(images.keys()).filter((face) => images[face] === 0 || holes[images[face] - 1] !== ALL);
  const { cutoffs: _, ...plain } = texture;
  const isCut = seen.some((face) => images[face] > 0 && holes[images[face] - 1] === SOME);
  return takeTriangles({ ...mesh, texture: isCut ? texture : plain }, seen);
}
