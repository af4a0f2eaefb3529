import { ClampToEdgeWrapping, MirroredRepeatWrapping, type Object3D, RepeatWrapping, Texture, type Wrapping } from "three";
import { type GLTF, GLTFLoader, type GLTFLoaderPlugin, type GLTFParser } from "three/addons/loaders/GLTFLoader.js";
import { z } from "zod";
import { InputError } from "../../core/errors.ts";
import type { Corners } from "./build_mesh.ts";
import { withImages } from "./decode_images.ts";
import { damaged, type MeshFile, readBeside } from "./mesh_file.ts";
import { cornersOf } from "./three_corners.ts";

const index = z.number().int().nonnegative();

/** Numbers of glTF for what happens beyond the edges of an image. */
const CLAMP = 33071, MIRROR = 33648, REPEAT = 10497;

/** Triangles that only their own decoder reads. */
const DRACO = "KHR_draco_mesh_compression";

/** The part of a glTF document that is read here rather than by three's loader. */
const Document = z.object({
  asset: z.object({ version: z.string().regex(/^2/) }),
  extensionsUsed: z.array(z.string()).default([]),
  extensionsRequired: z.array(z.string()).default([]),
  buffers: z.array(z.object({ uri: z.string().optional(), byteLength: index })).default([]),
  bufferViews: z.array(z.object({ buffer: index, byteOffset: index.default(0), byteLength: index })).default([]),
  accessors: z.array(z.object({ bufferView: index.optional(), count: index })).default([]),
  textures: z.array(
    z.object({ source: index.optional(), sampler: index.optional(), extensions: z.record(z.string(), z.unknown()).optional() }),
  )
    .default([]),
  samplers: z.array(z.object({ wrapS: index.default(REPEAT), wrapT: index.default(REPEAT) })).default([]),
  images: z.array(z.object({ uri: z.string().optional(), bufferView: index.optional() })).default([]),
});

/** Reads a glTF 2 or GLB file: the triangles of its default scene, posed, with material and vertex colors and base-color images. */
export async function readGltf(file: MeshFile): Promise<Corners> {
  let gltf: GLTF;
  let readImage: LocalFiles["readImage"] = () => Promise.reject(new Error("No image is read before the document"));
  try {
    const loader = new GLTFLoader();
    loader.register((parser) => {
      const files = localFiles(file, parser);
      readImage = files.readImage;
      return files;
    });
    gltf = await loader.parseAsync(file.bytes.slice().buffer, "");
  } catch (error) {
    throw damaged(file.path, error);
  }
  const scene: Object3D | undefined = gltf.scene;
  if (scene === undefined) throw new InputError(`Mesh "${file.path}" must have a scene: there is none`);
  return await withImages(file, cornersOf(file, scene), readImage);
}

/** What is read from the document or from beside it. */
interface LocalFiles extends GLTFLoaderPlugin {
  /** The content of an image, by its place in the document. */
  readImage(key: string): Promise<Uint8Array>;
}

/** Serves buffers from the document or from beside it, and textures that only name their images, so that the loader fetches nothing by itself. */
function localFiles(file: MeshFile, parser: GLTFParser): LocalFiles {
  const parsed = Document.safeParse(parser.json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0];
    throw new InputError(`Mesh "${file.path}" must be a glTF 2 document: ${path.join(".")}: ${message}`);
  }
  const { buffers, bufferViews, accessors, textures, samplers, images, extensionsUsed, extensionsRequired } = parsed.data;
  const compression = extensionsUsed.find((name) => name === DRACO) ?? extensionsRequired.find((name) => /meshopt_compression$/.test(name));
  if (compression !== undefined) {
    throw new InputError(`Mesh "${file.path}" must be exported without compression: ${compression} cannot be read`);
  }
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
  const view = async (i: number): Promise<Uint8Array> => {
    const wanted = bufferViews[i];
    if (wanted === undefined || buffers[wanted.buffer] === undefined) {
      throw new InputError(`Mesh "${file.path}" must hold the buffers that it names: buffer view ${i} is missing or has no buffer`);
    }
    const bytes = await buffer(wanted.buffer);
    const end = wanted.byteOffset + wanted.byteLength;
    if (end > bytes.length) {
      throw new InputError(`Buffer ${wanted.buffer} of mesh "${file.path}" must have ${end} bytes or more: it has ${bytes.length}`);
    }
    return bytes.subarray(wanted.byteOffset, end);
  };
  return {
    name: "local_files",
    loadBufferView: async (i: number) => (await view(i)).slice().buffer as ArrayBuffer,
    loadTexture: (i: number) => {
      const { source, sampler, extensions } = textures[i] ?? {};
      const { wrapS, wrapT } = samplers[sampler ?? -1] ?? { wrapS: REPEAT, wrapT: REPEAT };
      const texture = new Texture();
      texture.flipY = false;
      texture.wrapS = wrappingOf(wrapS);
      texture.wrapT = wrappingOf(wrapT);
      const webp = WebpSource.safeParse(extensions?.EXT_texture_webp);
      const image = webp.success ? webp.data.source : source;
      if (image !== undefined) texture.userData.image = String(image);
      else if (extensions !== undefined) texture.userData.image = Object.keys(extensions).join();
      return Promise.resolve(texture);
    },
    readImage: async (key: string) => {
      if (!/^\d+$/.test(key)) throw new InputError(`Images of mesh "${file.path}" must be PNG, JPEG or WebP files: one is of ${key}`);
      const { uri, bufferView } = images[Number(key)] ?? {};
      if (bufferView !== undefined) return await view(bufferView);
      if (uri === undefined) throw new InputError(`Mesh "${file.path}" must hold the images that it names: image ${key} is missing`);
      return await uriBytes(file, uri, "An image");
    },
  };
}

const WebpSource = z.object({ source: index });

function wrappingOf(number: number): Wrapping {
  return number === CLAMP ? ClampToEdgeWrapping : number === MIRROR ? MirroredRepeatWrapping : RepeatWrapping;
}

async function bufferBytes(file: MeshFile, parser: GLTFParser, { uri }: { uri?: string }): Promise<Uint8Array> {
  if (uri === undefined) {
    const { body } = (parser.extensions.KHR_binary_glTF ?? {}) as { body?: ArrayBuffer | null };
    if (!body) throw new InputError(`Mesh "${file.path}" must hold the buffers that it names: a buffer has no data`);
    return new Uint8Array(body);
  }
  return await uriBytes(file, uri, "A buffer");
}

/** What a URI names: data that it holds itself, or a file beside the mesh. */
async function uriBytes(file: MeshFile, uri: string, what: string): Promise<Uint8Array> {
  const inline = /^data:[^,]*;base64,([\s\S]*)$/.exec(uri);
  if (inline === null) return await readBeside(file, decodeURIComponent(uri));
  try {
    return Uint8Array.fromBase64(inline[1]);
  } catch (error) {
    throw new InputError(`${what} of mesh "${file.path}" must be valid base64`, { cause: error });
  }
}
