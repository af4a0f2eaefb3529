import { assert, assertAlmostEquals, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { InputError } from "../../../core/errors.ts";
import type { Mesh } from "../../../core/mesh.ts";
import { loadMesh } from "../../../plugins/meshes/load_mesh.ts";

const FIXTURES = new URL("../../../fixtures/meshes/", import.meta.url);

function loadFixture(name: string, colors: "white" | "mesh" = "white"): Promise<Mesh> {
  return loadMesh(new URL(name, FIXTURES).pathname, { read: (path) => Deno.readFile(path), colors });
}

/** Loads from files that exist only here. */
function load(path: string, files: Record<string, string | Uint8Array>, colors: "white" | "mesh" = "white"): Promise<Mesh> {
  const read = (name: string) => {
    const content = files[name];
    if (content === undefined) return Promise.reject(new Error(`no file ${name}`));
    return Promise.resolve(typeof content === "string" ? new TextEncoder().encode(content) : content);
  };
  return loadMesh(path, { read, colors });
}

/** Corners of the triangles, [triangles x 3 x 3]: two meshes with the same ones look the same. */
function cornersOf({ positions, triangles }: Mesh): number[] {
  return Array.from(triangles).flatMap((vertex) => Array.from(positions.subarray(3 * vertex, 3 * vertex + 3)));
}

async function bytesOf(name: string): Promise<Uint8Array> {
  return await Deno.readFile(new URL(name, FIXTURES));
}

/** A GLB file of a document and a binary chunk. */
function glb(document: unknown, binary?: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(document).padEnd(Math.ceil(JSON.stringify(document).length / 4) * 4));
  const chunks: [number, Uint8Array][] = binary === undefined ? [[0x4e4f534a, json]] : [[0x4e4f534a, json], [0x004e4942, binary]];
  const length = 12 + chunks.reduce((total, [, bytes]) => total + 8 + bytes.length, 0);
  const file = new Uint8Array(length);
  const view = new DataView(file.buffer);
  [0x46546c67, 2, length].forEach((value, i) => view.setUint32(4 * i, value, true));
  let at = 12;
  for (const [type, bytes] of chunks) {
    view.setUint32(at, bytes.length, true);
    view.setUint32(at + 4, type, true);
    file.set(bytes, at + 8);
    at += 8 + bytes.length;
  }
  return file;
}

Deno.test("loadMesh() normalizes: the longest side spans [-1, 1], the box is centered, aspect is kept", async () => {
  const { positions } = await load("a.obj", { "a.obj": "v 10 0 5\nv 14 1 5\nv 10 2 7\nv 12 0 5\nf 1 2 3\nf 1 4 2" });
  const axis = (k: number) => Array.from(positions).filter((_, i) => i % 3 === k);
  assertEquals([0, 1, 2].map((k) => [Math.min(...axis(k)), Math.max(...axis(k))]), [[-1, 1], [-0.5, 0.5], [-0.5, 0.5]]);
});

Deno.test("loadMesh() makes fans of polygons, in the order of the file, and shares vertices", async () => {
  const mesh = await loadFixture("cube.obj");
  assertEquals(mesh.positions.length, 3 * 8);
  assertEquals(mesh.triangles.length, 3 * 12);
  assertEquals(mesh.colors, undefined);
  // The first side, x = -1: corners 0 4 6 2 of the file become 0 4 6 and 0 6 2.
  const corner = (x: number, y: number, z: number) => [x, y, z];
  assertEquals(
    cornersOf(mesh).slice(0, 18),
    [corner(-1, -1, -1), corner(-1, -1, 1), corner(-1, 1, 1), corner(-1, -1, -1), corner(-1, 1, 1), corner(-1, 1, -1)].flat(),
  );
});

Deno.test("loadMesh() gives an OBJ's material colors where they are asked for, one for each corner", async () => {
  const { colors = new Float32Array() } = await loadFixture("cube.obj", "mesh");
  assertEquals(colors.length, 9 * 12);
  for (let corner = 0; corner < 6; corner++) {
    assertEquals(Array.from(colors.subarray(3 * corner, 3 * corner + 3)), [1, 0.5, 0]);
    assertEquals(Array.from(colors.subarray(18 + 3 * corner, 21 + 3 * corner)), [1, 0, 0]);
  }
});

Deno.test("loadMesh() multiplies vertex colors, keeps them raw, and takes white where a vertex has none", async () => {
  const files = {
    "d/a.obj": "mtllib m.mtl\nv 0 0 0 0.5 0.5 1\nv 1 0 0\nv 0 1 0 0 1 0\nusemtl half\nf 1 2 3",
    "d/m.mtl": "newmtl half\nKd 0.5 1 1\nmap_Kd picture.png",
  };
  const { colors } = await load("d/a.obj", files, "mesh");
  assertEquals(Array.from(colors!), [0.25, 0.5, 1, 0.5, 1, 1, 0, 1, 0]);
});

Deno.test("loadMesh() is not led astray by lines, points, groups and negative indices in an OBJ", async () => {
  const plain = await load("a.obj", { "a.obj": "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 2 3\nf 1 2 4" });
  const odd = await load("a.obj", {
    "a.obj":
      "# c\r\ng one\r\nv 0 0 0\r\nv 1 0 0\r\nv 0 1 0\r\nv 0 0 1\r\ns 1\r\nf 1/1/1 2//2 \\\r\n3\r\nl 1 2\r\np 3\r\ng two\r\nf -4 -3 -1",
  });
  assertEquals(cornersOf(odd), cornersOf(plain));
});

Deno.test("loadMesh() reads the same solid from PLY, STL, glTF and GLB", async () => {
  const ply = await loadFixture("tetrahedron.ply", "mesh");
  const stl = await loadFixture("tetrahedron.stl", "mesh");
  const gltf = await loadFixture("tetrahedron.gltf", "mesh");
  const document = JSON.parse(new TextDecoder().decode(await bytesOf("tetrahedron.gltf")));
  delete document.buffers[0].uri;
  const packed = await load("a.glb", { "a.glb": glb(document, await bytesOf("tetrahedron.bin")) }, "mesh");
  const obj = await load("t.obj", {
    "t.obj": "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 2 3 4\nf 1 4 3",
  });
  for (const mesh of [ply, stl, gltf, packed]) assertEquals(cornersOf(mesh), cornersOf(obj));
  assertEquals(Array.from(ply.colors!.subarray(0, 9)), [1, 0, 0, 0, 0, 1, 0, 1, 0]);
  assertEquals(stl.colors, undefined);
  assertEquals(Array.from(gltf.colors!.subarray(0, 3)), Array.from(Float32Array.of(0.2, 0.4, 0.8)));
  assertEquals(packed.colors, gltf.colors);
});

Deno.test("loadMesh() reads binary PLY of both byte orders, quadrangles and face colors among it", async () => {
  for (const little of [true, false]) {
    const header = `ply\nformat binary_${little ? "little" : "big"}_endian 1.0\nelement vertex 4\nproperty float x\nproperty float y\n` +
      "property double z\nelement face 1\nproperty list uchar int vertex_index\nproperty uchar red\nproperty uchar green\nproperty uchar blue\nend_header\n";
    const body = new DataView(new ArrayBuffer(4 * 16 + 1 + 16 + 3));
    [[0, 0], [1, 0], [1, 1], [0, 1]].forEach(([x, y], i) => {
      body.setFloat32(16 * i, x, little);
      body.setFloat32(16 * i + 4, y, little);
    });
    body.setUint8(64, 4);
    for (let i = 0; i < 4; i++) body.setInt32(65 + 4 * i, i, little);
    body.setUint8(82, 255);
    const bytes = new Uint8Array([...new TextEncoder().encode(header), ...new Uint8Array(body.buffer)]);
    const mesh = await load("a.ply", { "a.ply": bytes }, "mesh");
    assertEquals(cornersOf(mesh), [-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, -1, 0, 1, 1, 0, -1, 1, 0]);
    assertEquals(Array.from(mesh.colors!.subarray(15)), [0, 1, 0]);
    await assertRejects(() => load("a.ply", { "a.ply": bytes.subarray(0, bytes.length - 2) }), InputError, "cut off");
  }
});

Deno.test("loadMesh() poses the nodes of a glTF scene", async () => {
  const document = JSON.parse(new TextDecoder().decode(await bytesOf("tetrahedron.gltf")));
  document.nodes = [{ mesh: 0 }, { mesh: 0, translation: [3, 0, 0], scale: [1, 2, 1] }];
  document.scenes[0].nodes = [0, 1];
  const mesh = await load("d/a.gltf", { "d/a.gltf": JSON.stringify(document), "d/tetrahedron.bin": await bytesOf("tetrahedron.bin") });
  assertEquals(mesh.triangles.length, 24);
  const corners = cornersOf(mesh);
  // The whole is 4 x 2 x 1, so a unit is half: the second solid starts at x = -1 + 3 / 2 and is twice as high.
  assertAlmostEquals(Math.min(...corners.slice(36).filter((_, i) => i % 3 === 0)), 0.5, 1e-6);
  assertAlmostEquals(Math.max(...corners.slice(36).filter((_, i) => i % 3 === 1)), 0.5, 1e-6);
  assertAlmostEquals(Math.max(...corners.slice(0, 36).filter((_, i) => i % 3 === 1)), 0, 1e-6);
});

Deno.test("loadMesh() leaves out faces without area and keeps the rest", async () => {
  const mesh = await load("a.obj", { "a.obj": "v 0 0 0\nv 1 0 0\nv 2 0 0\nv 0 1 0\nf 1 2 3\nf 1 2 2\nf 1 2 4" });
  assertEquals(mesh.triangles.length, 3);
});

const TETRAHEDRON = "v 0 0 0\nv 1 0 0\nv 0 1 0\n";
const STL = "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid a\n";
const PLY = "ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\nelement face 1\n" +
  "property list uchar int vertex_indices\nend_header\n0 0 0\n1 0 0\n0 1 0\n";

/** Inputs that are wrong, and what the one line about each must say. */
const WRONG: readonly (readonly [string, string, Record<string, string | Uint8Array>, RegExp, ("white" | "mesh")?])[] = [
  ["an unknown extension", "a.fbx", { "a.fbx": "" }, /must be one of obj, gltf/],
  ["no extension", "mesh", {}, /must be one of obj, gltf/],
  ["a missing file", "a.obj", {}, /"a.obj" must be a file/],
  ["an OBJ without faces", "a.obj", { "a.obj": TETRAHEDRON }, /must have faces/],
  ["an empty OBJ", "a.obj", { "a.obj": "" }, /must have faces/],
  ["a picture called OBJ", "a.obj", { "a.obj": Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0) }, /must have faces/],
  ["NaN in an OBJ", "a.obj", { "a.obj": TETRAHEDRON + "v nan 0 0\nf 1 2 3" }, /finite numbers of at most 3.4e38: one reads "v nan 0 0"/],
  ["too few coordinates in an OBJ", "a.obj", { "a.obj": TETRAHEDRON + "v 1 2\nf 1 2 3" }, /three finite numbers/],
  ["an OBJ index beyond the vertices", "a.obj", { "a.obj": TETRAHEDRON + "f 1 2 4" }, /a vertex that is not there/],
  ["an OBJ index of zero", "a.obj", { "a.obj": TETRAHEDRON + "f 0 1 2" }, /three or more vertices: one reads "f 0 1 2"/],
  ["an OBJ face of two corners", "a.obj", { "a.obj": TETRAHEDRON + "f 1 2" }, /three or more vertices/],
  ["an OBJ of one point", "a.obj", { "a.obj": "v 1 1 1\nv 1 1 1\nv 1 1 1\nf 1 2 3" }, /must have an extent/],
  ["an OBJ of lines only", "a.obj", { "a.obj": "v 0 0 0\nv 1 1 1\nv 2 2 2\nf 1 2 3" }, /faces with an area/],
  ["a missing MTL", "a.obj", { "a.obj": `mtllib m.mtl\n${TETRAHEDRON}usemtl m\nf 1 2 3` }, /"m.mtl" named in "a.obj"/, "mesh"],
  ["an MTL outside", "d/a.obj", { "d/a.obj": `mtllib ../m.mtl\n${TETRAHEDRON}usemtl m\nf 1 2 3` }, /mesh's own folder/, "mesh"],
  ["an MTL by address", "a.obj", { "a.obj": `mtllib http://x/m.mtl\n${TETRAHEDRON}usemtl m\nf 1 2 3` }, /own folder/, "mesh"],
  ["an MTL by absolute path", "a.obj", { "a.obj": `mtllib /etc/m.mtl\n${TETRAHEDRON}usemtl m\nf 1 2 3` }, /own folder/, "mesh"],
  ["a material in no MTL", "a.obj", { "a.obj": `mtllib m\n${TETRAHEDRON}usemtl n\nf 1 2 3`, m: "newmtl m" }, /Material "n"/, "mesh"],
  ["an STL cut off", "a.stl", { "a.stl": STL.slice(0, -20) }, /cut off/],
  ["NaN in an STL", "a.stl", { "a.stl": STL.replace("vertex 1 0 0", "vertex nan 0 0") }, /finite numbers/],
  ["an STL without facets", "a.stl", { "a.stl": "solid a\nendsolid a" }, /must have faces/],
  ["an empty STL", "a.stl", { "a.stl": "" }, /84 bytes/],
  ["a PLY without a header", "a.ply", { "a.ply": "0 0 0" }, /PLY header/],
  ["a PLY without faces", "a.ply", { "a.ply": PLY.replace("face 1", "face 0") }, /must have faces/],
  ["a PLY cut off", "a.ply", { "a.ply": PLY + "3 0 1" }, /cut off/],
  ["a PLY index beyond the vertices", "a.ply", { "a.ply": PLY + "3 0 1 3\n" }, /vertices below 3: one names 3/],
  ["a negative PLY index", "a.ply", { "a.ply": PLY + "3 0 1 -1\n" }, /vertices below 3/],
  ["a PLY face of five corners", "a.ply", { "a.ply": PLY + "5 0 1 2 0 1\n" }, /three or four corners: face 0 has 5/],
  ["infinity in a PLY", "a.ply", { "a.ply": PLY.replace("1 0 0", "inf 0 0") + "3 0 1 2\n" }, /finite numbers/],
  ["glTF that is no JSON", "a.gltf", { "a.gltf": "{" }, /damaged/],
  ["glTF 1", "a.gltf", { "a.gltf": '{"asset":{"version":"1.0"}}' }, /glTF versions|glTF 2/],
  ["glTF without a scene", "a.gltf", { "a.gltf": '{"asset":{"version":"2.0"}}' }, /must have a scene/],
  ["a GLB without its buffer", "a.glb", { "a.glb": glb(gltfDocument({})) }, /a buffer has no data/],
  ["a GLB with a short buffer", "a.glb", { "a.glb": glb(gltfDocument({}), new Uint8Array(40)) }, /must have 48 bytes or more: it has 40/],
  ["a GLB cut off", "a.glb", { "a.glb": glb(gltfDocument({}), new Uint8Array(72)).subarray(0, 400) }, /damaged/],
  ["a missing glTF buffer", "a.gltf", { "a.gltf": JSON.stringify(gltfDocument({ uri: "b.bin" })) }, /"b.bin" named in "a.gltf"/],
  ["a glTF buffer by address", "a.gltf", { "a.gltf": JSON.stringify(gltfDocument({ uri: "https://x/b" })) }, /own folder/],
  ["a glTF buffer outside", "a.gltf", { "a.gltf": JSON.stringify(gltfDocument({ uri: "%2e%2e/b" })) }, /own folder/],
  ["bad base64 in a glTF", "a.gltf", { "a.gltf": JSON.stringify(gltfDocument({ uri: "data:;base64,!" })) }, /base64/],
];

function gltfDocument(buffer: { uri?: string }): unknown {
  return {
    asset: { version: "2.0" },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 }, indices: 1 }] }],
    buffers: [{ ...buffer, byteLength: 72 }],
    bufferViews: [{ buffer: 0, byteLength: 48 }, { buffer: 0, byteOffset: 48, byteLength: 24 }],
    accessors: [
      { bufferView: 0, componentType: 5126, count: 4, type: "VEC3", min: [0, 0, 0], max: [1, 1, 1] },
      { bufferView: 1, componentType: 5123, count: 12, type: "SCALAR" },
    ],
  };
}

for (const [what, path, files, expected, colors] of WRONG) {
  Deno.test(`loadMesh() says in one line what is wrong with ${what}`, async () => {
    const error = await assertRejects(() => load(path, files, colors), InputError);
    assertMatch(error.message, expected);
    assert(!error.message.includes("\n") && !error.message.endsWith("."), error.message);
  });
}

Deno.test("loadMesh() does without the MTL where colors are not asked for", async () => {
  const mesh = await load("a.obj", { "a.obj": `mtllib m.mtl\n${TETRAHEDRON}usemtl m\nf 1 2 3` });
  assertEquals([mesh.triangles.length, mesh.colors], [3, undefined]);
});
