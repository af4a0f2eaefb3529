import { BufferAttribute, InstancedBufferGeometry } from "three/webgpu";
import type { Surface } from "../raster/surface.ts";
import type { Coloring } from "./studio.ts";

/** Corners of a surface's faces one after the other, none shared: each face has normals of its own. */
export function surfaceGeometry(surface: Surface, coloring: Coloring): InstancedBufferGeometry {
  const { positions, triangles, normals, solid } = surface;
  const corners = new Float32Array(3 * triangles.length);
  /** The normal of the face, and 1 where it bounds a solid. */
  const faces = new Float32Array(4 * triangles.length);
  for (let corner = 0; corner < triangles.length; corner++) {
    const face = Math.floor(corner / 3), vertex = triangles[corner];
    for (let axis = 0; axis < 3; axis++) {
      corners[3 * corner + axis] = positions[3 * vertex + axis];
      faces[4 * corner + axis] = normals[3 * face + axis];
    }
    faces[4 * corner + 3] = solid[face];
  }
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(corners, 3));
  geometry.setAttribute("face", new BufferAttribute(faces, 4));
  if (surface.cornerNormals !== undefined) geometry.setAttribute("cornerNormal", new BufferAttribute(surface.cornerNormals, 3));
  if (coloring !== "white" && surface.colors !== undefined) geometry.setAttribute("paint", new BufferAttribute(surface.colors, 3));
  if (coloring === "images" && surface.texture !== undefined) {
    const { coordinates, images, wraps, cutoffs } = surface.texture;
    geometry.setAttribute("place", new BufferAttribute(coordinates, 2));
    /** The image of the face, counted from 1, how it goes on along u and v, and how opaque it must be. */
    const use = new Float32Array(4 * triangles.length);
    for (let corner = 0; corner < triangles.length; corner++) {
      const image = images[Math.floor(corner / 3)];
      if (image > 0) use.set([image, wraps[2 * image - 2], wraps[2 * image - 1], cutoffs?.[image - 1] ?? 0], 4 * corner);
    }
    geometry.setAttribute("image", new BufferAttribute(use, 4));
  }
  return geometry;
}
