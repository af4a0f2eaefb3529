import type { ShapeFamily, Solid } from "./family.ts";
import { revolve, smooth } from "./solids.ts";
import type { Variation } from "./variation.ts";

/** An open vase: foot, belly, neck and a lip that flares. */
export const vase: ShapeFamily = { name: "vase", imageNet: { index: 883, label: "vase" }, revolution: true, build };

function build(vary: Variation): Solid[] {
  const belly = vary.number(0.36, 0.24, 0.5);
  const bellyHeight = vary.number(0.5, 0.3, 0.72);
  const foot = belly * vary.number(0.5, 0.4, 0.75);
  const neck = belly * vary.number(0.42, 0.32, 0.72);
  const neckHeight = bellyHeight + (1.25 - bellyHeight) * vary.number(0.62, 0.5, 0.72);
  const lip = Math.max(neck * 1.25, belly * vary.number(0.72, 0.55, 1));
  const base = vary.chance(true, 0.5) ? vary.number(0.06, 0.04, 0.12) : 0;
  const wall = vary.number(0.03, 0.025, 0.045);
  const top = 1.25;

  const outer = smooth([
    [foot, base],
    [foot + 0.75 * (belly - foot), base + 0.45 * (bellyHeight - base)],
    [belly, bellyHeight],
    [neck + 0.45 * (belly - neck), bellyHeight + 0.55 * (neckHeight - bellyHeight)],
    [neck, neckHeight],
    [neck + 0.3 * (lip - neck), neckHeight + 0.6 * (top - neckHeight)],
    [lip, top],
  ], 24);
  const inner = outer.slice(3).reverse().map(([radius, y]): [number, number] => [radius - wall, y]);
  const pedestal: [number, number][] = base > 0
    ? [[0, 0], [foot * 1.25, 0], [foot * 1.25, base * 0.5], [foot * 0.95, base * 0.8]]
    : [[0, 0]];
  return [revolve([...pedestal, ...outer, [lip - wall / 2, top + wall / 3], ...inner, [0, inner[inner.length - 1][1]]], 44)];
}
