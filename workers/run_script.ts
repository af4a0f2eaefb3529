import { InputError } from "../core/errors.ts";

/** What a script is run with. */
export interface ScriptContext {
  /** Aborted by Ctrl-C: pass it on to growths and maps, and what is done is kept. */
  readonly signal: AbortSignal;
}

/** Why a script is not given a permission, by its name; the permission set is `study` in `deno.json`. */
const REASONS: Readonly<Record<string, string>> = {
  net: "a run that reaches no network depends on its files alone, and tells nobody of them",
  write: "a script writes below runs/ only, so that it cannot change what it reads",
  read: "a script reads what the permission set names",
  run: "a program that a script starts would not be bound by its permissions",
  ffi: "native code is not bound by permissions: only that of the packages that need it is loaded",
  env: "variables of the environment may hold secrets, and a run must not depend on them",
  sys: "a run must not depend on the machine",
  import: "code comes from this project and its packages alone",
};

/**
 * Runs a script of yours as the commands are run: a mistake in what was given ends it with one line and status 2, a permission that it does not have
 * with one that says which and why, Ctrl-C aborts its signal and ends it with status 130; a bug keeps its stack.
 *
 * ```ts no-eval
 * import { runScript } from "@orthotope/orthotope";
 *
 * await runScript(async ({ signal }) => {
 *   // What the script does.
 * });
 * ```
 */
export async function runScript(script: (context: ScriptContext) => Promise<void>): Promise<void> {
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  Deno.addSignalListener("SIGINT", stop);
  try {
    await script({ signal: interrupt.signal });
  } catch (error) {
    const message = error instanceof InputError ? error.message : error instanceof Deno.errors.NotCapable ? refusal(error) : undefined;
    if (message === undefined) throw error;
    console.error(`error: ${message}`);
    Deno.exitCode = 2;
    return;
  } finally {
    Deno.removeSignalListener("SIGINT", stop);
  }
  if (interrupt.signal.aborted) Deno.exitCode = 130;
}

/** Which permission was refused, and why, in one line. */
export function refusal({ message }: Error): string {
  const match = /Requires (\w+) access(?: to (.+?))?, run again with the (--allow-\w+)/.exec(message);
  if (match === null) return message.split("\n")[0];
  const [, permission, what, flag] = match;
  const to = what === undefined ? "" : ` to ${what}`;
  const value = what === undefined ? "" : `=${what.replaceAll('"', "")}`;
  return `No ${permission} access${to}: ${
    REASONS[permission] ?? "the permission set does not name it"
  }; whoever starts it may allow it with ${flag}${value}`;
}
