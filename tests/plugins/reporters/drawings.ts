import { loadImage } from "@napi-rs/canvas";
import { createCanvas } from "@napi-rs/canvas";
import { Buffer } from "node:buffer";
import type { RunRecord } from "../../../core/reporter.ts";
import { png } from "../../../plugins/reporters/png.ts";
import { svg } from "../../../plugins/reporters/svg.ts";
import { parseSvg, type PlacedText, placedTexts, type SvgElement } from "./svg_elements.ts";

/** Pixels of a figure, looked up in its logical pixels. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** RGB at a place, each in [0, 255]. */
  at(x: number, y: number): [number, number, number];
}

/** Decodes a picture that has `scale` pixels a logical pixel. */
export async function decodePng(bytes: Uint8Array, scale = 1): Promise<Pixels> {
  const image = await loadImage(Buffer.from(bytes));
  const context = createCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
  return {
    width: width / scale,
    height: height / scale,
    at(x, y) {
      const start = 4 * (Math.floor(y * scale) * width + Math.floor(x * scale));
      return [data[start], data[start + 1], data[start + 2]];
    },
  };
}

/** One figure of a record, as pixels and as SVG elements. */
export async function drawRecord(
  record: RunRecord,
  name: string,
): Promise<{ pixels: Pixels; elements: SvgElement[]; texts: PlacedText[] }> {
  const find = async (reporter: typeof png, file: string) => {
    const files = await reporter.report(record);
    return (files.find((found) => found.name === file) ?? { bytes: new Uint8Array() }).bytes;
  };
  const elements = parseSvg(await find(svg, `${name}.svg`));
  return { pixels: await decodePng(await find(png, `${name}.png`), 2), elements, texts: placedTexts(elements) };
}

/** Where values of an axis lie, told by two of its labels. */
export function scaleBetween(texts: readonly PlacedText[], side: "across" | "up", low: string, high: string): (value: number) => number {
  const middle = (label: string) => {
    const found = texts.filter(({ text, upwards }) => text === label && !upwards);
    const [first] = side === "across"
      ? found.sort((left, right) => right.bottom - left.bottom)
      : found.sort((left, right) => left.left - right.left);
    return side === "across" ? (first.left + first.right) / 2 : (first.top + first.bottom) / 2;
  };
  const [from, to] = [number(low), number(high)];
  const [start, end] = [middle(low), middle(high)];
  return (value) => start + (value - from) / (to - from) * (end - start);
}

function number(label: string): number {
  return Number(label.replace("°", "").replace("−", "-"));
}

/** Largest difference of two colors in any channel. */
export function colorDistance(left: readonly number[], right: readonly number[]): number {
  return Math.max(...left.map((value, channel) => Math.abs(value - right[channel])));
}

/** A color written as `#rrggbb`. */
export function parseColor(text: string): [number, number, number] {
  const value = parseInt(text.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Whether a color is found within a few pixels left and right of a place, or above and below it. */
export function isNear(pixels: Pixels, x: number, y: number, color: readonly number[], reach = 3): boolean {
  for (let step = -reach; step <= reach; step += 0.5) {
    if (colorDistance(pixels.at(x + step, y), color) < 12 || colorDistance(pixels.at(x, y + step), color) < 12) return true;
  }
  return false;
}
