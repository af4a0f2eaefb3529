import type { RgbPicture } from "../png_encoder.ts";
import type { AxisScale } from "./axis.ts";
import { type Box, boxPath, linePath, type Surface } from "./surface.ts";
import { AXIS } from "./theme.ts";

/** Draws the pictures at semantic points, [points x n], as their network sees them. */
export type PictureSource = (points: readonly (readonly number[])[]) => Promise<readonly RgbPicture[]>;

/** What is seen at a value of an axis. */
export interface PlacedPicture {
  readonly value: number;
  readonly picture: RgbPicture;
}

const GAP = 6;
/** Length of the line from the axis to its picture. */
const STEM = 8;

/** How many pictures stand below a curve. */
const STRIP_PICTURES = 7;

/** Values of an axis whose pictures stand side by side below it: the middles of even stretches. */
export function stripValues({ low, high }: { readonly low: number; readonly high: number }): number[] {
  return Array.from({ length: STRIP_PICTURES }, (_, i) => low + (i + 0.5) / STRIP_PICTURES * (high - low));
}

/** Height that a strip takes below a panel of some width. */
export function stripHeight(width: number, pictures: readonly PlacedPicture[]): number {
  return pictures.length === 0 ? 0 : STEM + side(width, pictures.length) + GAP;
}

/** Draws pictures below a panel, each under its value. */
export function drawStrip(surface: Surface, box: Box, x: AxisScale, pictures: readonly PlacedPicture[]): void {
  const size = side(box.width, pictures.length);
  for (const { value, picture } of pictures) {
    const middle = x.place(value);
    const place = { x: middle - size / 2, y: box.y + STEM, width: size, height: size };
    surface.path(linePath(middle, box.y, middle, place.y), { stroke: AXIS });
    surface.image(picture, place, { smooth: true });
    surface.path(boxPath(place), { stroke: AXIS, width: 0.75 }, { kind: "picture" });
  }
}

function side(width: number, count: number): number {
  return width / count - GAP;
}
