import type { RunHead } from "../../../core/record.ts";
import type { Measure, Surface } from "./surface.ts";
import { FIGURE_WIDTH, MARGIN, SUBTITLE, TITLE } from "./theme.ts";
import { fitText, wrapText } from "./typography.ts";
import { axisName, formatValue } from "./words.ts";

/** Pixels from one line below the title to the next. */
const LINE = 20;

/** Space below a heading. */
const SPACE = 14;

/** A title with lines of text below it, laid out. */
export interface Heading {
  /** Height that it takes, margin and the space below it included. */
  readonly height: number;
  draw(surface: Surface): void;
}

/** Lays out a title, cut where it is too long, and lines below it, which are wrapped. */
export function layHeading(title: string, texts: readonly string[], measure: Measure): Heading {
  const width = FIGURE_WIDTH - 2 * MARGIN;
  const lines = texts.flatMap((text) => wrapText(measure, text, SUBTITLE, width));
  const first = MARGIN + 21 + LINE;
  return {
    height: first + (lines.length - 1) * LINE + SPACE,
    draw(surface) {
      surface.text(fitText(measure, title, TITLE, width), MARGIN, MARGIN + 17, TITLE);
      lines.forEach((line, i) => surface.text(line, MARGIN, first + i * LINE, SUBTITLE));
    },
  };
}

/** The class in a few words: the first of its names. */
export function className({ class: { index, label } }: RunHead): string {
  return label.split(",")[0].trim() || `class ${index}`;
}

/** Which network looked at which mesh, and what was held fixed. */
export function describeRun({ classifier, mesh, fixed }: RunHead): string {
  const held = Object.keys(fixed).sort().map((name) => `${axisName(name)} ${formatValue(fixed[name])}`);
  return [`${baseName(classifier.name)} on ${baseName(mesh.name)}`, ...held].join(" · ");
}

/** A path without its folders and its ending. */
function baseName(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  return name.replace(/\.(onnx|obj|glb|gltf|ply|stl)$/i, "") || name;
}
