/// <reference lib="dom" />
import { element } from "./dom.ts";
import { Explorer } from "./explorer.ts";
import { loadPageData } from "./load_page_data.ts";
import { Pictures } from "./pictures.ts";
import { Ramps } from "./ramps.ts";
import { runTable } from "./run_table.ts";
import { studySection } from "./study_section.ts";
import { collectSubjects } from "./subjects.ts";

/** Shows the data that the page carries. */
async function main(): Promise<void> {
  const { runs, meshes, ramps } = await loadPageData();
  const subjects = collectSubjects(runs);
  const studies = runs.flatMap(({ name, record }) => record.command === "study" ? [studySection(name, record)] : []);
  const explorer = subjects.length === 0
    ? [element("p", {}, "There is no map and no region in these runs.")]
    : [new Explorer(subjects, { pictures: new Pictures(meshes), ramps: new Ramps(ramps) }).root];
  document.getElementById("report")?.replaceChildren(...studies, ...explorer, runTable(runs));
  document.documentElement.dataset.ready = "yes";
}

await main();
