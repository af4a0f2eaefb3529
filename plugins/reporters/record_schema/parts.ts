import { z } from "zod";
import { RECORD_VERSION } from "../../../core/record.ts";

/** A number that may be unknown: null in JSON, NaN in a record. */
export const measured = z.number().nullable().transform((value) => value ?? NaN);

/** A whole number from 0 on. */
export const count = z.int().min(0);

/** Numbers by name. */
export const numbers = z.record(z.string(), z.number());

/** Plain facts by name. */
export const scalars = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const axis = z.object({ name: z.string(), unit: z.string(), low: z.number(), high: z.number(), period: z.number().optional() });

const pluginUse = z.object({
  kind: z.enum(["parameter", "renderer", "classifier", "method", "reporter"]),
  name: z.string(),
  version: z.string(),
  origin: z.string(),
  sha256: z.string(),
  isolation: z.enum(["process", "trusted"]),
  permissions: z.array(z.string()),
  options: numbers,
});

/** What the heads of all records have. */
export const runBase = z.object({
  version: z.literal(RECORD_VERSION),
  versions: z.record(z.string(), z.string()),
  space: z.array(axis),
  fixed: numbers,
  renderer: z.string(),
  shading: z.enum(["flat", "smooth"]).optional(),
  seed: z.number(),
  plugins: z.array(pluginUse).optional(),
});

/** The object's own colors, or white. */
export const colors = z.enum(["white", "mesh"]);

/** The head of a record of many networks and objects. */
export const studyHead = runBase.extend({ colors });

/** A network of a study. */
export const studyNetwork = z.object({
  name: z.string(),
  sha256: z.string(),
  width: count,
  height: count,
  facts: scalars,
  accuracy: z.object({ top1: z.number(), top5: z.number().nullable() }).nullable(),
  labels: z.array(z.object({ index: count, label: z.string() })),
});

/** Robust or adversarial. */
export const target = z.enum(["robust", "adversarial"]);

/** Coordinates of a lattice. */
export const latticeAxes = z.array(z.object({ name: z.string(), unit: z.string(), values: z.array(z.number()).min(1) }));

/** Pockets of low score. */
export const traps = z.array(z.object({
  bottom: z.array(z.number()),
  score: measured,
  depth: measured,
  share: z.number(),
  volume: z.number(),
  a: z.array(z.number()),
  b: z.array(z.number()),
}));

/** Where gradients came from. */
export const gradientSource = z.enum(["none", "exact", "picture", "function"]);

/** What a check asks. */
export const thresholds = z.object({ mean: z.number(), variance: z.number(), floor: z.number(), badShare: z.number().optional() });

const check = z.object({
  samples: count,
  mean: measured,
  meanLow: measured,
  meanHigh: measured,
  variance: measured,
  varianceHigh: measured,
  minimum: measured,
  badShare: measured,
  badShareHigh: measured,
  confidence: z.number(),
  thresholds,
  containsInitialPoint: z.boolean(),
  holds: z.boolean(),
  verdict: z.enum(["confirmed", "refuted", "open"]),
});

const falsification = z.object({
  point: z.array(z.number()),
  score: measured,
  sampledScore: measured,
  search: z.enum(["samples", "evolution", "gradient"]),
  evaluations: count,
  gradientEvaluations: count,
  cuts: count,
});

const largest = z.object({ a: z.array(z.number()), b: z.array(z.number()), volume: z.number(), share: z.number() });

/** A region. */
export const region = z.object({
  method: z.string(),
  target,
  options: numbers,
  resolution: z.array(z.number()).optional(),
  initialPoint: z.array(z.number()),
  initialScore: measured,
  a: z.array(z.number()),
  b: z.array(z.number()),
  volume: z.number(),
  volumeRatio: z.number(),
  steps: count,
  evaluations: count,
  gradientEvaluations: count,
  gradients: gradientSource,
  stopped: z.string(),
  facts: z.record(z.string(), z.unknown()),
  check: check.nullable(),
  trace: z.array(z.object({ step: count, a: z.array(z.number()), b: z.array(z.number()), loss: measured })),
  falsification: falsification.nullable().optional(),
  traps: traps.nullable().optional(),
  largest: largest.nullable().optional(),
});
