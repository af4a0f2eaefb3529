import type { Texture } from "../../core/mesh.ts";

/** Images of a texture at ever smaller sizes, each half of the one before, down to one texel. Renderers read the same numbers. */
export interface TexturePyramid {
  /** Side of the largest images in texels. */
  readonly side: number;
  /** How many sizes there are. */
  readonly levels: number;
  /** Where each size begins in `texels`, in texels: its images follow each other. */
  readonly starts: readonly number[];
  /** Red, green, blue and opacity. */
  readonly texels: Uint8Array<ArrayBuffer>;
  readonly wraps: Uint8Array;
}

/** Makes the pyramid of a texture: each texel is the mean of four. */
export function texturePyramid({ side, texels, wraps }: Texture): TexturePyramid {
  const images = wraps.length / 2;
  const levels = Math.log2(side) + 1;
  const starts: number[] = [];
  let total = 0;
  for (let level = 0; level < levels; level++) {
    starts.push(total);
    total += images * (side >> level) ** 2;
  }
  const all = new Uint8Array(4 * total);
  all.set(texels);
  for (let level = 1; level < levels; level++) {
    const size = side >> level;
    for (let image = 0; image < images; image++) {
      const from = 4 * (starts[level - 1] + image * 4 * size * size), to = 4 * (starts[level] + image * size * size);
      for (let i = 0; i < size * size; i++) {
        const column = i % size, row = (i - column) / size;
        const corner = from + 4 * (4 * size * row + 2 * column);
        for (let channel = 0; channel < 4; channel++) {
          const at = corner + channel;
          all[to + 4 * i + channel] = (all[at] + all[at + 4] + all[at + 8 * size] + all[at + 8 * size + 4] + 2) >> 2;
        }
      }
    }
  }
  return { side, levels, starts, texels: all, wraps };
}
