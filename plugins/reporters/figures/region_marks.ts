import type { RegionRecord } from "../../../core/record.ts";
import type { Axis } from "../../../core/semantic_space.ts";
import type { AxisScale } from "./axis.ts";
import { intervals } from "./intervals.ts";
import { type Box, boxPath, circlePath, type Paint, type Surface } from "./surface.ts";
import { describeRegion, type Standing, standing } from "./region_words.ts";
import { BACKGROUND, INK } from "./theme.ts";

/** Lengths of dashes and gaps around adversarial regions. */
export const ADVERSARIAL_DASH = [6, 4];

/** How far beyond a panel's border marks may reach, so that lines along it are seen in full. */
const OVERHANG = 1.5;

/** How a region is painted: its color is its method's, dashes say that it is adversarial, weight and tint that it holds. */
export function regionPaint(region: Pick<RegionRecord, "target">, color: string, state: Standing): Paint {
  const width = { holds: 2.75, unchecked: 2, fails: 1.25 }[state];
  const dash = region.target === "adversarial" ? ADVERSARIAL_DASH : undefined;
  return { stroke: color, width, dash, ...(state === "holds" ? { fill: color, fillOpacity: TINT } : {}) };
}

/** Cuts marks off at a panel's border. */
export function clipMarks(surface: Surface, box: Box, draw: () => void): void {
  const { x, y, width, height } = box;
  surface.clip({ x: x - OVERHANG, y: y - OVERHANG, width: width + 2 * OVERHANG, height: height + 2 * OVERHANG }, draw);
}

/** What the marks of all regions of a figure depend on. */
export interface RegionLooks {
  readonly space: readonly Axis[];
  /** The color of each method. */
  readonly colors: ReadonlyMap<string, string>;
  /** How heavy marks are; 1 where absent. */
  readonly weight?: number;
  /** Opacity of the tint of a region that holds; that of {@linkcode regionPaint} where absent. */
  readonly tint?: number;
}

/** The tint of each of so many regions that may lie over one another: what is below them is to be seen through all. */
export function tintOf(regions: readonly RegionRecord[]): number {
  return Math.min(TINT, 2.25 * TINT / regions.filter((region) => standing(region) === "holds").length);
}

const TINT = 0.16;

/** Draws a region's section along two axes: where it crosses the seam of one, it is seen at both ends. */
export function drawRegion(
  surface: Surface,
  region: RegionRecord,
  { axes, scales, looks: { space, colors, weight = 1, tint = TINT } }: {
    axes: readonly [number, number];
    scales: { x: AxisScale; y: AxisScale };
    looks: RegionLooks;
  },
): void {
  const full = regionPaint(region, colors.get(region.method) ?? INK, standing(region));
  const width = (full.width ?? 1) * weight;
  const paint = { ...full, width, ...(full.fill === undefined ? {} : { fillOpacity: tint }) };
  const mark = { kind: "region", title: describeRegion(region, space) };
  const [across, up] = axes;
  for (const [left, right] of intervals(region.a[across], region.b[across], space[across])) {
    for (const [low, high] of intervals(region.a[up], region.b[up], space[up])) {
      const x = scales.x.place(left);
      const y = scales.y.place(high);
      const outline = boxPath({ x, y, width: scales.x.place(right) - x, height: scales.y.place(low) - y });
      surface.path(outline, { stroke: BACKGROUND, width: width + 2 * weight });
      surface.path(outline, paint, mark);
    }
  }
}

/** Draws an initial point, with its number where there are several. */
export function drawInitialPoint(surface: Surface, x: number, y: number, label: string, weight = 1): void {
  surface.path(circlePath(x, y, 4.5 * weight), { fill: INK, stroke: BACKGROUND, width: 2 * weight }, {
    kind: "initial-point",
    title: `initial point ${label}`.trim(),
  });
  if (label !== "") surface.text(label, x + 8, y + 4.5, { size: 13, weight: "semibold", color: INK, halo: BACKGROUND });
}

/** Regions with the largest first, so that smaller ones are drawn over them. */
export function largestFirst(regions: readonly RegionRecord[]): RegionRecord[] {
  return [...regions].sort((left, right) => right.volume - left.volume);
}
