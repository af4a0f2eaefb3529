import { type Object3D, Texture } from "three";
import { type GLTF, GLTFLoader, type GLTFLoaderPlugin, type GLTFParser } from "three/addons/loaders/GLTFLoader.js";
import { z } from "zod";
import { InputError } from "../../core/errors.ts";
import type { Corners } from "./build_mesh.ts";
import { damaged, type MeshFile, readBeside } from "./mesh_file.ts";
import { cornersOf } from "./three_corners.ts";

const index = z.number().int().nonnegative();

/** The part of a glTF document that is read here rather than by three's loader. */
const Document = z.object({
  asset: z.object({ version: z.string().regex(/^2/) }),
  buffers: z.array(z.object({ uri: z.string().optional(), byteLength: index })).default([]),
  bufferViews: z.array(z.object({ buffer: index, byteOffset: index.default(0), byteLength: index })).default([]),
  accessors: z.array(z.object({ bufferView: index.optional(), count: index })).default([]),
});

/** Reads a glTF 2 or GLB file: the triangles of its default scene, posed, with material and vertex colors. Textures are not read. */
export async function readGltf(file: MeshFile): Promise<Corners> {
  let gltf: GLTF;
  try {
    const loader = new GLTFLoader();
    loader.register((parser) => localFiles(file, parser));
    gltf = await loader.parseAsync(file.bytes.slice().buffer, "");
  } catch (error) {
    throw damaged(file.path, error);
  }
  const scene: Object3D | undefined = gltf.scene;
  if (scene === undefined) throw new InputError(`Mesh "${file.path}" must have a scene: there is none`);
  return cornersOf(file.path, scene, file.colors === "mesh");
}

/** Serves buffers from the document or from beside it, and no textures, so that the loader fetches nothing by itself. */
function localFiles(file: MeshFile, parser: GLTFParser): GLTFLoaderPlugin {
  const parsed = Document.safeParse(parser.json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0];
    throw new InputError(`Mesh "${file.path}" must be a glTF 2 document: ${path.join(".")}: ${message}`);
  }
  const { buffers, bufferViews, accessors } = parsed.data;
  // Zeros that stand in no buffer cost the file nothing: a short one could ask for all the memory there is.
  const zeros = accessors.find(({ bufferView, count }) => bufferView === undefined && count > file.bytes.length);
  if (zeros !== undefined) {
    throw new InputError(`Mesh "${file.path}" must hold the values that it counts: an accessor of ${zeros.count} has no buffer`);
  }
  const loaded = new Map<number, Promise<Uint8Array>>();
  const buffer = (i: number): Promise<Uint8Array> => {
    const bytes = loaded.get(i) ?? bufferBytes(file, parser, buffers[i]);
    loaded.set(i, bytes);
    return bytes;
  };
  return {
    name: "local_files",
    loadBufferView: async (i: number) => {
      const view = bufferViews[i];
      if (view === undefined || buffers[view.buffer] === undefined) {
        throw new InputError(`Mesh "${file.path}" must hold the buffers that it names: buffer view ${i} is missing or has no buffer`);
      }
      const bytes = await buffer(view.buffer);
      const end = view.byteOffset + view.byteLength;
      if (end > bytes.length) {
        throw new InputError(`Buffer ${view.buffer} of mesh "${file.path}" must have ${end} bytes or more: it has ${bytes.length}`);
      }
      return bytes.slice(view.byteOffset, end).buffer;
    },
    loadTexture: () => Promise.resolve(new Texture()),
  };
}

async function bufferBytes(file: MeshFile, parser: GLTFParser, { uri }: { uri?: string }): Promise<Uint8Array> {
  if (uri === undefined) {
    const { body } = (parser.extensions.KHR_binary_glTF ?? {}) as { body?: ArrayBuffer | null };
    if (!body) throw new InputError(`Mesh "${file.path}" must hold the buffers that it names: a buffer has no data`);
    return new Uint8Array(body);
  }
  const inline = /^data:[^,]*;base64,([\s\S]*)$/.exec(uri);
  if (inline === null) return await readBeside(file, decodeURIComponent(uri));
  try {
    return Uint8Array.fromBase64(inline[1]);
  } catch (error) {
    throw new InputError(`A buffer of mesh "${file.path}" must be valid base64`, { cause: error });
  }
}
