import type { RegionRecord } from "../../../core/record.ts";
import type { BiasRecord, DataSemanticMap } from "../../../core/study_record.ts";
import { drawBand, drawCurve } from "./curve.ts";
import { layHeading } from "./heading.ts";
import { drawColorBar, isFine } from "./heat_map.ts";
import type { Lattice } from "./lattice.ts";
import { matrixFigure } from "./map_matrix.ts";
import { layNameLegend } from "./name_legend.ts";
import {
  BOTTOM_LABELS,
  COLOR_BAR_SPACE,
  colorBarBox,
  COLUMN,
  drawCurvePanel,
  drawMapPanel,
  panelHeight,
  panelScales,
  SCORE_AXIS,
  tickCount,
  widePanel,
} from "./panels.ts";
import { axisScale, drawBottomAxis } from "./axis.ts";
import { clipMarks, drawRegion } from "./region_marks.ts";
import { MAP_RAMP, SPREAD_RAMP } from "./score_ramp.ts";
import { laySpans } from "./spans.ts";
import { describeFixed } from "./study_words.ts";
import type { Box, Figure, Measure, Surface } from "./surface.ts";
import { BACKGROUND, CURVE, FIGURE_WIDTH, INK, LABEL, MARGIN, methodColors, MUTED, networkColors } from "./theme.ts";
import { fitText } from "./typography.ts";
import { counted, formatValue } from "./words.ts";

const CAPTION = { ...LABEL, size: 12.5 } as const;
const CAPTION_HEIGHT = 22;
const GAP = 16;
const COLUMNS = 3;
/** How far the number of a region stays from the border of its map. */
const NUMBER_INSET = 11;

/** A figure a class: its data semantic map with the class-global regions, how far maps differ, and each network's own mean. */
export function dataMapFigures(record: BiasRecord, measure: Measure): Figure[] {
  const names = fileNames(record.classes.map(({ name }) => name));
  const draw = [curvesFigure, planesFigure][record.axes.length - 1] ?? solidFigure;
  return record.classes.map((of, i) => draw(record, { of, name: `data_map_${names[i]}` }, measure));
}

interface Subject {
  readonly of: DataSemanticMap;
  readonly name: string;
}

/** Names of classes as they can stand in the name of a file; numbered where two would be the same. */
function fileNames(names: readonly string[]): string[] {
  const taken = new Map<string, number>();
  return names.map((name) => {
    const plain = name.split(",")[0].toLowerCase().replaceAll(/[^a-z0-9]+/g, "_").replaceAll(/^_+|_+$/g, "").slice(0, 40) || "class";
    const count = (taken.get(plain) ?? 0) + 1;
    taken.set(plain, count);
    return count === 1 ? plain : `${plain}_${count}`;
  });
}

function latticeOf({ run: { space }, axes }: BiasRecord, scores: readonly number[]): Lattice {
  return { axes: space, values: axes.map(({ values }) => values), scores };
}

function titleOf({ of }: Subject): string {
  return `Data semantic map of “${of.name.split(",")[0]}”`;
}

function notesOf({ run, networks }: BiasRecord, { of }: Subject): string[] {
  const kept = of.shapes.filter(({ kept }) => kept).length;
  const subject = [`Mean of ${counted(networks.length, "network")} on ${counted(kept, "shape")}`, ...describeFixed(run)].join(" · ");
  if (of.regions.length === 0) return [subject];
  const ratio = of.regions.reduce((most, { volumeRatio }) => Math.max(most, volumeRatio), 0);
  const largest = `${formatValue(100 * ratio, "", 2)} % of the space`;
  const words = of.regions.length === 1
    ? `Box: a region of low mean, ${largest}.`
    : `Boxes: ${of.regions.length} regions of low mean, by size, the largest ${largest}.`;
  return [subject, words];
}

const SHARED_NOTE = "Percentages: how much of a network’s own map the mean of the others explains.";

/** How much of a network's map the others explain, in words. */
function explanation({ explained }: DataSemanticMap["networks"][number]): string {
  return Number.isFinite(explained) ? `${Math.round(100 * explained)} %` : "";
}

function planesFigure(record: BiasRecord, subject: Subject, measure: Measure): Figure {
  const { run: { space } } = record;
  const { of } = subject;
  const shared = of.networks.some(({ explained }) => Number.isFinite(explained));
  const notes = [...notesOf(record, subject), ...(shared ? [SHARED_NOTE] : [])];
  const heading = layHeading(titleOf(subject), notes, measure);
  const place = widePanel(heading.height + CAPTION_HEIGHT, 0, { right: COLOR_BAR_SPACE });
  const panel = { ...place, height: panelHeight(place.width, space) };
  const small = (place.width - (COLUMNS - 1) * GAP) / COLUMNS;
  const smallHeight = panelHeight(small, space);
  const pitch = CAPTION_HEIGHT + smallHeight + 12;
  const smalls = [
    { caption: "spread of all maps", remark: "", scores: of.deviation, spread: true },
    { caption: "spread of networks", remark: "", scores: of.networkDeviation, spread: true },
    ...of.networks.map((network) => ({ caption: network.name, remark: explanation(network), scores: network.scores, spread: false })),
  ];
  const first = panel.y + panel.height + BOTTOM_LABELS + 6;
  const lines = Math.ceil(smalls.length / COLUMNS);
  const spread = Math.max(0.01, ...[...of.deviation, ...of.networkDeviation].filter(Number.isFinite));
  return {
    name: subject.name,
    description: `${titleOf(subject)}: ${notesOf(record, subject).join(" ")}`,
    width: FIGURE_WIDTH,
    height: first + lines * pitch + BOTTOM_LABELS - 12 + MARGIN,
    draw(surface) {
      heading.draw(surface);
      drawPlane(surface, panel, latticeOf(record, of.mean), { regions: of.regions, measure });
      drawColorBar(surface, colorBarBox(panel), MAP_RAMP, BACKGROUND);
      smalls.forEach(({ caption, remark, scores, spread: isSpread }, i) => {
        const column = i % COLUMNS;
        const box: Box = {
          x: panel.x + column * (small + GAP),
          y: first + Math.floor(i / COLUMNS) * pitch + CAPTION_HEIGHT,
          width: small,
          height: smallHeight,
        };
        const room = small - (remark === "" ? 0 : measure(remark, CAPTION) + 6);
        surface.text(fitText(measure, caption, CAPTION, room), box.x, box.y - 6, CAPTION);
        surface.text(remark, box.x + small, box.y - 6, { ...CAPTION, color: MUTED, anchor: "end" });
        const lattice = latticeOf(record, isSpread ? scores.map((value) => value / spread) : scores);
        const contour = !isSpread && isFine(lattice) ? BACKGROUND : undefined;
        drawMapPanel(surface, box, { axes: space, lattice, ramp: isSpread ? SPREAD_RAMP : MAP_RAMP, contour }, {
          measure,
          bottom: i + COLUMNS >= smalls.length ? "full" : "ticks",
          left: column === 0 ? "full" : "ticks",
          slack: GAP / 2 - 2,
        });
      });
      const bar = colorBarBox({ ...panel, y: first + CAPTION_HEIGHT, height: Math.max(smallHeight, 80) });
      drawSpreadBar(surface, bar, spread);
    },
  };
}

/** A color bar of standard deviations, from 0 to the largest. */
function drawSpreadBar(surface: Surface, bar: Box, most: number): void {
  const values = new Uint8Array(256 * 3);
  for (let step = 0; step < 256; step++) values.set(SPREAD_RAMP.table.subarray(3 * step, 3 * step + 3), 3 * (255 - step));
  surface.image({ width: 1, height: 256, values }, { ...bar, width: 12 });
  surface.text(formatValue(most, "", 2), bar.x + 19, bar.y + 9, { size: 13, color: MUTED });
  surface.text("0", bar.x + 19, bar.y + bar.height, { size: 13, color: MUTED });
  surface.text("deviation", bar.x, bar.y - 6, { size: 12, color: MUTED });
}

function drawPlane(
  surface: Surface,
  box: Box,
  lattice: Lattice,
  { regions, measure }: { regions: readonly RegionRecord[]; measure: Measure },
): void {
  const scales = panelScales(box, lattice.axes);
  // White stands out on the low scores that these regions cover, whatever their method.
  const looks = { space: lattice.axes, colors: new Map(regions.map(({ method }) => [method, INK])), weight: 0.75 };
  const marks = () =>
    clipMarks(surface, box, () => {
      for (const region of regions.toReversed()) drawRegion(surface, region, { axes: [0, 1], scales, looks });
      regions.slice(0, 9).forEach(({ initialPoint: [x, y] }, i) => {
        const style = { size: 14, weight: "semibold", color: INK, halo: BACKGROUND, anchor: "middle" } as const;
        const inside = (at: number, from: number, length: number) =>
          Math.min(Math.max(at, from + NUMBER_INSET), from + length - NUMBER_INSET);
        surface.text(
          String(i + 1),
          inside(scales.x.place(x), box.x, box.width),
          inside(scales.y.place(y), box.y, box.height) + 5,
          style,
        );
      });
    });
  const contour = isFine(lattice) ? BACKGROUND : undefined;
  drawMapPanel(surface, box, { axes: lattice.axes, lattice, ramp: MAP_RAMP, contour, marks }, { measure });
}

function curvesFigure(record: BiasRecord, subject: Subject, measure: Measure): Figure {
  const { run: { space } } = record;
  const { of } = subject;
  const colors = networkColors(of.networks.map(({ name }) => name));
  const legend = layNameLegend(new Map([["mean, with the spread of all maps", INK], ...colors]), {
    width: FIGURE_WIDTH - 2 * MARGIN,
    measure,
  });
  const heading = layHeading(titleOf(subject), notesOf(record, subject), measure);
  const spans = laySpans(of.regions, 0, { space, colors: methodColors(of.regions.map(({ method }) => method)) });
  const panel = widePanel(heading.height + legend.height + 12, 230);
  const lanes = { ...panel, y: panel.y + panel.height + 2, height: spans.height + 6 };
  const shifted = (sign: number) => latticeOf(record, of.mean.map((mean, i) => Math.min(1, Math.max(0, mean + sign * of.deviation[i]))));
  return {
    name: subject.name,
    description: `${titleOf(subject)}: ${notesOf(record, subject).join(" ")}`,
    width: FIGURE_WIDTH,
    height: lanes.y + lanes.height + BOTTOM_LABELS + MARGIN,
    draw(surface) {
      heading.draw(surface);
      legend.draw(surface, MARGIN, heading.height);
      const scales = panelScales(panel, [space[0], SCORE_AXIS]);
      drawCurvePanel(surface, panel, { axis: space[0], lattice: null }, { measure, bottom: "none" });
      drawBand(surface, panel, shifted(-1), shifted(1), scales);
      for (const network of of.networks) {
        const looks = {
          ...scales,
          filled: false,
          color: colors.get(network.name) ?? CURVE,
          title: [network.name, ...[explanation(network)].filter((share) => share !== "").map((share) => `${share} shared`)].join(", "),
        };
        drawCurve(surface, panel, latticeOf(record, network.scores), looks);
      }
      drawCurve(surface, panel, latticeOf(record, of.mean), { ...scales, filled: false, color: INK, title: "mean" });
      const x = axisScale(space[0], panel.x, panel.x + panel.width);
      spans.draw(surface, lanes, x, { measure, width: panel.x - 14 });
      drawBottomAxis(surface, lanes, x, { measure, count: tickCount(panel.width, COLUMN) });
    },
  };
}

function solidFigure(record: BiasRecord, subject: Subject, measure: Measure): Figure {
  const notes = notesOf(record, subject);
  const description = `${titleOf(subject)}: ${notes.join(" ")}`;
  return matrixFigure({ name: subject.name, title: titleOf(subject), notes, description }, latticeOf(record, subject.of.mean), measure);
}
