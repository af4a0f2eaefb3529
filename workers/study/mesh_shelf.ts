import type { Appearance } from "../../core/renderer.ts";
import { type OpenedMesh, openMesh } from "../open_mesh.ts";

/** Bytes of meshes that are kept: more than a hundred of the usual size. */
const CAPACITY = 512 * 2 ** 20;

/** Meshes that were opened, so that the next network need not open them again. The one used longest ago goes first. */
export class MeshShelf {
  readonly #appearance: Appearance;
  readonly #meshes = new Map<string, OpenedMesh>();
  #bytes = 0;

  constructor(appearance: Appearance) {
    this.#appearance = appearance;
  }

  /** Opens a mesh. @throws InputError where it is missing or damaged. */
  async open(nameOrPath: string): Promise<OpenedMesh> {
    const known = this.#meshes.get(nameOrPath);
    const opened = known ?? await openMesh(nameOrPath, this.#appearance);
    this.#meshes.delete(nameOrPath);
    this.#meshes.set(nameOrPath, opened);
    if (known === undefined) this.#bytes += sizeOf(opened);
    for (const [name, oldest] of this.#meshes) {
      if (this.#bytes <= CAPACITY || oldest === opened) break;
      this.#meshes.delete(name);
      this.#bytes -= sizeOf(oldest);
    }
    return opened;
  }
}

function sizeOf({ mesh: { positions, triangles, colors, normals, texture } }: OpenedMesh): number {
  const parts = [positions, triangles, colors, normals, texture?.texels, texture?.coordinates];
  return parts.reduce((sum, part) => sum + (part?.byteLength ?? 0), 0);
}
