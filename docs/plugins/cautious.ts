import type { Bounds, OutsidePlugin, SemanticSpace } from "@orthotope/orthotope";

export default {
  kind: "method",
  name: "cautious",
  version: "1.0.0",
  description: "widens one axis after the other, as long as every corner scores enough",
  whiteBox: false,
  options: {
    steps: { description: "most steps", default: 120, low: 1, high: 1e6, integer: true },
    threshold: { description: "least score of a corner", default: 0.5, low: 0, high: 1 },
  },
  *grow({ space, initialPoint, options: { steps, threshold }, trace }) {
    const n = space.dimensions;
    const reach = Float64Array.from({ length: n }, (_, k) => space.extent(k) / 8);
    let box: Bounds = { a: initialPoint, b: initialPoint };
    for (let k = 0; k < n; k++) box = widened(box, k, 1e-6 * reach[k], space);
    for (let step = 0; step < steps; step++) {
      trace({ step, a: Array.from(box.a), b: Array.from(box.b), loss: NaN });
      const k = step % n;
      const wider = widened(box, k, reach[k], space);
      const { scores } = yield { points: corners(wider), gradients: false, box, step };
      if (scores.every((score) => score >= threshold)) box = wider;
      else reach[k] /= 2;
    }
    return { box, steps, stopped: "steps" };
  },
} satisfies OutsidePlugin;

/** The box with one axis wider by a reach at either end, within Omega. */
function widened({ a, b }: Bounds, k: number, reach: number, space: SemanticSpace): Bounds {
  const { low, high } = space.axes[k];
  const most = space.isPeriodic(k) ? (high - low - (b[k] - a[k])) / 2 : Infinity;
  const [down, up] = space.isPeriodic(k)
    ? [Math.min(reach, most), Math.min(reach, most)]
    : [Math.min(reach, a[k] - low), Math.min(reach, high - b[k])];
  return { a: a.with(k, a[k] - down), b: b.with(k, b[k] + up) };
}

/** The 2^n corners of a box, [2^n x n]. */
function corners({ a, b }: Bounds): Float64Array {
  const n = a.length;
  return Float64Array.from({ length: n * 2 ** n }, (_, i) => (Math.floor(i / n) >> (i % n)) & 1 ? b[i % n] : a[i % n]);
}
