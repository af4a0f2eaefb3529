import type { ShapeFamily, Solid } from "./family.ts";
import { pipe, type Point, revolve, smooth } from "./solids.ts";
import type { Variation } from "./variation.ts";

/** A mug or tea cup, with its handle to the front; some stand on a saucer. */
export const cup: ShapeFamily = { name: "cup", imageNet: { index: 968, label: "cup" }, revolution: false, build };

function build(vary: Variation): Solid[] {
  const radius = vary.number(0.42, 0.34, 0.62);
  const taper = vary.number(0.92, 0.55, 1.02);
  const belly = vary.number(0.01, -0.03, 0.12);
  const wall = vary.number(0.05, 0.035, 0.07);
  const foot = vary.chance(false, 0.35) ? 0.06 : 0;
  const saucer = vary.chance(false, 0.25);
  const height = 1;

  const radiusAt = (y: number) => radius * (taper + (1 - taper) * y / height) + belly * Math.sin(Math.PI * y / height);
  const outer = Array.from({ length: 11 }, (_, i): [number, number] => [radiusAt(i / 10 * height), foot + i / 10 * height]);
  const inner = Array.from({ length: 10 }, (_, i): [number, number] => {
    const y = height - i / 9 * (height - wall);
    return [radiusAt(y) - wall, foot + y];
  });
  const base: [number, number][] = foot > 0 ? [[0, 0], [radius * taper * 0.7, 0], [radius * taper * 0.65, foot]] : [[0, 0]];
  const body = revolve([...base, ...outer, [radiusAt(height) - wall / 2, foot + height + wall / 3], ...inner, [0, foot + wall]], 48);

  const parts = [body, handle(vary, (y) => radiusAt(y) - wall / 2, foot)];
  if (saucer) parts.push(saucerBelow(radius * taper));
  return parts;
}

function handle(vary: Variation, wallAt: (y: number) => number, foot: number): Solid {
  const [top, bottom] = [vary.number(0.82, 0.72, 0.9), vary.number(0.2, 0.12, 0.36)];
  const reach = vary.number(0.3, 0.2, 0.38);
  const droop = vary.number(0, -0.06, 0.1);
  const square = vary.number(0.85, 0.6, 1);
  const points: Point[] = [
    [0, foot + top, -wallAt(top)],
    [0, foot + top + 0.01, -wallAt(top) - 0.4 * reach],
    [0, foot + top - 0.1 - droop * 0.3, -wallAt(top) - square * reach],
    [0, foot + (top + bottom) / 2 - droop, -wallAt(0.5) - reach],
    [0, foot + bottom + 0.1 - droop * 0.3, -wallAt(bottom) - square * reach],
    [0, foot + bottom - 0.01, -wallAt(bottom) - 0.4 * reach],
    [0, foot + bottom, -wallAt(bottom)],
  ];
  return pipe(points, vary.number(0.045, 0.035, 0.065), { flat: vary.number(1.3, 0.9, 2.2), segments: 32 });
}

function saucerBelow(radius: number): Solid {
  const below = smooth([[0.6 * radius, -0.08], [1.2 * radius, -0.05], [1.9 * radius, 0.07]], 8);
  const above = smooth([[1.92 * radius, 0.1], [1.2 * radius, -0.01], [0.8 * radius, -0.03]], 8);
  return revolve([[0, -0.08], ...below, ...above, [0, -0.03]], 48);
}
