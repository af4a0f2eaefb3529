import { createHash, type Hash } from "node:crypto";
import { InputError } from "../../core/errors.ts";

/** What is known of a file before it is fetched; absent where it is not. */
export interface ExpectedFile {
  readonly bytes?: number;
  readonly sha256?: string;
}

/** What a file turned out to be. */
export interface TransferredFile {
  readonly bytes: number;
  readonly sha256: string;
}

/** Is told how many bytes are there. */
export type OnBytes = (bytes: number) => void;

/** The content of a file as it comes in: written under a name that says that it is not whole, and under its own name once it is verified. */
export class IncomingFile implements AsyncDisposable {
  readonly #path: string;
  readonly #file: Deno.FsFile;
  #hash: Hash = createHash("sha256");
  #bytes = 0;

  private constructor(path: string, file: Deno.FsFile) {
    this.#path = path;
    this.#file = file;
  }

  /** How many bytes are there. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Opens a file for what comes in, at the end of what an earlier run left of it.
   *
   * @param path The name that the file is to have once it is whole.
   * @throws InputError where another process is at it.
   */
  static async open(path: string): Promise<IncomingFile> {
    const partial = partialPath(path);
    const file = await Deno.open(partial, { read: true, write: true, create: true });
    if (!await file.tryLock(true)) {
      file.close();
      throw new InputError(`"${path}" is being pulled by another process: wait for it`);
    }
    const incoming = new IncomingFile(path, file);
    const buffer = new Uint8Array(1 << 20);
    for (let read = await file.read(buffer); read !== null; read = await file.read(buffer)) {
      incoming.#hash.update(buffer.subarray(0, read));
      incoming.#bytes += read;
    }
    return incoming;
  }

  /** Adds bytes at the end. */
  async append(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    for (let done = 0; done < bytes.length;) done += await this.#file.write(bytes.subarray(done));
    this.#bytes += bytes.length;
  }

  /** Drops all that is there. */
  async restart(): Promise<void> {
    await this.#file.truncate();
    await this.#file.seek(0, Deno.SeekMode.Start);
    this.#hash = createHash("sha256");
    this.#bytes = 0;
  }

  /**
   * Verifies what is there and gives the file its name; what is not what it should be is removed.
   *
   * @param source What to call its origin in messages.
   * @throws InputError where size or hash are not as expected.
   */
  async finish(expected: ExpectedFile, source: string): Promise<TransferredFile> {
    const found = { bytes: this.#bytes, sha256: this.#hash.digest("hex") };
    const wrong = expected.bytes !== undefined && found.bytes !== expected.bytes
      ? `it has ${found.bytes} bytes, and ${expected.bytes} are right`
      : expected.sha256 !== undefined && found.sha256 !== expected.sha256
      ? `its SHA-256 is ${found.sha256}, and ${expected.sha256} is right`
      : undefined;
    if (wrong !== undefined) {
      await Deno.remove(partialPath(this.#path));
      throw new InputError(`${source} is not the file that was published: ${wrong}`);
    }
    await this.#file.sync();
    await Deno.rename(partialPath(this.#path), this.#path);
    return found;
  }

  /** Closes the file; what is there of it stays for the next run. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#file.close();
    if (this.#bytes === 0) await Deno.remove(partialPath(this.#path)).catch(() => undefined);
  }
}

/** The name of a file that is not whole. */
export function partialPath(path: string): string {
  return `${path}.part`;
}

/** SHA-256 of what is left to read of a file, 64 hexadecimal digits. */
export async function hashOf(file: Deno.FsFile): Promise<string> {
  const hash = createHash("sha256");
  const buffer = new Uint8Array(1 << 20);
  for (let read = await file.read(buffer); read !== null; read = await file.read(buffer)) hash.update(buffer.subarray(0, read));
  return hash.digest("hex");
}
