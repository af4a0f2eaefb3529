/// <reference lib="dom" />
import { formatValue } from "../../figures/words.ts";
import { axisName } from "../../figures/words.ts";
import { choice, element } from "./dom.ts";
import type { PaintResult, Pictures } from "./pictures.ts";
import type { StateView, ViewState } from "./view_state.ts";

/** What the network sees at the point that is looked at, the point in numbers, and the score of every layer there. */
export class PicturePanel implements StateView {
  readonly root: HTMLElement;
  readonly #pictures: Pictures;
  readonly #canvas = element("canvas", { class: "picture", role: "img" });
  readonly #note = element("p", { class: "note" });
  readonly #point = element("dl", { class: "point" });
  readonly #scores = element("ul", { class: "scores" });
  readonly #spoken = element("output", { class: "spoken", "aria-live": "polite" });
  readonly #meshes = element("div", { class: "meshes" });
  #subject: ViewState["subject"] | null = null;

  constructor(pictures: Pictures) {
    this.#pictures = pictures;
    this.root = element(
      "section",
      { class: "seen", "aria-label": "What is seen at the point" },
      element("div", { class: "frame" }, this.#canvas, this.#note),
      this.#meshes,
      this.#point,
      this.#scores,
      this.#spoken,
    );
  }

  show(state: ViewState): void {
    const { subject, point, layer } = state;
    if (subject !== this.#subject) this.#choose(state);
    this.#pictures.paint(this.#canvas, state.point).then((result) => this.#tell(result));
    const words = subject.space.map(({ name, unit }, i) => [axisName(name), formatValue(point[i], unit)] as const);
    this.#point.replaceChildren(...words.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
    const rows = subject.layers.flatMap((each) => {
      const found = each.kind === "difference" ? null : each.at(point);
      if (found === null || Number.isNaN(found.value)) return [];
      const color = state.networkColors.get(each.network ?? "");
      const value = `${found.exact ? "" : "≈ "}${found.value > 0 && found.value < 0.001 ? "< 0.001" : formatValue(found.value, "", 3)}`;
      const bar = element("span", { class: "meter", style: `--share:${found.value};${color === undefined ? "" : `--color:${color}`}` });
      return [element(
        "li",
        each === layer ? { class: "chosen" } : {},
        element("span", { class: "name" }, each.name),
        bar,
        element("span", { class: "value" }, value),
      )];
    });
    this.#scores.replaceChildren(...rows);
    const score = layer?.at(point);
    const said = words.map((pair) => pair.join(" ")).join(", ");
    this.#canvas.setAttribute("aria-label", `The object at ${said}`);
    this.#spoken.value = score == null ? said : `${said}: ${layer?.kind} ${formatValue(score.value, "", 3)}`;
  }

  #choose(state: ViewState): void {
    const { subject } = state;
    this.#subject = subject;
    this.#pictures.open(subject);
    const { root } = choice("object", subject.meshes.map(({ name }) => name), (index) => {
      this.#pictures.open(subject, index);
      this.#pictures.paint(this.#canvas, state.point).then((result) => this.#tell(result));
    });
    this.#meshes.replaceChildren(...(subject.meshes.length > 1 ? [root] : []));
  }

  #tell(result: PaintResult): void {
    this.#canvas.hidden = result !== "painted";
    this.#note.hidden = result === "painted";
    if (result !== "painted") this.#note.textContent = result;
  }
}
