/// <reference lib="dom" />
import { formatValue } from "../../figures/words.ts";
import { element } from "./dom.ts";
import { rampColor, type Ramps } from "./ramps.ts";
import type { StateView, ViewState } from "./view_state.ts";

/** Stops of the gradient. */
const STOPS = 24;

/** What the colors of a map stand for. */
export class ColorBar implements StateView {
  readonly root = element("div", { class: "color-bar" });
  readonly #ramps: Ramps;

  constructor(ramps: Ramps) {
    this.#ramps = ramps;
  }

  show({ layer, axes, point }: ViewState): void {
    const lattice = axes.length === 2 ? layer?.section(axes, point) ?? null : null;
    this.root.hidden = lattice === null;
    if (layer === undefined || lattice === null) return;
    const ramp = this.#ramps.of(layer, lattice);
    const colors = Array.from({ length: STOPS + 1 }, (_, i) => rampColor(ramp, ramp.low + i / STOPS * (ramp.high - ramp.low)));
    const bar = element("span", { class: "bar", style: `background:linear-gradient(to right,${colors.join(",")})` });
    const label = (value: number) => element("span", {}, formatValue(value, "", 2));
    this.root.replaceChildren(element("span", { class: "kind" }, layer.kind), label(ramp.low), bar, label(ramp.high));
  }
}
