/** Bytes of the length that stands before each frame. */
const HEADER = 4;

/** A stream that does not keep to frames, or to the length that was agreed on. */
export class FrameError extends Error {}

/** Frames of a stream of bytes: each is its length as a little-endian uint32, then so many bytes. */
export class FrameReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
  #rest: Uint8Array<ArrayBuffer> = new Uint8Array(0);

  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.#reader = stream.getReader();
  }

  /**
   * The next frame, in a buffer of its own; undefined where the stream ends.
   *
   * @param most Most bytes that it may have: more is refused before anything is allocated.
   * @throws FrameError where the frame is longer, or the stream ends within it.
   */
  async next(most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const header = new Uint8Array(HEADER);
    const started = await this.#fill(header);
    if (started === 0) return undefined;
    const length = new DataView(header.buffer).getUint32(0, true);
    if (started < HEADER) throw new FrameError("a message broke off");
    if (length > most) throw new FrameError(`a message of ${length} bytes where at most ${most} were expected`);
    const frame = new Uint8Array(length);
    if (await this.#fill(frame) < length) throw new FrameError("a message broke off");
    return frame;
  }

  /** Drops what comes. */
  async cancel(): Promise<void> {
    await this.#reader.cancel();
  }

  /** Fills bytes from the stream. Returns how many: fewer only where it ended. */
  async #fill(target: Uint8Array): Promise<number> {
    let filled = 0;
    while (filled < target.length) {
      if (this.#rest.length === 0) {
        const { value, done } = await this.#reader.read();
        if (done) break;
        this.#rest = value;
      }
      const taken = Math.min(this.#rest.length, target.length - filled);
      target.set(this.#rest.subarray(0, taken), filled);
      this.#rest = this.#rest.subarray(taken);
      filled += taken;
    }
    return filled;
  }
}

/** Bytes with their length before them. */
export function toFrame(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(HEADER + bytes.length);
  new DataView(frame.buffer).setUint32(0, bytes.length, true);
  frame.set(bytes, HEADER);
  return frame;
}
