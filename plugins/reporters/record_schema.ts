import { z } from "zod";
import { InputError } from "../../core/errors.ts";
import { type GrowRecord, type MapRecord, RECORD_VERSION, type RunRecord, type Slice } from "../../core/record.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";

/** A number that may be unknown: null in JSON, NaN in a record. */
const measured = z.number().nullable().transform((value) => value ?? NaN);

const count = z.int().min(0);
const scalars = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const axis = z.object({ name: z.string(), unit: z.string(), low: z.number(), high: z.number(), period: z.number().optional() });

const run = z.object({
  version: z.literal(RECORD_VERSION),
  versions: z.record(z.string(), z.string()),
  space: z.array(axis),
  fixed: z.record(z.string(), z.number()),
  classifier: z.object({ name: z.string(), sha256: z.string(), width: count, height: count, facts: scalars }),
  mesh: z.object({ name: z.string(), sha256: z.string(), triangles: count, colors: z.enum(["white", "mesh"]) }),
  class: z.object({ index: count, label: z.string() }),
  renderer: z.string(),
  seed: z.number(),
});

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
  thresholds: z.object({ mean: z.number(), variance: z.number(), floor: z.number() }),
  containsInitialPoint: z.boolean(),
  holds: z.boolean(),
  verdict: z.enum(["confirmed", "refuted", "open"]),
});

const region = z.object({
  method: z.string(),
  target: z.enum(["robust", "adversarial"]),
  options: z.record(z.string(), z.number()),
  initialPoint: z.array(z.number()),
  initialScore: measured,
  a: z.array(z.number()),
  b: z.array(z.number()),
  volume: z.number(),
  volumeRatio: z.number(),
  steps: count,
  evaluations: count,
  gradientEvaluations: count,
  gradients: z.enum(["none", "exact", "picture", "function"]),
  stopped: z.string(),
  facts: z.record(z.string(), z.unknown()),
  check: check.nullable(),
  trace: z.array(z.object({ step: count, a: z.array(z.number()), b: z.array(z.number()), loss: measured })),
});

const slice = z.object({
  axes: z.array(count).min(1).max(2),
  values: z.array(z.array(z.number())),
  scores: z.array(measured),
  through: z.array(z.number()),
});

const mapRecord = z.object({
  command: z.literal("map"),
  run,
  axes: z.array(z.object({ name: z.string(), unit: z.string(), values: z.array(z.number()).min(1) })),
  shape: z.array(count),
  scores: z.array(measured),
  evaluations: count,
  complete: z.boolean(),
  summary: z.object({ mean: measured, minimum: measured, maximum: measured }),
});

const growRecord = z.object({
  command: z.literal("grow"),
  run,
  regions: z.array(region),
  backdrop: z.object({ slices: z.array(slice) }).nullable(),
});

/** The layout of a record as it stands in JSON; what it gives is a record. Lengths that must agree are looked at by {@linkcode readRecord}. */
export const recordSchema: z.ZodType<RunRecord> = z.discriminatedUnion("command", [mapRecord, growRecord]);

/**
 * Reads a record from the text of its `record.json`: null where a number was not known becomes NaN.
 *
 * @param name What to call the file in messages.
 * @throws InputError where the text is not a record of this version, or its parts do not fit together.
 */
export function readRecord(text: string, name = "The record"): RunRecord {
  const content = parseJson(text, name);
  const version = versionOf(content);
  if (version !== undefined && version !== RECORD_VERSION) {
    throw new InputError(`${name} must be of version ${RECORD_VERSION}: current version is ${version}`);
  }
  const result = recordSchema.safeParse(content);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new InputError(`${name} is no record: ${issue.path.map(String).join(".") || "it"}: ${issue.message.split("\n")[0]}`);
  }
  const problem = misfit(result.data);
  if (problem !== undefined) throw new InputError(`${name} is damaged: ${problem}`);
  return result.data;
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new InputError(`${name} must be JSON: ${error.message.split("\n")[0]}`);
    throw error;
  }
}

function versionOf(content: unknown): unknown {
  const parsed = z.object({ run: z.object({ version: z.unknown() }) }).safeParse(content);
  return parsed.success ? parsed.data.run.version : undefined;
}

/** The first thing in a record that does not fit another, in words. */
function misfit(record: RunRecord): string | undefined {
  const space = new SemanticSpace(record.run.space);
  return record.command === "map" ? misfitOfMap(record, space.dimensions) : misfitOfGrowth(record, space.dimensions);
}

function misfitOfMap({ axes, shape, scores }: MapRecord, n: number): string | undefined {
  if (axes.length !== n || shape.length !== n) return `a map over ${n} parameters must have ${n} axes`;
  const uneven = axes.findIndex(({ values }, i) => values.length !== shape[i]);
  if (uneven >= 0) return `axis "${axes[uneven].name}" must have ${shape[uneven]} values: it has ${axes[uneven].values.length}`;
  return misfitOfScores(scores, shape);
}

function misfitOfGrowth({ regions, backdrop }: GrowRecord, n: number): string | undefined {
  for (const [i, { initialPoint, a, b, trace }] of regions.entries()) {
    const points = [initialPoint, a, b, ...trace.flatMap((row) => [row.a, row.b])];
    if (points.some(({ length }) => length !== n)) return `points and bounds of region ${i + 1} must have ${n} numbers`;
    if (a.some((low, axis) => low > b[axis])) return `lower bounds of region ${i + 1} must not exceed the upper ones`;
  }
  return backdrop?.slices.map((slice) => misfitOfSlice(slice, n)).find((problem) => problem !== undefined);
}

function misfitOfSlice({ axes, values, scores, through }: Slice, n: number): string | undefined {
  if (axes.some((axis) => axis >= n) || through.length !== n || values.length !== axes.length) {
    return `a slice must lie in a space of ${n} parameters`;
  }
  return misfitOfScores(scores, values.map(({ length }) => length));
}

function misfitOfScores({ length }: readonly number[], shape: readonly number[]): string | undefined {
  const points = shape.reduce((product, size) => product * size, 1);
  return length === points ? undefined : `a lattice of ${shape.join(" x ")} points must have ${points} scores: it has ${length}`;
}
