import { InputError } from "../../core/errors.ts";
import { wait, Watch } from "./patience.ts";
import { type ExpectedFile, IncomingFile, type OnBytes, type TransferredFile } from "./transfer.ts";

/** How a file is downloaded. */
export interface DownloadOptions extends ExpectedFile {
  readonly signal: AbortSignal;
  readonly onBytes?: OnBytes;
  /** How often to try again where a connection breaks or stalls. Default 3. */
  readonly retries?: number;
  /** Seconds without a byte after which a connection counts as stalled. Default 30. */
  readonly patience?: number;
  /** Seconds to wait before the first retry; each further one waits twice as long. Default 1. */
  readonly pause?: number;
}

/** A connection that broke or stalled: what came is kept, and the rest can be asked for. */
class Interruption extends Error {
  override readonly name = "Interruption";
}

/**
 * Downloads a file, going on where an earlier attempt stopped; the file gets its name once size and hash are verified.
 *
 * @throws InputError where the server does not have it, cannot be reached or may not, breaks off again and again, or sends another file.
 */
export async function download(url: string, path: string, options: DownloadOptions): Promise<TransferredFile> {
  const { signal, retries = 3, pause = 1 } = options;
  await using file = await IncomingFile.open(path);
  // Nothing would tell the parts of two versions apart.
  if (options.sha256 === undefined) await file.restart();
  for (let attempt = 0;; attempt++) {
    const before = file.bytes;
    try {
      await fetchRest(url, file, options);
      return await file.finish(options, `What ${hostOf(url)} sends`);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Interruption)) throw error;
      // Whoever gets on is not given up.
      if (file.bytes > before) attempt = 0;
      if (attempt >= retries) {
        throw new InputError(`${hostOf(url)} ${error.message}${file.bytes > 0 ? ": run the same command again to go on from there" : ""}`);
      }
      await wait(pause * 2 ** attempt, signal);
    }
  }
}

/** Asks for what is missing of a file and appends it. */
async function fetchRest(url: string, file: IncomingFile, options: DownloadOptions): Promise<void> {
  const { bytes: expected, onBytes } = options;
  if (file.bytes > 0 && file.bytes === expected) return;
  if (expected !== undefined && file.bytes > expected) await file.restart();
  using watch = new Watch(options.patience ?? 30, options.signal);
  const response = await request(url, file.bytes, watch);
  if (response.status === 206 && !startsAt(response, file.bytes)) {
    throw new InputError(`${hostOf(url)} sends another part of the file than was asked for`);
  }
  if (response.status === 200) await file.restart();
  const total = lengthOf(response, file.bytes);
  if (expected !== undefined && total !== undefined && total !== expected) {
    await response.body?.cancel();
    throw new InputError(`What ${hostOf(url)} sends is not the file that was published: it has ${total} bytes, and ${expected} are right`);
  }
  const most = expected ?? total ?? Infinity;
  for await (const chunk of chunks(response, watch)) {
    await file.append(chunk);
    if (file.bytes > most) {
      throw new InputError(`What ${hostOf(url)} sends is not the file that was published: it has more than ${most} bytes`);
    }
    onBytes?.(file.bytes);
  }
  const whole = total ?? expected;
  if (whole !== undefined && file.bytes < whole) throw new Interruption(`broke off after ${file.bytes} of ${whole} bytes`);
}

async function request(url: string, from: number, watch: Watch): Promise<Response> {
  let response: Response;
  try {
    // Compressed, the bytes would not be those that are counted.
    const headers = { "accept-encoding": "identity", ...(from > 0 ? { range: `bytes=${from}-` } : {}) };
    response = await fetch(url, { headers, signal: watch.signal });
  } catch (error) {
    throw unreachable(url, error, watch);
  }
  if (response.status === 200 || response.status === 206) return response;
  await response.body?.cancel();
  if (response.status >= 500 || response.status === 429) throw new Interruption(`answers with status ${response.status}`);
  throw new InputError(`${hostOf(url)} answers with status ${response.status}: it does not have the file`);
}

/** What arrives of a body. */
async function* chunks(response: Response, watch: Watch): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  while (true) {
    watch.reset();
    let result: ReadableStreamReadResult<Uint8Array>;
    try {
      result = await reader.read();
    } catch (error) {
      throw unreachable(response.url, error, watch);
    }
    if (result.done) return;
    yield result.value;
  }
}

/** What a failure of the network means. */
function unreachable(url: string, error: unknown, watch: Watch): unknown {
  if (error instanceof Deno.errors.NotCapable) {
    const host = /net access to "([^"]+)"/.exec(error.message)?.[1] ?? hostOf(url);
    return new InputError(`May not reach ${host}: use "deno task models", or allow it with --allow-net=${host}`);
  }
  if (watch.stalled) return new Interruption("stalled");
  if (error instanceof TypeError || error instanceof Deno.errors.Http || error instanceof Deno.errors.ConnectionReset) {
    return new Interruption(`cannot be reached (${reasonOf(error)})`);
  }
  return error;
}

/** The innermost reason, in one line. */
function reasonOf(error: Error): string {
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return error.message.split("\n")[0].replace(/^error sending request.*?\): /, "").replace(/^client error \(\w+\): (dns error: )?/, "");
}

function hostOf(url: string): string {
  return new URL(url).host;
}

function startsAt(response: Response, from: number): boolean {
  return response.headers.get("content-range")?.startsWith(`bytes ${from}-`) ?? false;
}

/** How long the whole file is, by what a response says. */
function lengthOf({ headers, status }: Response, from: number): number | undefined {
  const length = headers.get("content-length");
  if (length === null || !/^\d+$/.test(length)) return undefined;
  return Number(length) + (status === 206 ? from : 0);
}
