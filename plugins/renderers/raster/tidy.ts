import { hasArea, type Mesh, takeTriangles, weld } from "../../../core/mesh.ts";

/**
 * The same mesh as far as any picture shows: equal positions are one vertex, faces without area and faces that repeat an earlier one (the first is
 * seen, see {@linkcode DepthBuffer}) are left out.
 */
export function tidied(mesh: Mesh): Mesh {
  const welded = weld(mesh.positions.map((value) => value + 0));
  const all: Mesh = { ...mesh, positions: welded.positions, triangles: mesh.triangles.map((vertex) => welded.indices[vertex]) };
  const faces = mesh.triangles.length / 3;
  const kept: number[] = [];
  // Faces by their lowest vertex, the last one first.
  const latest = new Int32Array(welded.positions.length / 3).fill(-1);
  const earlier = new Int32Array(faces);
  const corners = new Uint32Array(3 * faces);
  for (let face = 0; face < faces; face++) {
    if (!hasArea(all, 3 * face)) continue;
    const [low, middle, high] = all.triangles.slice(3 * face, 3 * face + 3).sort();
    let other = latest[low];
    while (other >= 0 && (corners[3 * other + 1] !== middle || corners[3 * other + 2] !== high)) other = earlier[other];
    if (other >= 0) continue;
    corners[3 * face + 1] = middle;
    corners[3 * face + 2] = high;
    earlier[face] = latest[low];
    latest[low] = face;
    kept.push(face);
  }
  return kept.length === faces ? all : takeTriangles(all, kept);
}
