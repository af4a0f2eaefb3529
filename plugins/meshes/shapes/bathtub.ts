import type { Vector3 } from "three";
import type { ShapeFamily, Solid } from "./family.ts";
import { box, ellipsoid, loft, oval, pipe, revolve, rod } from "./solids.ts";
import type { Variation } from "./variation.ts";

/** A bathtub, long from side to side: on feet, on the floor, or built in; its tap at one end. */
export const bathtub: ShapeFamily = { name: "bathtub", imageNet: { index: 435, label: "bathtub" }, revolution: false, build };

function build(vary: Variation): Solid[] {
  const length = vary.number(0.85, 0.72, 1.02);
  const width = vary.number(0.4, 0.34, 0.5);
  const height = vary.number(0.5, 0.42, 0.62);
  const style = vary.choose("feet", "floor", "built-in");
  const round = style === "built-in" ? vary.number(6, 4, 9) : vary.number(2.8, 2.2, 4);
  const exponent = style === "built-in" ? vary.number(14, 8, 18) : round;
  const slope = style === "built-in" ? 1 : vary.number(0.78, 0.68, 0.92);
  const raise = style === "built-in" ? 0 : vary.chance(false, 0.4) ? vary.number(0.15, 0.08, 0.24) : 0;
  const bottom = style === "feet" ? vary.number(0.12, 0.08, 0.16) : 0;
  const rim = vary.number(0.045, 0.03, 0.08);

  /** A level ring, `share` of the way up, whose head end is raised; `inset` from the wall. */
  const ring = (share: number, inset: number, power: number): Vector3[] => {
    const taper = slope + (1 - slope) * Math.sin(share * Math.PI / 2);
    const y = bottom + share * (height - bottom);
    const points = oval(length * taper - inset, width * (taper * 0.9 + 0.1) - inset, [0, y, 0], { exponent: power, count: 56 });
    for (const point of points) point.y += raise * share * share * ((point.x / length + 1) / 2) ** 2;
    return points;
  };
  const shift = (points: Vector3[], y: number) => points.map((point) => point.setY(point.y + y));
  const wall = style === "built-in" ? rim * 1.4 : 0.03;
  const outer = [0, 0.04, 0.12, 0.3, 0.55, 0.8, 1].map((share) =>
    ring(share, share === 0 ? 0.05 * (style === "built-in" ? 0 : 1) : 0, exponent)
  );
  const roll = style === "built-in"
    ? [shift(ring(1, -0.01, exponent), 0.005), shift(ring(1, -0.01, exponent), 0.03), shift(ring(1, wall, round), 0.03)]
    : [shift(ring(1, -rim, exponent), -0.01), shift(ring(1, -rim * 1.15, exponent), 0.015), shift(ring(1, -rim * 0.5, exponent), 0.035)];
  const inner = [1, 0.8, 0.55, 0.3, 0.16, 0.1].map((share, i) => ring(share, wall + 0.004 * i + (share < 0.15 ? 0.08 : 0), round));
  if (style === "built-in") {
    inner.forEach((points, i) => points.forEach((point) => point.setX(point.x * (1 - 0.03 * i)).setZ(point.z * (1 - 0.04 * i))));
  }

  const parts = [loft([...outer, ...roll, ...inner])];
  if (style === "feet") parts.push(...feet(length * slope * 0.75, width * slope * 0.72, bottom));
  return vary.chance(true, 0.75) ? [...parts, ...tap(vary, -length, height)] : parts;
}

function feet(x: number, z: number, height: number): Solid[] {
  return [-1, 1].flatMap((side) =>
    [-1, 1].flatMap((front) => [
      pipe(
        [[side * x, height + 0.03, front * z], [side * (x + 0.05), height * 0.7, front * (z + 0.06)], [
          side * (x + 0.03),
          0.03,
          front * (z + 0.04),
        ]],
        0.032,
        {
          segments: 8,
          sides: 8,
        },
      ),
      ellipsoid([0.045, 0.03, 0.045], [side * (x + 0.03), 0.03, front * (z + 0.04)], 10),
    ])
  );
}

/** Two handles and a spout that bends over the rim at x. */
function tap(vary: Variation, x: number, height: number): Solid[] {
  const rise = vary.number(0.16, 0.08, 0.24);
  const spout = pipe([[x, height - 0.02, 0], [x, height + rise, 0], [x + 0.06, height + rise + 0.03, 0], [
    x + 0.15,
    height + rise - 0.02,
    0,
  ]], 0.022);
  const handles = [-1, 1].flatMap((side) => [
    rod([x, height - 0.02, side * 0.1], [x, height + 0.07, side * 0.1], 0.014),
    box([0.07, 0.02, 0.02], [x, height + 0.07, side * 0.1]),
  ]);
  return [spout, ...handles, revolve([[0, height], [0.03, height], [0.03, height + 0.04], [0, height + 0.04]], 16).translate(x, 0, 0)];
}
