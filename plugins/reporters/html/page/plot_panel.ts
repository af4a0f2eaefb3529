/// <reference lib="dom" />
import { isClosed } from "../../../../core/semantic_space.ts";
import { nearestIndex } from "../../figures/lattice.ts";
import { axisName } from "../../figures/words.ts";
import { type Content, drawing, element } from "./dom.ts";
import type { PageScale, PlotArea } from "./scales.ts";
import type { StateView, ViewState } from "./view_state.ts";

/** What is drawn of a state: the axes as scales, and what lies on them. */
export interface Plot {
  readonly area: PlotArea;
  readonly height: number;
  readonly x: PageScale;
  /** Absent where only the axis across is a parameter. */
  readonly y?: PageScale;
  readonly content: readonly Content[];
  /** Pixels behind the content. They are painted again only where `of` is another object, or the panel has another size. */
  readonly pixels?: { readonly of: unknown; paint(context: CanvasRenderingContext2D): void };
}

const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  PageUp: [0, 5],
  PageDown: [0, -5],
  Home: [-5, 0],
  End: [5, 0],
};

/** A panel over one parameter or two that can be pointed at, by a pointer or with the arrow keys: it tells to which value of each axis. */
export class PlotPanel implements StateView {
  readonly root: HTMLDivElement;
  readonly #canvas = element("canvas", { "aria-hidden": true });
  readonly #drawing = drawing("svg", { "aria-hidden": true });
  readonly #lay: (state: ViewState, width: number) => Plot;
  readonly #pick: (values: readonly number[]) => void;
  #state: ViewState | null = null;
  #plot: Plot | null = null;
  /** What the pixels show, and how wide. */
  #painted: readonly [of: unknown, width: number] = [null, 0];

  constructor(lay: (state: ViewState, width: number) => Plot, pick: (values: readonly number[]) => void) {
    this.#lay = lay;
    this.#pick = pick;
    this.root = element(
      "div",
      { class: "plot", tabindex: 0, role: "application", "aria-roledescription": "map" },
      this.#canvas,
      this.#drawing,
    );
    this.root.addEventListener("pointermove", (event) => this.#point(event));
    this.root.addEventListener("pointerdown", (event) => this.#point(event));
    this.root.addEventListener("keydown", (event) => this.#press(event));
    new ResizeObserver(() => this.#state && this.show(this.#state)).observe(this.root);
  }

  show(state: ViewState): void {
    this.#state = state;
    const width = this.root.clientWidth;
    if (width === 0) return;
    const plot = this.#plot = this.#lay(state, width);
    const { area, height } = plot;
    const names = state.axes.map((axis) => axisName(state.subject.space[axis].name)).join(" and ");
    this.root.setAttribute("aria-label", `Score over ${names}. The arrow keys move the point that is looked at.`);
    this.root.style.height = `${height}px`;
    this.#drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.#drawing.replaceChildren(...plot.content);
    Object.assign(this.#canvas.style, {
      left: `${area.left}px`,
      top: `${area.top}px`,
      width: `${area.width}px`,
      height: `${area.height}px`,
    });
    const { pixels } = plot;
    this.#canvas.hidden = pixels === undefined;
    if (pixels === undefined || (this.#painted[0] === pixels.of && this.#painted[1] === width)) return;
    const context = this.#canvas.getContext("2d");
    if (context !== null) pixels.paint(context);
    this.#painted = [pixels.of, width];
  }

  #point({ clientX, clientY, buttons, pointerType }: PointerEvent): void {
    const plot = this.#plot;
    // A finger that scrolls the page moves across the map without pointing at it.
    if (plot === null || (pointerType === "touch" && buttons === 0)) return;
    const bounds = this.root.getBoundingClientRect();
    const { left, top, width, height } = plot.area;
    const [x, y] = [clientX - bounds.left, clientY - bounds.top];
    if (x < left || x > left + width || y < top || y > top + height) return;
    this.#pick([plot.x.value(x), ...(plot.y === undefined ? [] : [plot.y.value(y)])]);
  }

  #press(event: KeyboardEvent): void {
    const move = KEYS[event.key];
    const state = this.#state;
    if (move === undefined || state === null) return;
    event.preventDefault();
    const lattice = state.layer?.section(state.axes, state.point) ?? null;
    this.#pick(state.axes.map((axis, i) => {
      const { low, high } = state.subject.space[axis];
      const steps = move[i] * (event.shiftKey ? 5 : 1);
      const value = state.point[axis];
      if (lattice === null) return Math.min(high, Math.max(low, value + steps * (high - low) / 60));
      const values = lattice.values[i];
      const at = nearestIndex(values, value, lattice.axes[i]) + steps;
      return isClosed(lattice.axes[i]) ? values.at(at % values.length) ?? value : values[Math.min(values.length - 1, Math.max(0, at))];
    }));
  }
}
