import { InputError } from "../core/errors.ts";
import type { Mesh } from "../core/mesh.ts";
import type { Appearance } from "../core/renderer.ts";
import { loadMesh } from "../plugins/meshes/load_mesh.ts";
import { parseShapeName, SHAPE_FAMILIES, shapeMesh } from "../plugins/meshes/shapes/catalog.ts";
import { baseName, readInput, sha256 } from "./input_files.ts";

/** A mesh with what the record says of it. */
export interface OpenedMesh {
  /** The mesh. */
  readonly mesh: Mesh;
  /** What records and figures call it. */
  readonly name: string;
  /** Of the file; of the triangles where the shape is built in. */
  readonly sha256: string;
}

/**
 * Opens a mesh: a file, of which it takes what the appearance wants, or a built-in shape by its name (`chair`, `chair:7`).
 *
 * @throws InputError where it is neither, or the file is damaged.
 */
export async function openMesh(nameOrPath: string, { colors, shading }: Appearance): Promise<OpenedMesh> {
  const shape = parseShapeName(nameOrPath);
  if (shape !== undefined) {
    const { family, variation } = shape;
    const mesh = shapeMesh(family.name, variation);
    const name = variation === 0 ? family.name : `${family.name}-${variation}`;
    return { mesh, name, sha256: await sha256(bytesOf(mesh.positions, mesh.triangles)) };
  }
  if (!/[./\\]/.test(nameOrPath)) {
    throw new InputError(`Mesh "${nameOrPath}" must be a file or one of ${SHAPE_FAMILIES.map(({ name }) => name).join(", ")}`);
  }
  const bytes = await readInput(nameOrPath, "mesh");
  const read = (path: string) => path === nameOrPath ? Promise.resolve(bytes) : Deno.readFile(path);
  return { mesh: await loadMesh(nameOrPath, { read, colors, shading }), name: baseName(nameOrPath), sha256: await sha256(bytes) };
}

function bytesOf(...arrays: readonly (Float32Array | Uint32Array)[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(arrays.reduce((total, array) => total + array.byteLength, 0));
  let offset = 0;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  return bytes;
}
