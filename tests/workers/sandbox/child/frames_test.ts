import { assertEquals, assertRejects } from "@std/assert";
import { FrameError, FrameReader, toFrame } from "../../../../workers/sandbox/child/frames.ts";

/** A reader of bytes that come in pieces of a size. */
function reader(bytes: Uint8Array<ArrayBuffer>, size: number): FrameReader {
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.slice(i * size, (i + 1) * size));
  return new FrameReader(ReadableStream.from(pieces));
}

const FRAMES = [Uint8Array.of(1, 2, 3), new Uint8Array(0), new Uint8Array(1000).fill(7), Uint8Array.of(9)];
const BYTES = Uint8Array.from(FRAMES.flatMap((frame) => Array.from(toFrame(frame))));

for (const size of [1, 3, 4, 7, 500, 5000]) {
  Deno.test(`FrameReader reads frames from pieces of ${size} bytes`, async () => {
    const frames = reader(BYTES, size);
    for (const frame of FRAMES) assertEquals(await frames.next(1000), frame);
    assertEquals(await frames.next(1000), undefined);
  });
}

Deno.test("FrameReader refuses a frame that is too long before it is there", async () => {
  const frames = reader(Uint8Array.of(255, 255, 255, 255), 4);
  await assertRejects(() => frames.next(1000), FrameError, "a message of 4294967295 bytes where at most 1000 were expected");
});

Deno.test("FrameReader says that a message broke off", async () => {
  await assertRejects(() => reader(BYTES.slice(0, 2), 2).next(1000), FrameError, "broke off");
  await assertRejects(() => reader(BYTES.slice(0, 5), 2).next(1000), FrameError, "broke off");
});
