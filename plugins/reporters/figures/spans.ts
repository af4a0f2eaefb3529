import type { RegionRecord } from "../../../core/record.ts";
import type { Axis } from "../../../core/semantic_space.ts";
import type { AxisScale } from "./axis.ts";
import { intervals, turnsOf } from "./intervals.ts";
import { ADVERSARIAL_DASH, clipMarks, type RegionLooks } from "./region_marks.ts";
import { describeRegion, describeWorst, type Standing, standing } from "./region_words.ts";
import { type Box, boxPath, circlePath, type Measure, type Paint, type Surface } from "./surface.ts";
import { BACKGROUND, INK } from "./theme.ts";
import { fitText } from "./typography.ts";
import { drawCross } from "./worst_marks.ts";

/** Most pixels from one lane to the next, and all lanes together. */
const LANE_HEIGHT = 14;
const LANES_HEIGHT = 420;

/** How the name of a method is set left of its lanes. */
export const SPAN_LABEL = { size: 13.5, weight: "semibold", color: INK } as const;

/** Space above the first lane of a method. */
const GROUP_GAP = 4;

/** Lanes of one method: spans that would overlap lie in lanes below each other. */
interface Group {
  readonly method: string;
  readonly lanes: RegionRecord[][];
}

/** Bounds of regions along one axis, laid out below each other. */
export interface Spans {
  readonly height: number;
  draw(surface: Surface, box: Box, x: AxisScale, labels: { measure: Measure; width: number } | null): void;
}

/** How a span is painted: filled where the region holds, hollow where it does not, dashed where it is adversarial. */
export function spanPaint({ target }: Pick<RegionRecord, "target">, color: string, state: Standing): Paint {
  const dashes = target === "adversarial" ? { dash: ADVERSARIAL_DASH } : {};
  const fillOpacity = state === "holds" ? (target === "robust" ? 1 : 0.35) : state === "unchecked" ? 0.5 : 1;
  return { stroke: color, width: 1.5, fill: state === "fails" ? BACKGROUND : color, fillOpacity, ...dashes };
}

/** Lays out the bounds of regions along one axis, by method. @param most Pixels that all lanes may take at most. */
export function laySpans(regions: readonly RegionRecord[], axis: number, { space, colors }: RegionLooks, most = LANES_HEIGHT): Spans {
  const groups = [...colors.keys()].map((method): Group => ({
    method,
    lanes: layLanes(regions.filter((region) => region.method === method), axis, space[axis]),
  })).filter(({ lanes }) => lanes.length > 0);
  const count = groups.reduce((sum, { lanes }) => sum + lanes.length, 0);
  const pitch = Math.min(LANE_HEIGHT, (most - groups.length * GROUP_GAP) / Math.max(count, 1));
  return {
    height: count * pitch + groups.length * GROUP_GAP,
    draw(surface, box, x, labels) {
      let y = box.y;
      for (const { method, lanes } of groups) {
        const color = colors.get(method) ?? INK;
        y += GROUP_GAP;
        if (labels !== null) {
          const style = { ...SPAN_LABEL, color, anchor: "end" } as const;
          surface.text(fitText(labels.measure, method, style, labels.width), box.x - 10, y + lanes.length * pitch / 2 + 4.5, style);
        }
        for (const lane of lanes) {
          clipMarks(
            surface,
            { ...box, y, height: pitch },
            () => lane.forEach((region) => drawSpan(surface, region, { axis, space, color, x, y, pitch })),
          );
          y += pitch;
        }
      }
    },
  };
}

function drawSpan(
  surface: Surface,
  region: RegionRecord,
  { axis, space, color, x, y, pitch }: { axis: number; space: readonly Axis[]; color: string; x: AxisScale; y: number; pitch: number },
): void {
  const paint = spanPaint(region, color, standing(region));
  const mark = { kind: "region", title: describeRegion(region, space) };
  const inset = pitch * 0.2;
  for (const [low, high] of intervals(region.a[axis], region.b[axis], space[axis])) {
    const width = Math.max(x.place(high) - x.place(low), 1);
    surface.path(boxPath({ x: x.place(low), y: y + inset, width, height: pitch - 2 * inset }), paint, mark);
  }
  for (const value of region.falsification == null ? [] : turnsOf(region.falsification.point[axis], space[axis])) {
    drawCross(surface, x.place(value), y + pitch / 2, { color: INK, reach: pitch / 5, title: describeWorst(region, space) });
  }
  const radius = Math.min(3, pitch / 4);
  surface.path(circlePath(x.place(region.initialPoint[axis]), y + pitch / 2, radius), { fill: INK, stroke: BACKGROUND, width: 1.25 });
}

/** Spans from the left, each in the first lane whose last one ends before it. */
function layLanes(regions: readonly RegionRecord[], axis: number, { low, high }: Axis): RegionRecord[][] {
  const lanes: { end: number; regions: RegionRecord[] }[] = [];
  const gap = (high - low) / 100;
  for (const region of [...regions].sort((left, right) => left.a[axis] - right.a[axis])) {
    // What crosses the seam is seen at both ends, so nothing else shares its lane.
    const crosses = region.a[axis] < low || region.b[axis] > high;
    const lane = crosses ? undefined : lanes.find(({ end }) => end + gap < region.a[axis]);
    const end = crosses ? Infinity : Math.max(region.b[axis], region.initialPoint[axis]);
    if (lane === undefined) lanes.push({ end, regions: [region] });
    else {
      lane.end = end;
      lane.regions.push(region);
    }
  }
  return lanes.map((lane) => lane.regions);
}
