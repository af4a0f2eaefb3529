import type { BufferGeometry, Material, Matrix4, Mesh } from "three";

/** A mesh of three.js, and where it stands. */
export interface PosedMesh {
  readonly mesh: Mesh;
  readonly matrix: Matrix4;
}

/** How many corners the triangles of a geometry have. */
export function cornerCount(geometry: BufferGeometry): number {
  const corners = geometry.index?.count ?? geometry.getAttribute("position")?.count ?? 0;
  return corners - corners % 3;
}

/** The materials of a mesh of three.js. */
export function materialsOf(mesh: Mesh): Material[] {
  return Array.isArray(mesh.material) ? mesh.material : [mesh.material];
}

/** Tells of each corner of a mesh's triangles which vertex it is, and of which material. */
export function visitCorners(mesh: Mesh, visit: (corner: number, vertex: number, material: Material | undefined) => void): void {
  const { geometry } = mesh;
  const materials = materialsOf(mesh);
  const corners = cornerCount(geometry);
  const groups = Array.isArray(mesh.material) ? geometry.groups : [{ start: 0, count: corners, materialIndex: 0 }];
  for (const group of groups) {
    const end = Math.min(group.start + group.count, corners);
    for (let corner = group.start; corner < end; corner++) {
      visit(corner, geometry.index?.getX(corner) ?? corner, materials[group.materialIndex ?? 0]);
    }
  }
}
