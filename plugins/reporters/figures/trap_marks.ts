import type { Trap } from "../../../core/record.ts";
import type { Axis } from "../../../core/semantic_space.ts";
import type { AxisScale } from "./axis.ts";
import { turnsOf } from "./intervals.ts";
import { round, type Surface } from "./surface.ts";
import { BACKGROUND } from "./theme.ts";
import { describePoint, formatValue } from "./words.ts";

/** Half the width of a trap's mark, in logical pixels. */
const REACH = 5;

/** Draws a trap as a triangle that stands on its bottom. */
export function drawTrap(
  surface: Surface,
  trap: Trap,
  { axes, scales, space }: { axes: readonly [number, number]; scales: { x: AxisScale; y: AxisScale }; space: readonly Axis[] },
): void {
  const [across, up] = axes;
  for (const x of turnsOf(trap.bottom[across], space[across])) {
    for (const y of turnsOf(trap.bottom[up], space[up])) {
      const data = `M${round(scales.x.place(x))},${round(scales.y.place(y) + REACH)}l${-REACH},${-1.75 * REACH}h${2 * REACH}Z`;
      surface.path(data, { fill: TRAP_COLOR, stroke: BACKGROUND, width: 1.5 }, { kind: "trap", title: describeTrap(trap, space) });
    }
  }
}

/** Red that stays apart from viridis and from the methods' colors. */
const TRAP_COLOR = "#c8102e";

/** A trap in one sentence. */
export function describeTrap({ bottom, score, share }: Trap, space: readonly Axis[]): string {
  return `trap: score ${formatValue(score, "", 2)} at ${describePoint(bottom, space)}; ${
    formatValue(100 * share, "", 2)
  } % of what was searched`;
}

/** Traps of a map in words, nothing where there are none. */
export function trapNote(traps: readonly Trap[] | undefined, space: readonly Axis[]): string {
  if (traps === undefined || traps.length === 0) return "";
  const { score, bottom } = traps.reduce((deepest, trap) => trap.depth > deepest.depth ? trap : deepest);
  const where = `${formatValue(score, "", 2)} at ${describePoint(bottom, space)}`;
  return traps.length === 1 ? `Triangle: a trap, score ${where}.` : `Triangles: ${traps.length} traps, the deepest with score ${where}.`;
}
