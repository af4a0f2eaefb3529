import { DEFAULTS } from "../core/defaults.ts";
import { InputError } from "../core/errors.ts";
import type { GrowRecord, MapRecord, RegionRecord } from "../core/record.ts";
import type { PluginRegistry } from "../core/registry.ts";
import type { ReportFile } from "../core/reporter.ts";
import { builtInPlugins } from "../plugins/mod.ts";
import type { Figure } from "../plugins/reporters/figures/surface.ts";
import type { NamedMesh } from "../plugins/reporters/html/pack_mesh.ts";
import { requireFolder, writeFiles } from "./files.ts";
import { flag, number, type OptionValues, repeated, text } from "./options.ts";
import { Progress } from "./progress.ts";
import { comparedMaps } from "./report_comparisons.ts";
import { findMeshes, isSameMesh, meshOfRun, wantedMeshes } from "./report_meshes.ts";
import { missingPlugins, pictureSource } from "./report_pictures.ts";
import { readAllRuns, type ReadRun, readRuns } from "./report_runs.ts";
import type { CommandContext, ExitStatus } from "./run.ts";
import { SHARED_OPTIONS } from "./shared_options.ts";

const { quiet, help } = SHARED_OPTIONS;

/** Options of `report`. */
export const options = {
  run: {
    ...repeated(text("DIR", `folder of a run; the name of the option may be left out (default: every run in ${DEFAULTS.out}/)`)),
    bare: true,
  },
  mesh: repeated(text("FILE|DIR", "the mesh of a run, or a folder of meshes, for pictures; built-in shapes are found by themselves")),
  film: flag("also writes an animated GIF of a growing region of each run that has one"),
  region: number("N", "which region the film shows, counted from 1 in the record (default the largest)", {
    low: 1,
    high: 1e6,
    integer: true,
  }),
  figures: flag("also draws the figures of every run anew, with pictures along the axis of maps over one parameter"),
  title: text("TEXT", "title of the page"),
  out: text("DIR", `where the report goes (default: the run's own folder, ${DEFAULTS.out}/report of several)`),
  quiet,
  help,
};

/** Makes one page of runs, figures that compare networks, and films. */
export async function run(given: OptionValues<typeof options>, { signal }: CommandContext): Promise<ExitStatus> {
  const progress = new Progress({ quiet: given.quiet === true });
  const registry = builtInPlugins();
  const runs = given.run.length > 0
    ? await readRuns(given.run)
    : await readAllRuns(DEFAULTS.out, (reason) => progress.say(`Left out: ${reason}`));
  const films = filmsOf(runs, given);
  const folder = given.out ?? (runs.length === 1 ? runs[0].folder : `${DEFAULTS.out}/report`);
  requireFolder(folder);
  const wanted = wantedMeshes(runs.map(({ record }) => record));
  const meshes = await findMeshes(wanted, given.mesh);
  for (const want of wanted) {
    if (!meshes.some((mesh) => isSameMesh(mesh, want))) progress.say(`No pictures of "${want.name}": give its file with --mesh`);
  }
  for (const { name, record } of given.film || given.figures ? runs : []) {
    const missing = record.command === "map" || record.command === "grow" ? missingPlugins(record.run, registry) : [];
    if (missing.length > 0) progress.say(`No pictures in figures and films of "${name}": ${missing.join(", ")} came from outside`);
  }
  const write = async (files: readonly ReportFile[]) => {
    await writeFiles(folder, files);
    for (const { name } of files) progress.say(`Wrote ${folder}/${name}`);
  };
  await write([await page(runs, meshes, given.title)]);
  const prefix = (name: string) => runs.length === 1 ? "" : `${name}-`;
  const compared = comparedMaps(runs.map(({ record }) => record));
  if (compared.length > 0) await write(await drawn(await comparisonFigures(compared)));
  for (const { name, record } of given.figures ? runs : []) {
    if (signal.aborted) return 130;
    const { createFigures } = await import("../plugins/reporters/figures/figures.ts");
    const pictures = record.command === "map" ? picturesOf(record, meshes, registry) : undefined;
    await write(await drawn(await createFigures(record, pictures), prefix(name)));
  }
  for (const { name, record, region } of films) {
    if (signal.aborted) return 130;
    const { drawFilm } = await import("../plugins/reporters/film/draw_film.ts");
    progress.start(`film of ${region.method}`, "frames");
    const bytes = await drawFilm(record, region, {
      pictures: picturesOf(record, meshes, registry),
      onProgress: (done, total) => progress.update(done, total),
    });
    progress.end();
    await write([{ name: `${prefix(name)}film.gif`, bytes }]);
  }
  return signal.aborted ? 130 : 0;
}

async function page(runs: readonly ReadRun[], meshes: readonly NamedMesh[], title?: string): Promise<ReportFile> {
  const [{ collectPageData }, { createPage }] = await Promise.all([
    import("../plugins/reporters/html/collect_page_data.ts"),
    import("../plugins/reporters/html/create_page.ts"),
  ]);
  const data = collectPageData(runs, { title: title ?? (runs.length === 1 ? runs[0].name : `Orthotope: ${runs.length} runs`), meshes });
  return { name: "report.html", bytes: await createPage(data) };
}

async function comparisonFigures(groups: readonly (readonly MapRecord[])[]): Promise<Figure[]> {
  const [{ comparedMapsFigure }, { loadMeasure }] = await Promise.all([
    import("../plugins/reporters/figures/study_figures.ts"),
    import("../plugins/reporters/figures/typography.ts"),
  ]);
  const measure = await loadMeasure();
  return groups.map((group, i) => ({ ...comparedMapsFigure(group, measure), name: i === 0 ? "networks" : `networks_${i + 1}` }));
}

/** Figures as PNG and SVG. */
async function drawn(figures: readonly Figure[], prefix = ""): Promise<ReportFile[]> {
  const [{ drawPng }, { drawSvg }] = await Promise.all([
    import("../plugins/reporters/figures/canvas_surface.ts"),
    import("../plugins/reporters/figures/svg_surface.ts"),
  ]);
  const files: ReportFile[] = [];
  for (const figure of figures) {
    files.push({ name: `${prefix}${figure.name}.png`, bytes: await drawPng(figure) });
    files.push({ name: `${prefix}${figure.name}.svg`, bytes: await drawSvg(figure) });
  }
  return files;
}

function picturesOf({ run }: MapRecord | GrowRecord, meshes: readonly NamedMesh[], registry: PluginRegistry) {
  if (missingPlugins(run, registry).length > 0) return undefined;
  const found = meshes.find((mesh) => isSameMesh(mesh, meshOfRun(run)));
  return found === undefined ? undefined : pictureSource(run, found.mesh, registry);
}

/** A region to be shown as it grew. */
interface Film {
  readonly name: string;
  readonly record: GrowRecord;
  readonly region: RegionRecord;
}

/** The films that are asked for. @throws InputError where a run has none, or not that region. */
function filmsOf(runs: readonly ReadRun[], { film, region }: { readonly film?: true; readonly region?: number }): Film[] {
  if (film === undefined) {
    if (region !== undefined) throw new InputError("--region chooses what --film shows: give both");
    return [];
  }
  const films = runs.flatMap(({ name, record }) =>
    record.command === "grow" && record.regions.length > 0 ? [{ name, record, region: chosenRegion(record, region) }] : []
  );
  if (films.length === 0) throw new InputError("--film needs a run of grow with a region: give the folder of one");
  return films;
}

function chosenRegion({ regions }: GrowRecord, number: number | undefined): RegionRecord {
  const region = number === undefined ? regions.toSorted((left, right) => right.volume - left.volume)[0] : regions[number - 1];
  if (region === undefined) throw new InputError(`--region must be in [1, ${regions.length}]: current value is ${number}`);
  return region;
}
