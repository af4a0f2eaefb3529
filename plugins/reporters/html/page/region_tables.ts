/// <reference lib="dom" />
import type { RegionRecord } from "../../../../core/record.ts";
import { inTurn } from "../../figures/intervals.ts";
import { worstScore } from "../../figures/region_words.ts";
import { axisName, describePoint, formatValue } from "../../figures/words.ts";
import { button, element } from "./dom.ts";
import type { Pictures } from "./pictures.ts";
import type { Subject, SubjectRegion, SubjectTrap } from "./subjects.ts";
import { type PageColumn, pageTable, percentage } from "./tables.ts";
import type { ViewState } from "./view_state.ts";

/** The regions of a subject; a button in each row follows its region. */
export class RegionTable {
  readonly root: HTMLElement;
  readonly #buttons = new Map<RegionRecord, HTMLButtonElement>();

  constructor({ space, regions }: Subject, colors: ViewState["methodColors"], follow: (region: RegionRecord) => void) {
    const networks = new Set(regions.map(({ network }) => network)).size > 1;
    const score = (value: number | null | undefined) => value == null ? "–" : formatValue(value, "", 3);
    const columns: PageColumn<SubjectRegion>[] = [
      { heading: "method", cell: ({ region }) => this.#button(region, colors, follow) },
      ...(networks ? [{ heading: "network", cell: ({ network }: SubjectRegion) => network ?? "mean" }] : []),
      { heading: "target", cell: ({ region }) => region.target },
      {
        heading: "from",
        isNumber: true,
        cell: ({ region }) => region.initialPoint.map((value, i) => formatValue(value, space[i].unit, 3)).join(", "),
      },
      ...space.map(({ name, unit }, i): PageColumn<SubjectRegion> => ({
        heading: axisName(name),
        isNumber: true,
        cell: ({ region }) => `${formatValue(region.a[i], unit, 3)} … ${formatValue(region.b[i], unit, 3)}`,
      })),
      { heading: "volume %", isNumber: true, cell: ({ region }) => percentage(region.volumeRatio) },
      { heading: "mean", isNumber: true, cell: ({ region: { check } }) => score(check?.mean) },
      { heading: "worst", isNumber: true, cell: ({ region: { check } }) => score(check?.minimum) },
      ...(regions.some(({ networkMeans }) => networkMeans !== undefined)
        ? [{
          heading: "scores of networks",
          isNumber: true,
          cell: ({ networkMeans = [] }: SubjectRegion) => [Math.min(...networkMeans), Math.max(...networkMeans)].map(score).join(" … "),
        }]
        : []),
      { heading: "bad %", isNumber: true, cell: ({ region: { check } }) => check === null ? "–" : percentage(check.badShare) },
      {
        heading: "holds",
        cell: ({ region: { check } }) => check === null ? "not checked" : `${check.holds ? "yes" : "no"}, ${check.verdict}`,
      },
      { heading: "pictures", isNumber: true, cell: ({ region }) => String(region.evaluations + region.gradientEvaluations) },
      { heading: "stopped", cell: ({ region }) => region.stopped },
    ];
    this.root = pageTable("Regions", columns, regions).root;
  }

  /** Marks the region that is followed. */
  show({ followed }: ViewState): void {
    for (const [region, created] of this.#buttons) {
      created.setAttribute("aria-pressed", String(region === followed?.region));
      created.closest("tr")?.classList.toggle("chosen", region === followed?.region);
    }
  }

  #button(region: RegionRecord, colors: ViewState["methodColors"], follow: (region: RegionRecord) => void): HTMLButtonElement {
    const swatch = { class: "swatch", style: `--color:${colors.get(region.method) ?? "currentColor"}` };
    const created = button(region.method, swatch, () => follow(region));
    this.#buttons.set(region, created);
    return created;
  }
}

/** A point as a picture and a button that looks at it. */
function lookCell(
  place: readonly number[],
  { space, pictures, look }: {
    readonly space: Subject["space"];
    readonly pictures: Pictures;
    readonly look: (point: readonly number[]) => void;
  },
): HTMLElement {
  const point = inTurn(place, space);
  const words = describePoint(point, space);
  const canvas = element("canvas", { role: "img", "aria-label": `The object at ${words}` });
  pictures.paint(canvas, point);
  return element("div", { class: "bottom" }, ...(pictures.available ? [canvas] : []), button(words, { class: "look" }, () => look(point)));
}

/** The worst points that searches found in the regions of a subject, each with the picture there; null where no region was searched. */
export function worstTable(
  { space, regions }: Subject,
  pictures: Pictures,
  look: (point: readonly number[], region: RegionRecord) => void,
): HTMLElement | null {
  const items = regions.flatMap(({ network, region }) =>
    region.falsification == null ? [] : [{ network, region, found: region.falsification }]
  );
  if (items.length === 0) return null;
  const networks = new Set(items.map(({ network }) => network)).size > 1;
  const columns: PageColumn<typeof items[number]>[] = [
    {
      heading: "worst point",
      cell: ({ region, found }) => lookCell(found.point, { space, pictures, look: (point) => look(point, region) }),
    },
    { heading: "of", cell: ({ region }) => region.method },
    ...(networks ? [{ heading: "network", cell: ({ network }: typeof items[number]) => network ?? "mean" }] : []),
    { heading: "target", cell: ({ region }) => region.target },
    {
      heading: "from",
      isNumber: true,
      cell: ({ region }) => region.initialPoint.map((value, i) => formatValue(value, space[i].unit, 3)).join(", "),
    },
    { heading: "score", isNumber: true, cell: ({ region }) => formatValue(worstScore(region) ?? NaN, "", 3) },
    {
      heading: "by samples alone",
      isNumber: true,
      cell: ({ region: { target }, found: { sampledScore } }) => formatValue(target === "robust" ? sampledScore : 1 - sampledScore, "", 3),
    },
    { heading: "search", cell: ({ found: { search } }) => search },
    { heading: "cuts", isNumber: true, cell: ({ found: { cuts } }) => String(cuts) },
    {
      heading: "pictures",
      isNumber: true,
      cell: ({ found: { evaluations, gradientEvaluations } }) => String(evaluations + gradientEvaluations),
    },
  ];
  return pageTable("Worst points found", columns, items).root;
}

/** The traps of a subject, each with the picture at its bottom. */
export function trapTable({ space, traps }: Subject, pictures: Pictures, look: (point: readonly number[]) => void): HTMLElement {
  const columns: PageColumn<SubjectTrap>[] = [
    {
      heading: "bottom",
      cell: ({ trap }) => lookCell(trap.bottom, { space, pictures, look }),
    },
    { heading: "found in", cell: ({ found }) => found },
    { heading: "score", isNumber: true, cell: ({ trap }) => formatValue(trap.score, "", 3) },
    { heading: "depth", isNumber: true, cell: ({ trap }) => formatValue(trap.depth, "", 3) },
    { heading: "size %", isNumber: true, cell: ({ trap }) => percentage(trap.share) },
    ...space.map(({ name, unit }, i): PageColumn<SubjectTrap> => ({
      heading: axisName(name),
      isNumber: true,
      cell: ({ trap }) => `${formatValue(trap.a[i], unit, 3)} … ${formatValue(trap.b[i], unit, 3)}`,
    })),
  ];
  return pageTable("Traps", columns, traps).root;
}
