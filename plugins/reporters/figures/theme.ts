// The looks that all figures share.

/** The ground of every figure. */
export const BACKGROUND = "#ffffff";
/** Titles and whatever is to be read first. */
export const INK = "#1b2230";
/** Labels and ticks. */
export const MUTED = "#5b6577";
/** Axis lines. */
export const AXIS = "#9aa3b2";
/** Lines behind a curve. */
export const GRID = "#e8ebf0";
/** Where nothing was scored. */
export const MISSING = "#d9d2d6";
/** The curve of a score. */
export const CURVE = "#20508f";

/** The first line of a figure. */
export const TITLE = { size: 20, weight: "semibold", color: INK } as const;
/** The lines below it. */
export const SUBTITLE = { size: 14, color: MUTED } as const;
/** Names of axes and what legends say. */
export const LABEL = { size: 14, color: INK } as const;
/** Numbers at ticks. */
export const TICK = { size: 13, color: MUTED } as const;

/** Width of every figure, in logical pixels: wide enough for a page, narrow enough for letters to be read on a telephone. */
export const FIGURE_WIDTH = 600;
/** Space between a figure's border and what it shows. */
export const MARGIN = 18;

/** Colors of the built-in methods: told apart by the color-blind, dark enough for text. */
const METHOD_COLORS: Readonly<Record<string, string>> = {
  slab: "#d1480b",
  naive: "#1668b8",
  oir_b: "#00805e",
  oir_w: "#a3428f",
  trapezoid: "#a87100",
};

/** Colors of other methods, in the order in which they appear. */
const OTHER_COLORS = ["#4b3fb5", "#8a2c3b", "#2f7d95", "#6d7a1f", "#7b5640"];

/** A color for each method. */
export function methodColors(methods: readonly string[]): ReadonlyMap<string, string> {
  const colors = new Map<string, string>();
  let others = 0;
  for (const method of methods) {
    if (!colors.has(method)) colors.set(method, METHOD_COLORS[method] ?? OTHER_COLORS[others++ % OTHER_COLORS.length]);
  }
  return colors;
}

/** Colors of networks that are drawn over each other: the same palette, in their order. */
export function networkColors(networks: readonly string[]): ReadonlyMap<string, string> {
  const palette = [...Object.values(METHOD_COLORS).toSpliced(0, 2, METHOD_COLORS.naive, METHOD_COLORS.slab), ...OTHER_COLORS];
  return new Map([...new Set(networks)].map((name, i) => [name, palette[i % palette.length]]));
}
