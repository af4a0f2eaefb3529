import type { MethodPlugin } from "../../core/region_method.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";
import type { StudyPlan } from "./plan.ts";

/** Points that a method asks for. */
export interface Passes {
  readonly scored: number;
  readonly differentiated: number;
}

/** Requests that one step is watched for. */
const MOST_REQUESTS = 64;

/**
 * The most points that a growth of a limited number of steps can ask for, found by watching its first step on a constant function; null where the method
 * has no option `steps`, so that nothing is known before it runs.
 */
export async function mostPasses(
  method: MethodPlugin,
  { space, options }: { readonly space: SemanticSpace; readonly options: Readonly<Record<string, number>> },
): Promise<Passes | null> {
  if (method.options.steps === undefined) return null;
  const initialPoint = Float64Array.from(space.axes, ({ low, high }) => (low + high) / 2);
  const growth = method.grow({ space, initialPoint, options, seed: 0, trace: () => {} });
  let scored = 0, differentiated = 0;
  let result = await growth.next();
  for (let i = 0; i < MOST_REQUESTS && !result.done && result.value.step === 0; i++) {
    const { points, gradients } = result.value;
    const scores = new Float64Array(space.count(points)).fill(0.5);
    if (gradients) differentiated += scores.length;
    else scored += scores.length;
    result = await growth.next(gradients ? { scores, gradients: new Float64Array(points.length) } : { scores });
  }
  if (!result.done) await growth.return({ box: result.value.box, steps: 0, stopped: "watched" });
  return { scored: scored * options.steps, differentiated: differentiated * options.steps };
}

/** What the growths of a study can ask for at most: of each method for one region. */
export async function passesOfMethods(plan: StudyPlan, method: (name: string) => MethodPlugin): Promise<(Passes | null)[]> {
  const space = new SemanticSpace(plan.head.space);
  return await Promise.all(plan.methods.map(({ name, options }) => mostPasses(method(name), { space, options })));
}
