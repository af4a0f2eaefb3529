import type { RegionRecord } from "../../../core/record.ts";
import type { Axis } from "../../../core/semantic_space.ts";
import type { AxisScale } from "./axis.ts";
import { turnsOf } from "./intervals.ts";
import { describeWorst, worstScore } from "./region_words.ts";
import { round, type Surface } from "./surface.ts";
import { BACKGROUND } from "./theme.ts";

/** Half the width of a cross, in logical pixels. */
const REACH = 4.5;

/** Draws a cross where the worst point of a region was found. */
export function drawCross(surface: Surface, x: number, y: number, { color, reach = REACH, kind = "worst-point", title }: {
  readonly color: string;
  readonly reach?: number;
  readonly kind?: string;
  readonly title?: string;
}): void {
  const [left, right, above, below] = [x - reach, x + reach, y - reach, y + reach].map(round);
  const data = `M${left},${above}L${right},${below}M${left},${below}L${right},${above}`;
  surface.path(data, { stroke: BACKGROUND, width: 5 });
  surface.path(data, { stroke: color, width: 2.25 }, { kind, title });
}

/** Draws the worst point that was found in a region over two axes; nothing where it was not searched. */
export function drawWorstPoint(
  surface: Surface,
  region: RegionRecord,
  { scales, space, color }: { readonly scales: { x: AxisScale; y: AxisScale }; readonly space: readonly Axis[]; readonly color: string },
): void {
  if (region.falsification == null) return;
  const { point: [across, up] } = region.falsification;
  const title = describeWorst(region, space);
  for (const x of turnsOf(across, space[0])) {
    for (const y of turnsOf(up, space[1])) drawCross(surface, scales.x.place(x), scales.y.place(y), { color, title });
  }
}

/** The same over one axis, on the curve of the score. */
export function drawWorstOnCurve(
  surface: Surface,
  region: RegionRecord,
  { scales, space, color }: { readonly scales: { x: AxisScale; y: AxisScale }; readonly space: readonly Axis[]; readonly color: string },
): void {
  const score = worstScore(region);
  if (region.falsification == null || score === null || !Number.isFinite(score)) return;
  for (const value of turnsOf(region.falsification.point[0], space[0])) {
    drawCross(surface, scales.x.place(value), scales.y.place(score), { color, title: describeWorst(region, space) });
  }
}
