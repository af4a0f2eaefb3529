import type { RegionRecord } from "../../../core/record.ts";
import type { Axis } from "../../../core/semantic_space.ts";
import { type AxisScale, formatValue } from "./axis.ts";
import { isClosed } from "./lattice.ts";
import { type Box, boxPath, circlePath, type Paint, type Surface } from "./surface.ts";
import { BACKGROUND, INK } from "./theme.ts";

/** Lengths of dashes and gaps around adversarial regions. */
export const ADVERSARIAL_DASH = [6, 4];

/** How far beyond a panel's border marks may reach, so that lines along it are seen in full. */
const OVERHANG = 1.5;

/** What the check says of a region: that it holds, that it does not, or that there was none. */
export type Standing = "holds" | "fails" | "unchecked";

/** What the check says of a region. */
export function standing({ check }: RegionRecord): Standing {
  return check === null ? "unchecked" : check.holds ? "holds" : "fails";
}

/** How a region is painted: its color is its method's, dashes say that it is adversarial, weight and tint that it holds. */
export function regionPaint(region: Pick<RegionRecord, "target">, color: string, state: Standing): Paint {
  const width = { holds: 2.75, unchecked: 2, fails: 1.25 }[state];
  const dash = region.target === "adversarial" ? ADVERSARIAL_DASH : undefined;
  return { stroke: color, width, dash, ...(state === "holds" ? { fill: color, fillOpacity: 0.16 } : {}) };
}

/** A region in one sentence. */
export function describeRegion(region: RegionRecord, space: readonly Axis[]): string {
  const { method, target, a, b, check } = region;
  const bounds = space.map(({ name, unit }, i) => `${name} ${formatValue(a[i], unit)} to ${formatValue(b[i], unit)}`).join(", ");
  const state = { holds: "holds", fails: "does not hold", unchecked: "not checked" }[standing(region)];
  const sampled = check === null ? "" : `, mean ${formatValue(check.mean, "", 3)}, variance ${formatValue(check.variance, "", 2)}`;
  return `${method}, ${target}: ${bounds}; ${state}${sampled}`;
}

/** The stretches from `a` to `b` as they are drawn on an axis: once, or once a turn that meets it where the axis closes on itself. */
export function intervals(a: number, b: number, axis: Axis): [number, number][] {
  if (!(Number.isFinite(a) && Number.isFinite(b))) return [];
  if (!isClosed(axis)) return [[a, b]];
  const period = axis.high - axis.low;
  if (b - a >= period) return [[axis.low - period, axis.high + period]];
  const parts: [number, number][] = [];
  for (let turn = Math.ceil((axis.low - b) / period); a + turn * period <= axis.high; turn++) {
    parts.push([a + turn * period, b + turn * period]);
  }
  return parts;
}

/** Whether a value of an axis lies between `a` and `b`, across the seam. */
export function lies(value: number, a: number, b: number, axis: Axis): boolean {
  return intervals(a, b, axis).some(([low, high]) => low <= value && value <= high);
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
}

/** Draws a region's section along two axes: where it crosses the seam of one, it is seen at both ends. */
export function drawRegion(
  surface: Surface,
  region: RegionRecord,
  { axes, scales, looks: { space, colors, weight = 1 } }: {
    axes: readonly [number, number];
    scales: { x: AxisScale; y: AxisScale };
    looks: RegionLooks;
  },
): void {
  const full = regionPaint(region, colors.get(region.method) ?? INK, standing(region));
  const width = (full.width ?? 1) * weight;
  const paint = { ...full, width };
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

/** The distinct initial points of regions, in the order in which they appear. */
export function initialPoints(regions: readonly RegionRecord[]): (readonly number[])[] {
  const points = new Map<string, readonly number[]>();
  for (const { initialPoint } of regions) points.set(initialPoint.join(), points.get(initialPoint.join()) ?? initialPoint);
  return [...points.values()];
}

/** Regions with the largest first, so that smaller ones are drawn over them. */
export function largestFirst(regions: readonly RegionRecord[]): RegionRecord[] {
  return [...regions].sort((left, right) => right.volume - left.volume);
}
