/// <reference lib="dom" />
import type { RegionRecord } from "../../../../core/record.ts";
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

/** The traps of a subject, each with the picture at its bottom. */
export function trapTable({ space, traps }: Subject, pictures: Pictures, look: (point: readonly number[]) => void): HTMLElement {
  const columns: PageColumn<SubjectTrap>[] = [
    {
      heading: "bottom",
      cell: ({ trap }) => {
        const canvas = element("canvas", { role: "img", "aria-label": `The object at ${describePoint(trap.bottom, space)}` });
        pictures.paint(canvas, trap.bottom);
        const created = button(describePoint(trap.bottom, space), { class: "look" }, () => look(trap.bottom));
        return element("div", { class: "bottom" }, ...(pictures.available ? [canvas] : []), created);
      },
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
