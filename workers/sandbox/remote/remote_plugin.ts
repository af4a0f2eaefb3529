import type { PluginFailure } from "../../../core/errors.ts";
import type { Call, Sandbox } from "../sandbox.ts";

/** Where a plugin is to be found: its place in the module that a sandbox has loaded. */
export class Remote {
  readonly #sandbox: Sandbox;
  readonly #index: number;
  #handles = 0;

  constructor(sandbox: Sandbox, index: number) {
    this.#sandbox = sandbox;
    this.#index = index;
  }

  /** Asks the plugin; `arguments` without its place. */
  call<Result>({ arguments: given, ...call }: Call<Result>): Promise<Result> {
    return this.#sandbox.call({ ...call, arguments: [this.#index, ...given] });
  }

  /** Ends the plugin's process; gives what to throw. */
  fail(reason: string): Promise<PluginFailure> {
    return this.#sandbox.fail(reason);
  }

  /** A number for something that the plugin is to remember. */
  handle(): number {
    return this.#handles++;
  }
}

/** Bytes that an answer may have besides its numbers. */
export const OVERHEAD = 4096;

/** A float64 array of a length, all finite; `nameOf` says what each of them is. @throws Error that says what is wrong. */
export function readNumbers(value: unknown, length: number, what: string, nameOf?: (index: number) => string): Float64Array {
  if (!(value instanceof Float64Array)) throw new Error(`${what} must be a Float64Array`);
  return checked(value, length, what, nameOf);
}

/** A float32 array of a length, all finite. @throws Error that says what is wrong. */
export function readValues(value: unknown, length: number, what: string): Float32Array {
  if (!(value instanceof Float32Array)) throw new Error(`${what} must be a Float32Array`);
  return checked(value, length, what);
}

function checked<Values extends Float64Array | Float32Array>(
  values: Values,
  length: number,
  what: string,
  nameOf = (index: number) => `number ${index}`,
): Values {
  if (values.length !== length) throw new Error(`${what} must be ${length} numbers: there are ${values.length}`);
  for (let i = 0; i < length; i++) {
    if (!Number.isFinite(values[i])) throw new Error(`${what} must be finite: ${nameOf(i)} is ${values[i]}`);
  }
  return values;
}

/** Scores of a length, each in [0, 1]. @throws Error that says what is wrong. */
export function readScores(value: unknown, length: number): Float64Array {
  const scores = readNumbers(value, length, "scores");
  const bad = scores.findIndex((score) => score < 0 || score > 1);
  if (bad >= 0) throw new Error(`scores must be in [0, 1]: number ${bad} is ${scores[bad]}`);
  return scores;
}
