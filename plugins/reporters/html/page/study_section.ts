/// <reference lib="dom" />
import type { StudyRecord } from "../../../../core/study_record.ts";
import { tablesOf } from "../../csv/tables.ts";
import { formatValue } from "../../figures/words.ts";
import type { PageStudy } from "../page_data.ts";
import { element } from "./dom.ts";
import { type PageColumn, pageTable, percentage, saveButton } from "./tables.ts";

type Network = StudyRecord["networks"][number];

/** SRVR of a study: a row a network, and a row a class. */
export function studySection(name: string, study: PageStudy): HTMLElement {
  const networks = study.ranking.flatMap((ranked) => study.networks.find((network) => network.name === ranked) ?? []);
  const most = Math.max(1e-9, ...networks.flatMap(({ srvr, srvrHigh }) => [srvr, srvrHigh ?? NaN]).filter(Number.isFinite));
  const columns: PageColumn<Network>[] = [
    { heading: "network", cell: (network) => network.name },
    { heading: "SRVR %", cell: (network) => srvrCell(network, most) },
    { heading: "interval", isNumber: true, cell: ({ srvrLow, srvrHigh }) => `${percentage(srvrLow)} … ${percentage(srvrHigh)}` },
    { heading: "of regions that hold", isNumber: true, cell: ({ srvrHolding }) => percentage(srvrHolding) },
    {
      heading: "interval",
      isNumber: true,
      cell: ({ srvrHoldingLow = null, srvrHoldingHigh = null }) => `${percentage(srvrHoldingLow)} … ${percentage(srvrHoldingHigh)}`,
    },
    ...study.methods.map((method): PageColumn<Network> => ({
      heading: method.name,
      isNumber: true,
      cell: ({ byMethod }) => percentage(byMethod[method.name]?.srvr ?? null),
    })),
    { heading: "regions", isNumber: true, cell: ({ regions }) => String(regions) },
    { heading: "hold %", isNumber: true, cell: ({ holds }) => percentage(holds) },
    { heading: "bad %", isNumber: true, cell: ({ badShare = null }) => percentage(badShare) },
    { heading: "at border %", isNumber: true, cell: ({ atBorder }) => percentage(atBorder) },
    { heading: "top-1 %", isNumber: true, cell: ({ accuracy }) => percentage(accuracy?.top1 ?? null) },
    { heading: "top-5 %", isNumber: true, cell: ({ accuracy }) => percentage(accuracy?.top5 ?? null) },
  ];
  const classColumns: PageColumn<PageStudy["classes"][number]>[] = [
    { heading: "class", cell: (of) => of.name },
    { heading: "shapes", isNumber: true, cell: ({ shapes }) => String(shapes.filter(({ kept }) => kept).length) },
    ...networks.map((network): PageColumn<PageStudy["classes"][number]> => ({
      heading: network.name,
      isNumber: true,
      cell: (of) => percentage(network.byClass[of.name]?.srvr ?? null),
    })),
  ];
  const record = { ...study, results: study.results.map((result) => ({ ...result, scores: null })) };
  const table = (index: number) => () => tablesOf(record)[index];
  const facts = `${study.target} regions from ${study.points.length} initial points; intervals at ${
    formatValue(100 * study.check.confidence, "", 3)
  } %${study.complete ? "" : "; unfinished"}.`;
  return element(
    "section",
    { class: "study" },
    element("h2", {}, `Study ${name}`),
    element("p", {}, facts),
    pageTable("SRVR by network", columns, networks).root,
    pageTable("SRVR % by class", classColumns, study.classes).root,
    element("p", {}, saveButton(name, table(0), "Save SRVR as CSV"), saveButton(name, table(1), "Save all regions as CSV")),
  );
}

function srvrCell({ srvr, srvrLow, srvrHigh }: Network, most: number): HTMLElement {
  const share = (value: number | null) => Math.min(1, Math.max(0, (value ?? 0) / most));
  const style = `--share:${share(srvr)};--low:${share(srvrLow)};--high:${share(srvrHigh)}`;
  return element("span", { class: "srvr" }, element("span", { class: "meter interval", style }), percentage(srvr));
}
