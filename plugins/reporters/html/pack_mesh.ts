import type { Mesh, Texture } from "../../../core/mesh.ts";
import type { Appearance } from "../../../core/renderer.ts";
import { texturePyramid } from "../../renderers/texture_pyramid.ts";
import type { PackedTexture, PageMesh } from "./page_data.ts";

/** Texels of all images of a mesh in a page, which may have many meshes. */
const MOST_TEXELS = 2 ** 18;

/** A mesh that pictures are drawn of, with what records say of it. */
export interface NamedMesh extends Required<Appearance> {
  readonly sha256: string;
  readonly mesh: Mesh;
}

/** A mesh as a page carries it: what its looks need. */
export function packMesh({ sha256, colors, shading, mesh }: NamedMesh): PageMesh {
  return {
    sha256,
    colors,
    shading,
    positions: base64Of(mesh.positions),
    triangles: base64Of(mesh.triangles),
    ...(colors === "mesh" && mesh.colors !== undefined ? { cornerColors: base64Of(mesh.colors) } : {}),
    ...(colors === "mesh" && mesh.texture !== undefined ? { texture: packTexture(mesh.texture) } : {}),
    ...(shading === "smooth" && mesh.normals !== undefined ? { cornerNormals: base64Of(mesh.normals) } : {}),
  };
}

/** The images at the largest size that a page carries. */
function packTexture(texture: Texture): PackedTexture {
  const { side, levels, starts, texels, wraps } = texturePyramid(texture);
  const images = wraps.length / 2;
  let level = 0;
  while (level + 1 < levels && images * (side >> level) ** 2 > MOST_TEXELS) level++;
  const size = side >> level;
  return {
    side: size,
    texels: base64Of(texels.subarray(4 * starts[level], 4 * (starts[level] + images * size * size))),
    wraps: base64Of(wraps),
    ...(texture.cutoffs === undefined ? {} : { cutoffs: base64Of(texture.cutoffs) }),
    coordinates: base64Of(texture.coordinates),
    images: base64Of(texture.images),
  };
}

/** The bytes of numbers, little-endian as every platform that runs this is. */
export function base64Of({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return new Uint8Array(buffer, byteOffset, byteLength).toBase64();
}
