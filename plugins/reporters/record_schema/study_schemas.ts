import { z } from "zod";
import { count, latticeAxes, measured, numbers, region, studyHead, studyNetwork, target, thresholds } from "./parts.ts";

const shapes = z.array(z.object({ name: z.string(), sha256: z.string(), triangles: count, kept: z.boolean() }));

const measure = z.object({
  srvr: measured,
  srvrLow: measured,
  srvrHigh: measured,
  srvrHolding: measured,
  srvrHoldingLow: measured.optional(),
  srvrHoldingHigh: measured.optional(),
  regions: count,
  meanRatio: measured,
  medianRatio: measured,
  holds: measured,
  confirmed: measured,
  badShare: measured.optional(),
  atBorder: measured,
  evaluations: count,
  gradientEvaluations: count,
});

const byMethod = z.record(z.string(), measure);

const method = z.object({ name: z.string(), options: numbers });

/** A study. */
export const studySchema = z.object({
  command: z.literal("study"),
  run: studyHead,
  complete: z.boolean(),
  target,
  points: z.array(z.array(z.number())),
  methods: z.array(method),
  check: z.object({ samples: count, confidence: z.number(), thresholds }),
  bootstrap: z.object({ replicates: count, seed: z.number() }),
  filter: z.object({ network: z.string(), score: z.number() }).nullable(),
  networks: z.array(studyNetwork.extend({ ...measure.shape, byMethod, byClass: z.record(z.string(), measure.extend({ byMethod })) })),
  ranking: z.array(z.string()),
  rankingHolding: z.array(z.string()).optional(),
  rankingByMethod: z.record(z.string(), z.array(z.string())),
  differences: z.array(z.object({ first: z.string(), second: z.string(), difference: measured, low: measured, high: measured })),
  classes: z.array(z.object({ name: z.string(), shapes })),
  map: z.object({ axes: latticeAxes, shape: z.array(count) }).nullable(),
  results: z.array(z.object({
    network: z.string(),
    class: z.string(),
    shape: z.string(),
    meanScore: z.number().nullable(),
    scores: z.array(measured).nullable(),
    regions: z.array(region),
  })),
});

/** Data semantic maps. */
export const biasSchema = z.object({
  command: z.literal("bias"),
  run: studyHead,
  complete: z.boolean(),
  networks: z.array(studyNetwork),
  axes: latticeAxes,
  shape: z.array(count),
  method,
  classes: z.array(z.object({
    name: z.string(),
    shapes,
    mean: z.array(measured),
    deviation: z.array(measured),
    networkDeviation: z.array(measured),
    networks: z.array(z.object({ name: z.string(), meanScore: measured, explained: measured, scores: z.array(measured) })),
    regions: z.array(region.extend({ networkMeans: z.array(measured) })),
  })),
});
