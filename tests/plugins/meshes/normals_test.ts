import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Mesh } from "../../../core/mesh.ts";
import type { Shading } from "../../../core/renderer.ts";
import { loadMesh } from "../../../plugins/meshes/load_mesh.ts";

function load(path: string, content: string, shading: Shading = "smooth"): Promise<Mesh> {
  return loadMesh(path, { read: () => Promise.resolve(new TextEncoder().encode(content)), colors: "white", shading });
}

function assertNormals({ normals }: Mesh, expected: readonly number[]): void {
  assertEquals(normals?.length, expected.length);
  expected.forEach((value, i) => assertAlmostEquals(normals![i], value, 1e-6, `number ${i}`));
}

const VERTICES = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n";
const NORMALS = "vn 0 0 2\nvn 3 0 4\nvn 0 0 0\nvn 0 -1 0\n";

Deno.test("loadMesh() reads an OBJ's normals for smooth shading, at length 1, and zero where one has no direction", async () => {
  const mesh = await load("a.obj", `${VERTICES}${NORMALS}f 1//1 2//2 3//3 4//-1\n`);
  assertNormals(mesh, [0, 0, 1, 0.6, 0, 0.8, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, 0]);
  const placed = await load("a.obj", `${VERTICES}vt 0 0\n${NORMALS}f 1/1/1 2/1/2 3/1/2\n`);
  assertNormals(placed, [0, 0, 1, 0.6, 0, 0.8, 0.6, 0, 0.8]);
});

Deno.test("loadMesh() takes no normals where faces are flat, or where some of an OBJ's have none", async () => {
  for (
    const [faces, shading] of [["f 1//1 2//2 3//4", "flat"], ["f 1//1 2//2 3//4\nf 1 3 4", "smooth"], ["f 1 2 3", "smooth"]] as const
  ) {
    assertEquals((await load("a.obj", `${VERTICES}${NORMALS}${faces}\n`, shading)).normals, undefined);
  }
});

Deno.test("loadMesh() turns a glTF's normals with its nodes, and leaves zeros for meshes without", async () => {
  const floats = Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0.6, 0, 0.8, 0, 0, 1);
  const primitive = (attributes: Record<string, number>) => ({ primitives: [{ attributes }] });
  const document = {
    asset: { version: "2.0" },
    scene: 0,
    scenes: [{ nodes: [0, 1] }],
    // A quarter turn about y takes z to x; the scale along x tilts a normal the other way.
    nodes: [{ mesh: 0, rotation: [0, Math.SQRT1_2, 0, Math.SQRT1_2], scale: [2, 1, 1] }, { mesh: 1 }],
    meshes: [primitive({ POSITION: 0, NORMAL: 1 }), primitive({ POSITION: 0 })],
    accessors: [
      { bufferView: 0, componentType: 5126, count: 3, type: "VEC3", min: [0, 0, 0], max: [1, 1, 0] },
      { bufferView: 1, componentType: 5126, count: 3, type: "VEC3" },
    ],
    bufferViews: [{ buffer: 0, byteLength: 36 }, { buffer: 0, byteOffset: 36, byteLength: 36 }],
    buffers: [{ byteLength: 72, uri: `data:;base64,${new Uint8Array(floats.buffer).toBase64()}` }],
  };
  const tilted = Math.hypot(0.3, 0.8);
  const mesh = await load("a.gltf", JSON.stringify(document));
  assertNormals(mesh, [1, 0, 0, 0.8 / tilted, 0, -0.3 / tilted, 1, 0, 0, ...new Array(9).fill(0)]);
});

Deno.test("loadMesh() reads normals of a PLY's vertices, and none of an STL's facets", async () => {
  const header = [
    "ply",
    "format ascii 1.0",
    "element vertex 3",
    ...["x", "y", "z", "nx", "ny", "nz"].map((name) => `property float ${name}`),
  ];
  const rows = ["0 0 0 0 0 1", "1 0 0 0 3 4", "0 1 0 0 0 -1", "3 0 1 2"];
  const ply = [...header, "element face 1", "property list uchar int vertex_indices", "end_header", ...rows, ""].join("\n");
  assertNormals(await load("a.ply", ply), [0, 0, 1, 0, 0.6, 0.8, 0, 0, -1]);
  const stl = "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid a\n";
  assertEquals((await load("a.stl", stl)).normals, undefined);
});
