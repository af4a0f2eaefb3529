import type { BiasRecord } from "../core/study_record.ts";
import { short, table } from "./region_table.ts";

/** Data semantic maps for people: a line a class with what its networks share, and its largest adversarial regions. */
export function describeBias({ networks, run, classes, complete }: BiasRecord): string {
  const summary = classes.map(({ name, networks, mean, regions }) => [
    name,
    (mean.reduce((sum, score) => sum + score, 0) / mean.length).toFixed(3),
    ...networks.map(({ explained }) => Number.isNaN(explained) ? "-" : `${(100 * explained).toFixed(0)}%`),
    String(regions.length),
  ]);
  const axes = run.space.map(({ name }) => name);
  const regions = classes.flatMap(({ name, regions }) =>
    regions.slice(0, SHOWN).map(({ a, b, volumeRatio, check, networkMeans }) => [
      name,
      ...axes.map((_, axis) => `${short(a[axis])} .. ${short(b[axis])}`),
      `${(100 * volumeRatio).toFixed(2)}%`,
      (networkMeans.reduce((sum, mean) => sum + mean, 0) / networkMeans.length).toFixed(3),
      `${Math.min(...networkMeans).toFixed(3)} .. ${Math.max(...networkMeans).toFixed(3)}`,
      check === null ? "-" : check.holds ? "yes" : "no",
    ])
  );
  return [
    `Share of each network's map that the mean of the others explains${complete ? "" : " (not complete)"}`,
    table([["class", "mean score", ...networks.map(({ name }) => name), "regions"], ...summary]),
    ...(regions.length === 0 ? [] : [
      `Class-global adversarial regions, the ${SHOWN} largest of each class; “of networks”: lowest and highest mean of a network inside`,
      table([["class", ...axes, "volume", "mean score", "of networks", "holds"], ...regions]),
    ]),
  ].join("\n");
}

/** Regions of a class that are shown. */
const SHOWN = 2;
