import { Loader, LoadingManager, Texture } from "three";
import { MTLLoader } from "three/addons/loaders/MTLLoader.js";
import { OBJLoader } from "three/addons/loaders/OBJLoader.js";
import { InputError } from "../../core/errors.ts";
import type { Corners } from "./build_mesh.ts";
import { withImages } from "./decode_images.ts";
import { type MeshFile, parseOrExplain, readBeside } from "./mesh_file.ts";
import { cornersOf } from "./three_corners.ts";

/**
 * Reads a Wavefront OBJ file: vertices (with colors where they have any), polygons as fans of triangles, the materials' diffuse colors and their images
 * where colors are wanted, and normals for smooth shading where every face has them.
 */
export async function readObj(file: MeshFile): Promise<Corners> {
  const { text, libraries, materials, hasNormals } = faceLines(file, new TextDecoder().decode(file.bytes));
  const loader = new OBJLoader();
  if (file.colors === "mesh" && materials.size > 0) {
    const library = await materialLibrary(file, libraries);
    const names = definedMaterials(library);
    for (const material of materials) {
      if (!names.has(material)) {
        throw new InputError(
          `Material "${material}" of mesh "${file.path}" must be in its MTL files (${libraries.join(", ") || "it names none"})`,
        );
      }
    }
    loader.setMaterials(parseOrExplain(file, () => new MTLLoader(imageNames()).parse(library, "")));
  }
  const group = parseOrExplain(file, () => loader.parse(text));
  const corners = cornersOf({ ...file, shading: hasNormals ? file.shading : "flat" }, group);
  // Every vertex is a number, so a corner that is none comes from an index that names no vertex above it.
  if (corners.positions.some(Number.isNaN)) {
    throw new InputError(`Faces of mesh "${file.path}" must name vertices that stand above them: one names a vertex that is not there`);
  }
  return await withImages(file, corners, (name) => readBeside(file, name));
}

/** Makes the material loader's textures name their images, in place of fetching them. */
function imageNames(): LoadingManager {
  const load = (name: string) => {
    const texture = new Texture();
    texture.userData.image = name;
    return texture;
  };
  const loader = Object.assign(new Loader(), { load });
  return new LoadingManager().addHandler(/(?:)/, loader);
}

/** A corner of a face: indices of its vertex, and after slashes of its place on an image and of its normal, where it has any. */
const INDICES = /^-?[1-9]\d*(\/(-?[1-9]\d*)?){0,2}$/;
const WITH_NORMAL = /^[^/]+\/[^/]*\/[^/]+$/;

/**
 * Only the lines that make faces. Lines and points of an OBJ object would turn its faces into lines in three's loader, a vertex without a color
 * beside ones with colors would shift them, and texture coordinates and normals are kept only where they are wanted. Where some faces have no normals
 * that loader makes flat ones for them.
 */
function faceLines(
  { path, colors, shading }: MeshFile,
  content: string,
): { text: string; libraries: string[]; materials: Set<string>; hasNormals: boolean } {
  const lines: string[] = [];
  const libraries: string[] = [];
  const materials = new Set<string>();
  const hasColors = /^[ \t]*v([ \t]+\S+){6}/m.test(content);
  let material: string | undefined;
  let hasNormals = shading === "smooth";
  for (const raw of content.replace(/\\\r?\n/g, " ").split(/\r\n|\n|\r/)) {
    const line = raw.trim();
    const [key] = line.split(/\s/, 1);
    if (key === "v") {
      const numbers = line.split(/\s+/).slice(1).map(Number);
      // Meshes hold float32: a larger number would become infinite.
      if (numbers.length < 3 || numbers.some((value) => !Number.isFinite(Math.fround(value)))) {
        throw new InputError(`Vertices of mesh "${path}" must be three finite numbers of at most 3.4e38: one reads "${line.slice(0, 60)}"`);
      }
      const color = numbers.length >= 6 ? numbers.slice(3, 6) : [1, 1, 1];
      lines.push(`v ${(hasColors ? [...numbers.slice(0, 3), ...color] : numbers.slice(0, 3)).join(" ")}`);
    } else if (key === "f") {
      const corners = line.split(/\s+/).slice(1).map((corner) => {
        const [vertex, place = "", normal = ""] = corner.split("/");
        return [vertex, colors === "mesh" ? place : "", shading === "smooth" ? normal : ""].join("/").replace(/\/+$/, "");
      });
      if (corners.length < 3 || !corners.every((corner) => INDICES.test(corner))) {
        throw new InputError(`Faces of mesh "${path}" must name three or more vertices: one reads "${line.slice(0, 60)}"`);
      }
      if (material !== undefined) materials.add(material);
      hasNormals &&= corners.every((corner) => WITH_NORMAL.test(corner));
      lines.push(`f ${corners.join(" ")}`);
    } else if (key === "vt" && colors === "mesh" || key === "vn" && shading === "smooth") {
      lines.push(line);
    } else if (key === "usemtl") {
      material = line.slice(7).trim();
      lines.push(`usemtl ${material}`);
    } else if (key === "mtllib") {
      libraries.push(line.slice(7).trim());
    } else if (key === "o" || key === "g") {
      lines.push(line);
    }
  }
  return { text: lines.join("\n"), libraries, materials, hasNormals };
}

/** All MTL files as one text, of which colors and their images are used. */
async function materialLibrary(file: MeshFile, libraries: readonly string[]): Promise<string> {
  const texts: string[] = [];
  for (const library of libraries) texts.push(new TextDecoder().decode(await readBeside(file, library)));
  return texts.join("\n").split(/\r\n|\n|\r/).map((line) => line.trim()).filter((line) => /^(newmtl|Kd|map_Kd)\s/i.test(line)).join("\n");
}

function definedMaterials(library: string): Set<string> {
  return new Set([...library.matchAll(/^newmtl\s+(.*)$/gim)].map((match) => match[1].trim()));
}
