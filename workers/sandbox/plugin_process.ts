import { InputError } from "../../core/errors.ts";
import { FrameError, FrameReader, toFrame } from "./child/frames.ts";
import { decodeValue } from "./child/values.ts";
import { childModule } from "./child_modules.ts";
import type { OutsideModule } from "./outside_module.ts";

/** What a plugin's process is started with; what it is expected to say of itself is not known the first time. */
export type SandboxSetup =
  & Pick<OutsideModule, "origin" | "source" | "folder" | "flags" | "limits">
  & Partial<Pick<OutsideModule, "expected" | "options">>;

/** An answer that says that something was thrown fits in this. */
const ERROR_BYTES = 2 ** 16;

/** More than this on standard error is a flood. */
const MOST_COMPLAINTS = 2 ** 20;

/** How long a process that broke off is given to end, so that it can be said how, in seconds. */
const PATIENCE = 5;

/** A limit of time was reached. */
export class TimeLimit extends Error {
  constructor(readonly seconds: number) {
    super();
  }
}

/** The plugin threw. */
export class Thrown extends Error {
  /** What it refuses, where that is what it threw: an error named `InputError`. */
  get refusal(): string | undefined {
    return /^InputError: (.*)/.exec(this.message)?.[1];
  }
}

/** The process ended or broke the rules. */
export class Gone extends Error {}

/** What a function gives, or {@linkcode TimeLimit} after some seconds. */
export async function within<Result>(seconds: number, run: () => Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => timer = setTimeout(() => reject(new TimeLimit(seconds)), 1000 * seconds));
  try {
    return await Promise.race([run(), limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** The process of a plugin, and its streams. */
export class PluginProcess {
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #frames: FrameReader;
  readonly #memory: number;
  readonly #complaints: Promise<string>;
  #words: string | undefined;

  private constructor(child: Deno.ChildProcess, memory: number) {
    this.#child = child;
    this.#memory = memory;
    this.#writer = child.stdin.getWriter();
    this.#frames = new FrameReader(child.stdout);
    this.#complaints = this.#listen(child.stderr);
  }

  /** Starts a process. @throws InputError where this program may not start any. */
  static async start({ folder, flags, limits }: SandboxSetup): Promise<PluginProcess> {
    await requireRunPermission();
    const [supervisor, harness] = await Promise.all(
      ["supervisor", "harness"].map((name) => childModule(new URL(`./child/${name}.ts`, import.meta.url))),
    );
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        ...[
          "run",
          "--quiet",
          "--no-prompt",
          "--no-config",
          "--no-lock",
          "--cached-only",
          "--no-remote",
          "--no-npm",
          "--node-modules-dir=none",
        ],
        ...["--deny-run", "--deny-ffi", "--deny-import", ...flags, `--v8-flags=--max-old-space-size=${Math.ceil(limits.memory / 2)}`],
        ...[supervisor, `${limits.memory * 2 ** 20}`],
      ],
      cwd: folder,
      // No folder in which Deno could keep compiled modules, caches and storage: all of it would be writing without permission.
      env: { DENO_DIR: Deno.build.os === "windows" ? "NUL" : "/dev/null", NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const process = new PluginProcess(child, limits.memory);
    await process.#write(new TextEncoder().encode(harness));
    return process;
  }

  /** Sends a question and reads its answer. */
  async ask(question: Uint8Array, most: number): Promise<unknown> {
    await this.#write(question);
    const frame = await this.#frames.next(Math.max(most, ERROR_BYTES)).catch((error) => {
      if (!(error instanceof FrameError)) throw error;
      this.#words ??= `sent ${error.message}`;
      throw new Gone();
    });
    if (frame === undefined) throw new Gone();
    const answer = decodeValue(frame) as { result?: unknown; error?: unknown; wrong?: unknown; ended?: unknown } | null;
    if (typeof answer?.error === "string") throw new Thrown(answer.error);
    if (typeof answer?.wrong === "string") throw new Error(answer.wrong);
    if (typeof answer?.ended !== "string") return answer?.result;
    this.#words ??= answer.ended;
    throw new Gone();
  }

  /** Why the process ended. */
  async lastWords(): Promise<string> {
    if (this.#words !== undefined) return this.#words;
    const ended = await within(PATIENCE, () => Promise.all([this.#child.status, this.#complaints])).catch(() => undefined);
    if (this.#words !== undefined) return this.#words;
    if (ended === undefined) return "closed its output";
    const [{ code, signal }, complaints] = ended;
    if (/out of memory/i.test(complaints)) return `used more than its share of ${this.#memory} MiB of memory`;
    return `ended itself${signal === null ? ` with status ${code}` : ` by ${signal}`}`;
  }

  /** Ends the process, if it has not ended. */
  async end(): Promise<void> {
    this.#kill();
    // What was on its way is lost, as it should be.
    await this.#writer.abort().catch(() => undefined);
    await this.#frames.cancel();
    await this.#complaints;
    await this.#child.status;
  }

  #kill(): void {
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      // It has ended by itself.
      if (!(error instanceof TypeError) && !(error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  async #write(bytes: Uint8Array): Promise<void> {
    try {
      await this.#writer.write(toFrame(bytes));
    } catch (error) {
      // It has ended: what it wrote last says why.
      if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
    }
  }

  /** The beginning of what comes on standard error. */
  async #listen(stream: ReadableStream<Uint8Array>): Promise<string> {
    const decoder = new TextDecoder();
    let [text, length] = ["", 0];
    for await (const bytes of stream) {
      if (text.length < ERROR_BYTES) text += decoder.decode(bytes, { stream: true });
      length += bytes.length;
      if (length <= MOST_COMPLAINTS || this.#words !== undefined) continue;
      this.#words = "flooded its standard error";
      this.#kill();
    }
    return text;
  }
}

/** @throws InputError where the program may not start Deno, and nobody is there to allow it. */
async function requireRunPermission(): Promise<void> {
  const deno = { name: "run", command: Deno.execPath() } as const;
  const { state } = Deno.stdin.isTerminal() ? await Deno.permissions.request(deno) : await Deno.permissions.query(deno);
  if (state === "granted") return;
  throw new InputError(
    "A plugin from outside runs in a process of its own, which this task may not start: " +
      'use "deno task with-plugins COMMAND", or --trust in place of --plugin',
  );
}
