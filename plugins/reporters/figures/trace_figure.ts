import type { GrowRecord, RegionRecord } from "../../../core/record.ts";
import type { Axis } from "../../../core/semantic_space.ts";
import { type AxisDetail, type AxisScale, axisScale, drawBottomAxis, drawLeftAxis, drawRules } from "./axis.ts";
import { area, line } from "./d3.ts";
import { className, describeRun, layHeading } from "./heading.ts";
import { BOTTOM_LABELS, COLUMN, LEFT_LABELS, tickCount } from "./panels.ts";
import { ADVERSARIAL_DASH, clipMarks } from "./region_marks.ts";
import { type Box, type Figure, linePath, type Measure, type Surface } from "./surface.ts";
import { AXIS, FIGURE_WIDTH, INK, MARGIN, methodColors } from "./theme.ts";
import { fitText } from "./typography.ts";

/** Most methods, and most parameters, that are shown. */
const MOST_COLUMNS = 6;
const MOST_ROWS = 6;

const GAP = 14;
const PANEL_HEIGHT = 120;
const LOSS_HEIGHT = 84;
/** Most rows of a trace that are drawn: a step every pixel or two. */
const MOST_STEPS = 80;
/** Space for the method's name above its column. */
const COLUMN_TITLE = 24;

/** How the regions grew: bounds along each parameter, and the loss relative to its largest, over steps; a column a method. */
export function traceFigure(record: GrowRecord, measure: Measure): Figure | null {
  const regions = record.regions.filter(({ trace }) => trace.length > 1).map((region) => ({ ...region, trace: thin(region.trace) }));
  if (regions.length === 0) return null;
  const colors = methodColors(record.regions.map(({ method }) => method));
  const methods = [...colors.keys()].filter((method) => regions.some((region) => region.method === method)).slice(0, MOST_COLUMNS);
  const axes = record.run.space.slice(0, MOST_ROWS);
  const hasLoss = regions.some(({ trace }) => trace.some(({ loss }) => Number.isFinite(loss)));
  const note = "Bands: bounds of each region before each step; dashes: adversarial." +
    (hasLoss ? " Loss: relative to its largest size." : "");
  const heading = layHeading(`Growth of the regions of “${className(record.run)}”`, [describeRun(record.run), note], measure);
  const top = heading.height + COLUMN_TITLE;
  const bottom = top + axes.length * (PANEL_HEIGHT + GAP) - GAP + (hasLoss ? LOSS_HEIGHT + GAP : 0);
  const left = MARGIN + LEFT_LABELS;
  const width = (FIGURE_WIDTH - left - MARGIN - (methods.length - 1) * GAP) / methods.length;
  return {
    name: "trace",
    description: `How the regions of “${className(record.run)}” grew over steps: ${describeRun(record.run)}.`,
    width: FIGURE_WIDTH,
    height: bottom + BOTTOM_LABELS + MARGIN,
    draw(surface) {
      heading.draw(surface);
      methods.forEach((method, column) => {
        const own = regions.filter((region) => region.method === method);
        const color = colors.get(method) ?? INK;
        const x = left + column * (width + GAP);
        const style = { size: 14, weight: "semibold", color, anchor: "middle" } as const;
        surface.text(fitText(measure, method, style, width), x + width / 2, top - 10, style);
        const steps = { name: "step", unit: "", low: 0, high: Math.max(...own.map(({ trace }) => trace[trace.length - 1].step), 1) };
        const look = { color, measure, left: column === 0 ? "full" : "ticks", steps } as const;
        axes.forEach((_, axis) => {
          const box = { x, y: top + axis * (PANEL_HEIGHT + GAP), width, height: PANEL_HEIGHT };
          const isLast = axis === axes.length - 1 && !hasLoss;
          drawBounds(surface, box, { own, axis, range: boundsRange(regions, axis, axes[axis]) }, {
            ...look,
            bottom: isLast ? "full" : "ticks",
          });
        });
        if (hasLoss) drawLoss(surface, { x, y: bottom - LOSS_HEIGHT, width, height: LOSS_HEIGHT }, own, { ...look, bottom: "full" });
      });
    },
  };
}

interface Look {
  readonly color: string;
  readonly measure: Measure;
  readonly left: AxisDetail;
  readonly bottom: AxisDetail;
  readonly steps: Axis;
}

function drawBounds(
  surface: Surface,
  box: Box,
  { own, axis, range }: { own: readonly RegionRecord[]; axis: number; range: Axis },
  { color, measure, left, bottom, steps }: Look,
): void {
  const x = axisScale(steps, box.x, box.x + box.width);
  const y = axisScale(range, box.y + box.height, box.y);
  drawRules(surface, box, y, 4);
  clipMarks(surface, box, () => {
    for (const { trace, target } of own) {
      const dash = target === "adversarial" ? ADVERSARIAL_DASH : undefined;
      const band = area<RegionRecord["trace"][number]>(
        ({ step }) => x.place(step),
        ({ a }) => y.place(a[axis]),
        ({ b }) => y.place(b[axis]),
      ).digits(2);
      surface.path(band(trace) ?? "", { fill: color, fillOpacity: 0.1 });
      surface.path(band.lineY0()(trace) ?? "", { stroke: color, width: 1.5, dash }, { kind: "bound" });
      surface.path(band.lineY1()(trace) ?? "", { stroke: color, width: 1.5, dash }, { kind: "bound" });
    }
  });
  drawBottomAxis(surface, box, x, { measure, detail: bottom, slack: GAP / 2, count: tickCount(box.width, COLUMN) });
  drawLeftAxis(surface, box, y, { measure, detail: left, count: 4 });
}

function drawLoss(surface: Surface, box: Box, own: readonly RegionRecord[], { color, measure, left, bottom, steps }: Look): void {
  const x = axisScale(steps, box.x, box.x + box.width);
  const y = axisScale({ name: "loss", unit: "", low: -1.05, high: 1.05 }, box.y + box.height, box.y);
  surface.path(linePath(box.x, y.place(0), box.x + box.width, y.place(0)), { stroke: AXIS, dash: [4, 4] });
  clipMarks(surface, box, () => {
    for (const { trace, target } of own) {
      surface.path(lossPath(trace, x, y), { stroke: color, width: 1.5, dash: target === "adversarial" ? ADVERSARIAL_DASH : undefined }, {
        kind: "loss",
      });
    }
  });
  drawBottomAxis(surface, box, x, { measure, detail: bottom, slack: GAP / 2, count: tickCount(box.width, COLUMN) });
  drawLeftAxis(surface, box, y, { measure, detail: left, count: 2 });
}

function lossPath(trace: RegionRecord["trace"], x: AxisScale, y: AxisScale): string {
  const largest = Math.max(...trace.map(({ loss }) => Number.isFinite(loss) ? Math.abs(loss) : 0), Number.MIN_VALUE);
  const curve = line<RegionRecord["trace"][number]>(({ step }) => x.place(step), ({ loss }) => y.place(loss / largest))
    .defined(({ loss }) => Number.isFinite(loss)).digits(2);
  return curve(trace) ?? "";
}

/** Rows of a trace at even distances, with the first and the last. */
function thin(trace: RegionRecord["trace"]): RegionRecord["trace"] {
  const count = Math.min(trace.length, MOST_STEPS);
  return Array.from({ length: count }, (_, i) => trace[Math.round(i * (trace.length - 1) / (count - 1))]);
}

/** The range of an axis, and of what bounds reach beyond it across the seam. */
function boundsRange(regions: readonly RegionRecord[], axis: number, { name, unit, low, high }: Axis): Axis {
  let [least, most] = [low, high];
  for (const { trace } of regions) {
    for (const { a, b } of trace) {
      if (a[axis] < least) least = a[axis];
      if (b[axis] > most) most = b[axis];
    }
  }
  return { name, unit, low: least, high: most };
}
