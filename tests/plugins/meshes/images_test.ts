import { assertAlmostEquals, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { InputError } from "../../../core/errors.ts";
import { type Mesh, WRAP } from "../../../core/mesh.ts";
import { ENCODER, gltf, load, quadrants } from "./gltf_files.ts";

/** The color of a place on the image of a mesh's first triangle, without what lies between texels. */
function colorAt({ texture }: Mesh, u: number, v: number): number[] {
  const { side, texels } = texture!;
  const at = 4 * (Math.floor(v * side) * side + Math.floor(u * side));
  return Array.from(texels.subarray(at, at + 3), (value) => Math.round(value / 255));
}

const FIELDS = [[0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.75, 0.75]] as const;
const COLORS = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]];

for (const kind of ["image/png", "image/jpeg", "image/webp"] as const) {
  Deno.test(`loadMesh() reads the base-color image of a glTF material, ${kind}`, async () => {
    const mesh = await load("a.gltf", { "a.gltf": gltf({ uri: `data:${kind};base64,${quadrants(kind).toBase64()}` }) });
    assertEquals(FIELDS.map(([u, v]) => colorAt(mesh, u, v)), COLORS);
    assertEquals(Array.from(mesh.texture!.coordinates), [0, 0, 1, 0, 0, 1]);
    assertEquals([...mesh.texture!.images], [1]);
    assertEquals([...mesh.texture!.wraps], [WRAP.clamp, WRAP.mirror]);
    assertEquals(Array.from(mesh.colors!.subarray(0, 3)), [1, 0.5, 0.25]);
  });
}

Deno.test("loadMesh() reads images from beside a glTF and from its buffers", async () => {
  const png = quadrants();
  const beside = await load("folder/a.gltf", { "folder/a.gltf": gltf({ uri: "maps/b%20c.png" }), "folder/maps/b c.png": png });
  assertEquals(FIELDS.map(([u, v]) => colorAt(beside, u, v)), COLORS);
  const document = JSON.parse(gltf({ bufferView: 2, mimeType: "image/png" }));
  document.buffers.push({ byteLength: png.length, uri: `data:;base64,${png.toBase64()}` });
  document.bufferViews.push({ buffer: 1, byteLength: png.length });
  const inside = await load("a.gltf", { "a.gltf": JSON.stringify(document) });
  assertEquals(FIELDS.map(([u, v]) => colorAt(inside, u, v)), COLORS);
});

Deno.test("loadMesh() moves coordinates as a glTF texture says", async () => {
  const document = JSON.parse(gltf({ uri: `data:;base64,${quadrants().toBase64()}` }));
  document.materials[0].pbrMetallicRoughness.baseColorTexture.extensions = {
    KHR_texture_transform: { offset: [0.5, 0.25], scale: [2, 4] },
  };
  document.extensionsUsed = ["KHR_texture_transform"];
  const mesh = await load("a.gltf", { "a.gltf": JSON.stringify(document) });
  assertEquals(Array.from(mesh.texture!.coordinates), [0.5, 0.25, 2.5, 0.25, 0.5, 4.25]);
  // A quarter turn counterclockwise as the image is seen: u goes up it, against v.
  document.materials[0].pbrMetallicRoughness.baseColorTexture.extensions.KHR_texture_transform = { rotation: Math.PI / 2 };
  const turned = await load("a.gltf", { "a.gltf": JSON.stringify(document) });
  [0, 0, 0, -1, 1, 0].forEach((value, i) => assertAlmostEquals(turned.texture!.coordinates[i], value, 1e-6));
});

Deno.test("loadMesh() reads the images of an OBJ's materials, whose rows run upwards, by material", async () => {
  const obj = [
    "mtllib a.mtl",
    "v 0 0 0",
    "v 1 0 0",
    "v 0 1 0",
    "v 1 1 0",
    "vt 0 0",
    "vt 1 0",
    "vt 0 1",
    "vn 0 0 1",
    "usemtl painted",
    "f 1/1/1 2/2/1 3/3/1",
    "usemtl plain",
    "f 2 4 3",
    "usemtl clamped",
    "f 2/1 4/2 3/3",
  ].join("\n");
  const mtl = [
    "newmtl painted",
    "Kd 1 1 1",
    "map_Kd a.png",
    "newmtl plain",
    "Kd 0.5 0 0",
    "newmtl clamped",
    "map_Kd -o 0.5 0 0 a.png",
  ].join("\n");
  const mesh = await load("a.obj", { "a.obj": obj, "a.mtl": mtl, "a.png": quadrants() });
  assertEquals([...mesh.texture!.images], [1, 0, 1]);
  assertEquals(Array.from(mesh.texture!.coordinates), [0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0.5, 1, 1.5, 1, 0.5, 0]);
  assertEquals(FIELDS.map(([u, v]) => colorAt(mesh, u, v)), COLORS);
  assertEquals(Array.from(mesh.colors!.subarray(9, 12)), [0.5, 0, 0]);
});

Deno.test("loadMesh() looks at no image where colors are not asked for", async () => {
  const mesh = await load("a.gltf", { "a.gltf": gltf({ uri: "missing.png" }) }, "white");
  assertEquals([mesh.texture, mesh.colors], [undefined, undefined]);
});

Deno.test("loadMesh() brings images to one size, a power of two, large enough and not larger than pictures show", async () => {
  for (const [side, expected] of [[8, 16], [100, 128], [1500, 1024]]) {
    const mesh = await load("a.gltf", { "a.gltf": gltf({ uri: `data:;base64,${quadrants("image/png", side).toBase64()}` }) });
    assertEquals(mesh.texture!.side, expected);
    assertEquals(FIELDS.map(([u, v]) => colorAt(mesh, u, v)), COLORS);
  }
});

const BAD: readonly { readonly wrong: string; readonly document: string; readonly says: string }[] = [
  { wrong: "an image that is missing", document: gltf({ uri: "none.png" }), says: 'File "none.png" named in "a.gltf"' },
  { wrong: "an image outside of the folder", document: gltf({ uri: "../secret.png" }), says: "must lie in the mesh's own folder" },
  { wrong: "an image by address", document: gltf({ uri: "http://example.invalid/a.png" }), says: "must lie in the mesh's own folder" },
  {
    wrong: "vector graphics",
    document: gltf({ uri: `data:;base64,${ENCODER.encode('<svg xmlns="http://www.w3.org/2000/svg"/>').toBase64()}` }),
    says: "must be a PNG, JPEG or WebP file: it is of another kind",
  },
  {
    wrong: "an image that is cut off",
    document: gltf({ uri: `data:;base64,${quadrants().subarray(0, 30).toBase64()}` }),
    says: "it is damaged",
  },
  { wrong: "an image that is nowhere", document: gltf({}), says: "image 0 is missing" },
  { wrong: "bad base64", document: gltf({ uri: "data:;base64,?" }), says: "must be valid base64" },
  {
    wrong: "an image that only a graphics card reads",
    document: gltf({}, { textures: [{ extensions: { KHR_texture_basisu: { source: 0 } } }] }),
    says: 'Images of mesh "a.gltf" must be PNG, JPEG or WebP files: one is of KHR_texture_basisu',
  },
  {
    wrong: "compressed triangles",
    document: gltf({ uri: "a.png" }, { extensionsUsed: ["KHR_draco_mesh_compression"] }),
    says: 'Mesh "a.gltf" must be exported without compression: KHR_draco_mesh_compression cannot be read',
  },
  {
    wrong: "compressed buffers",
    document: gltf({ uri: "a.png" }, { extensionsRequired: ["EXT_meshopt_compression"], extensionsUsed: ["EXT_meshopt_compression"] }),
    says: "EXT_meshopt_compression cannot be read",
  },
  { wrong: "a texture without an image that is there", document: gltf({ uri: "a.png" }, { images: [] }), says: "image 0 is missing" },
];

for (const { wrong, document, says } of BAD) {
  Deno.test(`loadMesh() says in one line what is wrong with ${wrong}`, async () => {
    const error = await assertRejects(() => load("a.gltf", { "a.gltf": document }), InputError);
    assertStringIncludes(error.message, says);
    assertEquals(error.message.split("\n").length, 1);
  });
}

Deno.test("loadMesh() says that an OBJ names texture coordinates that are not there", async () => {
  const obj = "mtllib a.mtl\nusemtl m\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nf 1/1 2/2 3/7\n";
  const files = { "a.obj": obj, "a.mtl": "newmtl m\nmap_Kd a.png\n", "a.png": quadrants() };
  await assertRejects(() => load("a.obj", files), InputError, "Texture coordinates of mesh");
});
