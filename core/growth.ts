import { InputError, PluginFailure } from "./errors.ts";
import { withFunctionDifferences } from "./function_differences.ts";
import { noGenerator, requireGrowthAnswer } from "./growth_answer.ts";
import { methodOptions } from "./method_options.ts";
import { Orthotope } from "./orthotope.ts";
import type { GradientSource, RegionRecord, Target } from "./record.ts";
import type { Bounds, GrowthOutcome, GrowthProblem, MethodPlugin, PointRequest, PointResponse, TraceRow } from "./region_method.ts";
import { requireScores } from "./scores.ts";
import type { SemanticFunction } from "./semantic_function.ts";

/** One region to grow. */
export interface GrowthTask {
  /** What grows it. */
  readonly method: MethodPlugin;
  /** Robust regions grow on f, adversarial ones on 1 - f. */
  readonly target: Target;
  /** u0, [n]. */
  readonly initialPoint: ArrayLike<number>;
  /** Values for some of the method's options; the others take their defaults. */
  readonly options?: Readonly<Record<string, number>>;
  /** How finely faces are worth placing, in parameter units: one number for all parameters or one each. Absent: as finely as the method can. */
  readonly resolution?: ArrayLike<number>;
  /** Of the random numbers that the method draws. */
  readonly seed?: number;
}

/** A region as it was grown, with what a record keeps of that. */
export interface GrownRegion
  extends Pick<RegionRecord, "options" | "steps" | "evaluations" | "gradientEvaluations" | "gradients" | "stopped" | "facts" | "trace"> {
  /** What was asked for. */
  readonly task: GrowthTask;
  /** The region. */
  readonly box: Orthotope;
  /** Why it failed, where `stopped` is `failed`. */
  readonly failure?: PluginFailure;
}

/** How a run of growths stands. */
export interface GrowthProgress {
  /** Regions that have ended, of all. */
  readonly finished: number;
  /** All regions. */
  readonly regions: number;
  /** Points scored or differentiated so far. */
  readonly evaluations: number;
  /** How much of the way is done at least, in [0, 1]: a region counts by its steps where its method limits them. */
  readonly share: number;
}

/** How growths are run. */
export interface GrowthOptions {
  /** Ends all growths; what they have is kept, as `interrupted`. */
  readonly signal?: AbortSignal;
  /** Is told after each round how the run stands. */
  readonly onProgress?: (progress: GrowthProgress) => void;
}

/**
 * Grows regions together: in each round every growth says which points it wants, all of them are scored in one batch, and every growth goes on with
 * its scores. Regions come back in the order of the tasks.
 *
 * @throws InputError where an initial point lies outside Omega, an option is unknown or out of range, a resolution makes no sense, or a score is not a
 * number in [0, 1].
 */
export async function growRegions(
  f: SemanticFunction,
  tasks: readonly GrowthTask[],
  { signal, onProgress }: GrowthOptions = {},
): Promise<GrownRegion[]> {
  const white = f.differentiate === undefined ? withFunctionDifferences(f) : f;
  const growths = tasks.map((task) => new Growth(f, task));
  await Promise.all(growths.map((growth) => growth.start()));
  while (true) {
    const active = growths.filter((growth) => growth.request !== undefined);
    if (active.length === 0) break;
    try {
      signal?.throwIfAborted();
      await answer(active.filter((growth) => !growth.request!.gradients), f, false, signal);
      await answer(active.filter((growth) => growth.request?.gradients && !growth.answered), white, true, signal);
    } catch (error) {
      if (!signal?.aborted) throw error;
      for (const growth of active) growth.interrupt();
    }
    await Promise.all(active.map((growth) => growth.advance()));
    onProgress?.({
      finished: growths.filter((growth) => growth.request === undefined).length,
      regions: growths.length,
      evaluations: growths.reduce((total, growth) => total + growth.evaluations + growth.gradientEvaluations, 0),
      share: growths.reduce((total, growth) => total + growth.share, 0) / growths.length,
    });
  }
  return growths.map((growth) => growth.region(white.gradientSource ?? "exact"));
}

/** Scores what a group of growths asked for, as one batch. */
async function answer(group: readonly Growth[], f: SemanticFunction, gradients: boolean, signal?: AbortSignal): Promise<void> {
  if (group.length === 0) return;
  const n = f.space.dimensions;
  const points = new Float64Array(group.reduce((total, growth) => total + growth.request!.points.length, 0));
  let offset = 0;
  for (const growth of group) {
    points.set(growth.request!.points, offset);
    offset += growth.request!.points.length;
  }
  const projected = f.space.project(points);
  const response: PointResponse = gradients ? await f.differentiate!(projected, signal) : { scores: await f.evaluate(projected, signal) };
  requireScores(response, projected, f.space);
  let first = 0;
  for (const growth of group) {
    const end = first + growth.request!.points.length / n;
    growth.receive({
      scores: response.scores.slice(first, end),
      ...(response.gradients === undefined ? {} : { gradients: response.gradients.slice(first * n, end * n) }),
    });
    first = end;
  }
}

/** One growth on its way. */
class Growth {
  readonly task: GrowthTask;
  readonly options: Record<string, number>;
  evaluations = 0;
  gradientEvaluations = 0;
  request: PointRequest | undefined;
  failure: PluginFailure | undefined;
  readonly #space;
  readonly #trace: TraceRow[] = [];
  readonly #generator: ReturnType<MethodPlugin["grow"]>;
  /** The box as it last stood. */
  #box: Bounds;
  #response: PointResponse | undefined;
  #outcome: GrowthOutcome | undefined;

  constructor({ space }: SemanticFunction, task: GrowthTask) {
    space.requirePoint(task.initialPoint);
    this.#space = space;
    this.task = task;
    this.options = methodOptions(task.method, task.options ?? {});
    const problem: GrowthProblem = {
      space,
      initialPoint: space.project(Float64Array.from(task.initialPoint)),
      options: this.options,
      ...(task.resolution === undefined ? {} : { resolution: resolutionOf(task.resolution, space) }),
      seed: task.seed ?? 0,
      trace: (row) => this.#trace.push(row),
    };
    this.#generator = task.method.grow(problem);
    this.#box = { a: problem.initialPoint, b: problem.initialPoint };
  }

  /** Runs the method up to its first request. */
  start(): Promise<void> {
    return this.#go(() => {
      if (typeof this.#generator?.next !== "function") throw noGenerator(this.task.method);
      return this.#generator.next();
    });
  }

  get answered(): boolean {
    return this.#response !== undefined;
  }

  get share(): number {
    return this.request === undefined ? 1 : this.options.steps > 0 ? this.request.step / this.options.steps : 0;
  }

  receive(response: PointResponse): void {
    const { scores, gradients } = response;
    this.evaluations += this.request!.gradients ? 0 : scores.length;
    this.gradientEvaluations += this.request!.gradients ? scores.length : 0;
    this.#response = this.task.target === "robust" ? response : {
      scores: scores.map((score) => 1 - score),
      ...(gradients === undefined ? {} : { gradients: gradients.map((gradient) => -gradient) }),
    };
  }

  async advance(): Promise<void> {
    if (this.#response === undefined) return;
    const response = this.#response;
    this.#response = undefined;
    await this.#go(() => this.#generator.next(response));
  }

  /** A method that fails, or gives what cannot be, ends its own region, with the box that it had. */
  async #go(next: () => IteratorResult<PointRequest, GrowthOutcome> | Promise<IteratorResult<PointRequest, GrowthOutcome>>): Promise<void> {
    try {
      this.#settle(await next());
    } catch (error) {
      if (!(error instanceof PluginFailure)) throw error;
      const steps = this.request?.step ?? 0;
      this.failure = error;
      this.request = undefined;
      this.#outcome = { box: this.#box, steps, stopped: "failed", facts: { failure: error.message } };
    }
  }

  interrupt(): void {
    const { box, step } = this.request!;
    this.#response = undefined;
    this.request = undefined;
    this.#outcome = { box, steps: step, stopped: "interrupted" };
  }

  #settle(result: IteratorResult<PointRequest, GrowthOutcome>): void {
    requireGrowthAnswer(result, { method: this.task.method, n: this.#space.dimensions });
    this.request = result.done ? undefined : result.value;
    if (result.done) this.#outcome = result.value;
    else this.#space.count(result.value.points);
    this.#box = result.value.box;
  }

  region(source: GradientSource): GrownRegion {
    const { box, steps, stopped, facts } = this.#outcome!;
    return {
      task: this.task,
      options: this.options,
      box: new Orthotope(box.a, box.b),
      steps,
      evaluations: this.evaluations,
      gradientEvaluations: this.gradientEvaluations,
      gradients: this.task.method.whiteBox ? source : "none",
      stopped,
      facts: facts ?? {},
      trace: this.#trace,
      ...(this.failure === undefined ? {} : { failure: this.failure }),
    };
  }
}

/** A resolution for each parameter. @throws InputError where there are too few or too many, or one is below 0. */
function resolutionOf(given: ArrayLike<number>, { axes, dimensions }: SemanticFunction["space"]): Float64Array {
  if (given.length !== 1 && given.length !== dimensions) {
    const names = axes.map(({ name }) => name).join(", ");
    throw new InputError(`A resolution needs one number, or ${dimensions} (${names}): current resolution has ${given.length}`);
  }
  return Float64Array.from(axes, ({ name }, k) => {
    const value = given[given.length === 1 ? 0 : k];
    if (!(value >= 0 && Number.isFinite(value))) {
      throw new InputError(`Resolution of "${name}" must be at least 0: current value is ${value}`);
    }
    return value;
  });
}
