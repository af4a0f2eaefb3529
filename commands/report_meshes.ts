import { InputError } from "../core/errors.ts";
import type { RunHead } from "../core/record.ts";
import type { RunRecord } from "../core/reporter.ts";
import type { Appearance } from "../core/renderer.ts";
import { MESH_EXTENSIONS } from "../plugins/meshes/load_mesh.ts";
import { parseShapeName } from "../plugins/meshes/shapes/catalog.ts";
import type { NamedMesh } from "../plugins/reporters/html/pack_mesh.ts";
import { baseName } from "../workers/input_files.ts";
import { openMesh } from "../workers/open_mesh.ts";

/** A mesh that records speak of. */
export interface WantedMesh extends Required<Appearance> {
  readonly name: string;
  readonly sha256: string;
}

/** Whether two records speak of the same mesh, and of the same looks of it. */
export function isSameMesh(left: Omit<WantedMesh, "name">, right: Omit<WantedMesh, "name">): boolean {
  return left.sha256 === right.sha256 && left.colors === right.colors && left.shading === right.shading;
}

/** The mesh that the record of one network and one mesh speaks of. */
export function meshOfRun({ mesh: { name, sha256, colors }, shading = "flat" }: RunHead): WantedMesh {
  return { name, sha256, colors, shading };
}

/** The meshes of records, each once. */
export function wantedMeshes(records: readonly RunRecord[]): WantedMesh[] {
  const wanted = new Map<string, WantedMesh>();
  const add = (mesh: WantedMesh) => wanted.set(`${mesh.sha256} ${mesh.colors} ${mesh.shading}`, mesh);
  for (const record of records) {
    if (record.command === "map" || record.command === "grow") add(meshOfRun(record.run));
    else {
      for (const { shapes } of record.classes) {
        const { colors, shading = "flat" } = record.run;
        for (const { name, sha256, kept } of shapes) if (kept) add({ name, sha256, colors, shading });
      }
    }
  }
  return [...wanted.values()];
}

/**
 * Finds the meshes of records: built-in shapes by name, others among files, or in folders, that the user gives. What a mesh is told by is its SHA-256.
 *
 * @returns The meshes that were found; the others are missing.
 * @throws InputError where a given file is damaged, or is not the mesh of any record.
 */
export async function findMeshes(wanted: readonly WantedMesh[], given: readonly string[]): Promise<NamedMesh[]> {
  const found = new Map<WantedMesh, NamedMesh>();
  const take = async (path: string): Promise<boolean> => {
    let matches = false;
    const looks = new Map(wanted.map(({ colors, shading }) => [`${colors} ${shading}`, { colors, shading }]));
    for (const look of looks.values()) {
      const { mesh, sha256 } = await openMesh(path, look);
      for (const want of wanted.filter((each) => isSameMesh(each, { sha256, ...look }))) {
        found.set(want, { mesh, sha256, ...look });
        matches = true;
      }
    }
    return matches;
  };
  for (const path of given) {
    if (await isFolder(path)) {
      const names = new Set(wanted.map(({ name }) => baseName(name)));
      for await (const file of meshFiles(path)) if (names.has(baseName(file))) await take(file);
    } else if (!await take(path)) {
      const names = [...new Set(wanted.map(({ name }) => name))];
      throw new InputError(`Mesh "${path}" is of no run in this report: it must be the very file of ${names.slice(0, 5).join(", ")}`);
    }
  }
  for (const want of wanted) {
    if (found.has(want)) continue;
    const shape = want.name.replace(/-(\d+)$/, ":$1");
    if (!shape.includes("/") && parseShapeName(shape) !== undefined) await take(shape);
  }
  return [...found.values()];
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function* meshFiles(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* meshFiles(`${folder}/${name}`);
    else if (MESH_EXTENSIONS.includes(name.split(".").at(-1)?.toLowerCase() ?? "")) yield `${folder}/${name}`;
  }
}
