import { z } from "zod";
import { InputError } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";
import { RECORD_VERSION } from "../../core/record.ts";
import type { RunRecord } from "../../core/reporter.ts";
import { misfit } from "./record_schema/misfit.ts";
import { growSchema, mapSchema } from "./record_schema/run_schemas.ts";
import { biasSchema, studySchema } from "./record_schema/study_schemas.ts";

/** The layout of a record as it stands in JSON; what it gives is a record. Lengths that must agree are looked at by {@linkcode readRecord}. */
const recordSchema: z.ZodType<RunRecord> = z.discriminatedUnion("command", [mapSchema, growSchema, studySchema, biasSchema]);

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

function versionOf(content: unknown): unknown {
  const parsed = z.object({ run: z.object({ version: z.unknown() }) }).safeParse(content);
  return parsed.success ? parsed.data.run.version : undefined;
}
