import { Vector3 } from "three";
import type { ShapeFamily, Solid } from "./family.ts";
import { box, loft, type Point, revolve } from "./solids.ts";
import type { Variation } from "./variation.ts";

/** A jet airliner, its nose to the front: two or four engines under the wings, or two at the tail. */
export const airliner: ShapeFamily = { name: "airliner", imageNet: { index: 404, label: "airliner" }, revolution: false, build };

/** A lifting surface between a root and a tip: leading edges, chords, and thickness as a share of the chord. */
interface Wing {
  readonly root: Point;
  readonly tip: Point;
  readonly rootChord: number;
  readonly tipChord: number;
  readonly thickness: number;
}

function build(vary: Variation): Solid[] {
  const length = vary.number(5, 4.2, 6.4);
  const radius = vary.number(0.5, 0.42, 0.68);
  const engines = vary.choose("two", "two", "four", "tail");
  const span = vary.number(5, 4, 5.8);
  const sweep = vary.number(2.3, 1.5, 3);
  const dihedral = vary.number(0.45, 0.15, 0.8);
  const chord = vary.number(2.5, 2, 3);
  const place = (engines === "tail" ? -0.05 : -0.22) * length + vary.number(0, -0.2, 0.2);
  const wing: Wing = {
    root: [0, -radius * 0.45, place],
    tip: [span, -radius * 0.45 + dihedral, place + sweep],
    rootChord: chord,
    tipChord: chord * vary.number(0.27, 0.2, 0.4),
    thickness: 0.11,
  };
  const parts = [fuselage(vary, length, radius), surface(wing), ...tail(vary, length, radius, engines === "tail")];
  if (engines !== "tail" && vary.chance(false, 0.5)) parts.push(...winglets(wing));
  return [...parts, ...engineParts(vary, engines, wing, length, radius)];
}

function fuselage(vary: Variation, length: number, radius: number): Solid {
  const nose = vary.number(1.1, 0.8, 1.6);
  const stations = [-1, -0.995, -0.975, -0.94, -0.89, -0.83, -0.76, -0.3, 0.3, 0.45, 0.6, 0.75, 0.9, 1];
  return loft(stations.map((station) => {
    const z = station * length;
    const front = Math.min(1, (station + 1) * length / (nose * 1.2));
    const rear = Math.max(0, (station - 0.35) / 0.65);
    const size = Math.max(0.02, radius * Math.sqrt(1 - (1 - front) ** 2.2) * (1 - 0.88 * rear ** 1.6));
    const y = -0.25 * radius * (1 - front) ** 2 + (radius - size) * 0.72 * (rear > 0 ? 1 : 0);
    return circle([0, y, z], size);
  }));
}

function circle(center: Point, radius: number, count = 24): Vector3[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = 2 * Math.PI * i / count;
    return new Vector3(center[0] + radius * Math.cos(angle), center[1] + radius * Math.sin(angle), center[2]);
  });
}

/** Upper and lower side of an airfoil, as [share of the chord, share of the thickness]. */
const AIRFOIL: readonly (readonly [number, number])[] = [
  [0, 0],
  [0.05, 0.3],
  [0.2, 0.5],
  [0.45, 0.48],
  [0.75, 0.25],
  [1, 0.03],
  [1, -0.03],
  [0.75, -0.2],
  [0.45, -0.4],
  [0.2, -0.42],
  [0.05, -0.25],
];

function airfoil(edge: Point, chord: number, thickness: number, upright = false): Vector3[] {
  return AIRFOIL.map(([along, across]) => {
    const lift = across * thickness * chord;
    return upright
      ? new Vector3(edge[0] + lift, edge[1], edge[2] + along * chord)
      : new Vector3(edge[0], edge[1] + lift, edge[2] + along * chord);
  });
}

/** Both sides of a surface in one piece, through the fuselage. */
function surface({ root, tip, rootChord, tipChord, thickness }: Wing): Solid {
  const right = [0, 0.35, 1].map((share) => {
    const edge = root.map((value, axis) => value + share * (tip[axis] - value)) as unknown as Point;
    const chord = share < 0.5 ? rootChord + (tipChord - rootChord) * share * 1.35 : tipChord;
    return airfoil(edge, chord, thickness);
  });
  const left = right.slice(1).reverse().map((section) => section.map(({ x, y, z }) => new Vector3(-x, y, z)));
  return loft([...left, ...right]);
}

function tail(vary: Variation, length: number, radius: number, highTail: boolean): Solid[] {
  const height = vary.number(1.85, 1.5, 2.2);
  const chord = vary.number(1.5, 1.2, 1.8);
  const z = length * 0.96 - chord;
  const fin: Solid = loft([
    airfoil([0, radius * 0.4, z - 0.25], chord * 1.15, 0.1, true),
    airfoil([0, radius * 0.9, z], chord, 0.1, true),
    airfoil([0, radius + height, z + chord * 0.85], chord * 0.45, 0.1, true),
  ]);
  const y = highTail ? radius + height * 0.97 : radius * 0.55;
  const back = highTail ? z + chord * 0.8 : z + chord * 0.25;
  const reach = vary.number(1.75, 1.45, 2.1);
  const stabilizer = surface({ root: [0, y, back], tip: [reach, y + 0.12, back + 0.85], rootChord: 1.05, tipChord: 0.45, thickness: 0.1 });
  return [fin, stabilizer];
}

function winglets({ tip, tipChord }: Wing): Solid[] {
  return [-1, 1].map((side) =>
    loft([
      airfoil([side * (tip[0] - 0.03), tip[1] - 0.02, tip[2]], tipChord, 0.1, true),
      airfoil([side * (tip[0] + 0.18), tip[1] + 0.6, tip[2] + 0.5], tipChord * 0.5, 0.1, true),
    ])
  );
}

function engineParts(vary: Variation, engines: "two" | "four" | "tail", wing: Wing, length: number, radius: number): Solid[] {
  const size = engines === "two" ? vary.number(0.38, 0.3, 0.46) : 0.27;
  if (engines === "tail") {
    return [-1, 1].flatMap((side) => [
      nacelle(size, [side * (radius + size * 0.9), radius * 0.35, length * 0.48]),
      box([size * 2, 0.06, 0.7], [side * radius * 0.9, radius * 0.35, length * 0.48 + 0.6]),
    ]);
  }
  const shares = engines === "two" ? [0.33] : [0.3, 0.58];
  return shares.flatMap((share) => {
    const at = wing.root.map((value, axis) => value + share * (wing.tip[axis] - value));
    return [-1, 1].flatMap((side) => {
      const place: Point = [side * at[0], at[1] - size * 1.15, at[2] - 0.75];
      return [nacelle(size, place), box([0.07, size * 1.2, 1.1], [place[0], at[1] - size * 0.45, at[2] + 0.25])];
    });
  });
}

/** An engine's cowling, hollow in front, its intake at a point. */
function nacelle(radius: number, [x, y, z]: Point): Solid {
  const profile: [number, number][] = [
    [0, 0.25],
    [radius * 0.8, 0.25],
    [radius * 0.84, 0.03],
    [radius * 0.92, 0],
    [radius, 0.06],
    [radius * 1.03, 0.4],
    [radius * 0.95, 0.9],
    [radius * 0.62, 1.3],
    [radius * 0.3, 1.32],
    [0, 1.6],
  ];
  return revolve(profile, 20).rotateX(Math.PI / 2).translate(x, y, z);
}
