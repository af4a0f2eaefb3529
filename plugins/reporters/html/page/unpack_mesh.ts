import type { Mesh } from "../../../../core/mesh.ts";
import type { PageMesh } from "../page_data.ts";
import { fromBase64 } from "./load_page_data.ts";

/** A mesh from its packed form. */
export function unpackMesh({ positions, triangles, cornerColors, cornerNormals, texture }: PageMesh): Mesh {
  return {
    positions: floats(positions),
    triangles: new Uint32Array(fromBase64(triangles).buffer),
    ...(cornerColors === undefined ? {} : { colors: floats(cornerColors) }),
    ...(cornerNormals === undefined ? {} : { normals: floats(cornerNormals) }),
    ...(texture === undefined ? {} : {
      texture: {
        side: texture.side,
        texels: fromBase64(texture.texels),
        wraps: fromBase64(texture.wraps),
        ...(texture.cutoffs === undefined ? {} : { cutoffs: floats(texture.cutoffs) }),
        coordinates: floats(texture.coordinates),
        images: new Uint16Array(fromBase64(texture.images).buffer),
      },
    }),
  };
}

function floats(packed: string): Float32Array {
  return new Float32Array(fromBase64(packed).buffer);
}
