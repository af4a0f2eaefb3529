import type { z } from "zod";
import { unknownName } from "../core/errors.ts";

/** What is expected, for people who write YAML. */
const KINDS: Readonly<Record<string, string>> = {
  array: "a list",
  object: "fields with values",
  record: "fields with values",
  string: "a text, in quotes where it looks like a number",
  number: "a number",
  int: "a whole number",
};

/** What is wrong with a study's file, in one line; of a choice of forms what is wrong with the one that was meant. @param fields All that there may be, to suggest one. */
export function describeIssue(issue: z.core.$ZodIssue, fields: readonly string[]): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
    case "unrecognized_keys":
      return issue.keys.map((key) => fields.length > 0 ? unknownName("field", key, fields).message : `Unknown field "${key}"`).join("; ");
    case "too_small":
      return issue.origin === "array" ? `must have ${issue.minimum} or more entries` : `must be ${issue.minimum} or more`;
    case "too_big":
      return `must be ${issue.maximum} or less`;
    case "invalid_union":
      return describeMeant(issue);
    default:
      return issue.message.split("\n")[0];
  }
}

function describeMeant({ errors, message }: z.core.$ZodIssueInvalidUnion): string {
  const all = errors.flat();
  const meant = all.find(({ path }) => path.length > 0) ?? all.find(({ code }) => code !== "invalid_type") ?? all[0];
  if (meant === undefined) return message;
  return meant.path.length === 0 ? describeIssue(meant, []) : `${meant.path.join(".")}: ${describeIssue(meant, [])}`;
}
