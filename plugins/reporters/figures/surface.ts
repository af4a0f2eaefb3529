import type { RgbPicture } from "../png_encoder.ts";

/** A rectangle of the drawing, in logical pixels, y downwards. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How the inside and the outline of a path are painted; what is absent is not painted. */
export interface Paint {
  readonly fill?: string;
  /** In [0, 1]; 1 where absent. */
  readonly fillOpacity?: number;
  readonly stroke?: string;
  /** Of the outline, in logical pixels; 1 where absent. */
  readonly width?: number;
  /** Lengths of dashes and gaps in turn. */
  readonly dash?: readonly number[];
}

/** How a line of text is set. */
export interface TextStyle {
  /** In logical pixels. */
  readonly size: number;
  readonly color: string;
  readonly weight?: "regular" | "semibold";
  /** Which end of the text lies at the given point; `start` where absent. */
  readonly anchor?: "start" | "middle" | "end";
  /** Turned to be read from below to above. */
  readonly upwards?: boolean;
  /** Color of a thin outline that keeps the text apart from what lies below. */
  readonly halo?: string;
}

/** What a mark stands for: a class name that finds it in the SVG, and words that are shown when it is pointed at. */
export interface Mark {
  readonly kind: string;
  readonly title?: string;
}

/**
 * What figures are drawn on: pixels or SVG, so that one drawing serves both. Paths are written in SVG's path language, which d3 speaks; all lengths
 * are logical pixels.
 */
export interface Surface {
  path(data: string, paint: Paint, mark?: Mark): void;
  /** One line of text with its baseline at `y`. */
  text(content: string, x: number, y: number, style: TextStyle): void;
  /** Pixels keep sharp borders unless they are to be `smooth`. */
  image(picture: RgbPicture, box: Box, options?: { readonly smooth: boolean }): void;
  /** Draws with all that falls outside of the box cut off. */
  clip(box: Box, draw: () => void): void;
}

/** Width of a line of text, in logical pixels. */
export type Measure = (content: string, style: TextStyle) => number;

/** A drawing that has not been drawn yet. */
export interface Figure {
  /** Name of its file, without an ending. */
  readonly name: string;
  /** One sentence that says what there is to see, for who cannot. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  draw(surface: Surface): void;
}

/** The outline of a box as a path. */
export function boxPath({ x, y, width, height }: Box): string {
  return `M${round(x)},${round(y)}h${round(width)}v${round(height)}h${round(-width)}Z`;
}

/** A circle as a path. */
export function circlePath(x: number, y: number, radius: number): string {
  return `M${round(x - radius)},${round(y)}a${radius},${radius} 0 1 0 ${2 * radius},0a${radius},${radius} 0 1 0 ${-2 * radius},0Z`;
}

/** A straight line as a path. */
export function linePath(x1: number, y1: number, x2: number, y2: number): string {
  return `M${round(x1)},${round(y1)}L${round(x2)},${round(y2)}`;
}

/** A length as it is written: hundredths of a pixel are enough. */
export function round(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}
