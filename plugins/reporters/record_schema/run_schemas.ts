import { z } from "zod";
import { colors, count, gradientSource, latticeAxes, measured, region, runBase, scalars, traps } from "./parts.ts";

const run = runBase.extend({
  classifier: z.object({ name: z.string(), sha256: z.string(), width: count, height: count, facts: scalars }),
  mesh: z.object({ name: z.string(), sha256: z.string(), triangles: count, colors }),
  class: z.object({ index: count, label: z.string() }),
});

const slice = z.object({
  axes: z.array(count).min(1).max(2),
  values: z.array(z.array(z.number())),
  scores: z.array(measured),
  through: z.array(z.number()),
});

/** A map. */
export const mapSchema = z.object({
  command: z.literal("map"),
  run,
  axes: latticeAxes,
  shape: z.array(count),
  scores: z.array(measured),
  gradients: z.object({ source: gradientSource, values: z.array(measured) }).optional(),
  adaptive: z.object({
    tolerance: z.number(),
    share: z.number().optional(),
    measured: z.array(count),
    surprises: count.optional(),
    check: z.object({ points: count, withinTolerance: measured, meanError: measured, maximumError: measured }),
  }).optional(),
  evaluations: count,
  complete: z.boolean(),
  summary: z.object({ mean: measured, minimum: measured, maximum: measured }),
  traps: traps.optional(),
});

/** Regions of one network on one mesh. */
export const growSchema = z.object({
  command: z.literal("grow"),
  run,
  regions: z.array(region),
  backdrop: z.object({ slices: z.array(slice) }).nullable(),
});
