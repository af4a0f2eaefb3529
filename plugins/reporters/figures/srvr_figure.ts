import type { StudyRecord } from "../../../core/study_record.ts";
import { type AxisScale, axisScale, drawBottomAxis } from "./axis.ts";
import { layHeading } from "./heading.ts";
import { layNameLegend } from "./name_legend.ts";
import { BOTTOM_LABELS, COLUMN, tickCount } from "./panels.ts";
import { describeStudy } from "./study_words.ts";
import { type Box, boxPath, circlePath, type Figure, linePath, type Measure, type Surface } from "./surface.ts";
import { AXIS, BACKGROUND, CURVE, FIGURE_WIDTH, GRID, INK, LABEL, MARGIN, methodColors, TICK } from "./theme.ts";
import { axisTicks } from "./ticks.ts";
import { fitText } from "./typography.ts";
import { counted, formatValue } from "./words.ts";

type Network = StudyRecord["networks"][number];

const BAR = 18;
const METHOD_BAR = 8;
const ROW_GAP = 16;
const NAMES = { ...LABEL, weight: "semibold", anchor: "end" } as const;
const ACCURACY_SHARE = 0.3;
const GAP = 40;

/**
 * SRVR of the networks, equation (19), the highest first, against their accuracy where it is known: a bar over all methods with its bootstrap
 * interval, and below it one a method. The solid part of a bar counts only regions that satisfy equation (2), or (3).
 */
export function srvrFigure(record: StudyRecord, measure: Measure): Figure {
  const networks = record.ranking.flatMap((name) => record.networks.find((network) => network.name === name) ?? []);
  const methods = record.methods.map(({ name }) => name);
  const colors = methodColors(methods);
  const equation = record.target === "robust" ? "(2)" : "(3)";
  const notes = [
    describeStudy(record),
    `Bars: mean share of the space that regions cover; solid: counting only regions that satisfy equation ${equation}. ` +
    `Lines: ${formatValue(100 * record.check.confidence, "", 3)} % intervals over shapes and initial points.`,
  ];
  const heading = layHeading(`SRVR of ${counted(networks.length, "network")}`, notes, measure);
  const legend = layNameLegend(methods.length > 1 ? new Map([["all methods", CURVE], ...colors]) : new Map(), {
    width: FIGURE_WIDTH - 2 * MARGIN,
    measure,
  });
  const inner = methods.length > 1 ? methods.length * METHOD_BAR + 4 : 0;
  const pitch = BAR + inner + ROW_GAP;
  const names = Math.min(Math.max(...networks.map(({ name }) => measure(name, NAMES)), 40), 150);
  const left = MARGIN + names + 10;
  const accurate = networks.some(({ accuracy }) => accuracy !== null);
  const room = FIGURE_WIDTH - MARGIN - left;
  const top = heading.height + legend.height + 10;
  const bars: Box = { x: left, y: top, width: accurate ? room * (1 - ACCURACY_SHARE) - GAP : room - 16, height: networks.length * pitch };
  const dots: Box = { ...bars, x: left + room * (1 - ACCURACY_SHARE), width: room * ACCURACY_SHARE - 16 };
  const x = axisScale({ name: "SRVR", unit: "%", low: 0, high: longest(networks) }, bars.x, bars.x + bars.width);
  return {
    name: "srvr",
    description: `${notes.join(". ")} ${networks.map(({ name, srvr }) => `${name} ${percent(srvr)} %`).join(", ")}.`,
    width: FIGURE_WIDTH,
    height: top + bars.height + BOTTOM_LABELS + MARGIN,
    draw(surface) {
      heading.draw(surface);
      legend.draw(surface, MARGIN, heading.height);
      drawUprights(surface, bars, x);
      networks.forEach((network, i) => {
        const y = top + i * pitch + ROW_GAP / 2;
        surface.text(fitText(measure, network.name, NAMES, names), left - 10, y + BAR / 2 + 5, NAMES);
        drawBar(surface, network, { x, y, height: BAR, color: CURVE, label: true });
        methods.forEach((method, m) => {
          const own = network.byMethod[method];
          const place = { x, y: y + BAR + 4 + m * METHOD_BAR, height: METHOD_BAR - 2, color: colors.get(method) ?? INK, label: false };
          if (methods.length > 1 && own !== undefined) drawBar(surface, own, place);
        });
      });
      drawBottomAxis(surface, bars, x, { measure, count: tickCount(bars.width, COLUMN) });
      if (accurate) drawAccuracy(surface, dots, { networks, pitch, measure });
    },
  };
}

function longest(networks: readonly Network[]): number {
  const values = networks.flatMap((network) => [network, ...Object.values(network.byMethod)]).flatMap((
    { srvr, srvrHigh },
  ) => [srvr, srvrHigh]);
  return Math.min(100, 108 * Math.max(0.001, ...values.filter(Number.isFinite)));
}

function drawUprights(surface: Surface, box: Box, x: AxisScale): void {
  for (const tick of axisTicks(x.low, x.high, x.unit, tickCount(box.width, COLUMN))) {
    surface.path(linePath(x.place(tick), box.y, x.place(tick), box.y + box.height), { stroke: GRID });
  }
}

function drawBar(
  surface: Surface,
  { srvr, srvrLow, srvrHigh, srvrHolding }: Pick<Network, "srvr" | "srvrLow" | "srvrHigh" | "srvrHolding">,
  { x, y, height, color, label }: { x: AxisScale; y: number; height: number; color: string; label: boolean },
): void {
  if (!Number.isFinite(srvr)) return;
  const start = x.place(0);
  const bar = (value: number) => boxPath({ x: start, y, width: x.place(100 * value) - start, height });
  surface.path(bar(srvr), { fill: color, fillOpacity: 0.35 }, { kind: "bar", title: `SRVR ${percent(srvr)} %` });
  if (Number.isFinite(srvrHolding)) {
    surface.path(bar(srvrHolding), { fill: color }, { kind: "bar-holding", title: `of regions that hold ${percent(srvrHolding)} %` });
  }
  let end = x.place(100 * srvr);
  if (Number.isFinite(srvrLow) && Number.isFinite(srvrHigh)) {
    const [low, high, middle] = [x.place(100 * srvrLow), x.place(100 * srvrHigh), y + height / 2];
    const data = linePath(low, middle, high, middle) + (height > 10 ? linePath(low, middle - 4, low, middle + 4) : "") +
      (height > 10 ? linePath(high, middle - 4, high, middle + 4) : "");
    surface.path(data, { stroke: BACKGROUND, width: 3 });
    surface.path(data, { stroke: INK, width: 1.25 }, { kind: "interval", title: `${percent(srvrLow)} to ${percent(srvrHigh)} %` });
    end = Math.max(end, high);
  }
  if (label) surface.text(`${percent(srvr)}`, end + 6, y + height / 2 + 4.5, { ...TICK, color: INK, halo: BACKGROUND });
}

function drawAccuracy(
  surface: Surface,
  box: Box,
  { networks, pitch, measure }: { networks: readonly Network[]; pitch: number; measure: Measure },
): void {
  const values = networks.flatMap(({ accuracy }) => accuracy === null ? [] : [100 * accuracy.top1]);
  const low = Math.max(0, Math.floor((Math.min(...values) - 5) / 10) * 10);
  const high = Math.min(100, Math.max(Math.ceil((Math.max(...values) + 3) / 10) * 10, low + 20));
  const x = axisScale({ name: "top-1 accuracy", unit: "%", low, high }, box.x, box.x + box.width);
  drawUprights(surface, box, x);
  networks.forEach(({ accuracy }, i) => {
    const y = box.y + i * pitch + ROW_GAP / 2 + BAR / 2;
    surface.path(linePath(box.x, y, box.x + box.width, y), { stroke: AXIS, dash: [1, 3] });
    if (accuracy === null) return;
    const at = x.place(100 * accuracy.top1);
    const title = `top-1 ${formatValue(100 * accuracy.top1, "", 3)} %`;
    surface.path(circlePath(at, y, 5), { fill: INK, stroke: BACKGROUND, width: 1.5 }, { kind: "accuracy", title });
    surface.text(formatValue(100 * accuracy.top1, "", 3), at, y - 9, { ...TICK, color: INK, anchor: "middle", halo: BACKGROUND });
  });
  drawBottomAxis(surface, box, x, { measure, count: tickCount(box.width, COLUMN) });
}

/** A share as a percentage with the digits that matter. */
export function percent(share: number): string {
  const value = 100 * share;
  return Number.isFinite(value) ? value.toFixed(value >= 10 ? 1 : 2) : "–";
}
