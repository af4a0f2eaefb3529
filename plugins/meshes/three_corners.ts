import {
  type BufferAttribute,
  type BufferGeometry,
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

// Colors stay the numbers that stand in the files: renderers here know no gamma.
ColorManagement.enabled = false;

/**
 * The triangle corners of all meshes below an object of three.js, in the order of traversal, posed as the file says.
 *
 * @param name What to call the mesh in messages.
 * @param colors Whether colors are wanted; they are left out where nothing says any.
 * @throws InputError where an index points beyond the vertices, or there are more triangles than an object has.
 */
export function cornersOf(name: string, root: Object3D, colors: boolean): Corners {
  const parts: Part[] = [];
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
  const painted = colors && parts.some(({ mesh }) => hasColor(mesh)) ? new Float32Array(3 * total) : undefined;
  let start = 0;
  for (const { mesh, matrix } of parts) {
    writePositions(name, mesh, { matrix, positions, start });
    if (painted !== undefined) writeColors(mesh, painted, start);
    start += cornerCount(mesh.geometry);
  }
  return { positions, colors: painted };
}

/** More triangles are no object to look at, but a short file whose parts name each other many times. */
const MOST_TRIANGLES = 2 ** 23;

interface Part {
  readonly mesh: Mesh;
  readonly matrix: Matrix4;
}

function cornerCount(geometry: BufferGeometry): number {
  const corners = geometry.index?.count ?? geometry.getAttribute("position")?.count ?? 0;
  return corners - corners % 3;
}

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

function materialsOf(mesh: Mesh): Material[] {
  return Array.isArray(mesh.material) ? mesh.material : [mesh.material];
}

function colorAttribute(mesh: Mesh): BufferAttribute | InterleavedBufferAttribute | undefined {
  return mesh.geometry.hasAttribute("color") ? mesh.geometry.getAttribute("color") : undefined;
}

function materialColor(material: Material | undefined): readonly [number, number, number] {
  const { color } = (material ?? {}) as { color?: { r: number; g: number; b: number } };
  return color === undefined ? [1, 1, 1] : [color.r, color.g, color.b];
}

function hasColor(mesh: Mesh): boolean {
  return colorAttribute(mesh) !== undefined || materialsOf(mesh).some((material) => materialColor(material).some((value) => value !== 1));
}

function writeColors(mesh: Mesh, colors: Float32Array, start: number): void {
  const { geometry } = mesh;
  const materials = materialsOf(mesh);
  const corners = cornerCount(geometry);
  const groups = Array.isArray(mesh.material) ? geometry.groups : [{ start: 0, count: corners, materialIndex: 0 }];
  const attribute = colorAttribute(mesh);
  colors.fill(1, 3 * start, 3 * (start + corners));
  for (const group of groups) {
    const color = materialColor(materials[group.materialIndex ?? 0]);
    const end = Math.min(group.start + group.count, corners);
    for (let corner = group.start; corner < end; corner++) {
      const i = geometry.index?.getX(corner) ?? corner;
      for (let channel = 0; channel < 3; channel++) {
        colors[3 * (start + corner) + channel] = color[channel] * (attribute?.getComponent(i, channel) ?? 1);
      }
    }
  }
}
