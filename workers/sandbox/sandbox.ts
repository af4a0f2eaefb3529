import { stripVTControlCharacters } from "node:util";
import { InputError, PluginFailure } from "../../core/errors.ts";
import type { CallName } from "./child/harness.ts";
import { encodeValue } from "./child/values.ts";
import { readDescriptions } from "./describe_plugin.ts";
import type { PluginFacts } from "./outside_module.ts";
import { Gone, PluginProcess, type SandboxSetup, Thrown, TimeLimit, within } from "./plugin_process.ts";

/** Calls that give a plugin something of the user's, which it may refuse: it then goes on with what it is given next. */
const MAY_REFUSE: ReadonlySet<CallName> = new Set(["createRenderer", "loadClassifier"]);

/** The plugin's own function behind a call that is not called like it. */
const FUNCTION: { readonly [Name in CallName]?: string } = {
  startGrowth: "grow",
  goOn: "grow",
  loadClassifier: "load",
  differentiateClass: "differentiate",
  disposeClassifier: "dispose",
  createRenderer: "create",
  differentiatePicture: "differentiate",
  disposeRenderer: "dispose",
};

/** One question to a plugin. */
export interface Call<Result> {
  readonly name: CallName;
  readonly arguments: readonly unknown[];
  /** Most bytes that the answer may have. */
  readonly most: number;
  /** Reads the answer. What it throws says what is wrong with it. */
  read(result: unknown): Result;
}

/**
 * A module of plugins in a process of its own, without permissions but those that were granted. Calls go one after the other; whatever breaks the
 * rules ends the process, and every later call is answered with the same failure. It starts with the first call.
 */
export class Sandbox {
  readonly #setup: SandboxSetup;
  #process: Promise<PluginProcess> | undefined;
  #loaded: Promise<readonly PluginFacts[]> | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #failure: PluginFailure | undefined;

  constructor(setup: SandboxSetup) {
    this.#setup = setup;
  }

  /** What the module says of its plugins. @throws InputError where it cannot be loaded or says nothing of use. */
  describe(): Promise<readonly PluginFacts[]> {
    return this.#loaded ??= this.#load();
  }

  /**
   * Asks a plugin.
   *
   * @throws PluginFailure where it threw, took too long, ended, or gave what cannot be; InputError where it refuses what the user gave.
   */
  call<Result>(call: Call<Result>): Promise<Result> {
    const answer = this.#queue.then(() => this.describe()).then(() => this.#ask(call));
    // Whoever asked hears of a failure; who asks next hears of it from the failure that is kept.
    this.#queue = answer.catch(() => undefined);
    return answer;
  }

  async #load(): Promise<readonly PluginFacts[]> {
    const { source, origin, expected, options = [] } = this.#setup;
    const facts = readDescriptions(await this.#ask({ name: "load", arguments: [source], most: 2 ** 20, read: (result) => result }), origin);
    if (expected !== undefined && JSON.stringify(facts) !== JSON.stringify(expected)) {
      throw new InputError(`Plugin "${origin}" must say the same of itself each time that it is loaded: its manifest has changed`);
    }
    for (const [index, { configurable }] of facts.entries()) {
      if (configurable && options[index] !== undefined) {
        await this.#ask({ name: "configure", arguments: [index, options[index]], most: 2 ** 16, read: () => undefined });
      }
    }
    return facts;
  }

  /** Ends the process for what the plugin has done. Gives what to throw. */
  async fail(reason: string): Promise<PluginFailure> {
    this.#failure ??= new PluginFailure(`Plugin "${this.#setup.origin}" ${oneLine(reason)}`);
    await (await this.#process)?.end();
    return this.#failure;
  }

  /** Ends the process. */
  async close(): Promise<void> {
    const process = await this.#process?.catch(() => undefined);
    this.#process = undefined;
    this.#failure ??= new PluginFailure(`Plugin "${this.#setup.origin}" is closed`);
    await process?.end();
  }

  async #ask<Result>({ name, arguments: given, most, read }: Call<Result>): Promise<Result> {
    if (this.#failure !== undefined) throw this.#failure;
    const { seconds, startSeconds } = this.#setup.limits;
    const process = await (this.#process ??= PluginProcess.start(this.#setup));
    try {
      return await within(
        name === "load" ? startSeconds : seconds,
        async () => read(await process.ask(encodeValue([name, ...given]), most)),
      );
    } catch (error) {
      if (error instanceof Thrown && error.refusal !== undefined && MAY_REFUSE.has(name)) {
        throw new InputError(`Plugin "${this.#setup.origin}" refuses: ${oneLine(error.refusal)}`);
      }
      throw await this.fail(await this.#reason(error, process, name));
    }
  }

  /** What a failed call says of the plugin. */
  async #reason(error: unknown, process: PluginProcess, name: CallName): Promise<string> {
    const asked = `${FUNCTION[name] ?? name}()`;
    if (error instanceof TimeLimit) return `took longer than ${error.seconds} s over ${asked} and was ended`;
    if (error instanceof Gone) return `${await process.lastWords()} and was ended`;
    if (error instanceof Thrown) return `threw in ${asked}: ${explained(error.message)}`;
    return `gave a wrong answer to ${asked}: ${error instanceof Error ? error.message : error}`;
  }
}

/** What a plugin threw, with what it may do where Deno speaks of its own flags, or of what a plugin does not have. */
function explained(message: string): string {
  if (/relative URL with a cannot-be-a-base|npm specifiers were requested|not a dependency/.test(message)) {
    return `${message.split("\n")[0]}: its file must be all of it, it may import types and Deno's own modules`;
  }
  return message.replace(/, run again with the --\S+ flag/, ": its permissions must name it and --grant must give it");
}

/** Text of a plugin's, fit to be shown: one line without control characters. */
function oneLine(text: string): string {
  return stripVTControlCharacters(text).split("\n")[0].replaceAll(/[\p{Cc}\p{Cf}]/gu, "").slice(0, 300).replace(/\.+$/, "");
}
