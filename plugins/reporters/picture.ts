import { encodeRgbPng, type RgbPicture } from "./png_encoder.ts";

/** Size of pictures, and how they are written. */
export interface PictureOptions {
  /** Of the picture, in its own pixels. */
  readonly width: number;
  /** Of the picture, in its own pixels. */
  readonly height: number;
  /** Pixels of the file a pixel of the picture, along each side. */
  readonly scale?: number;
}

/** A picture as 8-bit PNG. @param picture Planar RGB, [3 x height x width], in [0, 1]; what lies outside is clamped. */
export function encodePng(picture: Float32Array, { width, height, scale = 1 }: PictureOptions): Uint8Array<ArrayBuffer> {
  return encodeRgbPng(enlarge(toRgb(picture, width, height), scale));
}

/** A planar picture in [0, 1] as 8-bit RGB. @throws RangeError where it does not hold [3 x height x width] values. */
export function toRgb(picture: Float32Array, width: number, height: number): RgbPicture {
  const plane = width * height;
  requireSize(picture, plane);
  const values = new Uint8Array(plane * 3);
  for (let i = 0; i < plane; i++) {
    for (let channel = 0; channel < 3; channel++) {
      values[3 * i + channel] = Math.round(Math.min(Math.max(picture[channel * plane + i], 0), 1) * 255);
    }
  }
  return { width, height, values };
}

/** Colors of the most negative derivative, of zero, and of the most positive one: blue, white, red. */
const NEGATIVE = [5, 77, 150];
const ZERO = [250, 250, 250];
const POSITIVE = [178, 24, 43];

/** Share of the pixels whose derivatives are shown to scale; the largest few are clamped, since outlines dwarf surfaces. */
const SHOWN_SHARE = 0.995;

/**
 * A picture's derivative along a parameter as PNG: the mean over the channels, blue where the picture gets darker, white where it stays, red where it
 * gets brighter.
 *
 * @param derivative [3 x height x width], of any sign.
 * @param options `limit`: the size that has full color, {@linkcode derivativeLimit} where absent.
 */
export function encodeDerivativePng(
  derivative: Float32Array,
  { width, height, scale = 1, limit = derivativeLimit(derivative) }: PictureOptions & { readonly limit?: number },
): Uint8Array<ArrayBuffer> {
  const plane = width * height;
  requireSize(derivative, plane);
  const values = new Uint8Array(plane * 3);
  for (let i = 0; i < plane; i++) {
    const share = limit > 0 ? channelMean(derivative, plane, i) / limit : 0;
    const end = share < 0 ? NEGATIVE : POSITIVE;
    const weight = Math.min(Math.abs(share), 1);
    for (let channel = 0; channel < 3; channel++) {
      values[3 * i + channel] = Math.round(ZERO[channel] + weight * (end[channel] - ZERO[channel]));
    }
  }
  return encodeRgbPng(enlarge({ width, height, values }, scale));
}

/** The size of derivatives, averaged over the channels, that all but a few of the pixels that change do not exceed. */
export function derivativeLimit(derivative: Float32Array): number {
  const plane = derivative.length / 3;
  const sizes = Float64Array.from({ length: plane }, (_, i) => Math.abs(channelMean(derivative, plane, i))).filter((size) => size > 0)
    .sort();
  return sizes.length === 0 ? 0 : sizes[Math.floor(SHOWN_SHARE * (sizes.length - 1))];
}

/** What a contact sheet holds. */
export interface SheetOptions {
  /** Of each picture, in pixels. */
  readonly width: number;
  /** Of each picture, in pixels. */
  readonly height: number;
  /** Pictures beside each other. */
  readonly columns: number;
  /** Pictures below each other. */
  readonly rows: number;
  /** Words below each picture, in {@linkcode lines} lines at most. */
  readonly captions: readonly string[];
  /** Most lines of a caption, 2 by default. */
  readonly lines?: number;
  /** Words above all pictures: a title, then smaller ones. */
  readonly heading?: readonly string[];
}

/** Space between pictures, height of a line below them and above, and most lines below. */
const GAP = 12;
const CAPTION_HEIGHT = 18;
const HEADING_HEIGHT = 24;
const CAPTION_LINES = 2;

/** Pictures narrower than this are enlarged, so that captions have room, in logical pixels. */
const LEAST_WIDTH = 140;

/** Pixels a logical pixel of a sheet, and the most pixels that a sheet may have: 1 GiB. */
const SHEET_SCALE = 2;
const MOST_PIXELS = 2 ** 28;

/** How large a picture stands on a sheet, with the room about it, in logical pixels. */
function sheetCell({ width, height }: Pick<SheetOptions, "width" | "height">, lines = CAPTION_LINES) {
  const zoom = Math.ceil(LEAST_WIDTH / width);
  return { zoom, width: width * zoom + GAP, height: height * zoom + lines * CAPTION_HEIGHT + GAP + 4 };
}

/** How many pictures of a size a sheet has room for. */
export function sheetCapacity(size: Pick<SheetOptions, "width" | "height">): number {
  const { width, height } = sheetCell(size);
  return Math.floor(MOST_PIXELS / (width * height * SHEET_SCALE ** 2));
}

/**
 * Pictures in rows, each with its caption below, as PNG of {@linkcode SHEET_SCALE} pixels a logical pixel.
 *
 * @param pictures [count x 3 x height x width], in [0, 1]; those that the rows have no room for are left out.
 */
export async function drawSheet(
  pictures: Float32Array,
  { width, height, columns, rows, captions, lines: most = CAPTION_LINES, heading = [] }: SheetOptions,
): Promise<Uint8Array> {
  const [{ drawPng }, { loadMeasure, wrapText }, { LABEL, MARGIN, SUBTITLE, TITLE }] = await Promise.all([
    import("./figures/canvas_surface.ts"),
    import("./figures/typography.ts"),
    import("./figures/theme.ts"),
  ]);
  const measure = await loadMeasure();
  const size = 3 * width * height;
  const count = Math.min(Math.floor(pictures.length / size), columns * rows);
  const { zoom } = sheetCell({ width, height });
  const lines = Array.from({ length: count }, (_, i) => wrapText(measure, captions[i] ?? "", LABEL, width * zoom).slice(0, most));
  const cell = sheetCell({ width, height }, Math.max(1, ...lines.map(({ length }) => length)));
  const inner = columns * cell.width - GAP;
  const above = heading.flatMap((text, i) => {
    const style = i === 0 ? TITLE : SUBTITLE;
    return wrapText(measure, text, style, inner).map((line) => ({ line, style }));
  });
  const top = MARGIN + (above.length === 0 ? 0 : above.length * HEADING_HEIGHT + GAP);
  return await drawPng({
    name: "sheet",
    description: "",
    width: inner + 2 * MARGIN,
    height: top + rows * cell.height - GAP + MARGIN,
    draw(surface) {
      above.forEach(({ line, style }, row) => surface.text(line, MARGIN, MARGIN + HEADING_HEIGHT * (row + 1) - 6, style));
      for (let i = 0; i < count; i++) {
        const x = MARGIN + (i % columns) * cell.width;
        const y = top + Math.floor(i / columns) * cell.height;
        const picture = pictures.subarray(i * size, (i + 1) * size);
        surface.image(toRgb(picture, width, height), { x, y, width: width * zoom, height: height * zoom });
        lines[i].forEach((line, row) =>
          surface.text(line, x + width * zoom / 2, y + height * zoom + CAPTION_HEIGHT * (row + 1), { ...LABEL, anchor: "middle" })
        );
      }
    },
  }, SHEET_SCALE);
}

function requireSize({ length }: Float32Array, plane: number): void {
  if (length !== 3 * plane) throw new RangeError(`A picture must hold ${3 * plane} values: current length is ${length}`);
}

function channelMean(picture: Float32Array, plane: number, i: number): number {
  return (picture[i] + picture[plane + i] + picture[2 * plane + i]) / 3;
}

/** Each pixel repeated `scale` times along both sides. */
function enlarge(picture: RgbPicture, scale: number): RgbPicture {
  if (scale === 1) return picture;
  const width = picture.width * scale;
  const height = picture.height * scale;
  const values = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const source = 3 * (Math.floor(y / scale) * picture.width + Math.floor(x / scale));
      for (let channel = 0; channel < 3; channel++) values[3 * (y * width + x) + channel] = picture.values[source + channel];
    }
  }
  return { width, height, values };
}
