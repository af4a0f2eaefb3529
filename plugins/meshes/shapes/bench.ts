import type { ShapeFamily, Solid } from "./family.ts";
import { beam, box, pipe, type Point, rod } from "./solids.ts";
import type { Variation } from "./variation.ts";

/** A park bench: slats on two or three frames, most with a back, some with arms. */
export const bench: ShapeFamily = { name: "bench", imageNet: { index: 703, label: "park bench" }, revolution: false, build };

function build(vary: Variation): Solid[] {
  const half = vary.number(0.78, 0.58, 1.05);
  const depth = vary.number(0.46, 0.36, 0.56);
  const seat = vary.number(0.43, 0.36, 0.5);
  const back = vary.number(0.42, 0.3, 0.55);
  const lean = vary.number(0.14, 0.04, 0.22);
  const hasBack = vary.chance(true, 0.9);
  const slat = vary.number(0.035, 0.025, 0.05);
  const seatSlats = vary.count(5, 3, 8);
  const uprights = vary.chance(false, 0.3);
  const backSlats = vary.count(4, 2, 6);

  const parts: Solid[] = [];
  const pitch = depth / seatSlats;
  for (let i = 0; i < seatSlats; i++) {
    parts.push(box([2 * half, slat, pitch * 0.78], [0, seat - slat / 2, -depth / 2 + (i + 0.5) * pitch], slat * 0.2));
  }
  const rear = (share: number) => ({ y: seat + 0.06 + share * back, z: depth / 2 + 0.02 + share * lean });
  const tilt = Math.atan2(lean, back);
  if (hasBack && uprights) {
    const count = vary.count(16, 12, 22);
    for (let i = 0; i < count; i++) {
      const x = half * (2 * (i + 0.5) / count - 1);
      parts.push(beam([x, rear(0).y, rear(0).z], [x, rear(1).y, rear(1).z], half * 0.9 / count, slat * 0.6));
    }
    for (const share of [0, 1]) parts.push(box([2 * half, 0.07, slat * 1.3], [0, rear(share).y, rear(share).z]));
  } else if (hasBack) {
    for (let i = 0; i < backSlats; i++) {
      const { y, z } = rear((i + 0.5) / backSlats);
      parts.push(box([2 * half, back / backSlats * 0.75, slat], [0, 0, 0], slat * 0.2).rotateX(tilt).translate(0, y, z));
    }
  }
  const frame = vary.choose(castFrame, timberFrame, timberFrame);
  const frames = half > 0.85 ? vary.choose(3, 2) : 2;
  const arms = vary.chance(true, 0.5);
  for (let i = 0; i < frames; i++) {
    const x = (half - vary.number(0.12, 0.04, 0.2)) * (2 * i / (frames - 1) - 1);
    parts.push(
      ...frame({ x, seat: seat - slat, depth, back: hasBack ? rear(0.97) : undefined, arms: arms && (i === 0 || i === frames - 1) }),
    );
  }
  return parts;
}

/** One of the frames that carry the slats. */
interface FramePlace {
  readonly x: number;
  readonly seat: number;
  readonly depth: number;
  readonly back: { readonly y: number; readonly z: number } | undefined;
  readonly arms: boolean;
}

/** Curved legs of cast iron. */
function castFrame({ x, seat, depth, back, arms }: FramePlace): Solid[] {
  const z = depth / 2;
  const front: Point[] = [[x, 0.02, -z - 0.06], [x, 0.1, -z - 0.02], [x, seat * 0.6, -z * 0.75], [x, seat - 0.02, -z * 0.9]];
  const rear: Point[] = [[x, 0.02, z + 0.1], [x, 0.1, z + 0.05], [x, seat * 0.6, z * 0.7], [x, seat, z]];
  if (back) rear.push([x, (seat + back.y) / 2, z + 0.03 + (back.z - z) * 0.4], [x, back.y, back.z + 0.03]);
  const parts = [pipe(front, 0.03, { segments: 16, sides: 8 }), pipe(rear, 0.03, { segments: 24, sides: 8 })];
  parts.push(box([0.05, 0.04, depth], [x, seat - 0.02, 0]), box([0.04, 0.03, depth * 0.75], [x, seat * 0.45, 0]));
  if (arms) {
    const rise: Point[] = [[x, seat, -z * 0.85], [x, seat + 0.2, -z * 1.05], [x, seat + 0.25, -z * 0.7], [x, seat + 0.22, z * 0.4], [
      x,
      seat + 0.2,
      z + 0.06,
    ]];
    parts.push(pipe(rise, 0.028, { segments: 24, sides: 8 }));
  }
  return parts;
}

/** Straight legs of timber or concrete. */
function timberFrame({ x, seat, depth, back, arms }: FramePlace): Solid[] {
  const z = depth / 2;
  const parts = [
    box([0.07, seat, 0.07], [x, seat / 2, -z + 0.05]),
    box([0.07, seat, 0.07], [x, seat / 2, z - 0.03]),
    box([0.06, 0.06, depth], [x, seat - 0.03, 0]),
  ];
  if (back) parts.push(beam([x, seat - 0.1, z + 0.02], [x, back.y, back.z + 0.035], 0.06, 0.05));
  if (arms) {
    parts.push(box([0.06, 0.24, 0.06], [x, seat + 0.12, -z + 0.05]), box([0.08, 0.04, depth + 0.04], [x, seat + 0.25, 0.02]));
    if (!back) parts.push(rod([x, seat, z - 0.03], [x, seat + 0.24, z - 0.03], 0.03));
  }
  return parts;
}
