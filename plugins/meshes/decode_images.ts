import { InputError } from "../../core/errors.ts";
import type { Texture } from "../../core/mesh.ts";
import type { Corners } from "./build_mesh.ts";
import { fillTransparent } from "./fill_transparent.ts";
import type { MeshFile } from "./mesh_file.ts";
import type { ThreeCorners } from "./three_corners.ts";
import type { ImageSource } from "./three_images.ts";

/** Sides that images are brought to: pictures for networks show no more. */
const MOST_SIDE = 1024, LEAST_SIDE = 16;
/** Most texels of all images together. */
const MOST_TEXELS = 2 ** 22;
/** Most pixels of an image file: what is larger is a mistake, or an attack on the memory. */
const MOST_PIXELS = 2 ** 26;

/** How PNG, JPEG and WebP files begin, in hexadecimal digits. Others (vector graphics, say) may refer to things outside of them. */
const KINDS = [/^89504e470d0a1a0a/, /^ffd8ff/, /^52494646.{8}57454250/];

/**
 * Triangle corners with the images that they show, decoded and brought to one size.
 *
 * @param read Gives the content of an image file by its key.
 * @throws InputError where an image is missing, damaged, or of another kind than PNG, JPEG or WebP.
 */
export async function withImages(
  file: MeshFile,
  { images: use, ...corners }: ThreeCorners,
  read: (key: string) => Promise<Uint8Array>,
): Promise<Corners> {
  if (use === undefined) return corners;
  const { sources, coordinates, images } = use;
  return { ...corners, texture: { ...await decode(file, sources, read), coordinates, images } };
}

async function decode(
  file: MeshFile,
  sources: readonly ImageSource[],
  read: (key: string) => Promise<Uint8Array>,
): Promise<Pick<Texture, "side" | "texels" | "wraps" | "cutoffs">> {
  const { createCanvas, loadImage } = await import("@napi-rs/canvas");
  const images: (Awaited<ReturnType<typeof loadImage>> | undefined)[] = [];
  for (const { key } of sources) {
    if (key === "") {
      images.push(undefined);
      continue;
    }
    const bytes = await read(key);
    const wanted = (why: string) => new InputError(`Image ${key} of mesh "${file.path}" must be a PNG, JPEG or WebP file: ${why}`);
    const start = bytes.slice(0, 16).toHex();
    if (!KINDS.some((kind) => kind.test(start))) throw wanted("it is of another kind");
    const image = await loadImage(bytes).catch((error) => {
      throw new InputError(wanted("it is damaged").message, { cause: error });
    });
    if (!(image.width > 0 && image.height > 0 && image.width * image.height <= MOST_PIXELS)) {
      throw wanted(`it has ${image.width} x ${image.height} pixels`);
    }
    images.push(image);
  }
  const largest = Math.max(...images.flatMap((image) => image === undefined ? [] : [image.width, image.height]));
  let side = LEAST_SIDE;
  while (side < largest && side < MOST_SIDE && 4 * side * side * images.length <= MOST_TEXELS) side *= 2;
  const texels = new Uint8Array(4 * side * side * images.length);
  images.forEach((image, i) => {
    const part = texels.subarray(4 * side * side * i, 4 * side * side * (i + 1));
    if (image === undefined) {
      part.fill(255);
      return;
    }
    const context = createCanvas(side, side).getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, side, side);
    const { data } = context.getImageData(0, 0, side, side);
    fillTransparent(data, side);
    part.set(data);
  });
  const cutoffs = Float32Array.from(sources, ({ cutoff }) => cutoff);
  return {
    side,
    texels,
    wraps: Uint8Array.from(sources.flatMap(({ wraps }) => wraps)),
    ...(cutoffs.some((cutoff) => cutoff > 0) ? { cutoffs } : {}),
  };
}
