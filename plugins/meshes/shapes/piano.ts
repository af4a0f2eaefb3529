import { Path, Shape } from "three";
import type { ShapeFamily, Solid } from "./family.ts";
import { beam, box, plate, type Point, rod, turn } from "./solids.ts";
import type { Variation } from "./variation.ts";

/** A grand piano, its keys to the front, the lid hinged at the bass side and mostly propped open. */
export const piano: ShapeFamily = { name: "piano", imageNet: { index: 579, label: "grand piano" }, revolution: false, build };

/** Half the width, the length behind the keys, the height of the case's floor, and how tall the case is. */
interface Case {
  readonly half: number;
  readonly length: number;
  readonly floor: number;
  readonly tall: number;
}

const KEYS_DEPTH = 0.3;

function build(vary: Variation): Solid[] {
  const body: Case = {
    half: vary.number(0.75, 0.68, 0.82),
    length: vary.number(1.35, 0.95, 1.85),
    floor: vary.number(0.62, 0.55, 0.7),
    tall: vary.number(0.32, 0.26, 0.38),
  };
  const tail = vary.number(0.3, 0.22, 0.45);
  const hip = vary.number(0.3, 0.2, 0.42);
  const rim = outline(body, tail, hip, 1);
  const inside = outline(body, tail, hip, 0.9);
  const hollow = outline(body, tail, hip, 1);
  hollow.holes.push(new Path(inside.getPoints(24).reverse()));
  const lidOpen = vary.chance(true, 0.8);
  return [
    plate(rim, body.floor, body.tall * 0.45),
    plate(hollow, body.floor + body.tall * 0.4, body.tall * 0.6),
    ...lid(vary, body, rim, lidOpen),
    ...keyboard(body),
    ...musicStand(vary, body),
    ...legs(vary, body),
    ...lyre(body),
  ];
}

/** The wing-shaped case behind the keys: straight at the bass side (+x), bent in at the treble side. */
function outline({ half, length }: Case, tail: number, hip: number, scale: number): Shape {
  const [middleX, middleZ] = [half * 0.15, length * 0.42];
  const x = (value: number) => middleX + (value - middleX) * scale;
  const z = (value: number) => KEYS_DEPTH + middleZ + (value - middleZ) * scale;
  const width = 2 * half;
  return new Shape()
    .moveTo(x(-half), z(0))
    .lineTo(x(half), z(0))
    .lineTo(x(half), z(length - width * 0.12))
    .bezierCurveTo(x(half), z(length), x(half - width * 0.05), z(length), x(half - width * tail * 0.5), z(length))
    .bezierCurveTo(
      x(half - width * tail),
      z(length),
      x(half - width * (tail + 0.1)),
      z(length * 0.85),
      x(half - width * (tail + 0.18)),
      z(length * 0.65),
    )
    .bezierCurveTo(x(-half + width * 0.2), z(length * 0.5), x(-half), z(length * (hip + 0.15)), x(-half), z(length * hip)) as Shape;
}

function lid(vary: Variation, { half, length, floor, tall }: Case, rim: Shape, open: boolean): Solid[] {
  const y = floor + tall;
  const board = plate(rim, y, 0.025);
  if (!open) return [board];
  const angle = vary.number(36, 26, 46);
  const reach = 1.35 * half;
  const radians = angle * Math.PI / 180;
  const z = KEYS_DEPTH + length * 0.22;
  const prop = rod([half - reach, y - tall * 0.3, z], [half - reach * Math.cos(radians), y + reach * Math.sin(radians), z], 0.013);
  return [turn(board, [0, 0, -angle], [half, y, 0]), prop];
}

/** Key bed, cheeks, white keys as one slab with gaps left out, and black keys in twos and threes. */
function keyboard({ half, floor, tall }: Case): Solid[] {
  const inner = half - 0.09;
  const y = floor + 0.13;
  const parts = [
    box([2 * half, 0.1, KEYS_DEPTH + 0.02], [0, floor + 0.05, KEYS_DEPTH / 2 + 0.01]),
    box([0.09, tall * 0.75, KEYS_DEPTH], [-half + 0.045, floor + tall * 0.37, KEYS_DEPTH / 2 + 0.005]),
    box([0.09, tall * 0.75, KEYS_DEPTH], [half - 0.045, floor + tall * 0.37, KEYS_DEPTH / 2 + 0.005]),
    box([2 * inner, 0.02, 0.03], [0, floor + 0.11, 0.03]),
  ];
  const keys = 35;
  const pitch = 2 * inner / keys;
  for (let i = 0; i < keys; i++) {
    const x = inner - (i + 0.5) * pitch;
    parts.push(box([pitch * 0.88, 0.035, 0.17], [x, y, 0.13]));
    if (i % 7 !== 2 && i % 7 !== 6 && i < keys - 1) parts.push(box([pitch * 0.55, 0.03, 0.1], [x - pitch / 2, y + 0.03, 0.17]));
  }
  return parts;
}

function musicStand(vary: Variation, { half, floor, tall }: Case): Solid[] {
  if (!vary.chance(true, 0.7)) return [];
  const board = box([half * 1.1, 0.24, 0.015], [0, 0.12, 0]).rotateX(0.35);
  return [board.translate(0, floor + tall, KEYS_DEPTH + 0.1)];
}

function legs(vary: Variation, { half, length, floor }: Case): Solid[] {
  const thick = vary.number(0.06, 0.04, 0.08);
  const round = vary.chance(false, 0.4);
  const places: Point[] = [[-half + 0.12, 0, 0.22], [half - 0.12, 0, 0.22], [half * 0.45, 0, KEYS_DEPTH + length * 0.82]];
  return places.flatMap(([x, , z]) => {
    const [foot, top]: Point[] = [[x, 0.05, z], [x, floor + 0.02, z]];
    const leg = round ? rod(foot, top, thick * 0.7, { radiusTo: thick }) : rod(foot, top, thick * 0.8, { radiusTo: thick * 1.3, sides: 4 });
    return [leg, rod([x - 0.025, 0.03, z], [x + 0.025, 0.03, z], 0.03)];
  });
}

/** The lyre that carries the three pedals. */
function lyre({ floor }: Case): Solid[] {
  const z = 0.4;
  const posts = [-0.07, 0.07].map((x) => beam([x, 0.12, z], [x, floor + 0.02, z], 0.03, 0.04));
  const pedals = [-0.07, 0, 0.07].map((x) => box([0.03, 0.015, 0.14], [x, 0.09, z - 0.1]));
  return [...posts, box([0.26, 0.06, 0.1], [0, 0.11, z]), ...pedals];
}
