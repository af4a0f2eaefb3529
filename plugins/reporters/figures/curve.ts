import { isClosed } from "../../../core/semantic_space.ts";
import { area, line } from "./d3.ts";
import type { AxisScale } from "./axis.ts";
import type { Lattice } from "./lattice.ts";
import { type Box, boxPath, linePath, type Surface } from "./surface.ts";
import { AXIS, CURVE, MISSING } from "./theme.ts";

type Sample = readonly [value: number, score: number];

/** How a curve is drawn: between scales, over a soft area unless told otherwise, in the color of scores unless it has one of its own. */
export interface CurveLooks {
  readonly x: AxisScale;
  readonly y: AxisScale;
  readonly filled?: boolean;
  readonly color?: string;
  /** Words that are shown when it is pointed at. */
  readonly title?: string;
}

/** Draws scores along one axis as a curve, cut off at the ends of the axis; what was not scored is a gray band. */
export function drawCurve(surface: Surface, box: Box, lattice: Lattice, { x, y, filled = true, color = CURVE, title }: CurveLooks): void {
  const samples = closeCurve(lattice);
  const known = ([, score]: Sample) => !Number.isNaN(score);
  const left = ([value]: Sample) => x.place(value);
  const top = ([, score]: Sample) => y.place(score);
  surface.clip({ ...box, y: box.y - 2, height: box.height + 4 }, () => {
    for (const [from, to] of missingSpans(lattice)) {
      const start = x.place(from);
      surface.path(boxPath({ ...box, x: start, width: x.place(to) - start }), { fill: MISSING, fillOpacity: 0.5 }, { kind: "missing" });
    }
    if (filled) {
      surface.path(area<Sample>(left, () => y.place(0), top).defined(known).digits(2)(samples) ?? "", { fill: color, fillOpacity: 0.13 });
    }
    surface.path(line<Sample>(left, top).defined(known).digits(2)(samples) ?? "", { stroke: color, width: 2 }, { kind: "curve", title });
  });
}

/** Draws a soft band between two curves along one axis. */
export function drawBand(surface: Surface, box: Box, lower: Lattice, upper: Lattice, { x, y }: { x: AxisScale; y: AxisScale }): void {
  const low = closeCurve(lower);
  const high = closeCurve(upper);
  const band = area<Sample>(([value]) => x.place(value), (_, i) => y.place(low[i][1]), ([, score]) => y.place(score))
    .defined(([, score]) => !Number.isNaN(score)).digits(2);
  surface.clip(box, () => surface.path(band(high) ?? "", { fill: CURVE, fillOpacity: 0.16 }, { kind: "band" }));
}

/** Draws the line at which the class is as likely as not. */
export function drawEvenLine(surface: Surface, box: Box, y: AxisScale): void {
  const at = y.place(0.5);
  surface.path(linePath(box.x, at, box.x + box.width, at), { stroke: AXIS, dash: [4, 4] });
}

/** The samples of a curve, with those from across the seam at both ends where the axis closes on itself. */
function closeCurve({ axes: [axis], values: [values], scores }: Lattice): Sample[] {
  const samples = values.map((value, i): Sample => [value, scores[i]]);
  if (!isClosed(axis)) return samples;
  const period = axis.high - axis.low;
  const last = samples.length - 1;
  return [[values[last] - period, scores[last]], ...samples, [values[0] + period, scores[0]]];
}

/** Stretches around the values that were not scored. */
function missingSpans({ axes: [axis], values: [values], scores }: Lattice): Sample[] {
  const spans: [number, number][] = [];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(scores[i])) continue;
    const from = i === 0 ? axis.low : (values[i - 1] + values[i]) / 2;
    const to = i === values.length - 1 ? axis.high : (values[i] + values[i + 1]) / 2;
    const previous = spans.at(-1);
    if (previous?.[1] === from) previous[1] = to;
    else spans.push([from, to]);
  }
  return spans;
}
