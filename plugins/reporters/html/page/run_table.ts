/// <reference lib="dom" />
import { type Table, tablesOf } from "../../csv/tables.ts";
import { counted, formatValue } from "../../figures/words.ts";
import type { PageRun } from "../page_data.ts";
import { element } from "./dom.ts";
import { type PageColumn, pageTable, saveButton } from "./tables.ts";

/** What the page was made from, with the tables of each run as CSV. */
export function runTable(runs: readonly PageRun[]): HTMLElement {
  const columns: PageColumn<PageRun>[] = [
    { heading: "run", cell: ({ name }) => name },
    { heading: "kind", cell: ({ record }) => record.command },
    { heading: "network", cell: ({ record }) => "classifier" in record.run ? record.run.classifier.name : networksOf(record) },
    { heading: "object", cell: ({ record }) => "mesh" in record.run ? record.run.mesh.name : "" },
    { heading: "class", cell: ({ record }) => "class" in record.run ? record.run.class.label.split(",")[0] : "" },
    { heading: "found", cell: ({ record }) => summary(record) },
    { heading: "tables", cell: saveButtons },
  ];
  return element("section", {}, element("h2", {}, "Runs"), pageTable("Runs in this report", columns, runs).root);
}

function networksOf(record: PageRun["record"]): string {
  return "networks" in record ? record.networks.map(({ name }) => name).join(", ") : "";
}

function summary(record: PageRun["record"]): string {
  switch (record.command) {
    case "map": {
      const { mean, minimum, maximum } = record.summary;
      const range = [minimum, maximum].map((value) => formatValue(value, "", 3)).join(" to ");
      return `${record.shape.join(" × ")} points, mean ${formatValue(mean, "", 3)}, ${range}${record.complete ? "" : ", unfinished"}`;
    }
    case "grow":
      return `${counted(record.regions.length, "region")}, ${record.regions.filter(({ check }) => check?.holds).length} hold`;
    case "study":
      return `${counted(record.networks.length, "network")}, ${counted(record.classes.length, "class", "classes")}`;
    case "bias":
      return counted(record.classes.length, "data semantic map");
  }
}

function saveButtons({ name, record }: PageRun): HTMLElement {
  // What a study has at full length stands in its own section.
  if (record.command === "study") return element("span");
  const save = (table: Table, index: number) => saveButton(name, () => tablesOf(record)[index], `${table.name}.csv`);
  return element("span", { class: "saves" }, ...tablesOf(record).map(save));
}
