/// <reference lib="dom" />
import { axisName, formatValue } from "../../figures/words.ts";
import { element } from "./dom.ts";
import { FullLayer } from "./layers.ts";
import type { ViewState } from "./view_state.ts";

/** Steps of a slider along an axis without a lattice. */
const STEPS = 60;

/** A slider for each axis that is not drawn: where the slice goes through. */
export function sliceSliders(state: ViewState, move: (point: readonly number[]) => void): HTMLElement[] {
  const { subject: { space }, layer, axes } = state;
  // The sliders move one point together, whatever else has moved it since.
  const point = [...state.point];
  return space.flatMap(({ name, unit, low, high }, axis) => {
    if (axes.includes(axis)) return [];
    const values = layer instanceof FullLayer
      ? layer.grid.values[axis]
      : Array.from({ length: STEPS + 1 }, (_, i) => low + i / STEPS * (high - low));
    const slider = element("input", { type: "range", min: 0, max: values.length - 1, step: 1 });
    slider.valueAsNumber = values.findLastIndex((value) => value <= point[axis]);
    const shown = element("output", {}, formatValue(point[axis], unit, 3));
    slider.addEventListener("input", () => {
      point[axis] = values[slider.valueAsNumber];
      shown.value = formatValue(point[axis], unit, 3);
      move([...point]);
    });
    return [element("label", { class: "field" }, element("span", {}, axisName(name)), slider, shown)];
  });
}
