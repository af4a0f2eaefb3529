import type { PictureSize } from "../../core/post_processing.ts";

/** How many numbers a picture has. @throws RangeError where `pictures` has no room for so many of them. */
export function pictureLength(pictures: Float32Array, count: number, { width, height }: PictureSize): number {
  const length = 3 * width * height;
  if (pictures.length < length * count) {
    throw new RangeError(`Pictures must hold [${count} x 3 x ${height} x ${width}] values: current length is ${pictures.length}`);
  }
  return length;
}
