import { Mesh } from "three";
import { STLLoader } from "three/addons/loaders/STLLoader.js";
import { InputError } from "../../core/errors.ts";
import type { Corners } from "./build_mesh.ts";
import { type MeshFile, parseOrExplain } from "./mesh_file.ts";
import { cornersOf } from "./three_corners.ts";

const HEADER = 84;
const FACET = 50;

/** Reads an STL file, ASCII or binary (with colors, where its header says that it has any). */
export function readStl(file: MeshFile): Corners {
  const { bytes, path } = file;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const facets = bytes.length >= HEADER ? view.getUint32(80, true) : 0;
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, 5)) === "solid" && bytes.length !== HEADER + FACET * facets;
  if (text) requireWholeText(path, new TextDecoder().decode(bytes));
  else if (bytes.length < HEADER + FACET * facets || bytes.length < HEADER) {
    throw new InputError(
      `Mesh "${path}" must have ${HEADER + FACET * facets} bytes for its ${facets} facets: it is cut off after ${bytes.length}`,
    );
  }
  const geometry = parseOrExplain(file, () => new STLLoader().parse(bytes.slice().buffer));
  // They are normals of facets, which the triangles say better.
  geometry.deleteAttribute("normal");
  return cornersOf(file, new Mesh(geometry));
}

/** three's loader skips what it does not understand: a facet that is cut off or has no three vertices would go missing without a word. */
function requireWholeText(path: string, text: string): void {
  const facets = text.match(/\bfacet\b/g)?.length ?? 0;
  if (facets === 0) throw new InputError(`Mesh "${path}" must have faces: there are none`);
  const numbers = [...text.matchAll(/\bvertex\s+(\S+)\s+(\S+)\s+(\S+)/g)].map((match) => match.slice(1).map(Number));
  if (!/\bendsolid\b/.test(text) || (text.match(/\bendfacet\b/g)?.length ?? 0) !== facets || numbers.length !== 3 * facets) {
    throw new InputError(`Mesh "${path}" must be facets of three vertices up to "endsolid": it is cut off or damaged`);
  }
  for (const vertex of numbers) {
    if (!vertex.every(Number.isFinite)) {
      throw new InputError(`Vertices of mesh "${path}" must be finite numbers: one reads "${vertex.join(" ")}"`);
    }
  }
}
