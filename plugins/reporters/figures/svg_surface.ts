import { encodeRgbPng, type RgbPicture } from "../png_encoder.ts";
import type { Box, Figure, Mark, Measure, Paint, Surface, TextStyle } from "./surface.ts";
import { boxPath, round } from "./surface.ts";
import { HALO_WIDTH } from "./canvas_surface.ts";
import { BACKGROUND } from "./theme.ts";
import { loadMeasure, plainText } from "./typography.ts";

/** What sets the text where the figures' own font is not installed. */
const FAMILIES = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";

/** Draws a figure as SVG: text stays text, marks carry a class and words, and the file needs nothing besides itself. */
export async function drawSvg(figure: Figure): Promise<Uint8Array> {
  const surface = new SvgSurface(await loadMeasure());
  figure.draw(surface);
  const { width, height } = figure;
  const elements = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="${FAMILIES}" role="img">`,
    `<title>${escapeXml(figure.description)}</title>`,
    `<path d="${boxPath({ x: 0, y: 0, width, height })}" fill="${BACKGROUND}"/>`,
    ...surface.elements,
    "</svg>\n",
  ];
  return new TextEncoder().encode(elements.join("\n"));
}

/** A surface that writes SVG elements. */
class SvgSurface implements Surface {
  readonly elements: string[] = [];
  readonly #measure: Measure;

  constructor(measure: Measure) {
    this.#measure = measure;
  }

  path(data: string, { fill = "none", fillOpacity, stroke, width, dash }: Paint, mark?: Mark): void {
    const attributes = {
      class: mark?.kind,
      d: data,
      fill,
      "fill-opacity": fillOpacity,
      stroke,
      "stroke-width": stroke === undefined ? undefined : width,
      "stroke-dasharray": dash?.join(" "),
      "stroke-linejoin": stroke === undefined ? undefined : "round",
    };
    this.elements.push(element("path", attributes, mark?.title === undefined ? "" : `<title>${escapeXml(mark.title)}</title>`));
  }

  text(content: string, x: number, y: number, style: TextStyle): void {
    if (content === "") return;
    const attributes = {
      ...(style.upwards ? { transform: `translate(${round(x)},${round(y)}) rotate(-90)` } : { x: round(x), y: round(y) }),
      "font-size": style.size,
      "font-weight": style.weight === "semibold" ? 600 : undefined,
      "text-anchor": style.anchor === "start" ? undefined : style.anchor,
      fill: style.color,
      // The layout was made with the figures' font: another one is fitted to the same length, so that nothing overlaps.
      textLength: Math.round(this.#measure(content, style) * 10) / 10,
      lengthAdjust: "spacingAndGlyphs",
      ...(style.halo === undefined
        ? {}
        : { stroke: style.halo, "stroke-width": HALO_WIDTH, "stroke-linejoin": "round", "paint-order": "stroke" }),
    };
    this.elements.push(element("text", attributes, escapeXml(content)));
  }

  image(picture: RgbPicture, { x, y, width, height }: Box, { smooth } = { smooth: false }): void {
    const href = `data:image/png;base64,${toBase64(encodeRgbPng(picture))}`;
    const place = { x: round(x), y: round(y), width: round(width), height: round(height) };
    this.elements.push(
      element("image", { ...place, preserveAspectRatio: "none", style: smooth ? undefined : "image-rendering:pixelated", href }, ""),
    );
  }

  clip(box: Box, draw: () => void): void {
    // A nested SVG cuts off what falls outside of it, and unlike a clip path needs no name that could be taken twice in one page.
    const [x, y, width, height] = [box.x, box.y, box.width, box.height].map(round);
    this.elements.push(`<svg x="${x}" y="${y}" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}">`);
    draw();
    this.elements.push("</svg>");
  }
}

function element(name: string, attributes: Readonly<Record<string, string | number | undefined>>, content: string): string {
  const written = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const list = written.map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`).join("");
  return content === "" ? `<${name}${list}/>` : `<${name}${list}>${content}</${name}>`;
}

/** Text that can stand in an element or an attribute. */
function escapeXml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return plainText(text).replace(/[&<>"]/g, (character) => entities[character]);
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
