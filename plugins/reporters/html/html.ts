import type { Reporter } from "../../../core/reporter.ts";

/** A page of one run. `report` makes one of several, with their meshes, so that it shows what networks see. */
export const html: Reporter = {
  kind: "reporter",
  name: "html",
  description: "One self-contained HTML page: maps to point at, regions that grow, tables",
  async report(record) {
    const [{ collectPageData }, { createPage }] = await Promise.all([import("./collect_page_data.ts"), import("./create_page.ts")]);
    const data = collectPageData([{ name: record.command, record }], { title: `Orthotope ${record.command}`, meshes: [] });
    return [{ name: "report.html", bytes: await createPage(data) }];
  },
};
