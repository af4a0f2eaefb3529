/// <reference lib="dom" />
import { axisName, describePoint, formatValue } from "../../figures/words.ts";
import { button, element } from "./dom.ts";
import type { Pictures } from "./pictures.ts";
import { followedBounds, type StateView, type ViewState } from "./view_state.ts";

/** How long a growth plays, in milliseconds. */
const DURATION = 4000;

/** Follows one region: a slider and a button that play its growth, its bounds in numbers, and what is seen at its corners. */
export class GrowthPanel implements StateView {
  readonly root: HTMLElement;
  readonly #pictures: Pictures;
  readonly #move: (row: number) => void;
  readonly #heading = element("h3");
  readonly #slider = element("input", { type: "range", min: 0, step: 1, "aria-label": "Step of the growth" });
  readonly #play = button("Play", { class: "play" }, () => this.#toggle());
  readonly #step = element("output", { class: "step" });
  readonly #bounds = element("dl", { class: "point" });
  readonly #corners = element("div", { class: "corners" });
  #timer: number | null = null;
  #rows = 1;
  #shown: ViewState["followed"] = null;

  constructor(pictures: Pictures, move: (row: number) => void) {
    this.#pictures = pictures;
    this.#move = move;
    this.#slider.addEventListener("input", () => {
      this.#pause();
      move(this.#slider.valueAsNumber);
    });
    const player = element("div", { class: "player" }, this.#play, this.#slider, this.#step);
    this.root = element(
      "section",
      { class: "growth", "aria-label": "Growth of a region" },
      this.#heading,
      player,
      element("div", { class: "box-facts" }, this.#bounds, this.#corners),
    );
  }

  show(state: ViewState): void {
    const { followed, subject: { space } } = state;
    if (followed !== null && followed === this.#shown) return;
    this.#shown = followed;
    this.root.hidden = followed === null;
    if (followed === null) return this.#pause();
    const { region, row } = followed;
    this.#rows = region.trace.length;
    this.#heading.textContent = `${region.method}, ${region.target}, from ${describePoint(region.initialPoint, space)}`;
    this.#slider.max = String(Math.max(0, this.#rows - 1));
    this.#slider.valueAsNumber = row;
    this.#slider.disabled = this.#play.disabled = this.#rows < 2;
    const step = region.trace[row]?.step ?? region.steps;
    const loss = region.trace[row]?.loss ?? NaN;
    this.#step.value = `step ${step} of ${region.steps}${Number.isFinite(loss) ? `, loss ${formatValue(loss, "", 3)}` : ""}`;
    this.#slider.setAttribute("aria-valuetext", `step ${step} of ${region.steps}`);
    const { a, b } = followedBounds(state) ?? region;
    const pairs = space.map(({ name, unit }, i) => [axisName(name), `${formatValue(a[i], unit)} to ${formatValue(b[i], unit)}`] as const);
    this.#bounds.replaceChildren(...pairs.flatMap(([name, range]) => [element("dt", {}, name), element("dd", {}, range)]));
    this.#showCorners(a, b, state);
  }

  /** The corners of the box, two or four of them; of more dimensions its lowest and highest ones. */
  #showCorners(a: readonly number[], b: readonly number[], { subject: { space } }: ViewState): void {
    this.#corners.hidden = !this.#pictures.available;
    if (this.#corners.hidden) return;
    const n = a.length;
    const corners = n === 1 ? [[a[0]], [b[0]]] : n === 2 ? [[a[0], b[1]], [b[0], b[1]], [a[0], a[1]], [b[0], a[1]]] : [a, b];
    while (this.#corners.children.length > corners.length) this.#corners.lastElementChild?.remove();
    while (this.#corners.children.length < corners.length) this.#corners.append(element("canvas", { role: "img" }));
    corners.forEach((corner, i) => {
      const canvas = this.#corners.children[i];
      if (!(canvas instanceof HTMLCanvasElement)) return;
      canvas.setAttribute("aria-label", `Corner at ${describePoint(corner, space)}`);
      canvas.title = describePoint(corner, space);
      this.#pictures.paint(canvas, corner);
    });
  }

  #toggle(): void {
    if (this.#timer !== null) return this.#pause();
    const start = performance.now();
    const first = this.#slider.valueAsNumber >= this.#rows - 1 ? 0 : this.#slider.valueAsNumber;
    const advance = (now: number) => {
      const row = Math.min(this.#rows - 1, first + Math.floor((now - start) / DURATION * this.#rows));
      this.#move(row);
      if (row >= this.#rows - 1) this.#pause();
      else this.#timer = requestAnimationFrame(advance);
    };
    this.#play.textContent = "Pause";
    this.#timer = requestAnimationFrame(advance);
  }

  #pause(): void {
    if (this.#timer !== null) cancelAnimationFrame(this.#timer);
    this.#timer = null;
    this.#play.textContent = "Play";
  }
}
