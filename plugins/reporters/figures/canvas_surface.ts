import type { SKRSContext2D } from "@napi-rs/canvas";
import type { RgbPicture } from "../png_encoder.ts";
import type { Box, Figure, Paint, Surface, TextStyle } from "./surface.ts";
import { BACKGROUND } from "./theme.ts";
import { canvasFont, type CanvasModule, loadCanvas, plainText } from "./typography.ts";

/** Width of the outline that keeps text apart from what lies below, in logical pixels. */
export const HALO_WIDTH = 3;

/** Draws a figure as PNG. @param scale Pixels a logical pixel. */
export async function drawPng(figure: Figure, scale = 2): Promise<Uint8Array> {
  const { canvas } = await drawCanvas(figure, scale);
  return new Uint8Array(await canvas.encode("png"));
}

/** Draws a figure as pixels, [height x width x 4], 8-bit RGBA. @param scale Pixels a logical pixel. */
export async function drawPixels(figure: Figure, scale = 1): Promise<{ width: number; height: number; values: Uint8Array }> {
  const { canvas, context } = await drawCanvas(figure, scale);
  const { width, height, data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return { width, height, values: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

async function drawCanvas(figure: Figure, scale: number) {
  const module = await loadCanvas();
  const canvas = module.createCanvas(Math.round(figure.width * scale), Math.round(figure.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = BACKGROUND;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  figure.draw(new CanvasSurface(module, context));
  return { canvas, context };
}

/** A surface of pixels. */
class CanvasSurface implements Surface {
  readonly #module: CanvasModule;
  readonly #context: SKRSContext2D;

  constructor(module: CanvasModule, context: SKRSContext2D) {
    this.#module = module;
    this.#context = context;
  }

  path(data: string, { fill, fillOpacity = 1, stroke, width = 1, dash = [] }: Paint): void {
    const context = this.#context;
    const path = new this.#module.Path2D(data);
    if (fill !== undefined) {
      context.globalAlpha = fillOpacity;
      context.fillStyle = fill;
      context.fill(path);
      context.globalAlpha = 1;
    }
    if (stroke !== undefined) {
      context.strokeStyle = stroke;
      context.lineWidth = width;
      context.lineJoin = "round";
      context.setLineDash([...dash]);
      context.stroke(path);
    }
  }

  text(content: string, x: number, y: number, style: TextStyle): void {
    const context = this.#context;
    context.save();
    context.translate(x, y);
    if (style.upwards) context.rotate(-Math.PI / 2);
    context.font = canvasFont(style);
    context.textAlign = style.anchor === "middle" ? "center" : style.anchor ?? "start";
    if (style.halo !== undefined) {
      context.strokeStyle = style.halo;
      context.lineWidth = HALO_WIDTH;
      context.lineJoin = "round";
      context.setLineDash([]);
      context.strokeText(plainText(content), 0, 0);
    }
    context.fillStyle = style.color;
    context.fillText(plainText(content), 0, 0);
    context.restore();
  }

  image({ width, height, values }: RgbPicture, box: Box, { smooth } = { smooth: false }): void {
    const source = this.#module.createCanvas(width, height);
    const context = source.getContext("2d");
    const pixels = context.createImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      pixels.data[4 * i] = values[3 * i];
      pixels.data[4 * i + 1] = values[3 * i + 1];
      pixels.data[4 * i + 2] = values[3 * i + 2];
      pixels.data[4 * i + 3] = 255;
    }
    context.putImageData(pixels, 0, 0);
    this.#context.imageSmoothingEnabled = smooth;
    this.#context.drawImage(source, box.x, box.y, box.width, box.height);
  }

  clip(box: Box, draw: () => void): void {
    this.#context.save();
    this.#context.beginPath();
    this.#context.rect(box.x, box.y, box.width, box.height);
    this.#context.clip();
    draw();
    this.#context.restore();
  }
}
