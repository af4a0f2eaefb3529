import type { Axis } from "../../../core/semantic_space.ts";
import { drawCurve } from "./curve.ts";
import { layHeading } from "./heading.ts";
import { drawColorBar, isFine } from "./heat_map.ts";
import type { Lattice } from "./lattice.ts";
import { layNameLegend } from "./name_legend.ts";
import {
  BOTTOM_LABELS,
  COLOR_BAR_SPACE,
  colorBarBox,
  drawCurvePanel,
  drawMapPanel,
  LEFT_LABELS,
  panelHeight,
  panelScales,
  SCORE_AXIS,
  widePanel,
} from "./panels.ts";
import { MAP_RAMP } from "./score_ramp.ts";
import type { Figure, Measure } from "./surface.ts";
import { BACKGROUND, FIGURE_WIDTH, INK, LABEL, MARGIN, MUTED, networkColors } from "./theme.ts";
import { fitText } from "./typography.ts";

/** Maps of networks beside each other, a row a class, over one parameter or two. */
export interface NetworkMaps {
  readonly name: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly networks: readonly string[];
  readonly axes: readonly Axis[];
  /** Most are shown; `lattices` and `captions` have an entry a network, null where it has no map. */
  readonly rows: readonly {
    readonly name: string;
    readonly lattices: readonly (Lattice | null)[];
    readonly captions?: readonly string[];
  }[];
}

/** Most rows of a figure. */
export const MOST_CLASSES = 12;

const GAP = 16;
const CAPTION = { ...LABEL, size: 13 } as const;
const CAPTION_HEIGHT = 20;
const ROW_TITLE = { ...LABEL, weight: "semibold" } as const;
const ROW_TITLE_HEIGHT = 24;
const ROW_GAP = 14;
/** Room for the name of an axis beside a panel. */
const LEAST_HEIGHT = 62;

/** The figure of maps of networks, all on one scale of colors: curves over each other of one parameter, maps beside each other of two. */
export function networkMapsFigure(maps: NetworkMaps, measure: Measure): Figure {
  const shown = { ...maps, rows: maps.rows.slice(0, MOST_CLASSES) };
  return maps.axes.length === 1 ? curvesFigure(shown, measure) : gridFigure(shown, measure);
}

function gridFigure({ name, title, notes, networks, axes, rows }: NetworkMaps, measure: Measure): Figure {
  const heading = layHeading(title, notes, measure);
  const columns = Math.min(rows.length > 1 ? 4 : 2, networks.length);
  const lines = Math.ceil(networks.length / columns);
  const left = MARGIN + LEFT_LABELS;
  const width = (FIGURE_WIDTH - left - MARGIN - COLOR_BAR_SPACE - (columns - 1) * GAP) / columns;
  const height = Math.max(panelHeight(width, axes), LEAST_HEIGHT);
  const titled = rows.some((row) => row.name !== "");
  const lineHeight = CAPTION_HEIGHT + height + ROW_GAP;
  // Below each other, one line of names serves all rows; it is a line of its own where names and captions do not fit into one.
  const widest = Math.max(0, ...rows.flatMap(({ captions = [] }) => captions).map((caption) => measure(caption, CAPTION) + 6));
  const apart = lines === 1 && networks.some((network) => measure(network, CAPTION) > width - widest);
  const rowHeight = (titled ? ROW_TITLE_HEIGHT : 0) + lines * lineHeight;
  const top = heading.height + (apart ? CAPTION_HEIGHT : 0);
  const bottom = top + rows.length * rowHeight - ROW_GAP;
  return {
    name,
    description: `${title}: ${networks.join(", ")}.`,
    width: FIGURE_WIDTH,
    height: bottom + BOTTOM_LABELS + MARGIN,
    draw(surface) {
      heading.draw(surface);
      const drawName = (network: string, x: number, y: number, room: number) =>
        surface.text(fitText(measure, network, CAPTION, room), x, y, CAPTION);
      if (apart) networks.forEach((network, i) => drawName(network, left + i * (width + GAP), top - 4, width + GAP - 6));
      rows.forEach((row, r) => {
        const y = top + r * rowHeight;
        if (titled) surface.text(fitText(measure, row.name, ROW_TITLE, FIGURE_WIDTH - left - MARGIN), left, y + 16, ROW_TITLE);
        networks.forEach((network, i) => {
          const [column, line] = [i % columns, Math.floor(i / columns)];
          const box = {
            x: left + column * (width + GAP),
            y: y + (titled ? ROW_TITLE_HEIGHT : 0) + line * lineHeight + CAPTION_HEIGHT,
            width,
            height,
          };
          const caption = row.captions?.[i] ?? "";
          const room = width - (caption === "" ? 0 : measure(caption, CAPTION) + 6);
          if (!apart && (r === 0 || lines > 1)) drawName(network, box.x, box.y - 6, room);
          surface.text(caption, box.x + width, box.y - 6, { ...CAPTION, color: MUTED, anchor: "end" });
          const lattice = row.lattices[i];
          const contour = lattice !== null && isFine(lattice) ? BACKGROUND : undefined;
          const isLast = r === rows.length - 1 && i + columns >= networks.length;
          drawMapPanel(surface, box, { axes, lattice, ramp: MAP_RAMP, contour }, {
            measure,
            bottom: isLast ? "full" : "ticks",
            left: column === 0 ? "full" : "ticks",
            slack: GAP / 2 - 2,
          });
        });
      });
      const first = top + (titled ? ROW_TITLE_HEIGHT : 0) + CAPTION_HEIGHT;
      const right = left + columns * (width + GAP) - GAP;
      drawColorBar(surface, colorBarBox({ x: left, y: first, width: right - left, height: Math.max(height, 90) }), MAP_RAMP, BACKGROUND);
    },
  };
}

function curvesFigure({ name, title, notes, networks, axes, rows }: NetworkMaps, measure: Measure): Figure {
  const heading = layHeading(title, notes, measure);
  const colors = networkColors(networks);
  const legend = layNameLegend(colors, { width: FIGURE_WIDTH - 2 * MARGIN, measure });
  const titled = rows.some((row) => row.name !== "");
  const height = rows.length > 1 ? 120 : 230;
  const pitch = (titled ? ROW_TITLE_HEIGHT : 0) + height + ROW_GAP;
  const top = heading.height + legend.height + 8;
  return {
    name,
    description: `${title}: ${networks.join(", ")}.`,
    width: FIGURE_WIDTH,
    height: top + rows.length * pitch - ROW_GAP + BOTTOM_LABELS + MARGIN,
    draw(surface) {
      heading.draw(surface);
      legend.draw(surface, MARGIN, heading.height);
      rows.forEach((row, r) => {
        const y = top + r * pitch + (titled ? ROW_TITLE_HEIGHT : 0);
        const panel = widePanel(y, height);
        if (titled) surface.text(row.name, panel.x, y - 8, ROW_TITLE);
        const scales = panelScales(panel, [axes[0], SCORE_AXIS]);
        drawCurvePanel(surface, panel, { axis: axes[0], lattice: null }, { measure, bottom: r === rows.length - 1 ? "full" : "ticks" });
        networks.forEach((network, i) => {
          const lattice = row.lattices[i];
          const looks = { ...scales, filled: false, color: colors.get(network) ?? INK, title: network };
          if (lattice !== null) drawCurve(surface, panel, lattice, looks);
        });
      });
    },
  };
}
