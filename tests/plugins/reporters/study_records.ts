import type { BiasRecord, NetworkMeasures, StudyRecord } from "../../../core/study_record.ts";
import type { Axis } from "../../../core/semantic_space.ts";
import { check, mapRecord, region, runHead } from "./record_parts.ts";

const NETWORKS = ["alexnet", "vgg", "resnet", "a network with a very long name that fits nowhere"];
const METHODS = ["naive", "oir_b", "slab"];

function network(name: string, i: number): BiasRecord["networks"][number] {
  return {
    name,
    sha256: String(i).repeat(64),
    width: 96,
    height: 96,
    facts: { layers: 8 },
    accuracy: i === 3 ? null : { top1: 0.6 + i / 10, top5: i === 0 ? null : 0.9 },
    labels: [{ index: 1, label: "cup" }, { index: 2, label: "chair" }],
  };
}

function measure(srvr: number): NetworkMeasures["byMethod"][string] {
  return {
    ...{ srvr, srvrLow: srvr * 0.8, srvrHigh: srvr * 1.3, srvrHolding: srvr / 2, regions: 12, meanRatio: srvr, medianRatio: srvr * 0.9 },
    ...{ holds: 0.25, confirmed: 0.1, badShare: 0.04, atBorder: 0.5, evaluations: 4000, gradientEvaluations: 0 },
  };
}

/** A study of four networks on two classes of two shapes; unfinished, and without intervals, where it has no maps. */
export function studyRecord(space: readonly Axis[], shape: readonly number[] | null): StudyRecord {
  const { classifier: _, mesh: __, class: ___, ...head } = runHead(space);
  const classes = ["cup", "chair"].map((name) => ({
    name,
    shapes: [0, 1].map((i) => ({ name: `${name}:${i}`, sha256: String(i).repeat(64), triangles: 12, kept: name === "cup" || i === 0 })),
  }));
  const byMethod = (srvr: number) => Object.fromEntries(METHODS.map((name, i) => [name, measure(srvr * (0.5 + i / 2))]));
  const maps = shape === null ? null : mapRecord(space, shape);
  const point = space.map(({ low, high }) => low + 0.3 * (high - low));
  const regionOf = (method: string, i: number) => {
    const reach = (sign: number) => point.map((value, axis) => value + sign * (0.05 + i / 30) * (space[axis].high - space[axis].low));
    return region({ method, initialPoint: point, a: reach(-1), b: reach(1), check: check(i % 2 === 0), trace: [] });
  };
  return {
    command: "study",
    run: { ...head, colors: "white" },
    complete: shape !== null,
    target: "robust",
    points: [point],
    methods: METHODS.map((name) => ({ name, options: { eta: 0.1 } })),
    check: { samples: 100, confidence: 0.95, thresholds: { mean: 0.6, variance: 0.08, floor: 0.35 } },
    bootstrap: { replicates: 100, seed: 0 },
    filter: shape === null ? null : { network: NETWORKS[0], score: 0.1 },
    networks: NETWORKS.map((name, i) => ({
      ...network(name, i),
      ...measure(0.04 * (i + 1)),
      ...(shape === null ? { srvrLow: NaN, srvrHigh: NaN, srvrHolding: NaN, holds: NaN, confirmed: NaN, badShare: NaN } : {}),
      byMethod: byMethod(0.04 * (i + 1)),
      byClass: Object.fromEntries(classes.map((of, c) => {
        const srvr = 0.03 * (i + 1) * (c + 1);
        return [of.name, { ...measure(srvr), byMethod: byMethod(srvr) }];
      })),
    })),
    ranking: NETWORKS.toReversed(),
    rankingByMethod: Object.fromEntries(METHODS.map((name) => [name, NETWORKS])),
    differences: [{ first: NETWORKS[0], second: NETWORKS[1], difference: -0.04, low: -0.06, high: NaN }],
    classes,
    map: maps === null ? null : { axes: maps.axes, shape: maps.shape },
    results: NETWORKS.slice(0, shape === null ? 2 : 4).flatMap((name, n) =>
      classes.flatMap((of) =>
        of.shapes.map(({ name: mesh, kept }, s) => ({
          network: name,
          class: of.name,
          shape: mesh,
          meanScore: maps === null ? null : maps.summary.mean,
          scores: maps === null ? null : maps.scores.map((score) => score / (1 + 0.2 * n + 0.1 * s)),
          regions: kept ? METHODS.map(regionOf) : [],
        }))
      )
    ),
  };
}

/** Data semantic maps of two classes by three networks; the second class has no region. */
export function biasRecord(space: readonly Axis[], shape: readonly number[]): BiasRecord {
  const { classifier: _, mesh: __, class: ___, ...head } = runHead(space);
  const { axes, scores } = mapRecord(space, shape);
  const names = NETWORKS.slice(0, 3);
  const box = (share: number) => ({
    ...region({
      method: "slab",
      target: "adversarial",
      a: space.map(({ low, high }) => low + share * (high - low)),
      b: space.map(({ low, high }) => low + (share + 0.15) * (high - low)),
    }),
    networkMeans: names.map((_, i) => 0.1 * i),
  });
  return {
    command: "bias",
    run: { ...head, colors: "white" },
    complete: true,
    networks: names.map(network),
    axes,
    shape,
    method: { name: "slab", options: { steps: 10 } },
    classes: ["coffee mug, cup", "Coffee Mug"].map((name, c) => ({
      name,
      shapes: [{ name: "cup:0", sha256: "0".repeat(64), triangles: 12, kept: true }],
      mean: scores.map((score) => score * 0.9),
      deviation: scores.map((score) => 0.2 * score),
      networkDeviation: scores.map((score) => 0.1 * score),
      networks: names.map((name, i) => ({
        name,
        meanScore: 0.3,
        explained: i === 2 ? NaN : 0.6,
        scores: scores.map((score) => score / (1 + 0.3 * i)),
      })),
      regions: c === 0 ? [box(0.55), box(0.8)] : [],
    })),
  };
}
