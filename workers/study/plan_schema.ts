import { z } from "zod";
import { InputError } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";
import { count, latticeAxes, numbers, studyHead, studyNetwork, target, thresholds } from "../../plugins/reporters/record_schema/parts.ts";
import type { Plan } from "./plan.ts";

const method = z.object({ name: z.string(), options: numbers });

const map = z.object({ axes: latticeAxes, shape: z.array(count) });

const subject = z.object({
  head: studyHead,
  provider: z.string(),
  batch: count,
  networks: z.array(studyNetwork),
  classes: z.array(z.object({
    name: z.string(),
    shapes: z.array(z.object({ name: z.string(), sha256: z.string(), triangles: count })),
  })),
  check: z.object({ samples: count, confidence: z.number(), thresholds }),
});

const plan: z.ZodType<Plan> = z.discriminatedUnion("kind", [
  subject.extend({
    kind: z.literal("study"),
    map: map.nullable(),
    target,
    points: z.array(z.array(z.number())),
    methods: z.array(method),
    gradients: z.enum(["exact", "picture", "function", "none"]),
    filter: z.object({ network: z.string(), score: z.number() }).nullable(),
    traceRows: count,
    replicates: count,
  }),
  subject.extend({ kind: z.literal("bias"), map, method, regions: count }),
]);

/** A plan as a store keeps it. */
export function writePlan(plan: Plan): string {
  return JSON.stringify(plan);
}

/** Reads a plan from a store. @param name What to call the store in messages. @throws InputError where it is damaged, or of another version. */
export function readPlan(text: string, name: string): Plan {
  const parsed = plan.safeParse(parseJson(text, `The store of "${name}" is damaged: its plan`));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(`The store of "${name}" is damaged: ${issue.path.join(".")} of its plan: ${issue.message.split("\n")[0]}`);
}
