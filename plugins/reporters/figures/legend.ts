import type { RegionRecord } from "../../../core/record.ts";
import { drawCross } from "./worst_marks.ts";
import { ADVERSARIAL_DASH, regionPaint } from "./region_marks.ts";
import { type Standing, standing } from "./region_words.ts";
import { boxPath, circlePath, type Measure, type Surface } from "./surface.ts";
import { BACKGROUND, INK, MUTED } from "./theme.ts";

const ROW_HEIGHT = 23;
const GAP = 16;
const SWATCH = 20;
const REMARK_GAP = 5;
const STYLE = { size: 13.5, color: INK } as const;

interface Entry {
  readonly text: string;
  readonly color: string;
  readonly weight?: "semibold";
  /** Said after the text, less loudly. */
  readonly remark?: string;
  draw(surface: Surface, x: number, y: number): void;
}

/** A legend that has been laid out. */
export interface Legend {
  readonly height: number;
  draw(surface: Surface, x: number, y: number): void;
}

/** The legend of regions: a line of methods in their colors, a line of how they are drawn, each wrapped to `width`. */
export function regionLegend(
  regions: readonly RegionRecord[],
  colors: ReadonlyMap<string, string>,
  { width, measure, paint = regionPaint }: { width: number; measure: Measure; paint?: typeof regionPaint },
): Legend {
  const methods = [...colors].map(([method, color]) => methodEntry(method, color, regions.filter((region) => region.method === method)));
  const styles = styleEntries(regions, paint);
  const together = wrap([...methods, ...styles], width, measure);
  const rows = together.length <= 1 ? together : [...wrap(methods, width, measure), ...wrap(styles, width, measure)];
  return {
    height: rows.length * ROW_HEIGHT,
    draw(surface, x, y) {
      rows.forEach((row, i) => {
        const middle = y + (i + 0.5) * ROW_HEIGHT;
        for (const { entry, offset } of row) {
          entry.draw(surface, x + offset, middle);
          const style = { ...STYLE, color: entry.color, weight: entry.weight };
          const start = x + offset + SWATCH + 7;
          surface.text(entry.text, start, middle + 5, style);
          if (entry.remark) {
            surface.text(entry.remark, start + measure(entry.text, style) + REMARK_GAP, middle + 5, { ...STYLE, color: MUTED });
          }
        }
      });
    },
  };
}

function methodEntry(method: string, color: string, regions: readonly RegionRecord[]): Entry {
  const checked = regions.filter(({ check }) => check !== null);
  const held = checked.filter((region) => standing(region) === "holds").length;
  return {
    text: method,
    color,
    weight: "semibold",
    remark: checked.length === 0 ? "" : `${held}/${checked.length} hold`,
    draw: (surface, x, y) => surface.path(boxPath({ x, y: y - 5, width: SWATCH, height: 10 }), { fill: color }, { kind: "legend" }),
  };
}

/** How regions are drawn, of which only what occurs is explained. */
function styleEntries(regions: readonly RegionRecord[], paint: typeof regionPaint): Entry[] {
  const sample = (target: RegionRecord["target"], state: Standing): Entry["draw"] => (surface, x, y) =>
    surface.path(boxPath({ x: x + 1, y: y - 5, width: SWATCH - 2, height: 10 }), paint({ target }, MUTED, state), { kind: "legend" });
  const words: Record<Standing, string> = { holds: "check holds", fails: "check fails", unchecked: "not checked" };
  const states = (Object.keys(words) as Standing[]).filter((state) => regions.some((region) => standing(region) === state));
  const entries = states.map((state): Entry => ({ text: words[state], color: MUTED, draw: sample("robust", state) }));
  if (regions.some(({ target }) => target === "adversarial")) {
    entries.push({
      text: "adversarial",
      color: MUTED,
      draw: (surface, x, y) =>
        surface.path(`M${x},${y}h${SWATCH}`, { stroke: MUTED, width: 2, dash: ADVERSARIAL_DASH }, { kind: "legend" }),
    });
  }
  if (regions.length === 0) return [];
  entries.push({
    text: "initial point",
    color: MUTED,
    draw: (surface, x, y) => surface.path(circlePath(x + SWATCH / 2, y, 4.5), { fill: INK, stroke: BACKGROUND }, { kind: "legend" }),
  });
  if (regions.some(({ falsification }) => falsification != null)) {
    entries.push({
      text: "worst point found",
      color: MUTED,
      draw: (surface, x, y) => drawCross(surface, x + SWATCH / 2, y, { color: MUTED, kind: "legend" }),
    });
  }
  return entries;
}

function wrap(entries: readonly Entry[], width: number, measure: Measure): { entry: Entry; offset: number }[][] {
  const rows: { entry: Entry; offset: number }[][] = [];
  let offset = 0;
  for (const entry of entries) {
    const remark = entry.remark ? REMARK_GAP + measure(entry.remark, STYLE) : 0;
    const needed = SWATCH + 7 + measure(entry.text, { ...STYLE, weight: entry.weight }) + remark;
    if (rows.length === 0 || offset + needed > width) {
      rows.push([]);
      offset = 0;
    }
    rows[rows.length - 1].push({ entry, offset });
    offset += needed + GAP;
  }
  return rows;
}
