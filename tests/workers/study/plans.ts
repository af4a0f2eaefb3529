import type { BiasPlan, StudyPlan } from "../../../workers/study/plan.ts";

const letters = (letter: string) => letter.repeat(64);

const subject = {
  head: {
    version: 1,
    versions: { orthotope: "0.1.0" },
    space: [
      { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
      { name: "elevation", unit: "degree", low: -10, high: 90 },
    ],
    fixed: {},
    renderer: "raster",
    seed: 7,
    colors: "white",
  },
  provider: "cpu",
  batch: 8,
  networks: ["a", "b"].map((name) => ({
    name,
    sha256: letters(name),
    width: 9,
    height: 9,
    facts: { normalization: "none" },
    accuracy: null,
    labels: [{ index: 1, label: "one" }, { index: 2, label: "two" }],
  })),
  classes: [
    { name: "one", shapes: [{ name: "x", sha256: letters("1"), triangles: 4 }, { name: "y", sha256: letters("2"), triangles: 4 }] },
    { name: "two", shapes: [{ name: "x", sha256: letters("3"), triangles: 4 }] },
  ],
  check: { samples: 20, confidence: 0.95, thresholds: { mean: 0.6, variance: 0.08, floor: 0.35 } },
  map: {
    axes: [{ name: "azimuth", unit: "degree", values: [0, 90, 180, 270] }, { name: "elevation", unit: "degree", values: [0, 40, 80] }],
    shape: [4, 3],
  },
} as const;

/** A study of two networks on two shapes of one class and one of another. */
export const STUDY: StudyPlan = {
  kind: "study",
  ...subject,
  target: "robust",
  points: [[130, 30], [50, 20]],
  methods: [{ name: "naive", options: { eta: 0.1, steps: 10, epsilon: 1, tolerance: 0, lambda: 0.1 } }],
  gradients: "none",
  filter: null,
  traceRows: 5,
  replicates: 100,
};

/** Data semantic maps of the same. */
export const BIAS: BiasPlan = { kind: "bias", ...subject, method: STUDY.methods[0], regions: 2 };
