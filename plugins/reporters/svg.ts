import type { Reporter } from "../../core/reporter.ts";

/** Figures as drawings that can be enlarged, searched and edited. */
export const svg: Reporter = {
  kind: "reporter",
  name: "svg",
  description: "Figures as SVG: the map of the score, the regions over it, and how they grew",
  async report(record) {
    const [{ createFigures }, { drawSvg }] = await Promise.all([import("./figures/figures.ts"), import("./figures/svg_surface.ts")]);
    const figures = await createFigures(record);
    return Promise.all(figures.map(async (figure) => ({ name: `${figure.name}.svg`, bytes: await drawSvg(figure) })));
  },
};
