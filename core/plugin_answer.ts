import { PluginFailure } from "./errors.ts";

/** What a plugin was asked. */
export interface Question {
  /** Kind and name, as in `Classifier plugin "onnx"`. */
  readonly plugin: string;
  readonly method: string;
}

/** Looks at an answer that must be so many numbers. @throws PluginFailure where it is anything else. */
export function requireNumbers(answer: unknown, length: number, what: string, question: Question): void {
  const given = Array.isArray(answer) || ArrayBuffer.isView(answer) ? (answer as unknown as ArrayLike<number>).length : "none";
  if (given !== length) throw wrongAnswer(question, `${length} ${what} must be given: it gave ${given}`);
}

/** Looks at an answer that must be an object with certain functions. @throws PluginFailure where it is anything else. */
export function requireObject(answer: unknown, functions: readonly string[], question: Question): void {
  const parts = typeof answer === "object" && answer !== null ? answer as Readonly<Record<string, unknown>> : {};
  const missing = functions.filter((name) => typeof parts[name] !== "function");
  if (missing.length > 0) {
    throw wrongAnswer(
      question,
      `an object must be given that has ${missing.map((name) => `${name}()`).join(" and ")}`,
    );
  }
}

/** Looks at a part of an answer that must hold positive whole numbers. @throws PluginFailure where it does not. */
export function requireSizes(part: unknown, what: string, names: readonly string[], question: Question): void {
  const sizes = typeof part === "object" && part !== null ? part as Readonly<Record<string, unknown>> : {};
  for (const name of names) {
    const size = sizes[name];
    if (!(Number.isSafeInteger(size) && size as number > 0)) {
      throw wrongAnswer(question, `${what}.${name} must be a positive whole number: it is ${size}`);
    }
  }
}

/** The failure of a plugin whose answer is not what it must be: `misfit` says what that is, and what was given. */
export function wrongAnswer({ plugin, method }: Question, misfit: string): PluginFailure {
  return new PluginFailure(`${plugin} gave a wrong answer to ${method}(): ${misfit}`);
}
