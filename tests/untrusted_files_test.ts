import { assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { zipSync } from "fflate";
import { InputError } from "../core/errors.ts";
import { encodeNpy } from "../core/npy.ts";
import { OnnxClassifier } from "../plugins/classifiers/onnx/classifier.ts";
import { encodeModel } from "../plugins/classifiers/onnx/codec.ts";
import { loadMesh } from "../plugins/meshes/load_mesh.ts";
import { decodeNpz } from "../plugins/reporters/npz/npz_file.ts";
import { readRecord } from "../plugins/reporters/record_schema.ts";
import { rawModel } from "./plugins/classifiers/onnx/raw_model.ts";
import { tinyNetwork } from "./plugins/classifiers/onnx/tiny_network.ts";

/** Model and mesh files come from anywhere: each of these is refused in one line, reads nothing that it should not, and asks for no memory. */

const encoder = new TextEncoder();

const TRIANGLE = new Uint8Array(Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0).buffer);

/** A glTF document of one triangle, with changes. */
function gltf(change: Record<string, unknown> = {}): Uint8Array {
  return encoder.encode(JSON.stringify({
    asset: { version: "2.0" },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }],
    accessors: [{ bufferView: 0, componentType: 5126, count: 3, type: "VEC3", min: [0, 0, 0], max: [1, 1, 1] }],
    bufferViews: [{ buffer: 0, byteLength: 36 }],
    buffers: [{ byteLength: 36, uri: `data:application/octet-stream;base64,${TRIANGLE.toBase64()}` }],
    ...change,
  }));
}

function gltfFrom(uri: string): Uint8Array {
  return gltf({ buffers: [{ byteLength: 36, uri }] });
}

function accessor(change: Record<string, unknown>): Uint8Array {
  return gltf({ accessors: [{ bufferView: 0, componentType: 5126, count: 3, type: "VEC3", min: [0, 0, 0], max: [1, 1, 1], ...change }] });
}

function objWith(library: string): Uint8Array {
  return encoder.encode(`mtllib ${library}\nv 0 0 0\nv 1 0 0\nv 0 1 0\nusemtl red\nf 1 2 3\n`);
}

const OUTSIDE = /must lie in the mesh's own folder/;

/** Meshes by what they try, with their names' endings and what is said of them. */
const MESHES: Readonly<Record<string, readonly [ending: string, bytes: () => Uint8Array, says: RegExp]>> = {
  "a glTF with a file: URI": ["gltf", () => gltfFrom("file:///etc/passwd"), OUTSIDE],
  "a glTF with an http: URI": ["gltf", () => gltfFrom("http://example.org/a.bin"), OUTSIDE],
  "a glTF with an https: URI": ["gltf", () => gltfFrom("HTTPS://example.org/a.bin"), OUTSIDE],
  "a glTF with a URI without a scheme": ["gltf", () => gltfFrom("//example.org/a.bin"), OUTSIDE],
  "a glTF with an absolute path": ["gltf", () => gltfFrom("/etc/passwd"), OUTSIDE],
  "a glTF with a path upwards": ["gltf", () => gltfFrom("../secret.bin"), OUTSIDE],
  "a glTF with a path upwards in the middle": ["gltf", () => gltfFrom("data/../../secret.bin"), OUTSIDE],
  "a glTF with an encoded path upwards": ["gltf", () => gltfFrom("%2e%2e%2fsecret.bin"), OUTSIDE],
  "a glTF with a path upwards by backslashes": ["gltf", () => gltfFrom("..\\secret.bin"), OUTSIDE],
  "a glTF with a drive": ["gltf", () => gltfFrom("C:\\secret.bin"), OUTSIDE],
  "a glTF with a URI that is badly encoded": ["gltf", () => gltfFrom("%E0%A4%A"), /URI/],
  "a glTF with a blob: URI": ["gltf", () => gltfFrom("blob:null/1"), OUTSIDE],
  "a glTF with text for a buffer": ["gltf", () => gltfFrom("data:text/plain,hello"), OUTSIDE],
  "an OBJ whose MTL is elsewhere": ["obj", () => objWith("../../secret.mtl"), OUTSIDE],
  "an OBJ whose MTL has an absolute path": ["obj", () => objWith("/etc/passwd"), OUTSIDE],
  "an OBJ whose MTL is on a server": ["obj", () => objWith("http://example.org/a.mtl"), OUTSIDE],
  "a glTF accessor of a billion values": ["gltf", () => accessor({ count: 1e9 }), /damaged/],
  "a glTF accessor of zeros without end": [
    "gltf",
    () => accessor({ bufferView: undefined, count: 3e8 }),
    /an accessor of 300000000 has no buffer/,
  ],
  "a sparse glTF accessor without end": [
    "gltf",
    () =>
      accessor({
        bufferView: undefined,
        count: 3e8,
        sparse: { count: 1, indices: { bufferView: 0, componentType: 5125 }, values: { bufferView: 0 } },
      }),
    /has no buffer/,
  ],
  "a glTF that strides beyond its buffer": [
    "gltf",
    () => gltf({ bufferViews: [{ buffer: 0, byteLength: 36, byteStride: 1e9 }] }),
    /damaged/,
  ],
  "a glTF view beyond its buffer": [
    "gltf",
    () => gltf({ bufferViews: [{ buffer: 0, byteLength: 1e12 }] }),
    /must have 1000000000000 bytes/,
  ],
  "a glTF node that is its own child": ["gltf", () => gltf({ nodes: [{ mesh: 0, children: [0] }] }), /damaged/],
  "glTF nodes a hundred thousand deep": [
    "gltf",
    () => gltf({ nodes: Array.from({ length: 100_000 }, (_, i) => i < 99_999 ? { children: [i + 1] } : { mesh: 0 }) }),
    /damaged/,
  ],
  "glTF parts that name each other a million times": [
    "gltf",
    () => {
      const indices = new Uint8Array(3 * 4096);
      const bytes = new Uint8Array(36 + indices.length);
      bytes.set(TRIANGLE);
      return gltf({
        nodes: [{ children: Array.from({ length: 3000 }, (_, i) => i + 1) }, ...new Array(3000).fill({ mesh: 0 })],
        meshes: [{ primitives: [{ attributes: { POSITION: 0 }, indices: 1 }] }],
        accessors: [
          { bufferView: 0, componentType: 5126, count: 3, type: "VEC3", min: [0, 0, 0], max: [1, 1, 1] },
          { bufferView: 1, componentType: 5121, count: indices.length, type: "SCALAR" },
        ],
        bufferViews: [{ buffer: 0, byteLength: 36 }, { buffer: 0, byteOffset: 36, byteLength: indices.length }],
        buffers: [{ byteLength: bytes.length, uri: `data:application/octet-stream;base64,${bytes.toBase64()}` }],
      });
    },
    /must have at most 8388608 triangles: with all instances it has 12288000/,
  ],
  "a glTF of brackets": ["gltf", () => encoder.encode("[".repeat(200_000)), /damaged/],
  "a GLB that says it is larger": [
    "glb",
    () => Uint8Array.of(0x67, 0x6c, 0x54, 0x46, 2, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 127, 0x4a, 0x53, 0x4f, 0x4e),
    /damaged/,
  ],
  "a PLY that counts billions": [
    "ply",
    () => encoder.encode("ply\nformat binary_little_endian 1.0\nelement vertex 4294967295\nproperty float x\nelement face 1\nend_header\n"),
    /must hold what its header counts/,
  ],
  "an STL that counts billions": ["stl", () => new Uint8Array(84).fill(255), /must have 214748364834 bytes|cut off/],
};

for (const [what, [ending, bytes, says]] of Object.entries(MESHES)) {
  Deno.test(`loadMesh() refuses ${what} in one line, and reads nothing else`, async () => {
    const path = `folder/mesh.${ending}`;
    const read: string[] = [];
    const error = await assertRejects(
      () =>
        loadMesh(path, {
          colors: "mesh",
          read: (name) => {
            read.push(name);
            return name === path ? Promise.resolve(bytes()) : Promise.reject(new Error("it is not there"));
          },
        }),
      InputError,
    );
    assertMatch(error.message, says);
    assertMatch(error.message, /mesh\.\w+/);
    assertEquals(error.message.split("\n").length, 1);
    assertEquals(read, [path]);
  });
}

Deno.test("loadMesh() reads buffers and materials beside the mesh and below", async () => {
  const files: Record<string, Uint8Array> = {
    "folder/mesh.gltf": gltfFrom("data/triangle%20one.bin"),
    "folder/data/triangle one.bin": TRIANGLE,
    "folder/mesh.obj": objWith("./red.mtl"),
    "folder/./red.mtl": encoder.encode("newmtl red\nKd 1 0 0\nmap_Kd /etc/passwd\n"),
  };
  const read = (path: string) => Object.hasOwn(files, path) ? Promise.resolve(files[path]) : Promise.reject(new Error(`no ${path}`));
  assertEquals((await loadMesh("folder/mesh.gltf", { read, colors: "mesh" })).triangles.length, 3);
  assertEquals((await loadMesh("folder/mesh.obj", { read, colors: "mesh" })).colors?.slice(0, 3), Float32Array.of(1, 0, 0));
});

function value(name: string, ...dims: (number | string)[]) {
  const dim = dims.map((size) => typeof size === "number" ? { dim_value: size } : { dim_param: size });
  return { name, type: { tensor_type: { elem_type: 1, shape: { dim } } } };
}

function shape(...sizes: number[]) {
  return { name: "shape", dims: [sizes.length], data_type: 7, int64_data: sizes };
}

function model(nodes: readonly object[], initializer: readonly object[] = [], output = value("y", "batch", "classes")): Uint8Array {
  return rawModel({ node: nodes, initializer, input: [value("x", "batch", 3, 8, 8)], output: [output] });
}

const POOL = { op_type: "GlobalAveragePool", input: ["x"], output: ["p"] };
const FLATTEN = { op_type: "Flatten", input: ["f"], output: ["y"] };

function externalData(location: string): Uint8Array {
  const entry = (key: string, text: string) => {
    const [name, content] = [encoder.encode(key), encoder.encode(text)];
    return Uint8Array.of(10, name.length, ...name, 18, content.length, ...content);
  };
  return model([POOL, { ...FLATTEN, input: ["p"] }], [
    { name: "w", dims: [2], data_type: 1, data_location: 1, external_data: [entry("location", location)] },
  ]);
}

/** Models by what they try, and what is said of them. */
const MODELS: Readonly<Record<string, readonly [bytes: () => Uint8Array, says: RegExp]>> = {
  "data in a file above its folder": [() => externalData("../../secret.bin"), /keeps its data in another file/],
  "data in an absolute path": [() => externalData("/etc/passwd"), /keeps its data in another file/],
  "weights of a huge declared shape": [
    () => model([POOL, { ...FLATTEN, input: ["p"] }], [{ name: "w", dims: [1e9, 1e6], data_type: 1, raw_data: new Uint8Array(8) }]),
    /must hold 4000000000000000 bytes/,
  ],
  "pictures of a huge declared size": [() => encodeModel(tinyNetwork({ side: 1e6 })), /an input may hold at most/],
  "a huge declared batch": [() => encodeModel(tinyNetwork({ batch: 1e9 })), /an input may hold at most/],
  "a huge declared number of classes": [
    () => model([{ ...POOL, output: ["y"] }], [], value("y", "batch", 1e12)),
    /at most 1048576 classes/,
  ],
  "a huge constant": [
    () =>
      model([
        { op_type: "ConstantOfShape", input: ["shape"], output: ["c"] },
        { op_type: "ReduceSum", input: ["c"], output: ["s"] },
        POOL,
        { op_type: "Add", input: ["p", "s"], output: ["f"] },
        FLATTEN,
      ], [shape(1e7, 1e7)]),
    /cannot run/,
  ],
  "a shape beyond all memory": [
    () => model([POOL, { op_type: "Expand", input: ["p", "shape"], output: ["f"] }, FLATTEN], [shape(1, 3, 1e7, 1e7)]),
    /cannot run/,
  ],
};

for (const [what, [bytes, says]] of Object.entries(MODELS)) {
  Deno.test(`OnnxClassifier.load() refuses a model with ${what} in one line`, async () => {
    const source = { name: "bad.onnx", bytes: Uint8Array.from(bytes()), threads: 1, provider: "cpu", gradients: false };
    const error = await assertRejects(() => OnnxClassifier.load(source), InputError);
    assertMatch(error.message, says);
    assertMatch(error.message, /bad\.onnx/);
    assertEquals(error.message.split("\n").length, 1);
  });
}

Deno.test("decodeNpz() refuses what unpacks to more than it may, in one line", () => {
  const zeros = encodeNpy({ shape: [4_000_000], data: new Uint8Array(4_000_000) });
  const bomb = zipSync(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`a${i}.npy`, zeros])));
  const error = assertThrows(() => decodeNpz(bomb, { name: "bomb.npz", mostBytes: 2 ** 26 }), InputError);
  assertMatch(error.message, /^bomb\.npz must hold at most 67108864 bytes of arrays: it declares \d+ or more$/);
});

Deno.test("decodeNpz() refuses an array whose header declares what does not follow", () => {
  const npy = encodeNpy({ shape: [4], data: Float64Array.of(1, 2, 3, 4) });
  const header = new TextDecoder("latin1").decode(npy.subarray(0, 128)).replace("(4,), }     ", "(4e9,4), }  ").replace(
    "(4,), }",
    "(9999999999999,), }",
  );
  const forged = Uint8Array.from([...header.slice(0, 128)].map((character) => character.charCodeAt(0)).concat(...npy.subarray(128)));
  const error = assertThrows(() => decodeNpz(zipSync({ "a.npy": forged }), { name: "forged.npz" }), InputError);
  assertMatch(error.message, /forged\.npz/);
  assertEquals(error.message.split("\n").length, 1);
});

Deno.test("readRecord() refuses records that are nested without end, or name prototypes, in one line", () => {
  for (
    const text of [
      "[".repeat(300_000),
      `{"a":`.repeat(100_000),
      '{"__proto__": {"command": "map"}}',
      '{"run": {"version": 1}, "command": "constructor"}',
    ]
  ) {
    const error = assertThrows(() => readRecord(text, "odd.json"), InputError);
    assertMatch(error.message, /odd\.json/);
    assertEquals(error.message.split("\n").length, 1);
  }
});
