import { Matrix3, SkinnedMesh, Vector3 } from "three";
import { cornerCount, type PosedMesh } from "./three_meshes.ts";

/**
 * Unit normals of the corners of posed meshes, [triangles x 3 x 3], in the order of their triangles: zero where none is said, or where the vertices have
 * been moved by a skin or a morph target. Undefined where no mesh says any.
 */
export function normalsOf(parts: readonly PosedMesh[]): Float32Array | undefined {
  if (!parts.some(saysNormals)) return undefined;
  const normals = new Float32Array(3 * parts.reduce((sum, { mesh }) => sum + cornerCount(mesh.geometry), 0));
  const normal = new Vector3();
  let at = 0;
  for (const part of parts) {
    const { geometry } = part.mesh;
    const corners = cornerCount(geometry);
    if (saysNormals(part)) {
      const attribute = geometry.getAttribute("normal");
      const turn = new Matrix3().getNormalMatrix(part.matrix);
      for (let corner = 0; corner < corners; corner++) {
        normal.fromBufferAttribute(attribute, geometry.index?.getX(corner) ?? corner).applyMatrix3(turn);
        const length = normal.length();
        if (length > 0 && Number.isFinite(length)) normal.divideScalar(length).toArray(normals, at + 3 * corner);
      }
    }
    at += 3 * corners;
  }
  return normals;
}

function saysNormals({ mesh }: PosedMesh): boolean {
  const moved = mesh instanceof SkinnedMesh || mesh.morphTargetInfluences?.some((influence) => influence !== 0) === true;
  return !moved && mesh.geometry.hasAttribute("normal");
}
