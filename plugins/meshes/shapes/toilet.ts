import { Path, Shape } from "three";
import type { ShapeFamily, Solid } from "./family.ts";
import { box, loft, oval, plate, rod } from "./solids.ts";
import type { Variation } from "./variation.ts";

/** A toilet: bowl to the front, cistern behind, the lid open or shut. */
export const toilet: ShapeFamily = { name: "toilet", imageNet: { index: 861, label: "toilet seat" }, revolution: false, build };

/** The bowl's rim: its height, half axes and where its middle lies. */
interface Rim {
  readonly height: number;
  readonly x: number;
  readonly z: number;
  readonly middle: number;
}

function build(vary: Variation): Solid[] {
  const rim: Rim = {
    height: vary.number(0.4, 0.34, 0.46),
    x: vary.number(0.185, 0.165, 0.22),
    z: vary.number(0.25, 0.2, 0.29),
    middle: -0.1,
  };
  const lid = vary.choose("open", "open", "shut", "none");
  const parts = [bowl(vary, rim), ...cistern(vary, rim)];
  if (lid !== "none") parts.push(seat(rim, lid === "shut"));
  if (lid === "open") parts.push(openLid(vary, rim));
  return parts;
}

function bowl(vary: Variation, { height, x, z, middle }: Rim): Solid {
  const waist = vary.number(0.55, 0.42, 0.9);
  const foot = waist * vary.number(1.2, 1, 1.35);
  const back = vary.number(0.1, 0.06, 0.12);
  const ring = (y: number, shareX: number, shareZ: number, shift: number, exponent = 2.2) =>
    oval(x * shareX, z * shareZ, [0, y * height, middle + shift], { exponent, count: 40 });
  return loft([
    ring(0, foot, foot * 1.05, back, 3),
    ring(0.06, foot, foot * 1.05, back, 3),
    ring(0.15, waist * 1.05, waist * 1.1, back, 2.6),
    ring(0.4, waist, waist * 1.05, back * 0.9),
    ring(0.6, waist + 0.35 * (1 - waist), waist + 0.5 * (1 - waist), back * 0.5),
    ring(0.8, 0.93, 0.95, 0.01),
    ring(0.92, 1, 1, 0),
    ring(1, 0.99, 0.99, 0),
    ring(1.01, 0.9, 0.93, 0),
    ring(1, 0.74, 0.8, 0),
    ring(0.8, 0.68, 0.74, 0),
    ring(0.6, 0.5, 0.52, 0.02),
    ring(0.45, 0.24, 0.22, 0.04),
  ]);
}

function cistern(vary: Variation, { height, x, z, middle }: Rim): Solid[] {
  const half = x * vary.number(1.2, 1, 1.4);
  const tall = vary.number(0.36, 0.26, 0.46);
  const deep = vary.number(0.19, 0.15, 0.23);
  const gap = vary.number(0.03, 0.01, 0.06);
  const front = middle + z - 0.02;
  const center = front + deep / 2;
  const flare = vary.number(0.9, 0.82, 1);
  const ring = (y: number, share: number) =>
    oval(half * share, deep / 2 * share, [0, height + gap + y * tall, center], { exponent: 9, count: 40 });
  const lid = vary.number(1.07, 1.03, 1.12);
  const lever = vary.choose(-1, 1);
  return [
    box([x * 1.1, 0.34 * height + gap, 0.26], [0, height * 0.83 + gap / 2, front - 0.01], 0.02),
    loft([ring(0, flare - 0.05), ring(0.06, flare), ring(0.6, (1 + flare) / 2), ring(1, 1)]),
    loft([ring(1, lid - 0.01), ring(1.01, lid), ring(1.07, lid), ring(1.09, lid - 0.05)]),
    rod(
      [lever * half * 0.72, height + gap + tall * 0.84, front - 0.03],
      [lever * half * 0.35, height + gap + tall * 0.82, front - 0.03],
      0.011,
    ),
    rod(
      [lever * half * 0.72, height + gap + tall * 0.84, front + 0.03],
      [lever * half * 0.72, height + gap + tall * 0.84, front - 0.03],
      0.014,
    ),
  ];
}

/** The ring to sit on, with the lid on it where that is shut. */
function seat({ height, x, z, middle }: Rim, shut: boolean): Solid {
  const outline = new Shape();
  outline.absellipse(0, middle, x * 1.04, z * 1.02, 0, 2 * Math.PI, false, 0);
  if (!shut) outline.holes.push(new Path().absellipse(0, middle - 0.01, x * 0.66, z * 0.72, 0, 2 * Math.PI, true, 0));
  return plate(outline, height + 0.004, shut ? 0.045 : 0.024, { bevel: 0.006 });
}

function openLid(vary: Variation, { height, x, z, middle }: Rim): Solid {
  const outline = new Shape();
  outline.absellipse(0, -z, x * 1.03, z * 1.02, 0, 2 * Math.PI, false, 0);
  const hinge = middle + z - 0.07;
  return plate(outline, 0, 0.02, { bevel: 0.005 }).rotateX(vary.number(83, 78, 92) * Math.PI / 180).translate(0, height + 0.03, hinge);
}
