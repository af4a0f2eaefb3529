/// <reference lib="dom" />
import type { RegionRecord } from "../../../../core/record.ts";
import { nearestIndex } from "../../figures/lattice.ts";
import { methodColors, networkColors } from "../../figures/theme.ts";
import { axisName } from "../../figures/words.ts";
import { ColorBar } from "./color_bar.ts";
import { layCurves } from "./curve_plot.ts";
import { choice, element } from "./dom.ts";
import { GrowthPanel } from "./growth_panel.ts";
import type { Layer } from "./layers.ts";
import { layMap } from "./map_plot.ts";
import { PicturePanel } from "./picture_panel.ts";
import type { Pictures } from "./pictures.ts";
import { PlotPanel } from "./plot_panel.ts";
import type { Ramps } from "./ramps.ts";
import { RegionTable, trapTable, worstTable } from "./region_tables.ts";
import { sliceSliders } from "./slice_sliders.ts";
import type { Subject } from "./subjects.ts";
import type { StateView, ViewState } from "./view_state.ts";

/** One subject after the other: its maps, what is seen where one points, its regions and how they grew, its traps. */
export class Explorer {
  readonly root: HTMLElement;
  readonly #subjects: readonly Subject[];
  readonly #pictures: Pictures;
  readonly #controls = element("div", { class: "controls" });
  readonly #tables = element("div", { class: "tables" });
  /** What is to be known of the layer. */
  readonly #note = element("p", { class: "help layer-note" });
  readonly #plot: PlotPanel;
  readonly #views: readonly StateView[];
  #regions: RegionTable | null = null;
  #state: ViewState;

  constructor(subjects: readonly Subject[], { pictures, ramps }: { readonly pictures: Pictures; readonly ramps: Ramps }) {
    this.#subjects = subjects;
    this.#pictures = pictures;
    this.#plot = new PlotPanel(
      (state, width) => state.axes.length === 1 ? layCurves(state, width) : layMap(state, width, ramps),
      (values) => this.#look(values),
    );
    const picture = new PicturePanel(pictures);
    const bar = new ColorBar(ramps);
    const growth = new GrowthPanel(pictures, (row) => this.#follow(row));
    this.#views = [picture, this.#plot, bar, growth];
    this.#state = this.#open(subjects[0]);
    const map = element("div", { class: "map" }, this.#plot.root, bar.root);
    const help = element("p", { class: "help" }, "Point at the map, or move with the arrow keys (Shift: five steps).");
    const stage = element("div", { class: "stage" }, element("div", { class: "maps" }, map, this.#note, help), picture.root, growth.root);
    this.root = element("section", { class: "explorer", "aria-label": "Maps and regions" }, this.#controls, stage, this.#tables);
    this.#enter(subjects[0]);
  }

  /** The state in which a subject is first seen: at its first initial point, or where its score is highest along the map. */
  #open(subject: Subject): ViewState {
    const { space, layers, regions } = subject;
    const networks = [...new Set([...layers, ...regions].flatMap(({ network }) => network ?? []))];
    const start = regions[0]?.region.initialPoint ?? space.map(({ low, high }) => (low + high) / 2);
    return {
      subject,
      layer: layerOf(subject, regions[0]?.region) ?? layers[0],
      outlined: new Set(),
      axes: space.length === 1 ? [0] : [0, 1],
      point: start,
      followed: regions.length === 0 ? null : { region: regions[0].region, row: Math.max(0, regions[0].region.trace.length - 1) },
      networkColors: networkColors(networks),
      methodColors: methodColors(regions.map(({ region }) => region.method)),
    };
  }

  #enter(subject: Subject): void {
    this.#state = this.#open(subject);
    this.#pictures.open(subject);
    this.#regions = subject.regions.length === 0
      ? null
      : new RegionTable(subject, this.#state.methodColors, (region) => this.#followRegion(region));
    const worst = worstTable(subject, this.#pictures, (point, region) => {
      this.#update({ point });
      this.#followRegion(region);
    });
    this.#tables.replaceChildren(
      ...(this.#regions === null ? [] : [this.#regions.root]),
      ...(worst === null ? [] : [worst]),
      ...(subject.traps.length === 0 ? [] : [trapTable(subject, this.#pictures, (point) => this.#update({ point }))]),
    );
    this.#layControls();
    this.#update({ point: this.#nearest(this.#state.axes.map((axis) => this.#state.point[axis])) });
  }

  #layControls(): void {
    const { subject } = this.#state;
    const { space, layers } = subject;
    const subjectChoice = choice("subject", this.#subjects.map(({ title }) => title), (index) => this.#enter(this.#subjects[index]));
    subjectChoice.select.selectedIndex = this.#subjects.indexOf(subject);
    const layerChoice = choice("map", layers.map(({ name }) => name), (index) => this.#update({ layer: layers[index] }));
    const pairs = space.flatMap((_, up) => space.map((_, across) => [across, up])).filter(([across, up]) => across < up);
    const pairNames = pairs.map((pair) => pair.map((axis) => axisName(space[axis].name)).join(" × "));
    const axesChoice = choice("axes", pairNames, (index) => {
      this.#update({ axes: pairs[index] });
      this.#layControls();
    });
    axesChoice.select.selectedIndex = pairs.findIndex((pair) => pair.join() === this.#state.axes.join());
    layerChoice.select.selectedIndex = this.#state.layer === undefined ? -1 : layers.indexOf(this.#state.layer);
    this.#controls.replaceChildren(
      ...(this.#subjects.length > 1 ? [subjectChoice.root] : [element("h2", {}, subject.title)]),
      ...(layers.length > 1 ? [layerChoice.root] : []),
      ...(space.length > 2 ? [axesChoice.root, ...sliceSliders(this.#state, (point) => this.#update({ point }))] : []),
      ...this.#outlines(),
    );
  }

  /** A box to tick for each network whose line at 0.5, or curve, can be drawn over the map of another. */
  #outlines(): HTMLElement[] {
    const { subject: { layers, space }, networkColors } = this.#state;
    const networks = [...new Set(layers.flatMap(({ network, kind }) => network !== null && kind === "score" ? [network] : []))];
    if (networks.length < 2) return [];
    const boxes = networks.map((network) => {
      const box = element("input", { type: "checkbox" });
      box.addEventListener("change", () => {
        const outlined = new Set(this.#state.outlined);
        if (box.checked) outlined.add(network);
        else outlined.delete(network);
        this.#update({ outlined });
      });
      box.checked = this.#state.outlined.has(network);
      return element("label", { class: "swatch", style: `--color:${networkColors.get(network) ?? "currentColor"}` }, box, network);
    });
    const legend = space.length === 1 ? "Compare curves" : "Compare the lines at 0.5";
    return [element("fieldset", {}, element("legend", {}, legend), ...boxes)];
  }

  /** Looks at values along the axes that are drawn. */
  #look(values: readonly number[]): void {
    const point = this.#nearest(values);
    if (point.join() !== this.#state.point.join()) this.#update({ point });
  }

  /** The point of the lattice that is nearest to values along the axes that are drawn: its score and its picture belong together. */
  #nearest(values: readonly number[]): readonly number[] {
    const { subject: { space }, layer, axes } = this.#state;
    const lattice = layer?.section(axes, this.#state.point) ?? null;
    const point = [...this.#state.point];
    axes.forEach((axis, i) => {
      point[axis] = lattice === null ? values[i] : lattice.values[i][nearestIndex(lattice.values[i], values[i], space[axis])];
    });
    return point;
  }

  #followRegion(region: RegionRecord): void {
    this.#update({
      followed: { region, row: Math.max(0, region.trace.length - 1) },
      layer: layerOf(this.#state.subject, region) ?? this.#state.layer,
    });
    this.#layControls();
  }

  #follow(row: number): void {
    if (this.#state.followed !== null) this.#update({ followed: { ...this.#state.followed, row } });
  }

  #update(change: Partial<ViewState>): void {
    this.#state = { ...this.#state, ...change };
    for (const view of this.#views) view.show(this.#state);
    const { note = "" } = this.#state.layer ?? {};
    this.#note.textContent = note;
    this.#note.hidden = note === "";
    this.#regions?.show(this.#state);
  }
}

/** The map of the network in which a region was grown. */
function layerOf({ layers, regions }: Subject, region: RegionRecord | undefined): Layer | undefined {
  const network = regions.find((each) => each.region === region)?.network;
  return network === undefined || network === null
    ? undefined
    : layers.find((layer) => layer.network === network && layer.kind === "score");
}
