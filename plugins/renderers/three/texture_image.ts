import { DataTexture, NearestFilter, type Node, RedIntegerFormat, UnsignedIntType } from "three/webgpu";
import { attribute, dFdx, dFdy, texture, uniform, varying, wgslFn } from "three/tsl";
import { type Texture, WRAP } from "../../../core/mesh.ts";
import { type TexturePyramid, texturePyramid } from "../texture_pyramid.ts";
import { SAMPLES } from "./atlas.ts";

/** Texels in a row of the texture that holds a pyramid; it has no geometry of its own. */
const ROW = 2048;

/** The images of a mesh on the device. */
export interface TextureImage {
  readonly pyramid: TexturePyramid;
  readonly texels: DataTexture;
}

/** Makes the images of a mesh ready for the device. */
export function textureImage(source: Texture): TextureImage {
  const pyramid = texturePyramid(source);
  const words = new Uint32Array(pyramid.texels.buffer);
  const padded = new Uint32Array(ROW * Math.ceil(words.length / ROW));
  padded.set(words);
  const texels = new DataTexture(padded, ROW, padded.length / ROW, RedIntegerFormat, UnsignedIntType);
  texels.minFilter = texels.magFilter = NearestFilter;
  texels.needsUpdate = true;
  return { pyramid, texels };
}

const texelAt = wgslFn(`
fn texelAt(pyramid: texture_2d<u32>, index: i32) -> vec4<f32> {
  return unpack4x8unorm(textureLoad(pyramid, vec2<i32>(index % ${ROW}, index / ${ROW}), 0i).x);
}`);

const wrapped = wgslFn(`
fn wrapped(i: i32, size: i32, wrap: i32) -> i32 {
  if (wrap == ${WRAP.clamp}) { return clamp(i, 0, size - 1); }
  if (wrap == ${WRAP.repeat}) { return ((i % size) + size) % size; }
  let place = ((i % (2 * size)) + 2 * size) % (2 * size);
  return select(2 * size - 1 - place, place, place < size);
}`);

/** One size of the pyramid, between its texels. All sizes before it have 4 / 3 (side^2 - size^2) texels an image. */
const levelAt = wgslFn(
  `
fn levelAt(pyramid: texture_2d<u32>, uv: vec2<f32>, image: i32, wraps: vec2<i32>, side: i32, images: i32, level: i32) -> vec4<f32> {
  let size = side >> u32(level);
  let first = images * (4 * (side * side - size * size) / 3) + (image - 1) * size * size;
  let at = uv * f32(size) - 0.5;
  let low = vec2<i32>(floor(at));
  let share = at - floor(at);
  let left = wrapped(low.x, size, wraps.x);
  let right = wrapped(low.x + 1, size, wraps.x);
  let top = first + size * wrapped(low.y, size, wraps.y);
  let bottom = first + size * wrapped(low.y + 1, size, wraps.y);
  return mix(
    mix(texelAt(pyramid, top + left), texelAt(pyramid, top + right), share.x),
    mix(texelAt(pyramid, bottom + left), texelAt(pyramid, bottom + right), share.x),
    share.y);
}`,
  [texelAt, wrapped] as unknown as Node[],
);

const imageAt = wgslFn<Record<string, Node>>(
  `
fn imageAt(pyramid: texture_2d<u32>, uv: vec2<f32>, right: vec2<f32>, down: vec2<f32>, shown: vec4<f32>, side: i32, images: i32) -> vec4<f32> {
  let image = i32(shown.x);
  if (image == 0) { return vec4<f32>(1.0); }
  let extent = ${SAMPLES}.0 * sqrt(max(dot(right, right), dot(down, down)));
  let highest = f32(31 - countLeadingZeros(u32(side)));
  let level = clamp(log2(max(f32(side) * extent, 1.0)), 0.0, highest);
  let lower = i32(floor(level));
  let wraps = vec2<i32>(shown.yz);
  let near = levelAt(pyramid, uv, image, wraps, side, images, lower);
  let far = levelAt(pyramid, uv, image, wraps, side, images, min(lower + 1, i32(highest)));
  let color = mix(near, far, level - floor(level));
  // What is less opaque than it must be is not seen.
  return vec4<f32>(color.xyz, select(0.0, 1.0, color.w >= shown.w));
}`,
  [levelAt] as unknown as Node[],
);

/** Reads the images of whichever mesh is drawn. The geometry says where on which image its corners are. */
export class ImageReader {
  readonly #texels = texture(new DataTexture(new Uint32Array(1), 1, 1, RedIntegerFormat, UnsignedIntType));
  readonly #side = uniform(1, "int");
  readonly #images = uniform(1, "int");

  /** The color of the image at a fragment, read as the rasterizer reads it, and 1 where it is seen, 0 where it has a hole. */
  color(): Node<"vec4"> {
    const uv = varying(attribute("place", "vec2"));
    return imageAt({
      pyramid: this.#texels,
      uv,
      right: dFdx(uv),
      down: dFdy(uv),
      shown: varying(attribute("image", "vec4")).setInterpolation("flat"),
      side: this.#side,
      images: this.#images,
    }) as Node<"vec4">;
  }

  /** Takes the images of the mesh that is drawn next. */
  use({ pyramid, texels }: TextureImage): void {
    this.#texels.value = texels;
    this.#side.value = pyramid.side;
    this.#images.value = pyramid.wraps.length / 2;
  }
}
