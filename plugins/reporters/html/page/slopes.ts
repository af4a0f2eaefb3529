/// <reference lib="dom" />
import { type ArrowScale, layArrows, type PathSurface } from "../../figures/arrows.ts";
import type { Lattice } from "../../figures/lattice.ts";
import { drawTangents } from "../../figures/tangents.ts";
import { type Content, drawing } from "./dom.ts";
import type { PageScale } from "./scales.ts";

/** Gradients where they are known: arrows over a map, tangents on a curve, as figures have them. */
export function slopeMarks(section: Lattice, { x, y }: { readonly x: PageScale; readonly y: PageScale }): Content[] {
  const parts: Content[] = [];
  const surface: PathSurface = {
    path: (d, { stroke = "none", width = 1 }, mark) => {
      parts.push(drawing("path", { d, class: mark?.kind ?? "below", stroke, fill: "none", "stroke-width": width }));
    },
    clip: (_, draw) => draw(),
  };
  const scale = ({ axis, place }: PageScale): ArrowScale => ({ ...axis, place });
  if (section.axes.length === 1) drawTangents(surface, section, { x: scale(x), y: scale(y) });
  else layArrows(section, { x: scale(x), y: scale(y) })?.draw(surface, { x: 0, y: 0, width: 0, height: 0 });
  return parts;
}
