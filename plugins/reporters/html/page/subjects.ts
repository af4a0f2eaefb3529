import type { GrowRecord, MapRecord, RegionRecord, RunHead, Slice, Trap } from "../../../../core/record.ts";
import type { BiasRecord } from "../../../../core/study_record.ts";
import type { Appearance } from "../../../../core/renderer.ts";
import type { Axis } from "../../../../core/semantic_space.ts";
import { gradientNote } from "../../figures/gradient_words.ts";
import { measuredNote, measuredPoints } from "../../figures/measured_marks.ts";
import { trapsOf } from "../../figures/region_words.ts";
import { counted } from "../../figures/words.ts";
import type { PageRun, PageStudy } from "../page_data.ts";
import { comparisons, FullLayer, type Layer, SliceLayer } from "./layers.ts";
import { unpackScores } from "./load_page_data.ts";

/** A region with the network in which it was grown; null where that is the mean of several. */
export interface SubjectRegion {
  readonly network: string | null;
  readonly region: RegionRecord;
  /** Each network's mean score in a region of their mean. */
  readonly networkMeans?: readonly number[];
}

/** A trap with where it was found. */
export interface SubjectTrap {
  readonly found: string;
  readonly trap: Trap;
}

/** What pictures of a subject are drawn from. */
export interface PictureSubject extends Required<Appearance> {
  /** The meshes that can be shown, by name and SHA-256. */
  readonly meshes: readonly { readonly name: string; readonly sha256: string }[];
  readonly fixed: Readonly<Record<string, number>>;
  /** Name of the run's renderer. */
  readonly renderer: string;
  readonly width: number;
  readonly height: number;
}

/** One object, or class, in one semantic space, with all that is known of it. */
export interface Subject extends PictureSubject {
  readonly title: string;
  readonly space: readonly Axis[];
  readonly layers: readonly Layer[];
  readonly regions: readonly SubjectRegion[];
  readonly traps: readonly SubjectTrap[];
}

/** A subject while runs are added to it. */
interface Draft extends PictureSubject {
  readonly title: string;
  readonly space: readonly Axis[];
  readonly layers: Layer[];
  readonly regions: SubjectRegion[];
  readonly traps: SubjectTrap[];
}

/** The subjects of runs: those of the same object, class and space are one, so that their networks can be compared. */
export function collectSubjects(runs: readonly PageRun[]): Subject[] {
  const drafts = new Map<string, Draft>();
  const find = (key: unknown, create: () => Omit<Draft, "layers" | "regions" | "traps">): Draft => {
    const name = JSON.stringify(key);
    const found = drafts.get(name) ?? { ...create(), layers: [], regions: [], traps: [] };
    drafts.set(name, found);
    return found;
  };
  for (const { record } of runs) {
    if (record.command === "map") addMap(record, subjectOfRun(record.run, find));
    else if (record.command === "grow") addGrowth(record, subjectOfRun(record.run, find));
    else if (record.command === "study") addStudy(record, find);
    else addBias(record, find);
  }
  // Those of which most is known come first.
  return [...drafts.values()].sort((left, right) =>
    Number(right.regions.length > 0) - Number(left.regions.length > 0) || right.layers.length - left.layers.length
  ).map((draft) => {
    const layers = finest(draft.layers);
    return { ...draft, layers: [...layers, ...comparisons(layers)] };
  });
}

/** Each layer once: of a network that was mapped several times the finest map. */
function finest(layers: readonly Layer[]): Layer[] {
  const best = new Map<string, Layer>();
  for (const layer of layers) {
    const other = best.get(layer.name);
    if (other === undefined || layer.points > other.points) best.set(layer.name, layer);
  }
  return [...best.values()];
}

type Find = (key: unknown, create: () => Omit<Draft, "layers" | "regions" | "traps">) => Draft;

function subjectOfRun({ space, fixed, mesh, class: of, classifier, renderer, shading = "flat" }: RunHead, find: Find): Draft {
  return find(["run", mesh.sha256, mesh.colors, of.label, space, fixed, renderer, shading], () => ({
    title: `${of.label.split(",")[0]} · ${mesh.name} · ${axesOf(space)}`,
    space,
    fixed,
    meshes: [mesh],
    renderer,
    colors: mesh.colors,
    shading,
    width: classifier.width,
    height: classifier.height,
  }));
}

function axesOf(space: readonly Axis[]): string {
  return space.map(({ name }) => name).join(" × ");
}

function addMap(record: MapRecord, draft: Draft): void {
  const { run, axes, scores, gradients, traps } = record;
  const network = run.classifier.name;
  const measured = measuredPoints(record);
  const slopes = gradients === undefined ? undefined : known(gradients.values);
  const note = [measuredNote(record), gradientNote(record)].filter((line) => line !== "").join(" ");
  draft.layers.push(fullLayer(network, { space: run.space, axes, scores: () => scores, measured, slopes, note }));
  draft.traps.push(...(traps ?? []).map((trap) => ({ found: `map of ${network}`, trap })));
}

function addGrowth({ run, regions, backdrop }: GrowRecord, draft: Draft): void {
  const network = run.classifier.name;
  const slices: readonly Slice[] = (backdrop?.slices ?? []).map((slice) => ({ ...slice, scores: known(slice.scores) }));
  if (slices.length > 0) draft.layers.push(new SliceLayer(network, run.space, slices));
  addRegions(draft, network, regions);
}

function addStudy(study: PageStudy, find: Find): void {
  const { run, map } = study;
  const { space, fixed, renderer, colors, shading = "flat" } = run;
  for (const { network, class: of, shape, packed, regions } of study.results) {
    const mesh = study.classes.find(({ name }) => name === of)?.shapes.find(({ name }) => name === shape);
    const card = study.networks.find(({ name }) => name === network);
    if (mesh === undefined || card === undefined) continue;
    const draft = find(["study", of, mesh.sha256, space, fixed, renderer, colors, shading], () => ({
      title: `${of.split(",")[0]} · ${shape} · ${axesOf(space)}`,
      space,
      fixed,
      meshes: [mesh],
      renderer,
      colors,
      shading,
      width: card.width,
      height: card.height,
    }));
    if (map !== null && packed !== null) {
      draft.layers.push(fullLayer(network, { space, axes: map.axes, scores: () => unpackScores(packed) }));
    }
    addRegions(draft, network, regions);
  }
}

function addBias({ run, axes, classes, networks }: BiasRecord, find: Find): void {
  const { space, fixed, renderer, colors, shading = "flat" } = run;
  for (const of of classes) {
    const draft = find(["bias", of.name, space, fixed, renderer, colors, shading], () => ({
      title: `${of.name.split(",")[0]} · data semantic map · ${axesOf(space)}`,
      space,
      fixed,
      meshes: of.shapes.filter(({ kept }) => kept),
      renderer,
      colors,
      shading,
      width: networks[0]?.width ?? 224,
      height: networks[0]?.height ?? 224,
    }));
    const layer = (name: string, scores: readonly number[], kind: Layer["kind"], note: string, network: string | null = null) =>
      fullLayer(name, { space, axes, scores: () => scores, note }, { kind, network });
    const shapes = counted(of.shapes.filter(({ kept }) => kept).length, "shape");
    const mean = `Mean of ${counted(networks.length, "network")} on ${shapes}`;
    draft.layers.push(
      layer("data semantic map", of.mean, "score", `${mean}; boxes: regions in which it is low.`),
      layer("spread of all maps", of.deviation, "spread", "Standard deviation over networks and shapes."),
      layer("spread of networks", of.networkDeviation, "spread", "Standard deviation over the networks’ means."),
      ...of.networks.map(({ name, scores, explained }) => layer(name, scores, "score", explainedNote(explained, shapes), name)),
    );
    addRegions(draft, null, of.regions);
  }
}

/** How much of a network's map the others explain; JSON has null where that is not known. */
function explainedNote(explained: number | null, shapes: string): string {
  const mean = `Mean of this network on ${shapes}`;
  if (explained === null || !Number.isFinite(explained)) return `${mean}.`;
  return `${mean}; the mean of the other networks explains ${Math.round(100 * explained)} % of its variance.`;
}

function addRegions(
  draft: Draft,
  network: string | null,
  regions: readonly (RegionRecord & { readonly networkMeans?: readonly number[] })[],
): void {
  for (const region of regions) {
    const { networkMeans } = region;
    draft.regions.push({ network, region, ...(networkMeans === undefined ? {} : { networkMeans }) });
    const found = [network, region.method, "region"].filter((word) => word !== null).join(" ");
    draft.traps.push(...trapsOf(region).map((trap) => ({ found, trap })));
  }
}

function fullLayer(
  name: string,
  { space, axes, scores, measured, slopes, note }: {
    readonly space: readonly Axis[];
    readonly axes: MapRecord["axes"];
    readonly scores: () => readonly (number | null)[];
    readonly measured?: ArrayLike<number>;
    readonly slopes?: readonly number[];
    readonly note?: string;
  },
  { kind, network }: Pick<Layer, "kind" | "network"> = { kind: "score", network: name },
): FullLayer {
  return new FullLayer(
    { name, kind, network, note },
    { axes: space, values: axes.map(({ values }) => values), measured, slopes },
    () => known(scores()),
  );
}

/** JSON has null where a number is not known. */
function known(scores: readonly (number | null)[]): number[] {
  return scores.map((score) => score ?? NaN);
}
