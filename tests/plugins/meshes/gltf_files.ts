import { createCanvas } from "@napi-rs/canvas";
import type { Mesh } from "../../../core/mesh.ts";
import { loadMesh } from "../../../plugins/meshes/load_mesh.ts";

/** Makes bytes of texts. */
export const ENCODER = new TextEncoder();

/** An image of two by two fields: red, green above; blue, white below. */
export function quadrants(kind: "image/png" | "image/jpeg" | "image/webp" = "image/png", side = 32): Uint8Array {
  const canvas = createCanvas(side, side);
  const context = canvas.getContext("2d");
  ["#f00", "#0f0", "#00f", "#fff"].forEach((color, i) => {
    context.fillStyle = color;
    context.fillRect((i % 2) * side / 2, (i >> 1) * side / 2, side / 2, side / 2);
  });
  return kind === "image/png"
    ? canvas.toBuffer("image/png")
    : kind === "image/jpeg"
    ? canvas.toBuffer(kind, 95)
    : canvas.toBuffer(kind, 100);
}

/** Loads a mesh from files by their names. */
export function load(path: string, files: Readonly<Record<string, string | Uint8Array>>, colors: "white" | "mesh" = "mesh"): Promise<Mesh> {
  const read = (name: string): Promise<Uint8Array> => {
    if (!Object.hasOwn(files, name)) return Promise.reject(new Error(`no such file: ${name}`));
    const content = files[name];
    return Promise.resolve(typeof content === "string" ? ENCODER.encode(content) : content);
  };
  return loadMesh(path, { read, colors });
}

/** A triangle in glTF whose corners lie at (0, 0), (1, 0), (0, 1) of an image. */
export function gltf(image: Record<string, unknown>, changes: Record<string, unknown> = {}): string {
  const floats = Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1);
  return JSON.stringify({
    asset: { version: "2.0" },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0, TEXCOORD_0: 1 }, material: 0 }] }],
    materials: [{ pbrMetallicRoughness: { baseColorTexture: { index: 0 }, baseColorFactor: [1, 0.5, 0.25, 1] } }],
    textures: [{ source: 0, sampler: 0 }],
    samplers: [{ wrapS: 33071, wrapT: 33648 }],
    images: [image],
    accessors: [
      { bufferView: 0, componentType: 5126, count: 3, type: "VEC3", min: [0, 0, 0], max: [1, 1, 0] },
      { bufferView: 1, componentType: 5126, count: 3, type: "VEC2" },
    ],
    bufferViews: [{ buffer: 0, byteLength: 36 }, { buffer: 0, byteOffset: 36, byteLength: 24 }],
    buffers: [{ byteLength: 60, uri: `data:application/octet-stream;base64,${new Uint8Array(floats.buffer).toBase64()}` }],
    ...changes,
  });
}

/** A GLB file of a document and the parts of its buffer, each from a multiple of four bytes on. */
export function glb(document: unknown, parts: readonly Uint8Array[]): Uint8Array {
  const padded = (bytes: Uint8Array, filling: number) => {
    const whole = new Uint8Array(4 * Math.ceil(bytes.length / 4)).fill(filling);
    whole.set(bytes);
    return Array.from(whole);
  };
  const chunk = (kind: number, bytes: readonly number[]) => [...new Uint8Array(Uint32Array.of(bytes.length, kind).buffer), ...bytes];
  const chunks = [
    ...chunk(0x4e4f534a, padded(ENCODER.encode(JSON.stringify(document)), 0x20)),
    ...chunk(0x004e4942, parts.flatMap((part) => padded(part, 0))),
  ];
  return Uint8Array.from([...new Uint8Array(Uint32Array.of(0x46546c67, 2, 12 + chunks.length).buffer), ...chunks]);
}
