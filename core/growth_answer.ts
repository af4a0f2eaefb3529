import type { PluginFailure } from "./errors.ts";
import { type Question, wrongAnswer } from "./plugin_answer.ts";
import type { GrowthOutcome, MethodPlugin, PointRequest } from "./region_method.ts";

/** Looks at what a method yields or returns over n parameters. @throws PluginFailure where it is not what a method must give. */
export function requireGrowthAnswer(
  { done, value }: IteratorResult<PointRequest, GrowthOutcome>,
  { method, n }: { readonly method: MethodPlugin; readonly n: number },
): void {
  const problem = done ? outcomeProblem(value, n) : requestProblem(value, n) ?? gradientProblem(value, method.whiteBox);
  if (problem !== undefined) throw wrongAnswer(growthOf(method), problem);
}

/** The failure of a method whose growth is no generator. */
export function noGenerator(method: MethodPlugin): PluginFailure {
  return wrongAnswer(growthOf(method), "it must be a generator, as *grow(problem) { ... }");
}

function growthOf({ name }: MethodPlugin): Question {
  return { plugin: `Method plugin "${name}"`, method: "grow" };
}

type Unsure<Answer> = { readonly [Part in keyof Answer]?: unknown } | undefined;

function outcomeProblem(outcome: Unsure<GrowthOutcome>, n: number): string | undefined {
  if (!isCount(outcome?.steps)) return `it must return its steps, a whole number: they are ${outcome?.steps}`;
  if (typeof outcome?.stopped !== "string") return `it must return why it stopped, a text: it is ${outcome?.stopped}`;
  return boxProblem(outcome.box, n);
}

function requestProblem(request: Unsure<PointRequest>, n: number): string | undefined {
  const points = request?.points;
  if (!(points instanceof Float64Array)) return "it must yield points, a Float64Array";
  if (points.length % n !== 0) return `points must be ${n} numbers each: there are ${points.length} numbers`;
  const bad = points.find((value) => !Number.isFinite(value));
  if (bad !== undefined) return `points must be finite: one of their numbers is ${bad}`;
  if (!isCount(request?.step)) return `it must yield its step, a whole number: it is ${request?.step}`;
  return boxProblem(request?.box, n);
}

function gradientProblem({ gradients }: PointRequest, whiteBox: boolean): string | undefined {
  if (typeof gradients !== "boolean") return `it must yield whether it wants gradients, true or false: it is ${gradients}`;
  return gradients && !whiteBox ? "it asks for gradients, and whiteBox says that it does not" : undefined;
}

function boxProblem(box: unknown, n: number): string | undefined {
  const { a, b } = (box ?? {}) as { readonly a?: ArrayLike<unknown>; readonly b?: ArrayLike<unknown> };
  const isBound = (i: number) => Number.isFinite(a![i]) && Number.isFinite(b![i]) && (a![i] as number) <= (b![i] as number);
  const isBox = a?.length === n && b?.length === n && Array.from({ length: n }, (_, i) => i).every(isBound);
  return isBox ? undefined : `its box must have ${n} finite bounds in a and in b, the lower ones in a`;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && value as number >= 0;
}
