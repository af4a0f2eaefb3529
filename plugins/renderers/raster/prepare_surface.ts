import type { Mesh } from "../../../core/mesh.ts";
import type { Shading } from "../../../core/renderer.ts";
import { DEFAULT_SCENE } from "../../../core/scene.ts";
import { DepthBuffer } from "./depth_buffer.ts";
import { cornerNormals } from "./corner_normals.ts";
import { poseOf } from "./pose.ts";
import { findSolids } from "./solids.ts";
import { faceNormals, type Surface } from "./surface.ts";
import { tidied } from "./tidy.ts";

const CHECK_SIZE = 64;
const CHECK_VIEWS: readonly (readonly [number, number])[] = [35, -35].flatMap((elevation) =>
  [45, 135, 225, 315].map((azimuth) => [azimuth, elevation] as const)
);

/** The surface of a mesh, tidied, with its solids found and looked at, and with normals at its corners where it is to be shaded smoothly. */
export function surfaceOf(mesh: Mesh, shading: Shading = "flat"): Surface {
  const tidy = tidied(mesh);
  const { triangles, solid, colors, normals: given, texture, parts } = findSolids(tidy);
  const surface: Surface = {
    positions: tidy.positions,
    triangles,
    solid: new Uint8Array(solid.length),
    normals: faceNormals(tidy.positions, triangles),
    colors,
    ...(shading === "smooth" ? { cornerNormals: cornerNormals({ positions: tidy.positions, triangles, given }) } : {}),
    texture,
  };
  const insideOut = solid.includes(1) ? insideOutParts(surface, solid, parts) : new Set<number>();
  for (let face = 0; face < solid.length; face++) {
    surface.solid[face] = insideOut.has(parts[face]) ? 0 : solid[face];
  }
  return surface;
}

/**
 * Parts that are closed but cross themselves, so that a piece of them is inside out and does show its back. Eight small pictures tell; at the
 * outline of a good solid a sample of a back face may win by rounding.
 */
function insideOutParts(surface: Surface, solid: Uint8Array, parts: Uint32Array): Set<number> {
  const buffer = new DepthBuffer(surface, CHECK_SIZE, CHECK_SIZE);
  const seen = new Uint32Array(solid.length), seenBehind = new Uint32Array(solid.length);
  const found = new Set<number>();
  for (const [azimuth, elevation] of CHECK_VIEWS) {
    const scene = { ...DEFAULT_SCENE, camera: { ...DEFAULT_SCENE.camera, azimuth, elevation } };
    buffer.draw(scene, poseOf(scene));
    for (const face of buffer.faces) {
      if (face === 0 || solid[face - 1] === 0) continue;
      seen[parts[face - 1]]++;
      if (buffer.doubleArea(face) < 0) seenBehind[parts[face - 1]]++;
    }
  }
  seenBehind.forEach((behind, part) => {
    if (behind > 1 + 0.02 * seen[part]) found.add(part);
  });
  return found;
}
