import type { StudyRecord } from "../../../core/study_record.ts";
import { layHeading } from "./heading.ts";
import { BACKDROP_RAMP } from "./score_ramp.ts";
import { percent } from "./srvr_figure.ts";
import { describeStudy } from "./study_words.ts";
import { boxPath, type Figure, linePath, type Measure } from "./surface.ts";
import { AXIS, BACKGROUND, FIGURE_WIDTH, INK, LABEL, MARGIN, MUTED } from "./theme.ts";
import { fitText } from "./typography.ts";

const ROW = 26;
const HEADER = 30;
const CELL = { ...LABEL, size: 13.5, anchor: "middle" } as const;
const STRONG = { ...CELL, weight: "semibold" } as const;
/** Sizes of a network's name, the first one that fits. */
const HEADER_SIZES = [13.5, 12];
const NAME = { ...LABEL, size: 13.5 } as const;

/** A row of the table: its name, a value a network, and whether cells are shaded by it. */
interface Row {
  readonly name: string;
  readonly cells: readonly string[];
  readonly shades?: readonly number[];
  readonly strong?: boolean;
}

/** SRVR of each class by each network in percent, as the paper's table 2 has it: classes, the mean over them, each method, and accuracies. */
export function srvrTable(record: StudyRecord, measure: Measure): Figure {
  const networks = record.ranking.flatMap((name) => record.networks.find((network) => network.name === name) ?? []);
  const rows = tableRows(record, networks);
  const most = Math.max(1e-9, ...rows.flatMap(({ shades }) => shades ?? []).filter(Number.isFinite));
  const heading = layHeading(
    "SRVR by class and network",
    [describeStudy(record), "In percent of the space, the darker the larger; below that in percent of regions, and of pictures."],
    measure,
  );
  const names = Math.min(Math.max(...rows.map(({ name }) => measure(name, NAME))) + 14, 170);
  const width = (FIGURE_WIDTH - 2 * MARGIN - names) / Math.max(networks.length, 1);
  const top = heading.height + HEADER;
  return {
    name: "srvr_classes",
    description: `SRVR by class and network: ${describeStudy(record)}.`,
    width: FIGURE_WIDTH,
    height: top + rows.length * ROW + MARGIN,
    draw(surface) {
      heading.draw(surface);
      networks.forEach(({ name }, i) => {
        const style = { ...STRONG, size: HEADER_SIZES.find((size) => measure(name, { ...STRONG, size }) <= width - 6) ?? HEADER_SIZES[1] };
        surface.text(fitText(measure, name, style, width - 6), MARGIN + names + (i + 0.5) * width, top - 10, style);
      });
      rows.forEach(({ name, cells, shades, strong }, r) => {
        const y = top + r * ROW;
        if (strong) surface.path(linePath(MARGIN, y, FIGURE_WIDTH - MARGIN, y), { stroke: AXIS });
        const style = strong ? { ...NAME, weight: "semibold" as const } : NAME;
        surface.text(fitText(measure, name, style, names - 8), MARGIN, y + ROW / 2 + 5, style);
        cells.forEach((cell, i) => {
          const x = MARGIN + names + i * width;
          const shade = shades?.[i];
          if (shade !== undefined && Number.isFinite(shade)) {
            const fill = BACKDROP_RAMP.color(0.75 * shade / most);
            surface.path(boxPath({ x: x + 1, y: y + 1, width: width - 2, height: ROW - 2 }), { fill, stroke: BACKGROUND }, {
              kind: "cell",
            });
          }
          surface.text(cell, x + width / 2, y + ROW / 2 + 5, { ...(strong ? STRONG : CELL), color: cell === "–" ? MUTED : INK });
        });
      });
    },
  };
}

function tableRows(record: StudyRecord, networks: StudyRecord["networks"]): Row[] {
  const row = (name: string, values: readonly number[], shaded: boolean, strong = false): Row => ({
    name,
    cells: values.map(percent),
    ...(shaded ? { shades: values } : {}),
    strong,
  });
  const accuracies = ([["top-1 error", "top1"], ["top-5 error", "top5"]] as const).map(([name, key]) => ({
    name,
    values: networks.map(({ accuracy }) => 1 - (accuracy?.[key] ?? NaN)),
  })).filter(({ values }) => values.some(Number.isFinite));
  return [
    ...record.classes.map(({ name }) => row(name, networks.map(({ byClass }) => byClass[name]?.srvr ?? NaN), true)),
    row("mean", networks.map(({ srvr }) => srvr), false, true),
    ...record.methods.map(({ name }) => row(name, networks.map(({ byMethod }) => byMethod[name]?.srvr ?? NaN), false)),
    row("regions that hold", networks.map(({ holds }) => holds), false, true),
    row("at the border", networks.map(({ atBorder }) => atBorder), false),
    ...accuracies.map(({ name, values }, i) => row(name, values, false, i === 0)),
  ];
}
