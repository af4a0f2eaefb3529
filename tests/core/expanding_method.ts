import type { RegionMethod } from "../../core/region_method.ts";

/** Points of a face that are looked at. */
const SAMPLES = 7;

/** The simplest method that keeps its promise, of two parameters: pushes out each face in turn, by a unit, while all points of the new face score 0.6. */
export const expanding: RegionMethod = {
  kind: "method",
  name: "expanding",
  description: "pushes faces out while they score well",
  whiteBox: false,
  options: { steps: { description: "most steps", default: 200, low: 0, high: 1000 } },
  *grow({ space, initialPoint, options }) {
    const box = { a: initialPoint.slice(), b: initialPoint.slice() };
    for (let step = 0; step < options.steps; step++) {
      let moved = false;
      for (const [axis, side] of [[0, "a"], [0, "b"], [1, "a"], [1, "b"]] as const) {
        const { low, high } = space.axes[axis];
        const value = box[side][axis] + (side === "a" ? -1 : 1);
        if (space.isPeriodic(axis) ? box.b[axis] - box.a[axis] >= high - low - 1 : value < low || value > high) continue;
        const other = 1 - axis;
        const points = new Float64Array(2 * SAMPLES);
        for (let i = 0; i < SAMPLES; i++) {
          points[2 * i + axis] = value;
          points[2 * i + other] = box.a[other] + i / (SAMPLES - 1) * (box.b[other] - box.a[other]);
        }
        const { scores } = yield { points, gradients: false, box, step };
        if (!scores.every((score) => score >= 0.6)) continue;
        box[side][axis] = value;
        moved = true;
      }
      if (!moved) return { box, steps: step, stopped: "converged" };
    }
    return { box, steps: options.steps, stopped: "steps" };
  },
};
