import {
  type FalsificationRecord,
  type GrowRecord,
  type MapRecord,
  RECORD_VERSION,
  type RegionCheck,
  type RegionRecord,
  type RunHead,
  type Slice,
  type Trap,
} from "../../../core/record.ts";
import type { Axis } from "../../../core/semantic_space.ts";

export const AZIMUTH: Axis = { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 };
export const ELEVATION: Axis = { name: "elevation", unit: "degree", low: -10, high: 90 };
export const DISTANCE: Axis = { name: "distance", unit: "unit", low: 1.5, high: 5 };
export const LIGHT: Axis = { name: "light-azimuth", unit: "degree", low: -180, high: 180, period: 360 };
export const AMBIENT: Axis = { name: "ambient", unit: "share", low: 0, high: 1 };
export const RED: Axis = { name: "object-color-red", unit: "share", low: 0, high: 1 };

/** What the records of a table have in common. */
export function runHead(space: readonly Axis[], label = "cup"): RunHead {
  return {
    version: RECORD_VERSION,
    versions: { orthotope: "0.1.0" },
    space,
    fixed: {},
    classifier: {
      name: "models/small.onnx",
      sha256: "a".repeat(64),
      width: 224,
      height: 224,
      facts: { input: "x", batch: 4, softmax: false },
    },
    mesh: { name: "cup.obj", sha256: "b".repeat(64), triangles: 12, colors: "white" },
    class: { index: 968, label },
    renderer: "raster",
    seed: 7,
  };
}

/** Evenly spaced values of an axis: without the last one where it closes on itself. */
export function valuesOf({ low, high, period }: Axis, count: number): number[] {
  return Array.from({ length: count }, (_, i) => low + (high - low) * i / (period === undefined ? Math.max(count - 1, 1) : count));
}

/** A smooth score between 0 and 1, highest a third along each axis. */
export function smoothScore(space: readonly Axis[], point: readonly number[]): number {
  const away = space.map(({ low, high }, i) => (1 - Math.cos(2 * Math.PI * ((point[i] - low) / (high - low) - 1 / 3))) / 2);
  return 0.98 * Math.exp(-3 * away.reduce((sum, part) => sum + part, 0) / space.length);
}

/** A map over a lattice with given numbers of values. */
export function mapRecord(
  space: readonly Axis[],
  shape: readonly number[],
  { score = (point) => smoothScore(space, point), label }: { score?: (point: number[]) => number; label?: string } = {},
): MapRecord {
  const axes = space.map((axis, i) => ({ name: axis.name, unit: axis.unit, values: valuesOf(axis, shape[i]) }));
  const scores = axes.reduce<number[][]>((points, { values }) => points.flatMap((point) => values.map((value) => [...point, value])), [[]])
    .map(score);
  const known = scores.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return {
    command: "map",
    run: runHead(space, label),
    axes,
    shape,
    scores,
    evaluations: known.length,
    complete: known.length === scores.length,
    summary: { mean, minimum: known.length === 0 ? NaN : Math.min(...known), maximum: known.length === 0 ? NaN : Math.max(...known) },
  };
}

/** A check that holds or does not. */
export function check(holds: boolean): RegionCheck {
  return {
    samples: 1000,
    mean: holds ? 0.95 : 0.4,
    meanLow: 0.3,
    meanHigh: 0.97,
    variance: 0.01,
    varianceHigh: 0.02,
    minimum: 0.1,
    badShare: 0.125,
    badShareHigh: 0.25,
    confidence: 0.95,
    thresholds: { mean: 0.8, variance: 0.05, floor: 0.5 },
    containsInitialPoint: true,
    holds,
    verdict: holds ? "confirmed" : "open",
  };
}

/** A box, with what is not given filled in. */
export function region(given: Pick<RegionRecord, "a" | "b"> & Partial<RegionRecord>): RegionRecord {
  const initialPoint = given.initialPoint ?? given.a.map((low, i) => (low + given.b[i]) / 2);
  const volume = given.a.reduce((product, low, i) => product * (given.b[i] - low), 1);
  const between = (bounds: readonly number[], share: number) =>
    bounds.map((bound, i) => initialPoint[i] + share * (bound - initialPoint[i]));
  return {
    method: "slab",
    target: "robust",
    options: { steps: 3, eta: 0.1 },
    initialPoint,
    initialScore: 0.9,
    volume,
    volumeRatio: 0.125,
    steps: 3,
    evaluations: 12,
    gradientEvaluations: 0,
    gradients: "none",
    stopped: "steps",
    facts: {},
    check: check(true),
    trace: [0.1, 0.4, 0.7, 1].map((share, step) => ({
      step,
      a: between(given.a, share),
      b: between(given.b, share),
      loss: step === 0 ? NaN : -share,
    })),
    ...given,
  };
}

/** Regions, with slices through the first one's initial point along every pair of axes where a backdrop is wanted. */
export function growRecord(
  space: readonly Axis[],
  regions: readonly RegionRecord[],
  { backdrop = true, label }: { backdrop?: boolean; label?: string } = {},
): GrowRecord {
  const through = regions[0]?.initialPoint ?? space.map(({ low, high }) => (low + high) / 2);
  return { command: "grow", run: runHead(space, label), regions, backdrop: backdrop ? { slices: slicesThrough(space, through) } : null };
}

function slicesThrough(space: readonly Axis[], through: readonly number[]): Slice[] {
  const pairs = space.flatMap((_, i) => space.slice(i + 1).map((_, j) => [i, i + 1 + j]));
  return (space.length === 1 ? [[0]] : pairs).map((axes) => {
    const values = axes.map((axis) => valuesOf(space[axis], 8));
    const points = values.length === 1 ? values[0].map((x) => [x]) : values[0].flatMap((x) => values[1].map((y) => [x, y]));
    const place = (point: number[]) => through.map((value, axis) => axes.includes(axis) ? point[axes.indexOf(axis)] : value);
    return { axes, values, scores: points.map((point) => smoothScore(space, place(point))), through };
  });
}

/** A pocket around a point. */
export function trap(bottom: readonly number[]): Trap {
  const reach = (sign: number) => bottom.map((value) => value + sign * 4);
  return { bottom, score: 0.04, depth: 0.31, share: 0.02, volume: 64, a: reach(-1), b: reach(1) };
}

/** What a search found at a point. */
export function falsification(point: readonly number[], given: Partial<FalsificationRecord> = {}): FalsificationRecord {
  return { point, score: 0.12, sampledScore: 0.3, search: "gradient", evaluations: 64, gradientEvaluations: 40, cuts: 0, ...given };
}

/** A map of which every second point was measured. */
export function withMeasuredPoints(record: MapRecord): MapRecord {
  const measured = record.scores.flatMap((_, i) => i % 2 === 0 ? [i] : []);
  const check = { points: 20, withinTolerance: 0.95, meanError: 0.01, maximumError: 0.0712 };
  return { ...record, evaluations: measured.length, adaptive: { tolerance: 0.05, measured, check } };
}

/** A map with the gradients of {@linkcode smoothScore} by difference, and a trap where there are two parameters. */
export function withGradients(record: MapRecord): MapRecord {
  const { run: { space }, axes } = record;
  const points = axes.reduce<number[][]>((all, { values }) => all.flatMap((point) => values.map((value) => [...point, value])), [[]]);
  const moved = (point: number[], axis: number, step: number) =>
    smoothScore(space, point.map((value, i) => i === axis ? value + step : value));
  const values = points.flatMap((point) => space.map((_, axis) => (moved(point, axis, 1e-3) - moved(point, axis, -1e-3)) / 2e-3));
  return { ...record, gradients: { source: "exact", values }, ...(space.length === 2 ? { traps: [trap([100, 30])] } : {}) };
}
