import { Buffer } from "node:buffer";
import type { Measure, TextStyle } from "./surface.ts";

/** The canvas library. */
export type CanvasModule = typeof import("@napi-rs/canvas");

/** Name under which the figures' font is registered: no font of the machine answers to it. */
const FAMILY = "Orthotope Sans";

const FONTS = ["inter-ui/web/Inter-Regular.woff2", "inter-ui/web/Inter-SemiBold.woff2"];

let loaded: Promise<CanvasModule> | undefined;

/**
 * The canvas library with the figures' font (Inter, from its package) ready. It is loaded when the first figure is drawn, not at start-up, and
 * without the machine's own fonts: the same figure has the same letters everywhere.
 */
export function loadCanvas(): Promise<CanvasModule> {
  return loaded ??= load();
}

async function load(): Promise<CanvasModule> {
  Deno.env.set("DISABLE_SYSTEM_FONTS_LOAD", "1");
  const canvas = await import("@napi-rs/canvas");
  for (const font of FONTS) {
    const bytes = await Deno.readFile(new URL(import.meta.resolve(font)));
    if (canvas.GlobalFonts.register(Buffer.from(bytes), FAMILY) === null) throw new Error(`Font ${font} cannot be registered`);
  }
  return canvas;
}

/** A text style as the canvas takes it. */
export function canvasFont({ size, weight }: TextStyle): string {
  return `${weight === "semibold" ? 600 : 400} ${size}px "${FAMILY}"`;
}

/** Measures lines of text in the figures' font. */
export async function loadMeasure(): Promise<Measure> {
  const { createCanvas } = await loadCanvas();
  const context = createCanvas(1, 1).getContext("2d");
  return (content, style) => {
    context.font = canvasFont(style);
    return context.measureText(plainText(content)).width;
  };
}

/** A text without what neither fonts nor XML know: control characters and halves of characters are replaced. */
export function plainText(content: string): string {
  return content.toWellFormed().replace(/[\p{Cc}\ufffe\uffff]/gu, "\ufffd");
}

/** A text that is no wider than `width`: what is too long ends in an ellipsis. */
export function fitText(measure: Measure, content: string, style: TextStyle, width: number): string {
  if (measure(content, style) <= width) return content;
  const characters = Array.from(content);
  let low = 0;
  let high = characters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(shorten(characters, middle), style) <= width) low = middle;
    else high = middle - 1;
  }
  return shorten(characters, low);
}

/** A text broken into lines that are no wider than `width`; a word that is wider by itself is cut. */
export function wrapText(measure: Measure, content: string, style: TextStyle, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of content.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && measure(longer, style) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((text) => fitText(measure, text, style, width));
}

function shorten(characters: readonly string[], length: number): string {
  return characters.slice(0, length).join("").trimEnd() + "…";
}
