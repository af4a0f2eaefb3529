import { Shape } from "three";
import type { ShapeFamily, Solid } from "./family.ts";
import { beam, box, ellipsoid, loft, oval, pipe, plate, type Point, revolve, rod } from "./solids.ts";
import type { Variation } from "./variation.ts";

/** A chair to sit on: on four legs, crossed legs, runners or a pedestal; with a back of bars, slats or a panel; some with arms. */
export const chair: ShapeFamily = { name: "chair", imageNet: { index: 559, label: "folding chair" }, revolution: false, build };

/** Half the seat's sides, its height, half the thickness of a leg, and where the back ends. */
interface Frame {
  readonly x: number;
  readonly z: number;
  readonly seat: number;
  readonly leg: number;
  readonly top: number;
  readonly lean: number;
}

function build(vary: Variation): Solid[] {
  const seat = vary.number(0.46, 0.36, 0.58);
  const frame: Frame = {
    x: vary.number(0.22, 0.19, 0.29),
    z: vary.number(0.22, 0.19, 0.28),
    seat,
    leg: vary.number(0.018, 0.011, 0.028),
    top: seat + vary.number(0.48, 0.3, 0.68),
    lean: vary.number(0.08, 0.02, 0.18),
  };
  const legs = vary.choose(fourLegs, fourLegs, crossedLegs, runners, pedestal);
  const back = vary.choose(ladderBack, slatBack, panelBack, roundBack);
  const arms = vary.chance(false, 0.35);
  return [cushion(vary, frame), ...legs(vary, frame), ...back(vary, frame), ...(arms ? armrests(vary, frame) : [])];
}

function cushion(vary: Variation, { x, z, seat }: Frame): Solid {
  const thickness = vary.number(0.035, 0.025, 0.1);
  const exponent = vary.number(10, 3, 12);
  const rings = [[0.97, 1], [1.01, 0.85], [1.02, 0.6], [1.02, 0.35], [1.01, 0.12], [0.98, 0]];
  return loft(rings.map(([share, depth]) => oval(x * share, z * share, [0, seat - depth * thickness, 0], { exponent, count: 64 })));
}

function fourLegs(vary: Variation, { x, z, seat, leg }: Frame): Solid[] {
  const splay = vary.number(0.01, 0, 0.08);
  const stretcher = vary.chance(true, 0.5);
  const [inX, inZ] = [x - leg, z - leg];
  const foot = vary.number(0.8, 0.5, 1);
  const parts = [-1, 1].flatMap((left) =>
    [-1, 1].map((front) =>
      rod([left * (inX + splay), 0, front * (inZ + splay)], [left * inX, seat - 0.01, front * inZ], leg * foot, { radiusTo: leg })
    )
  );
  if (stretcher) {
    const y = seat * 0.4;
    for (const side of [-1, 1]) parts.push(rod([side * (inX + splay / 2), y, -inZ], [side * (inX + splay / 2), y, inZ], leg * 0.6));
    parts.push(rod([-inX, y, 0], [inX, y, 0], leg * 0.6));
  }
  return parts;
}

/** A folding chair's legs: two that cross on each side. */
function crossedLegs(_: Variation, { x, z, seat, leg }: Frame): Solid[] {
  return [-1, 1].flatMap((side) => {
    const outer = side * (x - leg);
    return [
      rod([outer, 0, -z - 0.04], [outer, seat - 0.01, z * 0.8], leg),
      rod([outer * 0.88, 0, z + 0.04], [outer * 0.88, seat - 0.01, -z * 0.8], leg),
    ];
  }).concat([
    rod([-x + leg, 0.07, -z + 0.03], [x - leg, 0.07, -z + 0.03], leg * 0.8),
    rod([-x + leg, 0.07, z - 0.03], [x - leg, 0.07, z - 0.03], leg * 0.8),
  ]);
}

/** Bent steel tube: a closed runner on each side. */
function runners(_: Variation, { x, z, seat, leg }: Frame): Solid[] {
  return [-1, 1].flatMap((side): Solid[] => {
    const outer = side * (x - leg);
    return [
      beam([outer, 0, -z], [outer, seat - 0.01, -z + 0.04], 2 * leg, 2 * leg),
      beam([outer, 0, z], [outer, seat - 0.01, z - 0.04], 2 * leg, 2 * leg),
      box([2 * leg, 2 * leg, 2 * z + 2 * leg], [outer, leg, 0]),
    ];
  });
}

function pedestal(vary: Variation, { x, seat, leg }: Frame): Solid[] {
  const column = rod([0, 0.04, 0], [0, seat - 0.01, 0], leg * 1.8);
  if (vary.chance(true, 0.4)) return [column, revolve([[0, 0], [x * 0.95, 0], [x * 0.9, 0.02], [leg * 2.5, 0.06], [0, 0.06]])];
  const star = Array.from({ length: 5 }, (_, i) => {
    const angle = 2 * Math.PI * i / 5 + Math.PI / 2;
    const foot: Point = [x * 1.15 * Math.cos(angle), 0.03, x * 1.15 * Math.sin(angle)];
    return [rod([0, 0.09, 0], foot, leg * 1.3, { radiusTo: leg }), ellipsoid([0.03, 0.03, 0.03], foot, 8)];
  });
  return [column, ...star.flat()];
}

/** The two posts that carry a back. */
function posts({ x, z, seat, top, lean, leg }: Frame): Solid[] {
  return [-1, 1].map((side) => {
    const outer = side * (x - leg);
    return rod([outer, seat - 0.03, z - leg], [outer, top, z - leg + lean], leg);
  });
}

/** The point of the back's plane at a share of its height. */
function onBack({ z, seat, top, lean, leg }: Frame, share: number): { y: number; z: number } {
  return { y: seat + share * (top - seat), z: z - leg + lean * share };
}

function ladderBack(vary: Variation, frame: Frame): Solid[] {
  const bars = vary.count(3, 2, 5);
  const height = (frame.top - frame.seat) * 0.5 / bars;
  const tilt = -Math.atan2(frame.lean, frame.top - frame.seat);
  const rungs = Array.from({ length: bars }, (_, i) => {
    const { y, z } = onBack(frame, 0.93 - i * 0.72 / bars);
    return box([2 * frame.x, height, 0.018], [0, 0, 0], 0.004).rotateX(-tilt).translate(0, y, z);
  });
  return [...posts(frame), ...rungs];
}

function slatBack(vary: Variation, frame: Frame): Solid[] {
  const slats = vary.count(5, 4, 8);
  const [low, high] = [onBack(frame, 0.12), onBack(frame, 0.95)];
  const rail = (at: { y: number; z: number }) => box([2 * frame.x, 0.05, 0.025], [0, at.y, at.z], 0.006);
  const bars = Array.from({ length: slats }, (_, i) => {
    const x = (frame.x - frame.leg) * (2 * (i + 1) / (slats + 1) - 1);
    return beam([x, low.y, low.z], [x, high.y, high.z], 0.45 * 2 * frame.x / (slats + 1), 0.012);
  });
  return [...posts(frame), rail(low), rail(high), ...bars];
}

function panelBack(vary: Variation, frame: Frame): Solid[] {
  const start = vary.number(0.35, 0.05, 0.5);
  const [low, high] = [onBack(frame, start), onBack(frame, 1.02)];
  const thickness = vary.number(0.03, 0.02, 0.08);
  return [...posts(frame), beam([0, low.y, low.z], [0, high.y, high.z], 2 * frame.x, thickness)];
}

/** A rounded panel in a bent frame. */
function roundBack(vary: Variation, frame: Frame): Solid[] {
  const { x, top, seat, lean } = frame;
  const start = vary.number(0.3, 0.1, 0.45);
  const [low, high] = [onBack(frame, start), onBack(frame, 1)];
  const outline = new Shape().absellipse(0, 0, x, (high.y - low.y) / 2, 0, 2 * Math.PI, false, 0) as Shape;
  const panel = plate(outline, -0.015, 0.03, { bevel: 0.008 }).rotateX(Math.PI / 2 + Math.atan2(lean, top - seat));
  const corner = onBack(frame, 0.75);
  const hoop: Point[] = [
    [-x + 0.02, seat - 0.02, frame.z - frame.leg],
    [-x, corner.y, corner.z],
    [0, high.y, high.z],
    [x, corner.y, corner.z],
    [x - 0.02, seat - 0.02, frame.z - frame.leg],
  ];
  return [panel.translate(0, (low.y + high.y) / 2, (low.z + high.z) / 2), pipe(hoop, frame.leg, { segments: 32, sides: 8 })];
}

function armrests(vary: Variation, frame: Frame): Solid[] {
  const height = frame.seat + vary.number(0.2, 0.16, 0.24);
  const { x, z, leg } = frame;
  return [-1, 1].flatMap((side) => {
    const outer = side * (x + 0.01);
    return [
      beam([outer, frame.seat - 0.03, -z * 0.7], [outer, height, -z * 0.7], 1.6 * leg, 1.6 * leg),
      box([0.045, 0.022, 1.75 * z + 0.04], [outer, height, 0.13 * z], 0.006),
    ];
  });
}
