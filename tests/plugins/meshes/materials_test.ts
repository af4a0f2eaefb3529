import { createCanvas } from "@napi-rs/canvas";
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../core/errors.ts";
import { WRAP } from "../../../core/mesh.ts";
import { glb, gltf, load, quadrants } from "./gltf_files.ts";

/** A material of a triangle with an image, and what an image must be to be seen. */
const CUTOFFS: readonly (readonly [string, Record<string, unknown>, number, number | undefined])[] = [
  ["OPAQUE, whatever its images and factors", { alphaMode: "OPAQUE" }, 0.25, undefined],
  ["MASK", { alphaMode: "MASK", alphaCutoff: 0.25 }, 0.5, 0.5],
  ["MASK with the cutoff that holds where none is said", { alphaMode: "MASK" }, 1, 0.5],
  ["MASK that nothing can be below", { alphaMode: "MASK", alphaCutoff: 0 }, 1, undefined],
  ["BLEND, seen where it is half opaque or more", { alphaMode: "BLEND" }, 0.8, 0.625],
];

for (const [what, material, factor, expected] of CUTOFFS) {
  Deno.test(`loadMesh() reads where a glTF material is seen: ${what}`, async () => {
    const document = JSON.parse(gltf({ uri: `data:;base64,${quadrants().toBase64()}` }));
    Object.assign(document.materials[0], material);
    document.materials[0].pbrMetallicRoughness.baseColorFactor[3] = factor;
    const { texture } = await load("a.gltf", { "a.gltf": JSON.stringify(document) });
    assertEquals(texture!.cutoffs, expected === undefined ? undefined : Float32Array.of(expected));
  });
}

Deno.test("loadMesh() hides a glTF material that is more than half transparent and has no image, and keeps the others", async () => {
  const document = JSON.parse(gltf({ uri: `data:;base64,${quadrants().toBase64()}` }));
  document.materials.push({ alphaMode: "BLEND", pbrMetallicRoughness: { baseColorFactor: [1, 1, 1, 0.3] } });
  document.materials.push({ alphaMode: "BLEND", pbrMetallicRoughness: { baseColorFactor: [1, 1, 1, 0.7] } });
  document.meshes[0].primitives = [0, 1, 2].map((material) => ({ attributes: { POSITION: 0, TEXCOORD_0: 1 }, material }));
  const { texture, triangles } = await load("a.gltf", { "a.gltf": JSON.stringify(document) });
  assertEquals(triangles.length, 9);
  assertEquals([...texture!.images], [1, 2, 0]);
  assertEquals(texture!.cutoffs![0], 0);
  assert(texture!.cutoffs![1] > 1);
  const alone = {
    ...document,
    materials: [document.materials[1]],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 }, material: 0 }] }],
  };
  const hidden = await load("a.gltf", { "a.gltf": JSON.stringify(alone) });
  assertEquals([...hidden.texture!.images], [1]);
  assertEquals(hidden.colors, new Float32Array(9).fill(1));
});

Deno.test("loadMesh() takes opacities that are no numbers for opaque, and refuses more images than an object has", async () => {
  const document = JSON.parse(gltf({ uri: `data:;base64,${quadrants().toBase64()}` }));
  const [material] = document.materials;
  material.alphaMode = "MASK";
  for (const opacity of ["much", -1]) {
    material.pbrMetallicRoughness.baseColorFactor[3] = opacity;
    assertEquals((await load("a.gltf", { "a.gltf": JSON.stringify(document) })).texture!.cutoffs, undefined);
  }
  material.pbrMetallicRoughness.baseColorFactor[3] = 1;
  document.materials = Array.from({ length: 4100 }, (_, i) => ({ ...material, alphaCutoff: (i + 1) / 5000 }));
  document.meshes[0].primitives = document.materials.map((_: unknown, i: number) => ({ ...document.meshes[0].primitives[0], material: i }));
  await assertRejects(
    () => load("a.gltf", { "a.gltf": JSON.stringify(document) }),
    InputError,
    'Mesh "a.gltf" must have at most 4096 images: it has more',
  );
});

Deno.test("loadMesh() keeps an image's opacity, and gives what is wholly transparent the color beside it", async () => {
  const canvas = createCanvas(32, 32);
  const context = canvas.getContext("2d");
  context.fillStyle = "#f00";
  context.fillRect(0, 0, 8, 32);
  context.fillStyle = "rgba(0, 0, 255, 0.5)";
  context.fillRect(24, 0, 8, 32);
  const uri = `data:;base64,${canvas.toBuffer("image/png").toBase64()}`;
  const { texture } = await load("a.gltf", { "a.gltf": gltf({ uri }) });
  const texel = (column: number) => Array.from(texture!.texels.subarray(4 * (32 * 16 + column), 4 * (32 * 16 + column) + 4));
  assertEquals(texel(4), [255, 0, 0, 255]);
  assertEquals(texel(9), [255, 0, 0, 0]);
  assertEquals(texel(22), [0, 0, 255, 0]);
  const [red, green, blue, opacity] = texel(28);
  assertEquals([red, green, blue], [0, 0, 255]);
  assertAlmostEquals(opacity, 128, 1);
});

Deno.test("loadMesh() reads meshes of several materials in a tree of nodes, out of one GLB with its images inside", async () => {
  const png = quadrants(), jpeg = quadrants("image/jpeg");
  const floats = new Uint8Array(Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1).buffer);
  const parts = [floats, png, jpeg];
  const views = parts.map(({ length }, i) => ({
    buffer: 0,
    byteOffset: parts.slice(0, i).reduce((sum, part) => sum + 4 * Math.ceil(part.length / 4), 0),
    byteLength: length,
  }));
  const attributes = { POSITION: 0, TEXCOORD_0: 1 };
  const image = (index: number) => ({ pbrMetallicRoughness: { baseColorTexture: { index } } });
  const mesh = await load("a.glb", {
    "a.glb": glb({
      asset: { version: "2.0" },
      scene: 0,
      scenes: [{ nodes: [0] }],
      nodes: [{ children: [1, 2], translation: [0, 0, 1] }, { mesh: 0, children: [3] }, { mesh: 1, translation: [2, 0, 0] }, {
        mesh: 0,
        translation: [0, 3, 0],
      }],
      meshes: [{ primitives: [{ attributes, material: 0 }, { attributes, material: 1 }] }, { primitives: [{ attributes, material: 2 }] }],
      materials: [image(0), { pbrMetallicRoughness: { baseColorFactor: [0.5, 0.25, 0.125, 1] } }, image(1)],
      textures: [{ source: 0 }, { source: 1, sampler: 0 }],
      samplers: [{ wrapS: 33071 }],
      images: [{ bufferView: 1, mimeType: "image/png" }, { bufferView: 2, mimeType: "image/jpeg" }],
      accessors: [
        { bufferView: 0, componentType: 5126, count: 3, type: "VEC3", min: [0, 0, 0], max: [1, 1, 0] },
        { bufferView: 0, byteOffset: 36, componentType: 5126, count: 3, type: "VEC2" },
      ],
      bufferViews: views,
      buffers: [{ byteLength: views[2].byteOffset + views[2].byteLength }],
    }, parts),
  });
  assertEquals([...mesh.texture!.images], [1, 0, 1, 0, 2]);
  assertEquals([...mesh.texture!.wraps], [WRAP.repeat, WRAP.repeat, WRAP.clamp, WRAP.repeat]);
  assertEquals(Array.from(mesh.colors!.subarray(9, 12)), [0.5, 0.25, 0.125]);
  // The box spans 3 by 4 by 0, so its corner lies at -3/4, -1, and three units are three halves.
  const corner = (face: number) => Array.from(mesh.positions.subarray(3 * mesh.triangles[3 * face], 3 * mesh.triangles[3 * face] + 3));
  assertEquals([corner(0), corner(2), corner(4)], [[-0.75, -1, 0], [-0.75, 0.5, 0], [0.25, -1, 0]]);
});
