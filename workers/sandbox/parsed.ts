import type { z } from "zod";

/** What a kind of value is called in messages. */
const WORDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
};

/** Reads a plugin's answer. @throws Error that says in one line what is wrong with it. */
export function parsed<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value, { error: typeProblem });
  if (result.success) return result.data;
  const [{ path, message }] = result.error.issues;
  const problem = message.split("\n")[0];
  throw new Error(path.length === 0 ? problem : `${path.map(String).join(".")}: ${problem}`);
}

/** The words for a value of another type than it must be; any other problem is told in the schema's. */
function typeProblem(issue: { readonly code?: string; readonly input?: unknown; readonly expected?: unknown }): string | undefined {
  if (issue.code !== "invalid_type") return undefined;
  const expected = String(issue.expected);
  return `must be ${WORDS[expected] ?? `a ${expected}`}: it is ${found(issue.input)}`;
}

function found(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  return Array.isArray(value) ? "a list" : `of type ${typeof value === "object" ? value.constructor?.name ?? "object" : typeof value}`;
}
