import type { ShapeFamily, Solid } from "./family.ts";
import { revolve, smooth } from "./solids.ts";
import type { Variation } from "./variation.ts";

/** A bottle with its cap: of plastic with ribs, or slim as a wine bottle, or squat as a flask. */
export const bottle: ShapeFamily = { name: "bottle", imageNet: { index: 898, label: "water bottle" }, revolution: true, build };

function build(vary: Variation): Solid[] {
  const radius = vary.number(0.29, 0.21, 0.38);
  const neck = radius * vary.number(0.36, 0.28, 0.5);
  const shoulder = vary.number(1.2, 0.9, 1.35);
  const neckStart = shoulder + vary.number(0.38, 0.2, 0.5);
  const top = neckStart + vary.number(0.12, 0.08, 0.45);
  const ribs = vary.chance(true, 0.6) ? vary.count(6, 3, 8) : 0;
  const ribDepth = radius * vary.number(0.06, 0.04, 0.09);
  const waist = radius * vary.number(0, 0, 0.16);

  const side: [number, number][] = [];
  for (let i = 0; i <= 40; i++) {
    const share = i / 40;
    const y = 0.06 + share * (shoulder - 0.06);
    const rib = ribs > 0 ? ribDepth * (0.5 - 0.5 * Math.cos(2 * Math.PI * ribs * share)) : 0;
    side.push([radius - rib - waist * Math.sin(Math.PI * share) ** 2, y]);
  }
  const bulge = vary.number(0.5, 0.25, 0.75);
  const rise = neckStart - shoulder;
  const cone = smooth([
    [radius, shoulder],
    [radius * 0.97, shoulder + 0.14 * rise],
    [neck + (radius - neck) * (0.35 + 0.5 * bulge), shoulder + 0.5 * rise],
    [neck * 1.05, neckStart],
    [neck, top],
  ], 14);
  const body = revolve([[0, 0.03], [radius * 0.6, 0], [radius * 0.9, 0.01], ...side, ...cone.slice(1), [0, top]]);
  return [body, ...closure(vary, neck, top)];
}

/** The collar and the cap: a screw cap, or a sport cap with a nipple. */
function closure(vary: Variation, neck: number, top: number): Solid[] {
  const wide = neck * vary.number(1.2, 1.1, 1.35);
  const height = vary.number(0.13, 0.1, 0.2);
  const collar = revolve([[0, top - 0.07], [wide, top - 0.07], [wide, top - 0.035], [0, top - 0.035]]);
  const cap = vary.choose<[number, number][]>(
    [[wide, top + height - 0.02], [wide * 0.9, top + height]],
    [[wide, top + height * 0.5], [wide * 0.5, top + height * 0.8], [wide * 0.5, top + height * 1.5], [wide * 0.3, top + height * 1.6]],
  );
  const end = cap[cap.length - 1][1];
  return [collar, revolve([[0, top - 0.02], [wide, top - 0.02], ...cap, [0, end]])];
}
