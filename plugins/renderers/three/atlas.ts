import { InputError } from "../../../core/errors.ts";

/** Samples along a side of a pixel, as `docs/rendering.md` says. */
export const SAMPLES = 2;

/** Most pictures in one submission: the default batch of a job. */
const MOST_TILES = 8;
/** Most samples in one submission, where pictures are large: 16 bytes of color and 4 of depth each. */
const MOST_SAMPLES = 2 ** 22;

/** A texture that holds several pictures, one a tile, row by row. */
export interface Atlas {
  readonly tiles: number;
  readonly columns: number;
  /** In pixels of a picture. */
  readonly width: number;
  readonly height: number;
  /** In samples, of the whole texture. */
  readonly textureWidth: number;
  readonly textureHeight: number;
}

/** How pictures of a size are laid out. @throws InputError where one of them is more than the device can hold. */
export function planAtlas(width: number, height: number, limits: GPUSupportedLimits): Atlas {
  const tileWidth = SAMPLES * width, tileHeight = SAMPLES * height;
  const bytes = 3 * 4 * width * height;
  const mostBytes = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  if (Math.max(tileWidth, tileHeight) > limits.maxTextureDimension2D || bytes > mostBytes) {
    throw new InputError(`Pictures of ${width} x ${height} are larger than this machine's WebGPU adapter can draw: use --renderer raster`);
  }
  const room = Math.min(MOST_TILES, Math.floor(MOST_SAMPLES / (tileWidth * tileHeight)), Math.floor(mostBytes / bytes));
  const columns = Math.max(1, Math.min(Math.ceil(Math.sqrt(room)), Math.floor(limits.maxTextureDimension2D / tileWidth)));
  const rows = Math.max(1, Math.min(Math.floor(room / columns), Math.floor(limits.maxTextureDimension2D / tileHeight)));
  return { tiles: columns * rows, columns, width, height, textureWidth: columns * tileWidth, textureHeight: rows * tileHeight };
}
