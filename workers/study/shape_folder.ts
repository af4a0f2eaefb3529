import { InputError } from "../../core/errors.ts";
import { MESH_EXTENSIONS } from "../../plugins/meshes/load_mesh.ts";

/** A mesh file of a class. */
export interface FoundShape {
  readonly name: string;
  readonly mesh: string;
}

/** Meshes where ShapeNet keeps them, below the folder of a model: in version 2, and in version 1. */
const SHAPENET_MESHES = ["models/model_normalized.obj", "model.obj"];

/**
 * The classes of a folder with their shapes, all in alphabetical order: `class/shape.obj`, or as ShapeNet is laid out,
 * `synset/model/models/model_normalized.obj`.
 *
 * @throws InputError where the folder is missing, or no class has a mesh.
 */
export async function findShapes(folder: string): Promise<ReadonlyMap<string, readonly FoundShape[]>> {
  const found = new Map<string, FoundShape[]>();
  for (const of of await namesIn(folder, folder)) {
    const path = `${folder}/${of.name}`;
    if (!of.isDirectory) continue;
    const shapes: FoundShape[] = [];
    for (const entry of await namesIn(path, folder)) {
      const mesh = entry.isDirectory
        ? await shapeNetMesh(`${path}/${entry.name}`)
        : isMesh(entry.name)
        ? `${path}/${entry.name}`
        : undefined;
      if (mesh !== undefined) shapes.push({ name: entry.isDirectory ? entry.name : entry.name.replace(/\.[^.]*$/, ""), mesh });
    }
    if (shapes.length > 0) found.set(of.name, shapes);
  }
  if (found.size === 0) {
    throw new InputError(`Folder "${folder}" must hold meshes as class/shape.obj or synset/model/${SHAPENET_MESHES[0]}: it holds none`);
  }
  return found;
}

async function namesIn(path: string, folder: string): Promise<{ name: string; isDirectory: boolean }[]> {
  try {
    const entries: { name: string; isDirectory: boolean }[] = [];
    for await (const { name, isDirectory, isSymlink } of Deno.readDir(path)) {
      entries.push({ name, isDirectory: isSymlink ? (await Deno.stat(`${path}/${name}`)).isDirectory : isDirectory });
    }
    return entries.sort((left, right) => left.name < right.name ? -1 : 1);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new InputError(`Cannot find the folder of meshes "${folder}": give an existing one`);
    if (error instanceof Deno.errors.NotADirectory) throw new InputError(`Cannot read the folder of meshes "${folder}": it is a file`);
    throw error;
  }
}

async function shapeNetMesh(model: string): Promise<string | undefined> {
  for (const inner of SHAPENET_MESHES) {
    try {
      if ((await Deno.stat(`${model}/${inner}`)).isFile) return `${model}/${inner}`;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) throw error;
    }
  }
}

function isMesh(name: string): boolean {
  return MESH_EXTENSIONS.includes(/\.([^.]+)$/.exec(name)?.[1].toLowerCase() ?? "");
}
