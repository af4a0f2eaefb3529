import type { Reporter } from "../../core/reporter.ts";

/** Figures as pictures, two pixels a logical pixel. */
export const png: Reporter = {
  kind: "reporter",
  name: "png",
  description: "Figures as PNG: the map of the score, the regions over it, and how they grew",
  async report(record) {
    const [{ createFigures }, { drawPng }] = await Promise.all([import("./figures/figures.ts"), import("./figures/canvas_surface.ts")]);
    const figures = await createFigures(record);
    return Promise.all(figures.map(async (figure) => ({ name: `${figure.name}.png`, bytes: await drawPng(figure) })));
  },
};
