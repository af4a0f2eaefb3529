import {
  type BufferAttribute,
  ColorManagement,
  InstancedMesh,
  type InterleavedBufferAttribute,
  type Material,
  Matrix4,
  Mesh,
  type Object3D,
  Vector3,
} from "three";
import { InputError } from "../../core/errors.ts";
import type { Corners } from "./build_mesh.ts";
import type { MeshFile } from "./mesh_file.ts";
import { cutoffOf, imageOf, imagesOf, type ImageUse } from "./three_images.ts";
import { cornerCount, materialsOf, type PosedMesh, visitCorners } from "./three_meshes.ts";
import { normalsOf } from "./three_normals.ts";

// Colors stay the numbers that stand in the files: renderers here know no gamma.
ColorManagement.enabled = false;

/** Triangle corners, and the images that they show, which are to be read. */
export interface ThreeCorners extends Omit<Corners, "texture"> {
  readonly images?: ImageUse;
}

/**
 * The triangle corners of all meshes below an object of three.js, in the order of traversal, posed as the file says. Colors and normals, where they
 * are wanted, are left out where nothing says any.
 *
 * @throws InputError where an index points beyond the vertices, or there are more triangles than an object has.
 */
export function cornersOf({ path: name, colors, shading }: Pick<MeshFile, "path" | "colors" | "shading">, root: Object3D): ThreeCorners {
  const parts: PosedMesh[] = [];
  root.updateMatrixWorld(true);
  root.traverse((object) => {
    if (!(object instanceof Mesh)) return;
    if (!(object instanceof InstancedMesh)) {
      parts.push({ mesh: object, matrix: object.matrixWorld });
      return;
    }
    for (let i = 0; i < object.count; i++) {
      const matrix = new Matrix4();
      object.getMatrixAt(i, matrix);
      parts.push({ mesh: object, matrix: matrix.premultiply(object.matrixWorld) });
    }
  });
  const total = parts.reduce((sum, { mesh }) => sum + cornerCount(mesh.geometry), 0);
  if (total > 3 * MOST_TRIANGLES) {
    throw new InputError(`Mesh "${name}" must have at most ${MOST_TRIANGLES} triangles: with all instances it has ${total / 3}`);
  }
  const positions = new Float64Array(3 * total);
  const painted = colors === "mesh" && parts.some(({ mesh }) => hasColor(mesh)) ? new Float32Array(3 * total) : undefined;
  let start = 0;
  for (const { mesh, matrix } of parts) {
    writePositions(name, mesh, { matrix, positions, start });
    if (painted !== undefined) writeColors(mesh, painted, start);
    start += cornerCount(mesh.geometry);
  }
  const images = painted === undefined ? undefined : imagesOf(name, parts.map(({ mesh }) => mesh));
  if (images !== undefined && !images.coordinates.every(Number.isFinite)) {
    throw new InputError(`Texture coordinates of mesh "${name}" must be finite numbers that are there: one is not`);
  }
  const normals = shading === "smooth" ? normalsOf(parts) : undefined;
  return { positions, colors: painted, ...(normals === undefined ? {} : { normals }), ...(images === undefined ? {} : { images }) };
}

/** More triangles are no object to look at, but a short file whose parts name each other many times. */
const MOST_TRIANGLES = 2 ** 23;

function writePositions(name: string, mesh: Mesh, to: { matrix: Matrix4; positions: Float64Array; start: number }): void {
  const { geometry } = mesh;
  const corners = cornerCount(geometry);
  if (corners === 0) return;
  const vertices = geometry.getAttribute("position").count;
  const posed = new Float64Array(3 * vertices);
  const vertex = new Vector3();
  for (let i = 0; i < vertices; i++) {
    // Follows morph targets and skins as well.
    mesh.getVertexPosition(i, vertex).applyMatrix4(to.matrix).toArray(posed, 3 * i);
  }
  for (let corner = 0; corner < corners; corner++) {
    const i = geometry.index?.getX(corner) ?? corner;
    if (!(i < vertices)) throw new InputError(`Faces of mesh "${name}" must name vertices below ${vertices}: one names ${i}`);
    for (let axis = 0; axis < 3; axis++) to.positions[3 * (to.start + corner) + axis] = posed[3 * i + axis];
  }
}

function colorAttribute(mesh: Mesh): BufferAttribute | InterleavedBufferAttribute | undefined {
  return mesh.geometry.hasAttribute("color") ? mesh.geometry.getAttribute("color") : undefined;
}

function materialColor(material: Material | undefined): readonly [number, number, number] {
  const { color } = (material ?? {}) as { color?: { r: number; g: number; b: number } };
  return color === undefined ? [1, 1, 1] : [color.r, color.g, color.b];
}

function hasColor(mesh: Mesh): boolean {
  const isColored = (material: Material) =>
    imageOf(material) !== undefined || cutoffOf(material) > 1 || materialColor(material).some((value) => value !== 1);
  return colorAttribute(mesh) !== undefined || materialsOf(mesh).some(isColored);
}

function writeColors(mesh: Mesh, colors: Float32Array, start: number): void {
  const attribute = colorAttribute(mesh);
  colors.fill(1, 3 * start, 3 * (start + cornerCount(mesh.geometry)));
  visitCorners(mesh, (corner, vertex, material) => {
    const color = materialColor(material);
    for (let channel = 0; channel < 3; channel++) {
      colors[3 * (start + corner) + channel] = color[channel] * (attribute?.getComponent(vertex, channel) ?? 1);
    }
  });
}
