/** What stands in a cell; nothing where it is unknown. */
export type Value = string | number | boolean | null | undefined;

/** Rows as RFC 4180 has them: lines end in CR LF, and what holds a comma, a quote or a line break is quoted. Unknown numbers are left empty. */
export function formatCsv(rows: readonly (readonly Value[])[]): string {
  return rows.map((row) => row.map(formatCell).join(",") + "\r\n").join("");
}

function formatCell(value: Value): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
