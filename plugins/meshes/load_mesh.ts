import { InputError } from "../../core/errors.ts";
import type { Mesh } from "../../core/mesh.ts";
import { buildMesh, type Corners } from "./build_mesh.ts";
import { readGltf } from "./gltf.ts";
import { type LoadMeshOptions, type MeshFile, readOrExplain } from "./mesh_file.ts";
import { readObj } from "./obj.ts";
import { readPly } from "./ply.ts";
import { readStl } from "./stl.ts";

const READERS: Readonly<Record<string, (file: MeshFile) => Corners | Promise<Corners>>> = {
  obj: readObj,
  gltf: readGltf,
  glb: readGltf,
  ply: readPly,
  stl: readStl,
};

/** The file name extensions that {@linkcode loadMesh} reads. */
export const MESH_EXTENSIONS: readonly string[] = Object.keys(READERS);

/**
 * Loads a mesh from an OBJ, glTF, GLB, PLY or STL file and normalizes it: the longest side of its bounding box spans [-1, 1], and the box is
 * centered on the origin. Triangles keep the order of the file. Colors, where wanted, are the material's color times the vertex's, as they stand
 * in the file, and base-color images multiply them.
 *
 * @throws InputError where the file is missing, damaged, has no faces, or is of another kind.
 */
export async function loadMesh(path: string, options: LoadMeshOptions): Promise<Mesh> {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1].toLowerCase() ?? "";
  const reader = Object.hasOwn(READERS, extension) ? READERS[extension] : undefined;
  if (reader === undefined) {
    throw new InputError(`Mesh "${path}" must be one of ${MESH_EXTENSIONS.join(", ")}: current extension is "${extension}"`);
  }
  const bytes = await readOrExplain(path, `Mesh "${path}"`, options.read);
  return buildMesh(path, await reader({ ...options, path, bytes }));
}
