import type { Bounds } from "./region_method.ts";
import type { SemanticSpace } from "./semantic_space.ts";

/**
 * Brings bounds back into what a box may be, in place: within Omega on an axis with ends; on a periodic axis at most one period long and starting
 * within a period of Omega; no side below `minimumSide`; no bound above its opposite (both then meet in the middle).
 */
export function projectBounds({ a, b }: Bounds, { space, minimumSide }: { space: SemanticSpace; minimumSide: number }): void {
  for (let i = 0; i < a.length; i++) {
    const { low, high } = space.axes[i];
    if (space.isPeriodic(i)) {
      const period = high - low;
      setSide(a, b, i, Math.min(Math.max(b[i] - a[i], minimumSide), period));
      const turns = Math.floor((a[i] - low) / period);
      if (turns !== 0 && !(turns === -1 && b[i] > low)) {
        a[i] -= turns * period;
        b[i] -= turns * period;
      }
    } else {
      a[i] = Math.min(Math.max(a[i], low), high);
      b[i] = Math.min(Math.max(b[i], low), high);
      const side = Math.min(minimumSide, high - low);
      if (b[i] - a[i] < side) {
        setSide(a, b, i, side);
        const shift = Math.max(0, low - a[i]) - Math.max(0, b[i] - high);
        a[i] += shift;
        b[i] += shift;
      }
    }
  }
}

function setSide(a: Float64Array, b: Float64Array, i: number, side: number): void {
  if (b[i] - a[i] === side) return;
  const middle = (a[i] + b[i]) / 2;
  a[i] = middle - side / 2;
  b[i] = middle + side / 2;
}
