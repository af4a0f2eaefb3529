import { z } from "zod";
import type { GrowthOutcome, GrowthProblem, MethodFacts, PointRequest, RemoteMethod } from "../../../core/region_method.ts";
import { parsed } from "../parsed.ts";
import type { Remote } from "./remote_plugin.ts";

/** Most bytes of an answer. */
const MOST = 2 ** 24;

/** Most requests of one growth: a method that wants more will not end. */
const MOST_REQUESTS = 1_000_000;

const count = z.int().min(0).max(1e12);
const numbers = z.union([z.array(z.number()), z.instanceof(Float64Array)], "must be a list of numbers");
const box = z.object({ a: numbers, b: numbers });
const fact = z.union([z.string().max(1000), z.number(), z.boolean()]);

const state = z.object({
  done: z.boolean(),
  value: z.unknown(),
  trace: z.array(z.object({ step: count, a: numbers, b: numbers, loss: z.union([z.number(), z.nan()]) })).max(100_000),
});
const request = z.object({ points: z.instanceof(Float64Array), gradients: z.boolean(), box, step: count });
const outcome = z.object({
  box,
  steps: count,
  stopped: z.string().regex(/^[a-z][a-z -]{0,40}$/, "must be a few words in lower case"),
  facts: z.record(z.string().max(100), fact).optional(),
});

/** A region method in a sandbox: its requests and the scores that answer them cross as messages. */
export function remoteMethod(facts: MethodFacts, remote: Remote): RemoteMethod {
  return {
    ...facts,
    async *grow(problem) {
      const id = remote.handle();
      const { space, trace: _, ...given } = problem;
      let answer = await ask("startGrowth", { axes: space.axes, ...given });
      for (let requests = 1; !answer.done; requests++) {
        if (requests > MOST_REQUESTS) throw await remote.fail(`asked for scores more than ${MOST_REQUESTS} times`);
        answer = await ask("goOn", yield answer.request);
      }
      return answer.outcome;

      function ask(name: "startGrowth" | "goOn", argument: object) {
        return remote.call({ name, arguments: [id, argument], most: MOST, read: (result) => readState(result, facts, problem) });
      }
    },
  };
}

type State = { readonly done: false; readonly request: PointRequest } | { readonly done: true; readonly outcome: GrowthOutcome };

function readState(result: unknown, { whiteBox }: MethodFacts, { space, trace }: GrowthProblem): State {
  const n = space.dimensions;
  const { done, value, trace: rows } = parsed(state, result);
  const bounds = (given: z.infer<typeof box>, what: string) => {
    const [a, b] = [Float64Array.from(given.a), Float64Array.from(given.b)];
    if (a.length !== n || b.length !== n || a.some((low, i) => !(Number.isFinite(low) && Number.isFinite(b[i]) && low <= b[i]))) {
      throw new Error(`${what} must have ${n} finite bounds, the lower ones first`);
    }
    return { a, b };
  };
  for (const { step, loss, ...box } of rows) {
    const { a, b } = bounds(box, "a box of the trace");
    trace({ step, a: Array.from(a), b: Array.from(b), loss });
  }
  if (done) {
    const end = parsed(outcome, value);
    return { done, outcome: { ...end, box: bounds(end.box, "its box") } };
  }
  const { points, gradients, box: current, step } = parsed(request, value);
  if (points.length === 0 || points.length % n !== 0 || !points.every(Number.isFinite)) {
    throw new Error(`points must be finite, ${n} numbers each: there are ${points.length}`);
  }
  if (gradients && !whiteBox) throw new Error("it asks for gradients and its manifest says that it does not");
  return { done, request: { points, gradients, step, box: bounds(current, "its box") } };
}
