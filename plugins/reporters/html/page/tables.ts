/// <reference lib="dom" />
import { formatCsv } from "../../csv/format.ts";
import type { Table } from "../../csv/tables.ts";
import { button, type Content, download, element } from "./dom.ts";

/** A column of a table for people: its heading, what stands in a row, and whether that is a number. */
export interface PageColumn<Item> {
  readonly heading: string;
  readonly cell: (item: Item) => Content;
  readonly isNumber?: boolean;
}

/** A table that can be scrolled sideways where it is too wide. */
export function pageTable<Item>(
  caption: string,
  columns: readonly PageColumn<Item>[],
  items: readonly Item[],
): { readonly root: HTMLElement; readonly rows: readonly HTMLTableRowElement[] } {
  const kind = ({ isNumber }: PageColumn<Item>) => isNumber ? { class: "number" } : {};
  const rows = items.map((item) => element("tr", {}, ...columns.map((column) => element("td", kind(column), column.cell(item)))));
  const head = element("tr", {}, ...columns.map((column) => element("th", { scope: "col", ...kind(column) }, column.heading)));
  const table = element("table", {}, element("caption", {}, caption), element("thead", {}, head), element("tbody", {}, ...rows));
  return { root: element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption }, table), rows };
}

/** A button that saves a table as CSV. */
export function saveButton(run: string, table: () => Table, label: string): HTMLButtonElement {
  return button(label, { class: "save" }, () => {
    const { name, rows } = table();
    download(`${run}-${name}.csv`, formatCsv(rows));
  });
}

/** A share as a percentage; a dash where it is not known. */
export function percentage(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return "–";
  const value = 100 * share;
  return value.toFixed(value >= 10 ? 1 : 2);
}
